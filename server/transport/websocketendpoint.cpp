// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/websocketendpoint.h"

#include "net/clientsocket.h"
#include "net/frontdoor.h"
#include "net/limits.h"
#include "transport/arrival.h"
#include "transport/httpmessage.h"
#include "transport/trafficrecorder.h"
#include "transport/visitor.h"
#include "transport/websocketsession.h"

#include <QTcpSocket>
#include <QWebSocket>

namespace pushdeck {

WebSocketEndpoint::WebSocketEndpoint(TransportContext &context, QObject *parent)
    : QObject(parent), m_context(context), m_server({}, QWebSocketServer::NonSecureMode)
{
    m_server.setMaxPendingConnections(context.limits.connections);
    m_server.setHandshakeTimeout(context.limits.handshakeDeadline);
    m_server.setSupportedSubprotocols(
        {QLatin1String(kEnvelopeProtocol), QLatin1String(kNchanProtocol)});
    connect(&m_server, &QWebSocketServer::newConnection, this, &WebSocketEndpoint::welcome);
}

void WebSocketEndpoint::accept(QTcpSocket *socket, const RequestHead &head)
{
    Visitor visitor = visitorOf(head, *socket);
    m_context.policy.identify(visitor, m_context.clock());
    auto request = SubscriptionRequest::parse(
        head, static_cast<std::size_t>(m_context.limits.topicsPerClient));
    if (!request) {
        refuse(socket, head, request.error());
        return;
    }
    auto refused = m_context.policy.maySubscribe(visitor, request->topics);
    if (!refused)
        refused = m_context.hub.refusesMore(request->topics);
    if (refused) {
        refuse(socket, head, *refused);
        return;
    }
    const Peer peer{socket->peerAddress(), socket->peerPort()};
    auto handshake = std::make_shared<Handshake>(socket, std::move(request).value());
    handshake->visitor = std::move(visitor);
    handshake->userAgent = QString::fromUtf8(head.value("User-Agent"));
    handshake->facts = requestFacts(head, *socket);
    doorStateOf(*socket)->deadlines.arm(*handshake, m_context.limits.handshakeDeadline);
    m_handshakes.insert(peer, std::move(handshake));
    socket->setParent(&m_server);
    connect(socket, &QTcpSocket::disconnected, this, [this, peer, socket] {
        if (m_handshakes.remove(peer) > 0)
            socket->deleteLater();
    });
    m_server.handleConnection(socket);
}

void WebSocketEndpoint::Handshake::expired()
{
    if (socket)
        socket->abort(); // which ends this
}

void WebSocketEndpoint::refuse(QTcpSocket *socket, const RequestHead &head, const Error &error)
{
    const int status = httpStatus(error.kind);
    m_context.recorder.refused(peerName(*socket), QString::fromLatin1(head.path()), status,
                               error.words, error.cause);
    FrontDoor::refuse(socket, status, error.words.toUtf8(), errorFields(error));
}

/// From the handshake on the connection is the session's, as an SSE stream is once QHttpServer has
/// routed it. QWebSocket reads frames too leniently (see net/framereader.h) and holds 10 kB.
/// False: the peer is gone already, and so is the socket.
bool WebSocketEndpoint::takeOver(QTcpSocket *socket, QWebSocket *webSocket)
{
    // Qt's server would delete the socket when it closes, and search all that ever came for it.
    disconnect(socket, nullptr, &m_server, nullptr);
    {
        // A QWebSocket says good-bye. All sockets here are the front door's.
        const AcceptedSocket::Silence silence(static_cast<AcceptedSocket &>(*socket));
        delete webSocket;
    }
    // The good-bye flushes what waits. Where the peer reset the connection before it was answered,
    // the answer waits, the flush fails and aborts: that takes the socket's means to write, and
    // then closes it, which was silent.
    if (socket->state() == QAbstractSocket::ConnectedState && socket->writeChannelCount() > 0)
        return true;
    socket->abort();
    socket->deleteLater();
    return false;
}

void WebSocketEndpoint::welcome()
{
    while (QWebSocket *webSocket = m_server.nextPendingConnection()) {
        const auto handshake = m_handshakes.take({webSocket->peerAddress(), webSocket->peerPort()});
        if (!handshake || !handshake->socket) {
            webSocket->abort();
            webSocket->deleteLater();
            continue;
        }
        QTcpSocket *socket = handshake->socket;
        disconnect(socket, nullptr, this, nullptr);
        const QString subprotocol = webSocket->subprotocol();
        if (!takeOver(socket, webSocket))
            continue;

        ClientInfo info = describeClient(handshake->request, *socket, handshake->userAgent,
                                         std::move(handshake->facts), m_context.clock());
        info.transport = Transport::WebSocket;
        info.subprotocol = subprotocol;
        if (info.subprotocol == QLatin1String(kEnvelopeProtocol))
            info.format = QStringLiteral("json");
        Client &client = arrive(m_context, std::move(info), handshake->request, handshake->visitor);
        auto *session =
            new WebSocketSession(m_context, client, socket, std::move(handshake->request));
        session->setParent(this);
        session->open();
    }
}

} // namespace pushdeck
