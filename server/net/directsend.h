// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#ifdef Q_OS_LINUX
#include <sys/socket.h>
#endif

class QTcpSocket;

namespace pushdeck {

/// What a direct send did.
struct DirectSend
{
    qint64 sentBytes = 0;
    bool failed = false; ///< the connection is dead (EPIPE, ECONNRESET, …); not: the kernel is full
};

/// Whether bytes may go straight to the descriptor: Linux, and nothing queued in the socket that
/// they would overtake. Not to be asked of a TlsSocket.
[[nodiscard]] bool maySendDirectly(const QTcpSocket &socket);

#ifdef Q_OS_LINUX
/// Without blocking or SIGPIPE: send(2)'s flags.
inline constexpr int kSendFlags = MSG_DONTWAIT | MSG_NOSIGNAL;

/// Whether a send's errno means that the connection is dead, and not that the kernel is full.
[[nodiscard]] bool isFatal(int error);
#endif

/// Hands the bytes to the kernel, until its room ends.
[[nodiscard]] DirectSend sendDirectly(qintptr descriptor, const char *bytes, qsizetype size);

/// Hands the buffers to the kernel in order, without blocking or SIGPIPE, until they or its room
/// end. Together they leave in one call; large ones are not copied for it.
[[nodiscard]] DirectSend sendDirectly(qintptr descriptor, const QByteArray *buffers,
                                      qsizetype count);

} // namespace pushdeck
