// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/clientsocket.h"
#include "net/requesthead.h"

#include <QObject>

namespace pushdeck {

class FrontDoor;
class TlsSocket;

/// A connection between accept and the end of its first head, when it is not known yet what it will
/// become; and, where it begins with a TLS handshake (RFC 8446, 5.1), once more within that.
/// Belongs to the socket.
class Greeting final : public QObject, private Deadlines::Entry
{
public:
    /// Of a plain connection, or of one that shakes hands.
    Greeting(FrontDoor &door, ClientSocket *socket);
    Greeting(FrontDoor &door, TlsSocket *socket);
    ~Greeting() override;

    /// Drops the connection without a word.
    void abandon();

private:
    Greeting(FrontDoor &door, QTcpSocket *socket, TlsSocket *encrypted);

    void read();
    [[nodiscard]] bool beginsTls() const;
    void handshakeDone();
    void expired() override;
    FrontDoor *release();

    FrontDoor *m_door; ///< nullptr once the socket has moved on
    QTcpSocket *m_socket;
    TlsSocket *m_encrypted; ///< the same, where it is one
    HeadParser m_parser;
    bool m_isFirst = true; ///< nothing was read yet
};

} // namespace pushdeck
