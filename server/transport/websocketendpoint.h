// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"
#include "net/requesthead.h"
#include "policy/accesspolicy.h"
#include "transport/subscriptionrequest.h"
#include "transport/transportcontext.h"

#include <QObject>

class QTcpSocket;

namespace pushdeck {

/// Turns an upgrade request into a WebSocket session: looks at policy and path first, where a
/// refusal can still be a real HTTP status, then shakes hands (RFC 6455, 4.2.2). Server's thread.
class WebSocketEndpoint final : public QObject
{
    Q_OBJECT

public:
    explicit WebSocketEndpoint(TransportContext &context, QObject *parent = nullptr);

    /// Owns the socket, whose head is still unread.
    void accept(QTcpSocket *socket, const RequestHead &head);

private:
    void refuse(QTcpSocket *socket, const RequestHead &head, const Error &error);

    TransportContext &m_context;
};

} // namespace pushdeck
