// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/session.h"

#include <QCoreApplication>

namespace pushdeck {

Deadlines::Clock::time_point timeOf(std::int64_t steadyMs)
{
    return Deadlines::Clock::time_point(std::chrono::milliseconds(steadyMs));
}

Session::Session(TransportContext &context, Client &client, QObject *parent)
    : QObject(parent), m_context(context), m_client(&client), m_clientId(client.info.id)
{
    client.sessions.append(this);
}

Session::~Session()
{
    leave();
}

void Session::end(EndReason reason)
{
    const EndWords &row = wordsFor(reason);
    end(reason, row.closeCode, QCoreApplication::translate("pushdeck::EndReason", row.words));
}

void Session::lookAt(std::int64_t steadyMs)
{
    const std::int64_t nowMs = m_context.steady();
    m_context.sessionTimes.armAt(*this, timeOf(nowMs), std::chrono::milliseconds(steadyMs - nowMs));
}

void Session::noteCursor(const Cursor &cursor)
{
    if (isOpen() && cursor.kind == Cursor::Kind::After && client().info.resumedAt.isEmpty())
        client().info.resumedAt = QString::fromLatin1(cursor.id.toByteArray());
}

void Session::noteGap(const Gap &gap)
{
    if (!isOpen())
        return;
    client().info.missed += gap.lost.value_or(0);
    client().info.missedMore |= !gap.lost;
}

void Session::enter(Client &client)
{
    Q_ASSERT(!m_client && client.info.id == m_clientId);
    m_client = &client;
    client.sessions.append(this);
}

bool Session::leave()
{
    const bool was = pause();
    m_context.hub.unsubscribe(*this);
    return was;
}

bool Session::pause()
{
    if (!m_client)
        return false;
    m_context.hub.rest(*this);
    m_client->sessions.removeOne(this);
    m_client->awaySinceMs = m_context.steady();
    m_client = nullptr;
    return true;
}

} // namespace pushdeck
