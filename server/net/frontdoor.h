// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/acceptor.h"
#include "net/httpconnection.h"
#include "net/limits.h"
#include "net/requesthead.h"
#include "tls/tlschannel.h"

#include <QHash>
#include <QSet>
#include <QTcpServer>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace pushdeck {

class Greeting;
class TlsSocket;

/// Why the front door does not listen.
struct ListenError
{
    bool portBusy = false; ///< somebody else has the port
    QString words;         ///< one sentence for a person; names the port and the address
};

/// The one listening socket. Accepts, bounds, reads the first head of each connection without
/// consuming it, and sends the connection one of two ways:
///  - a complete WebSocket upgrade goes, bare, to the upgrade handler;
///  - everything else becomes an HttpConnection, which QHttpServer gets at its first complete
///    request: `open()`, then once `httpServer.bind(&frontDoor)`.
/// What is neither is answered here, with a status and a sentence (`refused`). A connection whose
/// first byte begins a TLS handshake is first made a TlsSocket, and then goes the same ways: plain
/// and encrypted connections share the port.
///
/// Thread: made, used and destroyed on one thread, with an event loop. Lifetime:
/// `QHttpServer::bind()` makes the QHttpServer its *parent*, which then deletes it; make it with
/// `new`, and do not delete it before the QHttpServer. May be closed and opened again any number of
/// times; bind once. Destroy every held QHttpServerResponder before the QHttpServer.
class FrontDoor final : public QTcpServer, private HttpConnectionHost
{
    Q_OBJECT

public:
    /// Owns `socket`, which has no parent, from the call on. Its head is still unread: pass the
    /// socket on to QWebSocketServer::handleConnection(), or to `refuse()`. It is checked against
    /// RFC 6455, 4.2.1: GET, HTTP/1.1, Host, a 16-byte key, version 13, no body, nothing behind the
    /// head.
    using UpgradeHandler = std::function<void(QTcpSocket *socket, const RequestHead &head)>;

    explicit FrontDoor(const Limits &limits, QObject *parent = nullptr);
    ~FrontDoor() override;

    /// Listens. An empty address is every address, IPv4 and IPv6; port 0 is any free port (see
    /// serverPort()).
    [[nodiscard]] std::optional<ListenError> open(const QString &address, quint16 port);

    /// What handshakes from now on are made with; null: TLS is off, and who tries it is told so.
    /// Connections that are there keep what they began with.
    void setTls(std::shared_ptr<const TlsContext> context) { m_tls = std::move(context); }

    /// Without one, upgrades are ignored and served as plain HTTP (RFC 9110, 7.8).
    void setUpgradeHandler(UpgradeHandler handler);

    /// Answers with a complete text/plain response (readable across origins), closes for writing,
    /// and discards what still comes for `Limits::lingerDeadline`. Owns the socket from the call on
    /// and deletes it. Input need not have been read. A field in `extraFields` replaces the
    /// response's own of that name. Does not emit `refused`: the caller knows why, and tells.
    static void refuse(QTcpSocket *socket, int status, const QByteArray &sentence,
                       const std::vector<Field> &extraFields = {});

    /// Stops listening and ends every connection still at the door or an HttpConnection: what was
    /// answered may leave for `lingerDeadline`, what is held or half sent is dropped (its
    /// `disconnected` is emitted within the call). Sockets that were taken over are their owners'.
    void closeAll();

    /// Where the private header `HttpConnection::kIdHeader` leads; nullptr once it is gone.
    [[nodiscard]] HttpConnection *connection(quint64 id) const;

    /// Sockets that exist, taken-over ones included.
    [[nodiscard]] int openConnections() const;

    /// Connections ever accepted, and ever refused at this level (requests count as well).
    [[nodiscard]] quint64 acceptedTotal() const { return m_acceptedTotal; }
    [[nodiscard]] quint64 refusedTotal() const { return m_refusedTotal; }

    [[nodiscard]] const Limits &limits() const;

signals:
    /// A connection or a request was turned away at this level. `peer` is "address:port".
    void refused(const QString &peer, int status, const QString &sentence);
    /// A TLS handshake is done; `resumed`: it took up an earlier session.
    void handshook(bool resumed);
    /// A TLS handshake came to nothing, or was not taken up (Off). `words` end a sentence.
    void handshakeRefused(const QString &peer, pushdeck::TlsFailure failure, const QString &words);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    friend class Greeting;

    bool requestReady(HttpConnection &connection) override;
    void connectionGone(HttpConnection &connection) override;
    void upgradeRequested(QTcpSocket *socket, const RequestHead &head,
                          qsizetype headLength) override;
    void turnAway(QTcpSocket *socket, const Refusal &refusal, bool withoutBody) override;
    bool takesUpgrades() const override { return bool(m_upgradeHandler); }

    void beginTls(ClientSocket *socket);
    void handshakeDone(const TlsSocket &socket);
    void handshakeFailed(TlsSocket *socket, TlsFailure failure, const QString &words);
    void tellFailure(const QTcpSocket &socket, TlsFailure failure, const QString &words);
    void headArrived(QTcpSocket *socket, HeadParser &parser);
    void welcome(qintptr descriptor, bool last);
    void setListenerOptions();
    enum class Room { ForIt, ToRefuseIt, None };
    [[nodiscard]] Room roomOfAddress(ClientSocket &socket);

    std::shared_ptr<DoorState> m_state;
    std::shared_ptr<const TlsContext> m_tls;
    UpgradeHandler m_upgradeHandler;
    QHash<quint64, HttpConnection *> m_connections;
    QSet<Greeting *> m_greetings;
    quint64 m_nextId = 1;
    quint64 m_acceptedTotal = 0;
    quint64 m_refusedTotal = 0;
    Acceptor m_acceptor;
};

} // namespace pushdeck
