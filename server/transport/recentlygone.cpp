// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/recentlygone.h"

namespace pushdeck {

namespace {

/// A stretch of many topics counts as many: they are what it costs.
std::size_t costOf(const GoneClient &client)
{
    std::size_t cost = 1;
    for (const Handed &handed : client.left.handed)
        cost += handed.scope.topics.size();
    return cost;
}

} // namespace

void RecentlyGone::add(GoneClient client)
{
    m_topics += costOf(client);
    m_clients.push_back(std::move(client));
    while (m_clients.size() > kClients || (m_topics > kTopics && m_clients.size() > 1)) {
        m_topics -= costOf(m_clients.front());
        m_clients.pop_front();
    }
}

QString addressWithPort(const QString &address, std::uint16_t port)
{
    const bool bracketed = address.contains(QLatin1Char(':'));
    return (bracketed ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(address).arg(port);
}

} // namespace pushdeck
