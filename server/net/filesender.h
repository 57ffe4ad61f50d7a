// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/deadlines.h"

#include <QFile>
#include <QObject>
#include <QTcpSocket>

#include <memory>

namespace pushdeck {

struct DoorState;

/// A piece of a file. It is read only as it is sent; `file` is nobody else's.
struct FilePiece
{
    std::shared_ptr<QFile> file; ///< null: there is none
    qint64 first = 0;
    qint64 length = 0;
};

/// Sends a head and a piece of a file over a connection that was taken over, as fast as the client
/// takes it and never more than some in memory, and then ends the connection (RFC 9112, 9.6). A
/// client that takes nothing for `Limits::writeStall` is dropped. Where the file turns out shorter
/// than was announced the connection is cut, which tells the client (RFC 9112, 8).
///
/// Owns the socket and itself: deletes itself when it is done. One thread.
class FileSender final : public QObject, private Deadlines::Entry
{
public:
    static void start(QTcpSocket *socket, const QByteArray &head, FilePiece piece, QObject *parent);

private:
    FileSender(QTcpSocket *socket, FilePiece piece, QObject *parent);

    void sendMore();
    void expired() override;

    QTcpSocket *m_socket;
    std::shared_ptr<DoorState> m_state;
    FilePiece m_piece;
    bool m_sendPosted = false;
};

} // namespace pushdeck
