// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/singleinstance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QStandardPaths>
#include <QTimer>

namespace pushdeck {

using namespace std::chrono_literals;

namespace {

// What is said. One line each way; a later version may say more after it.
constexpr char kQuestion[] = "pushdeck raise\n";
constexpr char kAnswer[] = "pushdeck raised\n";

constexpr qint64 kMostBytes = 64;
constexpr int kMostVisitors = 8;
// One for each port the window was moved to; nobody moves it more often.
constexpr std::size_t kMostPorts = 16;
constexpr QLatin1String kLockSuffix(".lock");
constexpr auto kVisit = 1s;
constexpr auto kAsking = 1s;
constexpr auto kLocking = 500ms;

/// Two sessions of one user (another screen, another seat) have windows of their own.
QByteArray sessionName()
{
    return QCryptographicHash::hash(qgetenv("WAYLAND_DISPLAY") + '\n' + qgetenv("DISPLAY"),
                                    QCryptographicHash::Sha256)
        .toHex()
        .first(8);
}

} // namespace

SingleInstance::SingleInstance(const QString &folder, QObject *parent)
    : QObject(parent),
      m_folder(folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation)
                                : folder)
{
}

SingleInstance::~SingleInstance() = default;

QString SingleInstance::socketPath(std::uint16_t port) const
{
    return QStringLiteral("%1/pushdeck-%2-%3")
        .arg(m_folder, QString::fromLatin1(sessionName()), QString::number(port));
}

bool SingleInstance::isUsable(std::uint16_t port) const
{
    return port != 0 && !m_folder.isEmpty() && QDir(m_folder).exists();
}

SingleInstance::Claim SingleInstance::claim(std::uint16_t port)
{
    if (!isUsable(port))
        return Claim::Unguarded;
    const QString path = socketPath(port);
    // Between asking and listening nobody else does the same: of two launched at one moment one
    // would take away the other's socket.
    QLockFile lock(path + kLockSuffix);
    lock.setStaleLockTime(0); // held for a moment by a process that lives, or not at all
    if (!lock.tryLock(static_cast<int>(std::chrono::milliseconds(kLocking).count())))
        return Claim::Unguarded;
    if (askFirst(path))
        return Claim::Second;
    return listen(port) ? Claim::First : Claim::Unguarded;
}

void SingleInstance::answerFor(std::uint16_t port)
{
    if (!isUsable(port) || m_servers.contains(port) || m_servers.size() >= kMostPorts)
        return;
    QLockFile lock(socketPath(port) + kLockSuffix);
    lock.setStaleLockTime(0);
    if (!lock.tryLock(0))
        return;
    QLocalSocket socket;
    socket.connectToServer(socketPath(port));
    // Whoever listens there keeps it. A local socket connects at once, or not.
    if (socket.state() != QLocalSocket::ConnectedState)
        (void)listen(port);
}

/// With the lock held, and nobody answering.
bool SingleInstance::listen(std::uint16_t port)
{
    const QString path = socketPath(port);
    auto server = std::make_unique<QLocalServer>();
    server->setSocketOptions(QLocalServer::UserAccessOption);
    server->setMaxPendingConnections(kMostVisitors);
    // Left behind by one that crashed, or by one that does not answer.
    QLocalServer::removeServer(path);
    if (!server->listen(path))
        return false;
    connect(server.get(), &QLocalServer::newConnection, this, [this, own = server.get()] {
        while (QLocalSocket *socket = own->nextPendingConnection())
            serve(socket);
    });
    m_servers[port] = std::move(server);
    return true;
}

/// Whether there is a first, and it answered.
bool SingleInstance::askFirst(const QString &path) const
{
    const QDeadlineTimer deadline(kAsking);
    QLocalSocket socket;
    socket.setReadBufferSize(kMostBytes);
    socket.connectToServer(path);
    if (!socket.waitForConnected(static_cast<int>(deadline.remainingTime())))
        return false;
    socket.write(kQuestion);
    QByteArray answer;
    while (!answer.contains('\n') && answer.size() < kMostBytes && !deadline.hasExpired()) {
        if (!socket.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            break;
        answer += socket.read(kMostBytes - answer.size());
    }
    return answer == kAnswer;
}

void SingleInstance::serve(QLocalSocket *socket)
{
    if (m_visitors >= kMostVisitors) {
        socket->abort();
        socket->deleteLater();
        return;
    }
    ++m_visitors;
    socket->setParent(this);
    socket->setReadBufferSize(kMostBytes);
    connect(socket, &QObject::destroyed, this, [this] { --m_visitors; });
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    // Whoever says nothing goes.
    QTimer::singleShot(kVisit, socket, [socket] {
        socket->abort();
        socket->deleteLater();
    });
    const auto look = [this, socket] {
        // What has come stays unread until the line is whole: bounded by the buffer.
        if (!socket->canReadLine()) {
            if (socket->bytesAvailable() >= kMostBytes)
                socket->abort();
            return;
        }
        const bool understood = socket->readLine(kMostBytes) == kQuestion;
        disconnect(socket, &QLocalSocket::readyRead, this, nullptr);
        if (understood) {
            socket->write(kAnswer);
            emit raiseAsked();
        }
        socket->disconnectFromServer();
    };
    connect(socket, &QLocalSocket::readyRead, this, look);
    look();
}

} // namespace pushdeck
