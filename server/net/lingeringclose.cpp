// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/lingeringclose.h"

#include "net/tlssocket.h"

#include <QTcpSocket>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace pushdeck {

#ifdef Q_OS_UNIX
namespace {

/// A second name of a connection, which keeps it when the first is closed.
class SecondDescriptor final
{
public:
    explicit SecondDescriptor(qintptr descriptor)
        : m_descriptor(::fcntl(int(descriptor), F_DUPFD_CLOEXEC, 0))
    {
    }
    ~SecondDescriptor()
    {
        if (isValid())
            ::close(m_descriptor);
    }
    Q_DISABLE_COPY_MOVE(SecondDescriptor)

    [[nodiscard]] bool isValid() const { return m_descriptor >= 0; }

    void giveTo(QTcpSocket &socket)
    {
        if (socket.setSocketDescriptor(m_descriptor))
            m_descriptor = -1;
    }

private:
    int m_descriptor;
};

} // namespace
#endif

LingeringClose::LingeringClose(QTcpSocket *socket, std::shared_ptr<DoorState> state)
    : QObject(socket), m_socket(socket), m_state(std::move(state))
{
}

void LingeringClose::start(QTcpSocket *socket, const QByteArray &lastBytes)
{
    socket->disconnect();
    if (socket->isTransactionStarted())
        socket->rollbackTransaction();
    if (socket->state() != QAbstractSocket::ConnectedState) {
        socket->deleteLater();
        return;
    }
    std::shared_ptr<DoorState> state = doorStateOf(*socket);
    if (!state)
        state = std::make_shared<DoorState>(Limits());
    if (!socket->parent())
        socket->setParent(state->door);

    sendThrough(*socket, lastBytes);
    auto *closing = new LingeringClose(socket, std::move(state));
    connect(socket, &QTcpSocket::disconnected, closing, [closing] {
        Deadlines::disarm(*closing);
        closing->m_socket->deleteLater();
    });
    connect(socket, &QTcpSocket::readyRead, closing, &LingeringClose::discardInput);
    connect(socket, &QTcpSocket::bytesWritten, closing, &LingeringClose::drain);
    closing->drain();
}

void LingeringClose::follow([[maybe_unused]] QTcpSocket *socket)
{
#ifdef Q_OS_UNIX
    const std::shared_ptr<DoorState> state = doorStateOf(*socket);
    if (!state || socket->state() == QAbstractSocket::UnconnectedState)
        return;
    auto descriptor = std::make_shared<SecondDescriptor>(socket->socketDescriptor());
    if (!descriptor->isValid())
        return;
    connect(socket, &QTcpSocket::disconnected, socket, [descriptor, state] {
        auto *follower = new ClientSocket(state);
        descriptor->giveTo(*follower);
        start(follower, {});
    });
#endif
}

void LingeringClose::drain()
{
    if (m_shut)
        return;
    auto *encrypted = qobject_cast<TlsSocket *>(m_socket);
    if (encrypted ? encrypted->endOutput() : m_socket->bytesToWrite() == 0) {
        shutDown();
        return;
    }
    setReading(*m_socket, false); // a FIN now would make Qt drop what has not left
    m_state->deadlines.arm(*this, m_state->limits.writeStall);
}

void LingeringClose::shutDown()
{
    m_shut = true;
    discardInput();
    setReading(*m_socket, true);
#ifdef Q_OS_UNIX
    ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
    m_state->deadlines.arm(*this, m_state->limits.lingerDeadline);
#else
    m_socket->disconnectFromHost();
#endif
}

void LingeringClose::discardInput()
{
    (void)m_socket->readAll();
}

void LingeringClose::expired()
{
    if (m_socket->state() == QAbstractSocket::UnconnectedState)
        m_socket->deleteLater();
    else
        m_socket->abort(); // which says `disconnected`
}

} // namespace pushdeck
