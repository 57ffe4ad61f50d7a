// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/charthistory.h"

#include "ui/charts/rates.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace pushdeck {

namespace {

constexpr std::int64_t kSecondMs = 1'000;
constexpr std::int64_t kHourSlotMs = 10'000;
constexpr int kMinuteSlots = 60;
constexpr int kHourSlots = 360;
// A clock that goes back by less was only corrected: it is waited for.
constexpr std::int64_t kClockSetMs = 2'000;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

std::size_t indexOf(Metric metric)
{
    return static_cast<std::size_t>(metric);
}

std::size_t placeOf(std::int64_t slot, std::size_t length)
{
    return static_cast<std::size_t>(slot) % length;
}

double secondsOf(std::optional<std::chrono::nanoseconds> time)
{
    return time ? std::chrono::duration<double>(*time).count() : kUnknown;
}

template <typename Values>
void countClients(const Snapshot &snapshot, Values &values)
{
    double byTransport[4] = {};
    double backlog = 0;
    double kernel = 0;
    bool kernelKnown = snapshot.clients.empty();
    for (const ClientInfo &client : snapshot.clients) {
        ++byTransport[static_cast<std::size_t>(client.transport) % 4];
        backlog += static_cast<double>(client.backlogBytes);
        if (client.kernelBacklogBytes) {
            kernelKnown = true;
            kernel += static_cast<double>(*client.kernelBacklogBytes);
        }
    }
    values[indexOf(Metric::WebSocket)] = byTransport[static_cast<int>(Transport::WebSocket)];
    values[indexOf(Metric::Sse)] = byTransport[static_cast<int>(Transport::Sse)];
    values[indexOf(Metric::LongPoll)] = byTransport[static_cast<int>(Transport::LongPoll)];
    values[indexOf(Metric::Clients)] = static_cast<double>(snapshot.clients.size());
    values[indexOf(Metric::Backlog)] = backlog;
    values[indexOf(Metric::KernelBacklog)] = kernelKnown ? kernel : kUnknown;
    values[indexOf(Metric::AllBacklog)] = backlog + kernel;
}

} // namespace

ChartHistory::ChartHistory()
{
    m_minute.held.resize(kMinuteSlots);
    m_hour.held.resize(kHourSlots);
}

void ChartHistory::clear()
{
    m_minute.newest = m_hour.newest = 0;
    m_before.reset();
}

std::int64_t ChartHistory::slotMs(ChartRange range)
{
    return range == ChartRange::Minute ? kSecondMs : kHourSlotMs;
}

int ChartHistory::slotCount(ChartRange range)
{
    return range == ChartRange::Minute ? kMinuteSlots : kHourSlots;
}

const ChartHistory::Ring &ChartHistory::ring(ChartRange range) const
{
    return range == ChartRange::Minute ? m_minute : m_hour;
}

void ChartHistory::take(const Snapshot &snapshot)
{
    if (snapshot.state != ServerState::Running || snapshot.timeMs <= 0) {
        m_before.reset();
        return;
    }
    const std::int64_t second = snapshot.timeMs / kSecondMs;
    if (second < m_minute.newest - kClockSetMs / kSecondMs)
        clear();
    if (second <= m_minute.newest)
        return;
    if (m_before && (m_before->startedAtMs != snapshot.startedAtMs ||
                     snapshot.timeMs - m_before->timeMs > kLongestSpanMs))
        m_before.reset();

    Values values;
    values.fill(kUnknown);
    countClients(snapshot, values);
    const ServerTotals &totals = snapshot.totals;
    std::int64_t first = second;
    WriteTimes writes;
    if (m_before) {
        const ServerTotals &before = m_before->totals;
        const double seconds = static_cast<double>(snapshot.timeMs - m_before->timeMs) / kSecondMs;
        const auto rate = [seconds](std::uint64_t earlier, std::uint64_t later) {
            return perSecond(earlier, later, seconds);
        };
        values[indexOf(Metric::In)] =
            rate(before.published - before.fromOperator, totals.published - totals.fromOperator);
        values[indexOf(Metric::Out)] = rate(before.fromOperator, totals.fromOperator);
        values[indexOf(Metric::Deliveries)] = rate(before.deliveries, totals.deliveries);
        values[indexOf(Metric::BytesIn)] = rate(before.bytesIn, totals.bytesIn);
        values[indexOf(Metric::BytesOut)] = rate(before.bytesOut, totals.bytesOut);
        writes = totals.writes.since(before.writes);
        values[indexOf(Metric::WriteP50)] = secondsOf(writes.percentile(50));
        values[indexOf(Metric::WriteP99)] = secondsOf(writes.percentile(99));
        first = std::max(m_minute.newest + 1, m_before->timeMs / kSecondMs + 1);
    }
    // A span that holds several seconds was the same in all of them, as far as is known.
    for (std::int64_t each = first; each <= second; ++each)
        enter(each, values);
    enterWrites(second, writes);
    m_before = Before{snapshot.timeMs, snapshot.startedAtMs, totals};
}

