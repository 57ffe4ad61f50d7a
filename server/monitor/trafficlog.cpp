// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/trafficlog.h"

#include <algorithm>

namespace pushdeck {

TrafficLog::TrafficLog(TrafficLogLimits limits) : m_limits(limits) {}

std::size_t TrafficLog::cost(const TrafficEvent &event)
{
    const qsizetype characters = event.text.size() + event.client.size() + event.topic.size() +
                                 event.event.size() + event.contentType.size() +
                                 event.messageId.size();
    return sizeof(TrafficEvent) + static_cast<std::size_t>(event.payload.size()) +
           2 * static_cast<std::size_t>(characters);
}

std::uint64_t TrafficLog::append(TrafficEvent event)
{
    // Evicted events are freed after the lock: a large payload's deallocation must not hold it.
    std::vector<TrafficEvent> evicted;
    const std::lock_guard lock(m_mutex);
    event.number = ++m_newest;
    m_bytes += cost(event);
    m_events.push_back(std::move(event));
    evicted = evict();
    return m_newest;
}

void TrafficLog::setLimits(TrafficLogLimits limits)
{
    std::vector<TrafficEvent> evicted;
    const std::lock_guard lock(m_mutex);
    m_limits = limits;
    evicted = evict();
}

TrafficLogLimits TrafficLog::limits() const
{
    const std::lock_guard lock(m_mutex);
    return m_limits;
}

/// With the lock held.
std::vector<TrafficEvent> TrafficLog::evict()
{
    std::vector<TrafficEvent> evicted;
    while (m_events.size() > 1 && (m_events.size() > m_limits.events || m_bytes > m_limits.bytes)) {
        m_bytes -= cost(m_events.front());
        evicted.push_back(std::move(m_events.front()));
        m_events.pop_front();
    }
    return evicted;
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
