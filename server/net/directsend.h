// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

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

/// Hands the buffers to the kernel in order, without blocking or SIGPIPE, until they or its room
/// end. Together they leave in one call; large ones are not copied for it.
[[nodiscard]] DirectSend sendDirectly(qintptr descriptor, const QByteArray *buffers,
                                      qsizetype count);

} // namespace pushdeck
