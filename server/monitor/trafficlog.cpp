// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/trafficlog.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace pushdeck {

TrafficLog::TrafficLog(TrafficLogLimits limits) : m_limits(limits) {}

namespace {

/// A block is full at so many rows, or at this share of either bound, whichever comes first.
constexpr std::size_t kBlockRows = 128;
constexpr std::size_t kBlockShare = 64;
/// The row, and what the window keeps to find it. Measured, with what the allocator's arenas add.
constexpr std::size_t kRowBytes = sizeof(TrafficEvent) + 192;
/// What is dropped stays no longer than the window reads it, and takes no more than this share of
/// the bound beside it.
constexpr std::size_t kLeavingShare = 16;

/// What the allocator and Qt keep for each text.
constexpr std::size_t kAllocationBytes = 32;

std::size_t heldBy(const QString &text)
{
    return text.isEmpty() ? 0 : 2 * static_cast<std::size_t>(text.size()) + kAllocationBytes;
}

} // namespace

// What it takes, so that the bound is one: also where rows share texts with each other.
std::size_t TrafficLog::cost(const TrafficEvent &event)
{
    const std::size_t payload =
        event.payload.isEmpty() ? 0
                                : static_cast<std::size_t>(event.payload.size()) + kAllocationBytes;
    return kRowBytes + payload + heldBy(event.text) + heldBy(event.client) + heldBy(event.topic) +
           heldBy(event.event) + heldBy(event.contentType) + heldBy(event.messageId);
}

std::uint64_t TrafficLog::append(TrafficEvent event)
{
    Freed freed;
    const std::lock_guard lock(m_mutex);
    event.number = ++m_newest;
    store(std::move(event));
    evict(freed);
    return m_newest;
}

/// With the lock held.
void TrafficLog::store(TrafficEvent event)
{
    const std::size_t bytes = cost(event);
    Block *block = m_blocks.empty() ? nullptr : m_blocks.back().get();
    if (!block || block->events.size() == block->events.capacity() ||
        block->bytes + bytes > m_limits.bytes / kBlockShare) {
        block = m_blocks.emplace_back(std::make_shared<Block>()).get();
        block->events.reserve(
            std::clamp<std::size_t>(m_limits.events / kBlockShare, 1, kBlockRows));
    }
    block->events.push_back(std::move(event));
    block->bytes += bytes;
    ++m_held;
    m_bytes += bytes;
}

void TrafficLog::setLimits(TrafficLogLimits limits)
{
    Freed freed;
    const std::lock_guard lock(m_mutex);
    if (limits == m_limits)
        return;
    m_limits = limits;
    // Blocks that suit the new bounds, or narrower ones would drop more than they must.
    const std::deque<std::shared_ptr<Block>> before = std::exchange(m_blocks, {});
    m_held = m_bytes = 0;
    std::size_t skipped = std::exchange(m_skipped, 0);
    for (const std::shared_ptr<Block> &block : before) {
        for (; skipped < block->events.size(); ++skipped) {
            store(block->events[skipped]);
            evict(freed);
        }
        skipped = 0;
    }
    freed.insert(freed.end(), before.begin(), before.end());
}

TrafficLogLimits TrafficLog::limits() const
{
    const std::lock_guard lock(m_mutex);
    return m_limits;
}

/// With the lock held.
void TrafficLog::evict(Freed &freed)
{
    while (m_held > 1 && m_held > m_limits.events) {
        --m_held;
        if (++m_skipped == m_blocks.front()->events.size())
            leaveFirst();
    }
    while (m_blocks.size() > 1 && m_bytes > m_limits.bytes)
        leaveFirst();
    while (!m_leaving.empty() && (m_leaving.front().use_count() == 1 ||
                                  m_leavingBytes > m_limits.bytes / kLeavingShare)) {
        m_leavingBytes -= m_leaving.front()->bytes;
        freed.push_back(std::move(m_leaving.front()));
        m_leaving.pop_front();
    }
}

/// With the lock held.
void TrafficLog::leaveFirst()
{
    const std::shared_ptr<Block> &block = m_blocks.front();
    m_held -= block->events.size() - std::exchange(m_skipped, 0);
    m_bytes -= block->bytes;
    m_leavingBytes += block->bytes;
    m_leaving.push_back(block);
    m_blocks.pop_front();
}

TrafficLog::Slice TrafficLog::since(std::uint64_t number, std::size_t most) const
{
    const std::lock_guard lock(m_mutex);
    Slice slice;
    slice.newest = m_newest;
    slice.oldest = oldest();
    if (m_blocks.empty() || number >= m_newest)
        return slice;
    const std::uint64_t first = std::max(number + 1, slice.oldest);
    slice.dropped = first - (number + 1);
    const std::size_t count = std::min(most, static_cast<std::size_t>(m_newest + 1 - first));
    slice.events.reserve(count);
    // Mostly it is the last few blocks.
    auto block = std::prev(m_blocks.end());
    while ((*block)->events.front().number > first)
        --block;
    for (; slice.events.size() < count; ++block) {
        const std::vector<TrafficEvent> &events = (*block)->events;
        const std::uint64_t at = events.front().number;
        for (std::size_t i = at < first ? static_cast<std::size_t>(first - at) : 0;
             i < events.size() && slice.events.size() < count; ++i)
            slice.events.emplace_back(*block, &events[i]);
    }
    return slice;
}

std::uint64_t TrafficLog::newest() const
{
    const std::lock_guard lock(m_mutex);
    return m_newest;
}

} // namespace pushdeck
