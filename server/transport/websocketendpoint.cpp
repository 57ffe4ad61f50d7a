// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/websocketendpoint.h"

#include "net/frontdoor.h"
#include "transport/arrival.h"
#include "transport/httpmessage.h"
#include "transport/trafficrecorder.h"
#include "transport/visitor.h"
#include "transport/websocketsession.h"

#include <QCryptographicHash>
#include <QTcpSocket>

namespace pushdeck {

namespace {

/// RFC 6455, 4.2.2: what proves that the other end understood the handshake.
QByteArray acceptOf(const QByteArray &key)
{
    static constexpr char kGuid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    return QCryptographicHash::hash(key + kGuid, QCryptographicHash::Sha1).toBase64();
}

/// The first of the client's subprotocols that is spoken here; null where it asks for none.
QByteArray subprotocolFor(const RequestHead &head)
{
    for (const QByteArray &list : head.values("Sec-WebSocket-Protocol")) {
        for (const QByteArray &item : list.split(',')) {
            const QByteArray name = item.trimmed();
            if (name == kEnvelopeProtocol || name == kNchanProtocol)
                return name;
        }
    }
    return {};
}

QByteArray handshakeAnswer(const RequestHead &head, const QByteArray &subprotocol)
{
    QByteArray answer =
        "HTTP/1.1 101 Switching Protocols\r\n"
        "Upgrade: websocket\r\n"
        "Connection: Upgrade\r\n"
        "Sec-WebSocket-Accept: " +
        acceptOf(head.value("Sec-WebSocket-Key")) + "\r\n";
    if (!subprotocol.isNull())
        answer += "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
    return answer + "\r\n";
}

} // namespace

WebSocketEndpoint::WebSocketEndpoint(TransportContext &context, QObject *parent)
    : QObject(parent), m_context(context)
{
}

void WebSocketEndpoint::accept(QTcpSocket *socket, const RequestHead &head)
{
    Visitor visitor = visitorOf(head, *socket);
    auto request = SubscriptionRequest::parse(head);
    if (!request) {
        refuse(socket, head, request.error());
        return;
    }
    if (const auto refused = m_context.policy.maySubscribe(visitor)) {
        refuse(socket, head, *refused);
        return;
    }
    const QByteArray subprotocol = subprotocolFor(head);
    (void)socket->readAll(); // the head; a client waits for the answer before it sends a frame
    socket->write(handshakeAnswer(head, subprotocol));
    if (socket->state() != QAbstractSocket::ConnectedState) {
        socket->deleteLater(); // it left meanwhile, and nothing will tell of it any more
        return;
    }

    ClientInfo info = describeClient(*request, *socket, QString::fromUtf8(head.value("User-Agent")),
                                     requestFacts(head), m_context.clock());
    info.transport = Transport::WebSocket;
    info.subprotocol = QString::fromLatin1(subprotocol);
    if (subprotocol == kEnvelopeProtocol)
        info.format = QStringLiteral("json");
    Client &client = arrive(m_context, std::move(info), *request);
    auto *session = new WebSocketSession(m_context, client, socket, std::move(request).value(),
                                         std::move(visitor));
    session->setParent(this);
    session->open();
}

void WebSocketEndpoint::refuse(QTcpSocket *socket, const RequestHead &head, const Error &error)
{
    const int status = httpStatus(error.kind);
    m_context.recorder.refused(peerName(*socket), QString::fromLatin1(head.path()), status,
                               error.words);
    std::vector<Field> fields;
    if (error.kind == ErrorKind::Unauthorized)
        fields.push_back({"WWW-Authenticate", "Bearer"});
    FrontDoor::refuse(socket, status, error.words.toUtf8(), fields);
}

} // namespace pushdeck
