// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/greeting.h"

#include "net/frontdoor.h"
#include "net/headreader.h"
#include "net/refusal.h"
#include "net/tlssocket.h"
#include "tls/tlschannel.h"

namespace pushdeck {

namespace {

/// The content type of a handshake record (RFC 8446, 5.1). No HTTP request begins with it.
constexpr char kHandshakeRecord = 0x16;

} // namespace

Greeting::Greeting(FrontDoor &door, ClientSocket *socket) : Greeting(door, socket, nullptr)
{
    m_door->m_state->deadlines.arm(*this, door.limits().headDeadline);
}

Greeting::Greeting(FrontDoor &door, TlsSocket *socket) : Greeting(door, socket, socket)
{
    m_isFirst = false;
    connect(socket, &TlsSocket::encrypted, this, &Greeting::handshakeDone);
    connect(socket, &TlsSocket::handshakeFailed, this,
            [this](TlsFailure failure, const QString &words) {
                if (FrontDoor *host = release()) {
                    deleteLater();
                    host->handshakeFailed(m_encrypted, failure, words);
                }
            });
    m_door->m_state->deadlines.arm(*this, door.limits().handshakeDeadline);
}

Greeting::Greeting(FrontDoor &door, QTcpSocket *socket, TlsSocket *encrypted)
    : QObject(socket),
      m_door(&door),
      m_socket(socket),
      m_encrypted(encrypted),
      m_parser(door.limits())
{
    m_door->m_greetings.insert(this);
    connect(socket, &QTcpSocket::readyRead, this, &Greeting::read);
    connect(socket, &QTcpSocket::disconnected, this, &Greeting::abandon);
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

bool Greeting::beginsTls() const
{
    char first = 0;
    return m_socket->peek(&first, 1) == 1 && first == kHandshakeRecord;
}

void Greeting::handshakeDone()
{
    if (m_door) {
        m_door->handshakeDone(*m_encrypted);
        m_door->m_state->deadlines.arm(*this, m_door->limits().headDeadline);
    }
}

void Greeting::read()
{
    if (std::exchange(m_isFirst, false) && beginsTls()) {
        if (FrontDoor *host = release()) {
            deleteLater();
            host->beginTls(static_cast<ClientSocket *>(m_socket));
        }
        return;
    }
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
    if (m_encrypted && !m_encrypted->isEncrypted()) {
        if (FrontDoor *host = release()) {
            deleteLater();
            host->handshakeFailed(m_encrypted, TlsFailure::TimedOut,
                                  tr("it took too long to arrive"));
        }
    } else if (!m_parser.begun()) {
        abandon();
    } else if (FrontDoor *door = release()) {
        deleteLater();
        door->turnAway(m_socket,
                       {408, QT_TR_NOOP("The request's head took too long to arrive."), {}}, false);
    }
}

} // namespace pushdeck
