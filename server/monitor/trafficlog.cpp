// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/trafficlog.h"

#include <algorithm>

namespace pushdeck {

TrafficLog::TrafficLog(TrafficLogLimits limits) : m_limits(limits) {}

namespace {

/// The row here, and the window's copy, which shares the texts and the payload. Measured, with
/// what blocks that are not full, rows that are leaving and the allocator's arenas add.
constexpr std::size_t kRowBytes = 2 * (sizeof(TrafficEvent) + 128);
/// What is dropped stays for about a tick of the window's at 100,000 rows a second, and takes no
/// more than this share of the bound beside it.
constexpr std::size_t kLeavingRows = 4'096;
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
    m_bytes += cost(event);
    m_events.push_back(std::move(event));
    evict(freed);
    return m_newest;
}

void TrafficLog::setLimits(TrafficLogLimits limits)
{
    Freed freed;
    const std::lock_guard lock(m_mutex);
    m_limits = limits;
    evict(freed);
}

TrafficLogLimits TrafficLog::limits() const
{
    const std::lock_guard lock(m_mutex);
    return m_limits;
}

/// With the lock held.
void TrafficLog::evict(Freed &freed)
{
    while (m_events.size() > 1 && (m_events.size() > m_limits.events || m_bytes > m_limits.bytes)) {
        const std::size_t bytes = cost(m_events.front());
        m_bytes -= bytes;
        m_leavingBytes += bytes;
        m_leaving.push_back(std::move(m_events.front()));
        m_events.pop_front();
    }
    while (m_leaving.size() > kLeavingRows || m_leavingBytes > m_limits.bytes / kLeavingShare) {
        m_leavingBytes -= cost(m_leaving.front());
        if (freed.one.number != 0)
            freed.others.push_back(std::move(freed.one));
        freed.one = std::move(m_leaving.front());
        m_leaving.pop_front();
    }
}

TrafficLog::Slice TrafficLog::since(std::uint64_t number, std::size_t most) const
{
    const std::lock_guard lock(m_mutex);
    Slice slice;
    slice.newest = m_newest;
    slice.oldest = m_events.empty() ? m_newest + 1 : m_events.front().number;
    if (m_events.empty() || number >= m_newest)
        return slice;
    const std::uint64_t first = std::max(number + 1, slice.oldest);
    slice.dropped = first - (number + 1);
    const auto begin = m_events.begin() + static_cast<std::ptrdiff_t>(first - slice.oldest);
    const auto count =
        std::min<std::size_t>(most, static_cast<std::size_t>(m_events.end() - begin));
    slice.events.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
    return slice;
}

std::uint64_t TrafficLog::newest() const
{
    const std::lock_guard lock(m_mutex);
    return m_newest;
}

} // namespace pushdeck
