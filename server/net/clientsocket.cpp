// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/clientsocket.h"

#include "net/directsend.h"
#include "net/tlssocket.h"

#include <QHostAddress>
#include <QSocketNotifier>

#include <algorithm>

namespace pushdeck {

namespace {

/// An eighth of the shortest deadline, so that short ones in a test are kept as well.
std::chrono::milliseconds granularityFor(const Limits &limits)
{
    using std::chrono::milliseconds;
    const auto shortest = std::min(
        {limits.headDeadline, limits.bodyDeadline, limits.handshakeDeadline, limits.keepAliveIdle,
         limits.handlerDeadline, limits.writeStall, limits.lingerDeadline, limits.frameDeadline});
    return std::clamp(shortest / 8, milliseconds(5), milliseconds(250));
}

} // namespace

DoorState::DoorState(const Limits &given) : limits(given), deadlines(granularityFor(given)) {}

ClientSocket::ClientSocket(std::shared_ptr<DoorState> state, QObject *parent)
    : AcceptedSocket(parent), m_state(std::move(state))
{
    ++m_state->openSockets;
}

ClientSocket::~ClientSocket()
{
    if (m_observer)
        *m_observer = nullptr;
    --m_state->openSockets;
    if (m_counts)
        m_counts->remove(m_network);
}

bool ClientSocket::setSocketDescriptor(qintptr descriptor, SocketState state, OpenMode mode)
{
    m_clear = QTcpSocket::setSocketDescriptor(descriptor, state, mode) && state == ConnectedState;
    m_descriptor = m_clear ? int(descriptor) : -1;
    return m_clear;
}

/// Every end of a connection comes through here: close() and abort() as well, and the peer's.
void ClientSocket::disconnectFromHost()
{
    m_clear = m_queued = false;
    m_descriptor = -1;
    QTcpSocket::disconnectFromHost();
}

void ClientSocket::close()
{
    if (!isSilent())
        QTcpSocket::close();
}

bool ClientSocket::isDirect() const
{
    return state() == ConnectedState && maySendDirectly(*this);
}

bool ClientSocket::hasDrained() const
{
    m_clear = isDirect();
    m_queued = !m_clear;
    return m_clear;
}

qint64 ClientSocket::writeData(const char *data, qint64 size)
{
    if (isSilent())
        return size;
    qint64 sent = 0;
    if (size > 0 && isClear())
        sent = sendDirectly(m_descriptor, data, size).sentBytes;
    if (sent == size)
        return size;
    m_queued |= std::exchange(m_clear, false);
    // What failed fails again in there, and is told as Qt tells it.
    const qint64 rest = QTcpSocket::writeData(data + sent, size - sent);
    return rest < 0 ? rest : sent + rest;
}

std::shared_ptr<DoorState> doorStateOf(const QTcpSocket &socket)
{
    if (const auto *plain = dynamic_cast<const ClientSocket *>(&socket))
        return plain->doorState();
    const auto *encrypted = qobject_cast<const TlsSocket *>(&socket);
    return encrypted ? encrypted->doorState() : nullptr;
}

QHostAddress peerAddressOf(const QAbstractSocket &socket)
{
    const QHostAddress address = socket.peerAddress();
    bool mapped = false;
    const quint32 v4 = address.toIPv4Address(&mapped);
    return mapped ? QHostAddress(v4) : address;
}

QString peerNameOf(const QAbstractSocket &socket)
{
    const QHostAddress address = peerAddressOf(socket);
    const bool v6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    return (v6 ? u'[' + address.toString() + u']' : address.toString()) + u':' +
           QString::number(socket.peerPort());
}

void setReading(QTcpSocket &socket, bool on)
{
    const auto notifiers = socket.findChildren<QSocketNotifier *>();
    for (QSocketNotifier *notifier : notifiers) {
        if (notifier->type() == QSocketNotifier::Read && notifier->isEnabled() != on)
            notifier->setEnabled(on);
    }
}

void sendThrough(QTcpSocket &socket, const QByteArray &bytes)
{
    if (!bytes.isEmpty())
        sendThrough(socket, &bytes, 1);
}

void sendThrough(QTcpSocket &socket, const QByteArray *parts, qsizetype count)
{
    if (socket.state() != QAbstractSocket::ConnectedState)
        return;
    if (auto *encrypted = qobject_cast<TlsSocket *>(&socket)) {
        encrypted->send(parts, count);
        return;
    }
    qint64 sent = 0;
    if (maySendDirectly(socket))
        sent = sendDirectly(socket.socketDescriptor(), parts, count).sentBytes;
    for (qsizetype i = 0; i < count; ++i) {
        const QByteArray &part = parts[i];
        const qint64 done = std::min(sent, qint64(part.size()));
        sent -= done;
        // The overload that takes a QByteArray shares large ones; only a begun one is copied.
        if (done == 0 && !part.isEmpty())
            socket.write(part);
        else if (done < part.size())
            socket.write(part.constData() + done, part.size() - done);
    }
}

} // namespace pushdeck
