// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/frontdoor.h"

#include "net/descriptorreserve.h"
#include "net/greeting.h"
#include "net/headreader.h"
#include "net/lingeringclose.h"

#include <QHostAddress>

#ifdef Q_OS_UNIX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace pushdeck {

namespace {

using std::chrono::milliseconds;

/// Qt's own handshake parser gives up, without a word, on a longer line.
constexpr qsizetype kMostUpgradeLineBytes = 8000;

/// Above `Limits::connections` by more than this, a connection is closed without a word: refusing
/// properly holds a socket for up to a second.
constexpr int kMostBeingRefused = 1000;

constexpr milliseconds kResumeAfter{50};

QByteArray reasonPhrase(int status)
{
    switch (status) {
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 417:
            return "Expectation Failed";
        case 426:
            return "Upgrade Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Refused";
    }
}

bool replaces(const std::vector<Field> &fields, QByteArrayView name)
{
    for (const Field &field : fields) {
        if (field.name.compare(name, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

QByteArray refusal(int status, const QByteArray &sentence, const std::vector<Field> &extraFields,
                   bool withoutBody)
{
    const QByteArray body = sentence + '\n';
    QByteArray response =
        "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n";
    const Field own[] = {{"Content-Type", "text/plain; charset=utf-8"},
                         {"Cache-Control", "no-store"},
                         {"Access-Control-Allow-Origin", "*"}};
    for (const Field &field : own) {
        if (!replaces(extraFields, field.name))
            response += field.name + ": " + field.value + "\r\n";
    }
    for (const Field &field : extraFields)
        response += field.name + ": " + field.value + "\r\n";
    response +=
        "Content-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n";
    return withoutBody ? response : response + body;
}

/// What is wrong with an upgrade (RFC 6455, 4.2.1), where something is.
struct BadUpgrade
{
    int status = 0;
    QByteArray sentence;
    std::vector<Field> extraFields;
};

std::optional<BadUpgrade> checkUpgrade(const RequestHead &head)
{
    if (head.method != "GET")
        return BadUpgrade{405, "A WebSocket is opened with GET.", {{"Allow", "GET"}}};
    if (head.hasBody())
        return BadUpgrade{400, "A WebSocket's handshake has no body.", {}};
    if (head.value("Host").isEmpty())
        return BadUpgrade{400, "A WebSocket's handshake needs a Host.", {}};
    if (head.value("Upgrade").compare("websocket", Qt::CaseInsensitive) != 0 ||
        !head.value("Connection").toLower().contains("upgrade"))
        return BadUpgrade{400, "The handshake must ask for websocket and nothing else.", {}};
    const std::vector<QByteArray> versions = head.values("Sec-WebSocket-Version");
    if (versions.size() != 1 || versions.front() != "13")
        return BadUpgrade{426,
                          "This server speaks WebSocket version 13.",
                          {{"Sec-WebSocket-Version", "13"}, {"Upgrade", "websocket"}}};
    const std::vector<QByteArray> keys = head.values("Sec-WebSocket-Key");
    const auto key = keys.size() != 1 ? QByteArray::FromBase64Result{}
                                      : QByteArray::fromBase64Encoding(
                                            keys.front(), QByteArray::AbortOnBase64DecodingErrors);
    if (keys.size() != 1 || !key || key.decoded.size() != 16)
        return BadUpgrade{400, "The handshake needs one Sec-WebSocket-Key of 16 bytes.", {}};
    if (head.target.size() > kMostUpgradeLineBytes)
        return BadUpgrade{414, "A WebSocket's address may have 8000 bytes.", {}};
    for (const Field &field : head.fields) {
        if (field.name.size() + field.value.size() > kMostUpgradeLineBytes)
            return BadUpgrade{431, "A field of a WebSocket's handshake may have 8000 bytes.", {}};
    }
    return std::nullopt;
}

} // namespace

FrontDoor::FrontDoor(const Limits &limits, QObject *parent)
    : QTcpServer(parent),
      m_state(std::make_shared<DoorState>(limits)),
      m_reserve(std::make_unique<DescriptorReserve>())
{
    m_state->door = this;
    setListenBacklogSize(limits.listenBacklog);
    setMaxPendingConnections(limits.connections);
    m_resumeTimer.setSingleShot(true);
    m_resumeTimer.setInterval(kResumeAfter);
    connect(&m_resumeTimer, &QTimer::timeout, this, &FrontDoor::resume);
    connect(this, &QTcpServer::acceptError, this, &FrontDoor::outOfDescriptors);
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
        m_reserve->refill();
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
    if (over <= 0)
        new Greeting(*this, socket);
    else if (over <= kMostBeingRefused)
        turnAway(socket, 503, "The server has as many connections as it may have; try again later.",
                 false);
    else
        delete socket;
}

/// Accepting has been paused by Qt, and stays so until somebody resumes it.
void FrontDoor::outOfDescriptors()
{
    m_resumeTimer.start();
    for (;;) {
        const qintptr descriptor = m_reserve->acceptInstead(socketDescriptor());
        if (descriptor < 0)
            return;
        ++m_acceptedTotal;
        auto *socket = new ClientSocket(m_state, this);
        if (socket->setSocketDescriptor(descriptor)) {
            turnAway(socket, 503, "The server has no file descriptors left; try again later.",
                     false);
        } else {
#ifdef Q_OS_UNIX
            ::close(int(descriptor));
#endif
            delete socket;
        }
    }
}

void FrontDoor::resume()
{
    if (isListening()) {
        m_reserve->refill();
        resumeAccepting();
    }
}

void FrontDoor::headArrived(ClientSocket *socket, HeadParser &parser)
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
    const std::optional<BadUpgrade> bad = checkUpgrade(head);
    if (bad) {
        ++m_refusedTotal;
        const QString peer = peerNameOf(*socket);
        refuse(socket, bad->status, bad->sentence, bad->extraFields);
        emit refused(peer, bad->status, QString::fromUtf8(bad->sentence));
    } else if (socket->bytesAvailable() > headLength) {
        // QWebSocket would lose them (RFC 6455, 4.1: a client waits for the 101).
        turnAway(socket, 400, "Bytes follow the WebSocket handshake before it was answered.",
                 false);
    } else {
        m_upgradeHandler(socket, head);
    }
}

void FrontDoor::turnAway(QTcpSocket *socket, int status, const QByteArray &sentence,
                         bool withoutBody)
{
    ++m_refusedTotal;
    const QString peer = peerNameOf(*socket);
    LingeringClose::start(socket, refusal(status, sentence, {}, withoutBody));
    emit refused(peer, status, QString::fromUtf8(sentence));
}

void FrontDoor::refuse(QTcpSocket *socket, int status, const QByteArray &sentence,
                       const std::vector<Field> &extraFields)
{
    LingeringClose::start(socket, refusal(status, sentence, extraFields, false));
}

void FrontDoor::closeAll()
{
    close();
    m_resumeTimer.stop();
    m_reserve->clear();
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
