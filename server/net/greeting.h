// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/clientsocket.h"
#include "net/requesthead.h"

#include <QObject>

namespace pushdeck {

class FrontDoor;

/// A connection between accept and the end of its first head, when it is not known yet what it will
/// become. Belongs to the socket.
class Greeting final : public QObject, private Deadlines::Entry
{
public:
    Greeting(FrontDoor &door, ClientSocket *socket);
    ~Greeting() override;

    /// Drops the connection without a word.
    void abandon();

private:
    void read();
    void expired() override;
    FrontDoor *release();

    FrontDoor *m_door; ///< nullptr once the socket has moved on
    ClientSocket *m_socket;
    HeadParser m_parser;
};

} // namespace pushdeck
