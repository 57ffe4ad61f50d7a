// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/clientsocket.h"

#include <QByteArray>
#include <QObject>

#include <memory>

namespace pushdeck {

/// The end of a connection, so that its last bytes arrive (RFC 9112, 9.6): what is queued leaves,
/// then our side is shut down, then what the client still sends is thrown away until it closes, at
/// the latest after `Limits::lingerDeadline`. Closing with unread input instead would reset the
/// connection, and the reset overtakes the response. A client that does not take the last bytes is
/// dropped after `Limits::writeStall`.
///
/// Owns and deletes the socket, whose other connections it cuts.
class LingeringClose final : public QObject, private Deadlines::Entry
{
public:
    /// `lastBytes` go out behind what the socket has queued already.
    static void start(QTcpSocket *socket, const QByteArray &lastBytes);

    /// For a socket that Qt is about to close by itself, right behind its last bytes, as QWebSocket
    /// does: when Qt is done with it, its connection ends as by `start`, on a socket of its own.
    /// Takes one more descriptor for that long; where there is none to spare, Qt's close stands.
    static void follow(QTcpSocket *socket);

private:
    LingeringClose(QTcpSocket *socket, std::shared_ptr<DoorState> state);

    void drain();
    void shutDown();
    void discardInput();
    void expired() override;

    QTcpSocket *m_socket; ///< also the parent
    std::shared_ptr<DoorState> m_state;
    bool m_shut = false;
};

} // namespace pushdeck
