// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/directreceive.h"

#include "net/clientsocket.h"

#ifdef Q_OS_LINUX
#include <sys/socket.h>

#include <cerrno>
#endif

namespace pushdeck {

bool DirectReceive::install(QTcpSocket &socket, QObject &filter)
{
#ifdef Q_OS_LINUX
    if (!dynamic_cast<ClientSocket *>(&socket))
        return false;
    const auto notifiers = socket.findChildren<QSocketNotifier *>();
    for (QSocketNotifier *notifier : notifiers) {
        if (notifier->type() == QSocketNotifier::Read) {
            notifier->installEventFilter(&filter);
            return true;
        }
    }
#else
    Q_UNUSED(socket);
    Q_UNUSED(filter);
#endif
    return false;
}

std::optional<QByteArrayView> DirectReceive::from([[maybe_unused]] QTcpSocket &socket)
{
#ifdef Q_OS_LINUX
    if (socket.bytesAvailable() > 0)
        return {};
    ssize_t received = 0;
    do {
        received =
            ::recv(int(socket.socketDescriptor()), m_bytes.data(), m_bytes.size(), MSG_DONTWAIT);
    } while (received < 0 && errno == EINTR);
    if (received > 0) {
        m_size = received;
        return QByteArrayView(m_bytes.data(), m_size);
    }
    if (received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return QByteArrayView(m_bytes.data(), m_size = 0);
#endif
    return {};
}

void DirectReceive::giveBack(QTcpSocket &socket)
{
    for (qsizetype i = m_size; i > 0; --i)
        socket.ungetChar(m_bytes[std::size_t(i - 1)]);
    m_size = 0;
}

} // namespace pushdeck
