// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"

#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

namespace pushdeck {

/// What the traffic log may hold before it drops its oldest events.
struct TrafficLogLimits
{
    std::size_t events = 200'000; ///< rows
    /// Memory for payloads, texts and rows, the window's copy of the rows included.
    std::size_t bytes = 64ull * 1024 * 1024;
};

/// Bounded ring of traffic events between the server's thread, which appends, and the window, which
/// pulls what is new by number. One of the two locked objects that cross threads; every call is
/// safe from any thread and holds the lock for no longer than the events it moves.
class TrafficLog final
{
public:
    /// What `since` hands out.
    struct Slice
    {
        std::vector<TrafficEvent> events; ///< in order, numbers rising by one
        std::uint64_t dropped = 0;        ///< events after the asked number that are no longer held
        std::uint64_t newest = 0;         ///< number of the newest event ever logged, 0 if none
        std::uint64_t oldest = 1; ///< number of the oldest event still held; newest + 1 if none
    };

    explicit TrafficLog(TrafficLogLimits limits = {});

    /// Stores the event and gives it the next number, which is returned. The oldest events make
    /// room.
    std::uint64_t append(TrafficEvent event);

    /// Events with a number above `number`, oldest first, at most `most` of them.
    [[nodiscard]] Slice since(std::uint64_t number, std::size_t most = 50'000) const;

    [[nodiscard]] std::uint64_t newest() const;
    [[nodiscard]] TrafficLogLimits limits() const;
    /// What is too much goes at once, the oldest first.
    void setLimits(TrafficLogLimits limits);

private:
    static std::size_t cost(const TrafficEvent &event);
    /// What is freed only after the lock: deallocating a large payload must not hold it. Mostly it
    /// is one, or none.
    struct Freed
    {
        TrafficEvent one;
        std::vector<TrafficEvent> others;
    };
    void evict(Freed &freed);

    mutable std::mutex m_mutex;
    TrafficLogLimits m_limits;
    std::deque<TrafficEvent> m_events;
    std::size_t m_bytes = 0;
    /// Dropped, but not freed yet: the window lets go of its copies a tick later, and memory must
    /// be freed by the thread that takes new, or each new row is a slow path of the allocator's.
    std::deque<TrafficEvent> m_leaving;
    std::size_t m_leavingBytes = 0;
    std::uint64_t m_newest = 0;
};

} // namespace pushdeck
