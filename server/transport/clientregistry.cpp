// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/clientregistry.h"

#include "transport/session.h"

namespace pushdeck {

Client &ClientRegistry::add(ClientInfo info, QByteArray pollKey)
{
    ++m_counts[static_cast<std::size_t>(info.transport)];
    if (!pollKey.isEmpty())
        m_pollers.insert(pollKey, info.id);
    const std::uint64_t id = info.id;
    auto client = std::make_unique<Client>();
    client->info = std::move(info);
    client->pollKey = std::move(pollKey);
    return *m_clients.emplace(id, std::move(client)).first->second;
}

Client *ClientRegistry::find(std::uint64_t id) const
{
    const auto it = m_clients.find(id);
    return it == m_clients.end() ? nullptr : it->second.get();
}

Client *ClientRegistry::firstAfter(std::uint64_t id) const
{
    const auto it = m_clients.upper_bound(id);
    return it == m_clients.end() ? nullptr : it->second.get();
}

Client *ClientRegistry::findPoller(const QByteArray &pollKey) const
{
    const auto it = m_pollers.constFind(pollKey);
    return it == m_pollers.constEnd() ? nullptr : find(*it);
}

void ClientRegistry::remove(std::uint64_t id)
{
    const auto it = m_clients.find(id);
    if (it == m_clients.end())
        return;
    --m_counts[static_cast<std::size_t>(it->second->info.transport)];
    if (!it->second->pollKey.isEmpty())
        m_pollers.remove(it->second->pollKey);
    m_clients.erase(it);
}

std::vector<std::uint64_t> ClientRegistry::pollersAwaySince(std::int64_t deadlineMs) const
{
    std::vector<std::uint64_t> away;
    for (const auto &[id, client] : m_clients) {
        if (!client->pollKey.isEmpty() && client->sessions.isEmpty() &&
            client->awaySinceMs < deadlineMs)
            away.push_back(id);
    }
    return away;
}

void ClientRegistry::forEachClient(const std::function<void(const ClientInfo &)> &visit) const
{
    for (const auto &[id, client] : m_clients)
        visit(client->info);
}

void ClientRegistry::forEach(const std::function<void(const Client &)> &visit) const
{
    for (const auto &[id, client] : m_clients)
        visit(*client);
}

void ClientRegistry::forEachSession(const std::function<void(Session &)> &visit) const
{
    std::vector<Session *> sessions;
    sessions.reserve(m_clients.size());
    for (const auto &[id, client] : m_clients)
        sessions.insert(sessions.end(), client->sessions.begin(), client->sessions.end());
    for (Session *session : sessions)
        visit(*session);
}

std::vector<ClientInfo> ClientRegistry::snapshot() const
{
    std::vector<ClientInfo> infos;
    infos.reserve(m_clients.size());
    for (const auto &[id, client] : m_clients) {
        ClientInfo &info = infos.emplace_back(client->info);
        info.waiting = info.transport == Transport::LongPoll && !client->sessions.isEmpty();
        for (const Session *session : client->sessions)
            session->describe(info);
    }
    return infos;
}

std::size_t ClientRegistry::count(Transport transport) const
{
    return m_counts[static_cast<std::size_t>(transport)];
}

} // namespace pushdeck
