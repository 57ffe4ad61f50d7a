// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/greeting.h"

#include "net/frontdoor.h"
#include "net/headreader.h"
#include "net/refusal.h"

namespace pushdeck {

Greeting::Greeting(FrontDoor &door, ClientSocket *socket)
    : QObject(socket), m_door(&door), m_socket(socket), m_parser(door.limits())
{
    m_door->m_greetings.insert(this);
    connect(socket, &QTcpSocket::readyRead, this, &Greeting::read);
    connect(socket, &QTcpSocket::disconnected, this, &Greeting::abandon);
    socket->doorState()->deadlines.arm(*this, door.limits().headDeadline);
}

Greeting::~Greeting()
{
    release();
}

/// Lets go of the socket; called in the greeting's own slots, hence the deleteLater().
FrontDoor *Greeting::release()
{
    FrontDoor *door = std::exchange(m_door, nullptr);
    if (door) {
        door->m_greetings.remove(this);
        Deadlines::disarm(*this);
        m_socket->disconnect(this);
    }
    return door;
}

void Greeting::abandon()
{
    if (release()) {
        m_socket->abort();
        m_socket->deleteLater();
    }
}

void Greeting::read()
{
    const HeadParser::State state = readHead(*m_socket, m_parser);
    if (state == HeadParser::State::NeedMore)
        return;
    FrontDoor *door = release();
    if (!door)
        return;
    deleteLater();
    if (state == HeadParser::State::Ok)
        door->headArrived(m_socket, m_parser);
    else
        door->turnAway(m_socket, {m_parser.status(), m_parser.sentence(), {}},
                       m_parser.method() == "HEAD");
}

void Greeting::expired()
{
    if (!m_parser.begun()) {
        abandon();
    } else if (FrontDoor *door = release()) {
        deleteLater();
        door->turnAway(m_socket,
                       {408, QT_TR_NOOP("The request's head took too long to arrive."), {}}, false);
    }
}

} // namespace pushdeck
