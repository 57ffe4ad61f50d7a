// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/filesender.h"

#include "net/clientsocket.h"
#include "net/lingeringclose.h"

namespace pushdeck {

namespace {

constexpr qint64 kPieceBytes = 64 * 1024;
/// What waits in the program for one client.
constexpr qint64 kMostUnsentBytes = 256 * 1024;
/// A client that takes all at once leaves the others their turn after this much.
constexpr qint64 kBytesPerTurn = 1024 * 1024;

} // namespace

void FileSender::start(QTcpSocket *socket, const QByteArray &head, FilePiece piece, QObject *parent)
{
    auto *sender = new FileSender(socket, std::move(piece), parent);
    socket->write(head);
    sender->sendMore();
}

FileSender::FileSender(QTcpSocket *socket, FilePiece piece, QObject *parent)
    : QObject(parent), m_socket(socket), m_piece(std::move(piece))
{
    const auto *counted = dynamic_cast<ClientSocket *>(socket);
    m_state = counted ? counted->doorState() : std::make_shared<DoorState>(Limits());
    socket->setParent(this);
    connect(socket, &QTcpSocket::bytesWritten, this, &FileSender::sendMore);
    // Nothing is asked any more on this connection, and nothing may pile up.
    connect(socket, &QTcpSocket::readyRead, this,
            [socket] { socket->skip(socket->bytesAvailable()); });
    connect(socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
}

void FileSender::sendMore()
{
    if (m_sendPosted || m_socket->state() != QAbstractSocket::ConnectedState)
        return;
    qint64 turn = kBytesPerTurn;
    while (m_piece.length > 0 && turn > 0 && m_socket->bytesToWrite() < kMostUnsentBytes) {
        QByteArray piece;
        if (m_piece.file->seek(m_piece.first))
            piece = m_piece.file->read(qMin(m_piece.length, kPieceBytes));
        if (piece.isEmpty()) {
            m_socket->abort(); // which says `disconnected`
            return;
        }
        m_socket->write(piece);
        m_piece.first += piece.size();
        m_piece.length -= piece.size();
        turn -= piece.size();
    }
    m_state->deadlines.arm(*this, m_state->limits.writeStall);
    if (m_piece.length == 0) {
        QTcpSocket *socket = m_socket;
        socket->setParent(m_state->door);
        LingeringClose::start(socket, {});
        Deadlines::disarm(*this);
        deleteLater();
    } else if (turn <= 0) {
        m_sendPosted = true;
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_sendPosted = false;
                sendMore();
            },
            Qt::QueuedConnection);
    }
}

void FileSender::expired()
{
    m_socket->abort();
}

} // namespace pushdeck
