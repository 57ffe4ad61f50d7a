// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/headreader.h"

#include <QTcpSocket>

#include <array>

namespace pushdeck {

HeadParser::State readHead(QTcpSocket &socket, HeadParser &parser)
{
    if (!socket.isTransactionStarted())
        socket.startTransaction();
    std::array<char, 4096> piece;
    while (parser.state() == HeadParser::State::NeedMore) {
        const qint64 size = socket.read(piece.data(), qint64(piece.size()));
        if (size <= 0)
            return HeadParser::State::NeedMore;
        parser.feed(QByteArrayView(piece.data(), size));
    }
    socket.rollbackTransaction();
    return parser.state();
}

void consume(QTcpSocket &socket, qsizetype size)
{
    // read(), unlike skip(), takes the socket's own buffer along where that holds no more than
    // this.
    if (socket.bytesAvailable() == size)
        (void)socket.read(size);
    else
        socket.skip(size);
}

void giveBackBuffer(QTcpSocket &socket)
{
    if (socket.bytesAvailable() > 0)
        return;
    socket.ungetChar('\0');
    consume(socket, 1);
}

} // namespace pushdeck
