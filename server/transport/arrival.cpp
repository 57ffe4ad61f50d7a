// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/arrival.h"

#include "transport/clientregistry.h"
#include "transport/farewell.h"
#include "transport/identitybook.h"
#include "transport/presence.h"
#include "transport/trafficrecorder.h"

#include <QCoreApplication>

namespace pushdeck {

Client &arrive(TransportContext &context, ClientInfo info, const SubscriptionRequest &request,
               const Visitor &visitor)
{
    const QByteArray key = identityKey(request, info);
    const bool isPoller = info.transport == Transport::LongPoll;
    const Client *poller = isPoller ? nullptr : context.clients.findPoller(key);
    if (poller && poller->sessions.isEmpty())
        pollerDeparted(
            context, *poller, EndReason::ClientLeft, 0,
            QCoreApplication::translate("pushdeck::Arrival", "came back over another transport"));

    info.id = context.clients.nextId();
    info.subject = subjectOf(visitor);
    context.identities.arrive(info, key);
    Client &client = context.clients.add(std::move(info), isPoller ? key : QByteArray());
    client.visitor = visitor;
    context.recorder.connected(client.info);
    context.presence.changed(client.info, {}, client.info.topics);
    return client;
}

} // namespace pushdeck
