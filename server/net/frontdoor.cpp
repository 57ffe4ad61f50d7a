// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/frontdoor.h"

#include "net/greeting.h"
#include "net/headreader.h"
#include "net/lingeringclose.h"
#include "net/refusal.h"
#include "net/tlssocket.h"

#include <QHostAddress>

#ifdef Q_OS_UNIX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace pushdeck {

namespace {

/// Above `Limits::connections` by more than this, a connection is closed without a word: refusing
/// properly holds a socket for up to a second.
constexpr int kMostBeingRefused = 1000;

/// A fatal alert, handshake_failure, before any version is agreed on (RFC 8446, 6): all that a
/// client of TLS understands.
constexpr char kNoTlsAlert[] = "\x15\x03\x01\x00\x02\x02\x28";

/// The same for one address above `Limits::connectionsPerAddress`, so that its refusals do not use
/// up what is there for all.
constexpr int kMostBeingRefusedPerAddress = 64;

constexpr int kRetryAfterSeconds = 5;

} // namespace

FrontDoor::FrontDoor(const Limits &limits, QObject *parent)
    : QTcpServer(parent),
      m_state(std::make_shared<DoorState>(limits)),
      m_acceptor(*this, [this](qintptr descriptor, bool last) { welcome(descriptor, last); })
{
    m_state->door = this;
    setListenBacklogSize(limits.listenBacklog);
    setMaxPendingConnections(limits.connections);
}

FrontDoor::~FrontDoor()
{
    closeAll();
    // What still lingers must not outlive the objects it reports to.
    m_state->door = nullptr;
}

std::optional<ListenError> FrontDoor::open(const QString &address, quint16 port)
{
    const QHostAddress host =
        address.isEmpty() ? QHostAddress(QHostAddress::Any) : QHostAddress(address);
    if (host.isNull())
        return ListenError{false, tr("“%1” is not an IP address.").arg(address)};
    if (listen(host, port)) {
        setListenerOptions();
        m_acceptor.start();
        return std::nullopt;
    }
    const QString where =
        address.isEmpty() ? tr("port %1").arg(port) : tr("port %1 of %2").arg(port).arg(address);
    switch (serverError()) {
        case QAbstractSocket::AddressInUseError:
            return ListenError{true, tr("Another program is using %1.").arg(where)};
        case QAbstractSocket::SocketAddressNotAvailableError:
            return ListenError{false,
                               tr("This computer does not have the address %1.").arg(address)};
        case QAbstractSocket::SocketAccessError:
            return ListenError{
                false, tr("This user may not listen on %1; try a port above 1023.").arg(where)};
        default:
            return ListenError{false, tr("Cannot listen on %1: %2").arg(where, errorString())};
    }
}

/// On Linux an accepted socket inherits these from the listening one, which saves four system calls
/// a connection.
void FrontDoor::setListenerOptions()
{
#ifdef Q_OS_LINUX
    const auto set = [listener = int(socketDescriptor())](int level, int option, int value) {
        ::setsockopt(listener, level, option, &value, sizeof value);
    };
    set(IPPROTO_TCP, TCP_NODELAY, 1);
    set(SOL_SOCKET, SO_KEEPALIVE, 1);
    set(IPPROTO_TCP, TCP_KEEPIDLE, 60);
    set(IPPROTO_TCP, TCP_KEEPINTVL, 15);
    set(IPPROTO_TCP, TCP_KEEPCNT, 4);
    set(IPPROTO_TCP, TCP_USER_TIMEOUT, int(m_state->limits.unacknowledged.count()));
#endif
}

void FrontDoor::setUpgradeHandler(UpgradeHandler handler)
{
    m_upgradeHandler = std::move(handler);
}

const Limits &FrontDoor::limits() const
{
    return m_state->limits;
}

int FrontDoor::openConnections() const
{
    return m_state->openSockets;
}

HttpConnection *FrontDoor::connection(quint64 id) const
{
    return m_connections.value(id);
}

void FrontDoor::incomingConnection(qintptr descriptor)
{
    welcome(descriptor, false);
}

void FrontDoor::welcome(qintptr descriptor, bool last)
{
    ++m_acceptedTotal;
    auto *socket = new ClientSocket(m_state, this);
    if (!socket->setSocketDescriptor(descriptor)) {
#ifdef Q_OS_UNIX
        ::close(int(descriptor));
#endif
        delete socket;
        return;
    }
#ifndef Q_OS_LINUX
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
#endif
    socket->setReadBufferSize(qMax(HttpConnection::kReadBufferBytes, 2 * limits().headBytes));
    const int over = openConnections() - limits().connections;
    const Room room = roomOfAddress(*socket);
    if (over > kMostBeingRefused || room == Room::None)
        delete socket;
    else if (room == Room::ToRefuseIt)
        turnAway(socket,
                 {429,
                  QT_TR_NOOP("Your address has as many connections as it may have; close some, or "
                             "try again later."),
                  {{"Retry-After", QByteArray::number(kRetryAfterSeconds)}}},
                 false);
    else if (last)
        turnAway(socket,
                 {503, QT_TR_NOOP("The server has no file descriptors left; try again later."), {}},
                 false);
    else if (over <= 0)
        new Greeting(*this, socket);
    else
        turnAway(socket,
                 {503,
                  QT_TR_NOOP("The server has as many connections as it may have; try again later."),
                  {}},
                 false);
}

