// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"
#include "transport/subscriptionrequest.h"

#include <QByteArray>
#include <QHash>

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <unordered_map>

namespace pushdeck {

/// Visits remembered of one client; older ones are only counted.
inline constexpr std::size_t kVisitsRemembered = 20;

/// Who a client is, whatever it is connected with: `?client_id=` where given, else its address,
/// user agent and topics.
[[nodiscard]] QByteArray identityKey(const SubscriptionRequest &request, const ClientInfo &info);

/// Who was here before: recognizes a client that comes back, over whatever transport. Remembers so
/// many that are gone, the ones that went last. Every call takes the same time, however many there
/// are. Server's thread.
class IdentityBook final
{
public:
    explicit IdentityBook(std::size_t mostAway) : m_mostAway(mostAway) {}

    /// Notes that a client came, and fills in what is known of it: ClientInfo::identity,
    /// `reconnects` and `earlier`. The identity is made of the key alone, so that it also outlives
    /// the server; of several clients with one key the second has another. Without `?client_id=`
    /// one that is still here is taken for somebody else: two tabs of one browser look the same.
    void arrive(ClientInfo &info, const QByteArray &key);

    /// Notes that it went, with all that its stay was. Harmless where it is not known.
    void depart(const ClientInfo &info, std::int64_t nowMs);

    [[nodiscard]] std::size_t away() const { return m_away.size(); }

private:
    struct Identity;
    using Identities = std::list<Identity>;
    using Place = Identities::iterator;

    struct Identity
    {
        QByteArray key;
        QString name; ///< ClientInfo::identity
        std::uint32_t arrivals = 0;
        std::uint32_t present = 0; ///< of a named client more than one connection may be here
        std::shared_ptr<const ClientVisits> visits; ///< that ended, oldest first
        std::list<Place>::iterator waiting;         ///< in its group, while it is away
    };

    /// Those with the same key: the tabs of one browser, or a thousand clients of one load test.
    struct Group
    {
        std::list<Place> away; ///< whoever went last is last
        std::optional<Place> named;
        std::uint32_t ordinals = 0; ///< given out
        std::uint32_t members = 0;
    };

    Place recognize(Group &group, bool isNamed, const QByteArray &key);
    void forgetOldest();

    const std::size_t m_mostAway;
    Identities m_here;
    Identities m_away; ///< whoever went last is last
    std::unordered_map<QByteArray, Group> m_groups;
    QHash<std::uint64_t, Place> m_byClient; ///< those who are here
};

} // namespace pushdeck
