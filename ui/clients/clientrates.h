// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"

#include <array>
#include <cstdint>
#include <unordered_map>

namespace pushdeck {

/// What one client sent and got in one second.
struct RateSample
{
    float messagesIn = 0;
    float messagesOut = 0;
    float bytesIn = 0;
    float bytesOut = 0;

    RateSample &operator+=(const RateSample &other);
};

/// The last minute of one client, a sample a second.
class RateTrack final
{
public:
    static constexpr std::size_t kSeconds = 60;

    void add(const RateSample &sample);
    [[nodiscard]] std::size_t size() const { return m_size; }
    /// 0 is the newest. Zero where it was not here yet.
    [[nodiscard]] RateSample secondsAgo(std::size_t seconds) const;

private:
    std::array<RateSample, kSeconds> m_ring; // a kilobyte each: five megabytes for 5,000 clients
    std::uint8_t m_next = 0;
    std::uint8_t m_size = 0;
};

/// How much each client sends and gets, from the differences of snapshots a second or more apart.
/// Kept for all that are connected, so that the minute before one is chosen is there to be shown.
class ClientRates final
{
public:
    /// Harmless with the same or an older one, and within a second of the last.
    void take(const Snapshot &snapshot);

    /// Null where it is not connected. Valid until the next take().
    [[nodiscard]] const RateTrack *find(std::uint64_t id) const;

private:
    struct Client
    {
        std::uint64_t messagesIn = 0;
        std::uint64_t messagesOut = 0;
        std::uint64_t bytesIn = 0;
        std::uint64_t bytesOut = 0;
        std::uint64_t round = 0; ///< in which it was last there
        RateTrack track;
    };

    std::unordered_map<std::uint64_t, Client> m_clients;
    std::int64_t m_takenMs = 0;
    std::uint64_t m_round = 0;
};

} // namespace pushdeck
