// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"
#include "net/requesthead.h"
#include "policy/accesspolicy.h"
#include "transport/subscriptionrequest.h"

#include <QString>

class QTcpSocket;

namespace pushdeck {

/// Who a request comes from, as policy wants to know it.
[[nodiscard]] Visitor visitorOf(const RequestHead &head, const QTcpSocket &socket);

/// "address:port"; IPv4 addresses mapped to IPv6 (RFC 4291, 2.5.5.2) as IPv4.
[[nodiscard]] QString peerName(const QTcpSocket &socket);
[[nodiscard]] QString peerAddress(const QTcpSocket &socket);

/// What the window shows of a request beside the client's user agent.
[[nodiscard]] std::shared_ptr<const ClientRequest> requestFacts(const RequestHead &head,
                                                                const QTcpSocket &socket);

/// A new client, without id and transport.
[[nodiscard]] ClientInfo describeClient(const SubscriptionRequest &request,
                                        const QTcpSocket &socket, const QString &userAgent,
                                        std::shared_ptr<const ClientRequest> facts,
                                        std::int64_t nowMs);

} // namespace pushdeck
