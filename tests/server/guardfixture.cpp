// SPDX-License-Identifier: GPL-3.0-or-later
#include "guardfixture.h"

#include <QTest>
#include <QTimer>

#include <sys/socket.h>

namespace pushdeck {

QByteArray Response::field(const QByteArray &name) const
{
    const QByteArray lower = head.toLower();
    const qsizetype at = lower.indexOf("\r\n" + name.toLower() + ":");
    if (at < 0)
        return {};
    const qsizetype from = at + 3 + name.size();
    return head.mid(from, head.indexOf("\r\n", from) - from).trimmed();
}

bool Response::has(const QByteArray &name) const
{
    return head.toLower().contains("\r\n" + name.toLower() + ":");
}

RawClient::RawClient(quint16 port)
{
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    (void)QTest::qWaitFor([this] { return isOpen(); });
}

void RawClient::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
    m_socket.flush();
}

void RawClient::shutDownWriting()
{
    m_socket.flush();
    ::shutdown(int(m_socket.socketDescriptor()), SHUT_WR);
}

void RawClient::reset()
{
    const linger now{1, 0};
    ::setsockopt(int(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    m_socket.abort();
}

std::optional<Response> RawClient::response(bool toHead)
{
    Response response;
    const auto complete = [&] {
        m_input += m_socket.readAll();
        const qsizetype end = m_input.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        response.head = m_input.first(end + 2);
        response.status = response.head.mid(9, 3).toInt();
        const bool bodyless =
            toHead || response.status < 200 || response.status == 204 || response.status == 304;
        qsizetype size = bodyless ? 0 : response.field("Content-Length").toLongLong();
        if (!bodyless && response.field("Transfer-Encoding") == "chunked") {
            const qsizetype last = m_input.indexOf("0\r\n\r\n", end);
            if (last < 0)
                return false;
            size = last + 5 - end - 4;
        } else if (!bodyless && !response.has("Content-Length")) { // to the connection's end
            if (isOpen())
                return false;
            size = m_input.size() - end - 4;
        }
        if (m_input.size() < end + 4 + size)
            return false;
        response.body = m_input.mid(end + 4, size);
        m_input.remove(0, end + 4 + size);
        return true;
    };
    bool done = false;
    (void)QTest::qWaitFor([&] { return (done = complete()) || !isOpen(); });
    return done || complete() ? std::optional(response) : std::nullopt;
}

bool RawClient::awaitClose()
{
    return QTest::qWaitFor([this] { return !isOpen(); });
}

QByteArray RawClient::received()
{
    return m_input += m_socket.readAll();
}

bool RawClient::awaitBytes(const QByteArray &part)
{
    return QTest::qWaitFor([&] { return received().contains(part); });
}

Guarded::Guarded(const Limits &limits)
    : door(new FrontDoor(limits)),
      m_webSocketServer(QStringLiteral("test"), QWebSocketServer::NonSecureMode),
      m_httpServer(std::make_unique<QHttpServer>())
{
    if (const auto error = door->open(QStringLiteral("127.0.0.1"), 0))
        qFatal("%s", qPrintable(error->words));
    door->setUpgradeHandler([this](QTcpSocket *socket, const RequestHead &head) {
        if (head.path() == "/forbidden") {
            FrontDoor::refuse(socket, 403, "Not for you.", {{"X-Why", "test"}});
            return;
        }
        socket->setParent(&m_webSocketServer);
        m_webSocketServer.handleConnection(socket);
    });
    QObject::connect(&m_webSocketServer, &QWebSocketServer::newConnection, door, [this] {
        while (QWebSocket *socket = m_webSocketServer.nextPendingConnection()) {
            QObject::connect(socket, &QWebSocket::textMessageReceived, socket,
                             &QWebSocket::sendTextMessage);
            webSockets.emplace_back(socket);
        }
    });
    QObject::connect(door, &FrontDoor::refused, door,
                     [this](const QString &peer, int status, const QString &sentence) {
                         refusals.push_back({peer, status, sentence});
                     });
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    m_httpServer->setMissingHandler(m_httpServer.get(), [this](const QHttpServerRequest &request,
                                                               QHttpServerResponder &responder) {
        handle(request, std::move(responder));
    });
#else
    m_httpServer->setMissingHandler(
        [this](const QHttpServerRequest &request, QHttpServerResponder &&responder) {
            handle(request, std::move(responder));
        });
#endif
    m_httpServer->bind(door);
}

Guarded::~Guarded()
{
    streams.clear();
    for (const auto &socket : webSockets)
        socket->abort();
    webSockets.clear();
    if (door)
        door->closeAll();
    held.clear();
    m_httpServer.reset();
}

void Guarded::destroyServer()
{
    m_httpServer.reset();
}

void Guarded::handle(const QHttpServerRequest &request, QHttpServerResponder &&responder)
{
    HttpConnection *connection =
        door->connection(request.value(HttpConnection::kIdHeader).toULongLong());
    if (!connection)
        qFatal("a request without its connection");
    const RequestHead &head = connection->request();
    served.push_back(head.target);
    bodies.push_back(request.body());
    const QByteArray path = head.path();
    if (path == "/hold" || path == "/takelater") {
        hold(connection, std::move(responder));
    } else if (path == "/take") {
        QTcpSocket *socket = connection->takeSocket();
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: hello\n\n");
        streams.emplace_back(socket);
    } else if (path == "/big") {
        responder.write(QByteArray(8 * 1024 * 1024, 'b'), "text/plain");
    } else if (path == "/empty") {
        responder.write(QHttpServerResponder::StatusCode::NoContent);
    } else if (path == "/notmodified") {
        responder.write({{"ETag", "\"1\""}}, QHttpServerResponder::StatusCode::NotModified);
    } else if (path == "/chunked") {
        connection->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
        QTimer::singleShot(0, connection,
                           [connection] { connection->write("3\r\ntwo\r\n0\r\n\r\n"); });
    } else if (path == "/parts") {
        connection->write("HTTP/1.1 200 OK\r\nContent-Le");
        QTimer::singleShot(0, connection, [connection] {
            connection->write("ngth: 6\r\n\r\none");
            QTimer::singleShot(0, connection, [connection] { connection->write("two"); });
        });
    } else if (path == "/twice") {
        responder.write("first", "text/plain");
        connection->write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond");
    } else if (path == "/tooLong") {
        connection->write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nmore than three");
    } else if (path != "/never") {
        QByteArray seen = head.value("X-Test") + '|';
        for (const auto &field : request.headers())
            seen += field.first.toLower() + ',';
        responder.write(
            head.method + ' ' + head.target + " HTTP/1." + QByteArray::number(head.minorVersion) +
                '|' + (request.method() == QHttpServerRequest::Method::Get ? "get" : "other") +
                '|' + request.url().path().toUtf8() + '|' + request.body() + '|' + seen,
            "text/plain");
    }
}

void Guarded::hold(HttpConnection *connection, QHttpServerResponder &&responder)
{
    held.push_back({std::make_unique<QHttpServerResponder>(std::move(responder)), connection});
    QObject::connect(connection, &QTcpSocket::disconnected, door, [this, connection] {
        heldLeft += int(std::erase_if(
            held, [connection](const Held &one) { return one.connection == connection; }));
    });
}

void Guarded::answerHeld(const QByteArray &body)
{
    const Held one = std::move(held.front());
    held.erase(held.begin());
    one.responder->write(body, "text/plain");
}

void Guarded::takeHeld()
{
    const Held one = std::move(held.front());
    held.erase(held.begin());
    streams.emplace_back(one.connection->takeSocket());
    streams.back()->write("HTTP/1.1 200 OK\r\n\r\nstream");
}

bool Guarded::serves()
{
    RawClient client(port());
    client.send("GET /echo?again HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto response = client.response();
    return response && response->status == 200 && response->body.startsWith("GET /echo?again ");
}

} // namespace pushdeck
