// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/serverparts.h"

#include "transport/backlogrelief.h"
#include "transport/session.h"

namespace pushdeck {

namespace {

/// Deadlines of sessions are kept this finely: those of long-polls are seconds.
constexpr std::chrono::milliseconds kSessionTimes{100};

} // namespace

ServerParts::ServerParts(const ServerOptions &options, AccessPolicy allowed, TrafficLog &log)
    : hub(options.epoch, options.history, options.clock),
      recorder(log, options.clock),
      policy(std::move(allowed)),
      rates(options.rate),
      identities(static_cast<std::size_t>(options.limits.connections)),
      presence(clients),
      sessionTimes(kSessionTimes, timeOf(options.steady())),
      context{hub,           clients,      identities, presence, gone,           recorder,
              flusher,       sessionTimes, policy,     rates,    options.limits, options.clock,
              options.steady},
      accessWatch(context)
{
    hub.setObserver([this](const Receipt &receipt) {
        const Client *publisher = clients.find(receipt.message->fields().clientId);
        recorder.published(receipt, publisher ? &publisher->info : nullptr);
        flusher.messageAppended();
    });
    if (!options.ioUring)
        flusher.batch().useNoRing();
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
