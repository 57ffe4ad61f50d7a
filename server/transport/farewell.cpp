// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/farewell.h"

#include "transport/clientregistry.h"
#include "transport/deliverysurvey.h"
#include "transport/identitybook.h"
#include "transport/presence.h"
#include "transport/session.h"
#include "transport/trafficrecorder.h"

#include <QCoreApplication>

namespace pushdeck {

namespace {

/// Streams take their client with them when they end; a long-poll client is more than its polls.
void forgetPoller(TransportContext &context, std::uint64_t clientId, EndReason reason, int code,
                  const QString &words)
{
    if (const Client *client = context.clients.find(clientId))
        pollerDeparted(context, *client, reason, code, words);
}

} // namespace

void departed(TransportContext &context, const ClientInfo &info, EndReason reason, int code,
              const QString &words, Leaving leaving)
{
    context.gone.add({info.id, info.transport, info.name, addressWithPort(info.address, info.port),
                      info.identity, info.connectedAtMs, context.clock(), reason,
                      std::move(leaving)});
    context.hub.forgetClient(info.id);
    context.clients.remove(info.id);
    context.identities.depart(info, context.clock());
    context.recorder.countEnd(reason);
    if (isTooSlow(reason))
        context.recorder.countClosedSlow();
    context.recorder.disconnected(info, code, words);
    context.presence.changed(info, info.topics, {});
}

void pollerDeparted(TransportContext &context, const Client &client, EndReason reason, int code,
                    const QString &words)
{
    Leaving leaving;
    const HistoryScope scope = scopeOf(client);
    for (const PollMarks::Stretch &stretch : client.polls.stretches())
        leaving.handed.push_back({scope, stretch.from, stretch.through});
    departed(context, ClientInfo(client.info), reason, code, words, std::move(leaving));
}

bool endClient(TransportContext &context, std::uint64_t clientId, EndReason reason,
               std::uint16_t code, const QString &words)
{
    const Client *client = context.clients.find(clientId);
    if (!client)
        return false;
    const auto sessions = client->sessions;
    for (Session *session : sessions)
        session->end(reason, code, words);
    forgetPoller(context, clientId, reason, wordsFor(reason).httpStatus, words);
    return true;
}

void endAllClients(TransportContext &context, EndReason reason)
{
    const EndWords &row = wordsFor(reason);
    const QString words = QCoreApplication::translate("pushdeck::EndReason", row.words);
    for (const ClientInfo &info : context.clients.snapshot())
        endClient(context, info.id, reason, row.closeCode, words);
}

void endAwayPollers(TransportContext &context, std::int64_t nowMs)
{
    const auto goneMs = std::chrono::milliseconds(kPollerGone).count();
    for (const std::uint64_t id : context.clients.pollersAwaySince(nowMs - goneMs)) {
        forgetPoller(context, id, EndReason::ClientLeft, 0,
                     QCoreApplication::translate("pushdeck::Farewell", "no poll for %1 s")
                         .arg(kPollerGone.count()));
    }
}

bool isSendableCloseCode(int code)
{
    return code == 1000 || code == 1001 || (code >= 3000 && code <= 4999);
}

} // namespace pushdeck
