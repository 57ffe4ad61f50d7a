// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/requesthead.h"

class QTcpSocket;

namespace pushdeck {

/// Gives the parser what has arrived since the last call, within a transaction of the socket. At Ok
/// and Bad the transaction has been rolled back: the whole head is unread, as if nobody had looked.
/// The socket's read buffer must have room for `Limits::headBytes`.
HeadParser::State readHead(QTcpSocket &socket, HeadParser &parser);

/// Drops the first `size` bytes; if they are all there is, their buffer is given back as well,
/// which is a page or four for every connection that then waits.
void consume(QTcpSocket &socket, qsizetype size);

/// The same where somebody else has read all there was, and left the buffer behind. Harmless where
/// something is unread.
void giveBackBuffer(QTcpSocket &socket);

} // namespace pushdeck