/// Counts the connection for its address, until the socket is gone.
FrontDoor::Room FrontDoor::roomOfAddress(ClientSocket &socket)
{
    const QHostAddress peer = socket.peerAddress();
    const int most =
        peer.isLoopback() ? limits().connectionsPerLoopback : limits().connectionsPerAddress;
    if (most == 0)
        return Room::ForIt;
    const QByteArray network = networkOf(peer);
    // Apart, so that who asks again and again is not kept out by its own refusals.
    const bool fits = m_state->addresses.add(network, most);
    if (!fits && !m_state->addressesRefused.add(network, kMostBeingRefusedPerAddress))
        return Room::None;
    socket.leaveWhenGone(fits ? m_state->addresses : m_state->addressesRefused, network);
    return fits ? Room::ForIt : Room::ToRefuseIt;
}

void FrontDoor::beginTls(ClientSocket *socket)
{
    if (!m_tls) {
        tellFailure(*socket, TlsFailure::Off, tr("TLS is off"));
        LingeringClose::start(socket, QByteArray(kNoTlsAlert, sizeof kNoTlsAlert - 1));
        return;
    }
    new Greeting(*this, new TlsSocket(m_tls, socket, this));
}

void FrontDoor::handshakeDone(const TlsSocket &socket)
{
    emit handshook(socket.isResumed());
}

void FrontDoor::handshakeFailed(TlsSocket *socket, TlsFailure failure, const QString &words)
{
    tellFailure(*socket, failure, words);
    // What the peer is told has been written already.
    if (ClientSocket *inner = socket->release())
        LingeringClose::start(inner, {});
    socket->deleteLater();
}

void FrontDoor::tellFailure(const QTcpSocket &socket, TlsFailure failure, const QString &words)
{
    ++m_refusedTotal;
    emit handshakeRefused(peerNameOf(socket), failure, words);
}

void FrontDoor::headArrived(QTcpSocket *socket, HeadParser &parser)
{
    if (m_upgradeHandler && parser.head().isUpgradeToWebSocket()) {
        consume(*socket, parser.leadingLength());
        upgradeRequested(socket, parser.takeHead(), parser.headLength() - parser.leadingLength());
        return;
    }
    consume(*socket, parser.headLength());
    auto *connection = new HttpConnection(m_nextId++, socket, m_state, this, this);
    m_connections.insert(connection->connectionId(), connection);
    connection->begin(parser.takeHead());
}

bool FrontDoor::requestReady(HttpConnection &connection)
{
    addPendingConnection(&connection);
    if (!hasPendingConnections())
        return true;
    while (nextPendingConnection()) {
    } // nobody is bound
    return false;
}

void FrontDoor::connectionGone(HttpConnection &connection)
{
    m_connections.remove(connection.connectionId());
}

void FrontDoor::upgradeRequested(QTcpSocket *socket, const RequestHead &head, qsizetype headLength)
{
    if (const std::optional<Refusal> bad = checkUpgrade(head)) {
        turnAway(socket, *bad, false);
    } else if (socket->bytesAvailable() > headLength) {
        // QWebSocket would lose them (RFC 6455, 4.1: a client waits for the 101).
        turnAway(
            socket,
            {400, QT_TR_NOOP("Bytes follow the WebSocket handshake before it was answered."), {}},
            false);
    } else {
        socket->setParent(nullptr);
        m_upgradeHandler(socket, head);
    }
}

void FrontDoor::turnAway(QTcpSocket *socket, const Refusal &refusal, bool withoutBody)
{
    ++m_refusedTotal;
    const QString peer = peerNameOf(*socket);
    LingeringClose::start(socket, refusalResponse(refusal, withoutBody));
    emit refused(peer, refusal.status, QString::fromUtf8(refusal.sentence));
}

void FrontDoor::refuse(QTcpSocket *socket, int status, const QByteArray &sentence,
                       const std::vector<Field> &extraFields)
{
    LingeringClose::start(socket, refusalResponse({status, sentence, extraFields}, false));
}

void FrontDoor::closeAll()
{
    m_acceptor.stop();
    close();
    const QSet<Greeting *> greetings = m_greetings;
    for (Greeting *greeting : greetings) {
        if (m_greetings.contains(greeting))
            greeting->abandon();
    }
    // A slot of `disconnected` may end other connections.
    const QList<quint64> ids = m_connections.keys();
    for (const quint64 id : ids) {
        if (HttpConnection *open = connection(id))
            open->shutDown();
    }
}

} // namespace pushdeck
