// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/frontdoor.h"

#include <QHttpServer>
#include <QHttpServerResponder>
#include <QPointer>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

#include <memory>
#include <optional>
#include <vector>

namespace pushdeck {

/// One response as a client sees it.
struct Response
{
    int status = 0;
    QByteArray head; ///< with its status line
    QByteArray body;

    [[nodiscard]] QByteArray field(const QByteArray &name) const;
    [[nodiscard]] bool has(const QByteArray &name) const;
};

/// A client that sends exactly the bytes it is told to. What it awaits it awaits for five seconds.
class RawClient final
{
public:
    explicit RawClient(quint16 port);

    void send(const QByteArray &bytes);
    void shutDownWriting();
    void abort() { m_socket.abort(); }
    /// Closes with a reset instead of a FIN.
    void reset();

    /// The next response; a 1xx is one of its own. Without a value: the server closed or was
    /// silent.
    std::optional<Response> response(bool toHead = false);
    bool awaitClose();
    bool awaitBytes(const QByteArray &part);
    [[nodiscard]] bool isOpen() const
    {
        return m_socket.state() == QAbstractSocket::ConnectedState;
    }
    [[nodiscard]] QByteArray received();

    QTcpSocket &socket() { return m_socket; }

private:
    QTcpSocket m_socket;
    QByteArray m_input;
};

/// A FrontDoor with what stands behind it: a QHttpServer whose one handler does what the path says,
/// and a QWebSocketServer.
///   /echo    200; the body tells what Qt and the route see
///   /hold    held until answerHeld() or the client leaves
///   /take    the socket is taken and gets a stream's head
///   /takelater  held, and taken by takeHeld()
///   /big     8 MiB        /empty  204        /notmodified  304
///   /chunked a chunked response of "one", "two"
///   /parts   a response of known length, written in pieces over several turns
///   /never   taken no notice of
///   /twice   two responses to one request
///   /tooLong more body than was announced
class Guarded final
{
public:
    explicit Guarded(const Limits &limits = {});
    ~Guarded();
    Guarded(const Guarded &) = delete;
    Guarded &operator=(const Guarded &) = delete;

    [[nodiscard]] quint16 port() const { return door->serverPort(); }

    /// Answers the oldest held request.
    void answerHeld(const QByteArray &body);
    void takeHeld();

    /// What is held must be gone.
    void destroyServer();

    /// Whether a new client is served as if nothing had happened.
    [[nodiscard]] bool serves();

    struct Held
    {
        std::unique_ptr<QHttpServerResponder> responder;
        QPointer<HttpConnection> connection;
    };

    struct Refusal
    {
        QString peer;
        int status = 0;
        QString sentence;
    };

    std::vector<Held> held;
    int heldLeft = 0; ///< held requests whose client left
    std::vector<std::unique_ptr<QTcpSocket>> streams;
    std::vector<std::unique_ptr<QWebSocket>> webSockets;
    std::vector<Refusal> refusals;
    std::vector<QByteArray> served; ///< targets, in order
    std::vector<QByteArray> bodies;
    QPointer<FrontDoor> door;

private:
    void handle(const QHttpServerRequest &request, QHttpServerResponder &&responder);
    void hold(HttpConnection *connection, QHttpServerResponder &&responder);

    QWebSocketServer m_webSocketServer;
    std::unique_ptr<QHttpServer> m_httpServer;
};

} // namespace pushdeck