ChartHistory::Slot &ChartHistory::advance(Ring &ring, std::int64_t slot)
{
    const auto length = static_cast<std::int64_t>(ring.held.size());
    for (std::int64_t each = std::max(ring.newest + 1, slot - length + 1); each <= slot; ++each)
        ring.held[placeOf(each, ring.held.size())] = {};
    ring.newest = std::max(ring.newest, slot);
    return ring.held[placeOf(slot, ring.held.size())];
}

void ChartHistory::enter(std::int64_t second, const Values &values)
{
    const std::int64_t hourSlot = second * kSecondMs / kHourSlotMs;
    if (hourSlot != m_hour.newest)
        m_hourWrites = {};
    for (Slot *slot : {&advance(m_minute, second), &advance(m_hour, hourSlot)}) {
        for (std::size_t i = 0; i < kMetricCount; ++i) {
            if (std::isnan(values[i]))
                continue;
            slot->sum[i] += values[i];
            slot->most[i] = slot->seconds[i] == 0 ? values[i] : std::max(slot->most[i], values[i]);
            ++slot->seconds[i];
        }
    }
}

// A mean of percentiles is none: those of the hour are taken over all writes of the slot.
void ChartHistory::enterWrites(std::int64_t second, const WriteTimes &writes)
{
    if (writes.total() == 0)
        return;
    m_hourWrites.add(writes);
    Slot &slot = advance(m_hour, second * kSecondMs / kHourSlotMs);
    const auto set = [&](Metric metric, double percent) {
        const std::size_t i = indexOf(metric);
        slot.sum[i] = secondsOf(m_hourWrites.percentile(percent)) * slot.seconds[i];
    };
    set(Metric::WriteP50, 50);
    set(Metric::WriteP99, 99);
}

const ChartHistory::Slot *ChartHistory::find(ChartRange range, std::int64_t slot) const
{
    const Ring &from = ring(range);
    const auto length = static_cast<std::int64_t>(from.held.size());
    if (from.newest == 0 || slot > from.newest || slot <= from.newest - length)
        return nullptr;
    return &from.held[placeOf(slot, from.held.size())];
}

ChartPoint ChartHistory::at(ChartRange range, std::int64_t slot, Metric metric) const
{
    const Slot *found = find(range, slot);
    const std::size_t i = indexOf(metric);
    if (!found || found->seconds[i] == 0)
        return {};
    return {found->sum[i] / found->seconds[i], found->most[i]};
}

bool ChartHistory::has(ChartRange range, std::int64_t slot) const
{
    const Slot *found = find(range, slot);
    return found && found->seconds[indexOf(Metric::Clients)] > 0;
}

std::int64_t ChartHistory::edge(ChartRange range, std::int64_t nowMs) const
{
    const std::int64_t newest = ring(range).newest;
    const std::int64_t now = nowMs / slotMs(range);
    const bool mayComeLate = m_before && nowMs - m_before->timeMs <= kLongestSpanMs;
    return newest > 0 && mayComeLate ? newest : std::max(newest, now);
}

} // namespace pushdeck
