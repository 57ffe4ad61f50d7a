// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/serverparts.h"

#include "transport/backlogrelief.h"

namespace pushdeck {

ServerParts::ServerParts(const ServerOptions &options, AccessPolicy allowed, TrafficLog &log)
    : hub(options.epoch, options.history, options.clock),
      recorder(log, options.clock),
      policy(std::move(allowed)),
      rates(options.rate),
      identities(static_cast<std::size_t>(options.limits.connections)),
      presence(clients),
      context{hub,     clients, identities, presence,       gone,          recorder,
              flusher, policy,  rates,      options.limits, options.clock, options.steady},
      accessWatch(context)
{
    hub.setObserver([this](const Receipt &receipt) {
        const Client *publisher = clients.find(receipt.message->fields().clientId);
        recorder.published(receipt, publisher ? &publisher->info : nullptr);
        flusher.messageAppended();
    });
    flusher.setObserver([this](const TurnFlusher::Written &written) {
        recorder.countWrites(written.took, written.whole, written.queued);
    });
}

void ServerParts::obey(const Limits &limits)
{
    hub.setLimits({static_cast<std::size_t>(limits.topicsSubscribed),
                   static_cast<std::size_t>(limits.patternsSubscribed)});
    flusher.setBacklogLimit(limits.backlogBytesTotal, [this] {
        if (std::exchange(relieving, true))
            return;
        // Queued: a flush goes through the outboxes.
        QMetaObject::invokeMethod(
            &flusher,
            [this] {
                relieving = false;
                relieveBacklog(context);
            },
            Qt::QueuedConnection);
    });
}

} // namespace pushdeck
