// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace pushdeck {

/// What the traffic log may hold before it drops its oldest events.
struct TrafficLogLimits
{
    std::size_t events = 200'000; ///< rows
    /// Memory for payloads, texts and rows.
    std::size_t bytes = 64ull * 1024 * 1024;

    [[nodiscard]] bool operator==(const TrafficLogLimits &) const = default;
};

/// A row of the log, shared with it and never changed: it may be kept and read by any thread.
/// Never null where the log hands one out.
using TrafficRow = std::shared_ptr<const TrafficEvent>;

/// Bounded ring of traffic events between the server's thread, which appends, and the window, which
/// pulls what is new by number. One of the two locked objects that cross threads; every call is
/// safe from any thread and holds the lock for no longer than the rows it hands over.
///
/// Rows lie in blocks, and a row that is handed out shares the ownership of its block: nothing of
/// it is copied, and the server touches one count a block, not one a row and text, to know whether
/// the window still reads. Memory is freed by whole blocks, of at most a 64th of either bound: what
/// the bound in bytes counts is whole blocks, the bound in rows is kept to the row.
class TrafficLog final
{
public:
    /// What `since` hands out.
    struct Slice
    {
        std::vector<TrafficRow> events; ///< in order, numbers rising by one
        std::uint64_t dropped = 0;      ///< events after the asked number that are no longer held
        std::uint64_t newest = 0;       ///< number of the newest event ever logged, 0 if none
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
    /// What is too much goes at once, the oldest first. Takes time in proportion to what is held
    /// where they are other limits than before.
    void setLimits(TrafficLogLimits limits);

private:
    /// Appended to up to its capacity, so that no row moves; only rows that were handed out are
    /// read without the lock.
    struct Block
    {
        std::vector<TrafficEvent> events;
        std::size_t bytes = 0;
    };
    /// What is freed only after the lock: deallocating large payloads must not hold it.
    using Freed = std::vector<std::shared_ptr<const Block>>;

    static std::size_t cost(const TrafficEvent &event);
    [[nodiscard]] std::uint64_t oldest() const { return m_newest + 1 - m_held; }
    void store(TrafficEvent event);
    void evict(Freed &freed);
    void leaveFirst();

    mutable std::mutex m_mutex;
    TrafficLogLimits m_limits;
    std::deque<std::shared_ptr<Block>> m_blocks; // none of them empty
    std::size_t m_skipped = 0; // of the first block, dropped while others of it are held
    std::size_t m_held = 0;    // events in them all, but the skipped
    std::size_t m_bytes = 0;
    /// Dropped, but not freed yet: the window lets go a tick later, and memory must be freed by the
    /// thread that takes new, or each new row is a slow path of the allocator's.
    std::deque<std::shared_ptr<const Block>> m_leaving;
    std::size_t m_leavingBytes = 0;
    std::uint64_t m_newest = 0;
};

} // namespace pushdeck
