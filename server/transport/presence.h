// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/topic.h"
#include "monitor/snapshot.h"

#include <QByteArray>
#include <QStringList>

#include <map>
#include <vector>

namespace pushdeck {

class ClientRegistry;

/// Clients one presence list names; the rest are only counted.
inline constexpr std::size_t kPresenceListed = 1000;

/// Who asked to be told who comes to a topic and who goes.
class PresenceWatcher
{
public:
    PresenceWatcher() = default;
    virtual ~PresenceWatcher() = default;
    PresenceWatcher(const PresenceWatcher &) = delete;
    PresenceWatcher &operator=(const PresenceWatcher &) = delete;

    /// A client joined or left a watched topic. Must not watch, unwatch or end clients in the call.
    virtual void presenceChanged(const QByteArray &topic, const ClientInfo &client,
                                 bool joined) = 0;
};

/// Who is subscribed to which topic, by name or by pattern, for those who ask. Costs nothing while
/// nobody watches. Server's thread.
class Presence final
{
public:
    explicit Presence(const ClientRegistry &clients) : m_clients(clients) {}

    /// Tells `watcher` from now on; false where it watched the topic before.
    bool watch(const Topic &topic, PresenceWatcher &watcher);
    /// False where it did not watch it.
    bool unwatch(const Topic &topic, PresenceWatcher &watcher);
    void unwatch(PresenceWatcher &watcher);

    /// A client's topics changed: from none when it comes, to none when it goes.
    void changed(const ClientInfo &client, const QStringList &before, const QStringList &after);

    /// `{"type":"presence","topic":…,"count":N,"clients":[…]}`: who is there now.
    [[nodiscard]] QByteArray listJson(const Topic &topic) const;

private:
    const ClientRegistry &m_clients;
    std::map<QByteArray, std::vector<PresenceWatcher *>> m_watchers; ///< by topic

    // The last list that was made, as long as it holds: to ask a thousand times must not cost the
    // others what asking once does.
    mutable QByteArray m_listedTopic;
    mutable QByteArray m_list;
};

/// `{"type":"join"|"leave","topic":…,"client":{…}}`.
[[nodiscard]] QByteArray presenceChangeJson(const QByteArray &topic, const ClientInfo &client,
                                            bool joined);

} // namespace pushdeck
