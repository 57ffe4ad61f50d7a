// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/client.h"

#include <QHash>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace pushdeck {

/// How long a long-poll client may stay away between two polls before it counts as gone.
inline constexpr std::chrono::seconds kPollerGone{60};
/// How often it is looked whether one has.
inline constexpr std::chrono::seconds kLookForGonePollers{5};

/// Who is here: every client with its id, from connect to disconnect. Server's thread only.
class ClientRegistry final
{
public:
    /// The id of a client to be added; never given again.
    [[nodiscard]] std::uint64_t nextId() { return ++m_lastId; }
    [[nodiscard]] std::uint64_t lastId() const { return m_lastId; }

    /// Takes up a new client under the id it has from nextId(). The reference stays valid until
    /// remove(). Use arrive(), which also tells everybody.
    Client &add(ClientInfo info, QByteArray pollKey = {});

    [[nodiscard]] Client *find(std::uint64_t id) const;

    /// The client with the lowest id above this one, nullptr behind the last.
    [[nodiscard]] Client *firstAfter(std::uint64_t id) const;

    /// The long-poll client with this key, nullptr where it is not known.
    [[nodiscard]] Client *findPoller(const QByteArray &pollKey) const;

    void remove(std::uint64_t id);

    /// Long-poll clients without a poll since before `deadlineMs` (steady).
    [[nodiscard]] std::vector<std::uint64_t> pollersAwaySince(std::int64_t deadlineMs) const;

    void forEachClient(const std::function<void(const ClientInfo &)> &visit) const;

    /// By rising id.
    void forEach(const std::function<void(const Client &)> &visit) const;

    /// Every open session. What `visit` does may end sessions, but not delete them.
    void forEachSession(const std::function<void(Session &)> &visit) const;

    /// By rising id, with backlog and round-trip times as they are now.
    [[nodiscard]] std::vector<ClientInfo> snapshot() const;

    [[nodiscard]] std::size_t count() const { return m_clients.size(); }
    [[nodiscard]] std::size_t count(Transport transport) const;

private:
    std::map<std::uint64_t, std::unique_ptr<Client>> m_clients;
    QHash<QByteArray, std::uint64_t> m_pollers;
    std::size_t m_counts[4] = {};
    std::uint64_t m_lastId = 0;
};

} // namespace pushdeck
