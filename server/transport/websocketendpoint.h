// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"
#include "net/deadlines.h"
#include "net/requesthead.h"
#include "policy/accesspolicy.h"
#include "transport/subscriptionrequest.h"
#include "transport/transportcontext.h"

#include <QHash>
#include <QHostAddress>
#include <QObject>
#include <QPair>
#include <QPointer>
#include <QString>
#include <QWebSocketServer>

#include <memory>

class QTcpSocket;
class QWebSocket;

namespace pushdeck {

/// Turns an upgrade request into a WebSocket session: looks at policy and path first, where a
/// refusal can still be a real HTTP status, then lets QWebSocketServer shake hands and takes the
/// connection over. Server's thread.
class WebSocketEndpoint final : public QObject
{
    Q_OBJECT

public:
    explicit WebSocketEndpoint(TransportContext &context, QObject *parent = nullptr);

    /// Owns the socket, whose head is still unread.
    void accept(QTcpSocket *socket, const RequestHead &head);

private:
    /// Under way in Qt's server, which does not say what has become of it.
    struct Handshake final : Deadlines::Entry
    {
        Handshake(QTcpSocket *of, SubscriptionRequest asked) : socket(of), request(std::move(asked))
        {
        }
        void expired() override;

        QPointer<QTcpSocket> socket;
        SubscriptionRequest request;
        Visitor visitor;
        QString userAgent;
        std::shared_ptr<const ClientRequest> facts;
    };
    using Peer = QPair<QHostAddress, quint16>;

    void refuse(QTcpSocket *socket, const RequestHead &head, const Error &error);
    void welcome();
    [[nodiscard]] bool takeOver(QTcpSocket *socket, QWebSocket *webSocket);

    TransportContext &m_context;
    QWebSocketServer m_server;
    QHash<Peer, std::shared_ptr<Handshake>> m_handshakes;
};

} // namespace pushdeck
