// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace pushdeck {

/// What is drawn over time.
enum class Metric : std::uint8_t {
    In,            ///< messages a second that came from clients and over HTTP
    Out,           ///< messages a second that the operator sent
    Deliveries,    ///< a second
    BytesIn,       ///< payload bytes a second
    BytesOut,      ///< bytes handed to sockets, a second
    WebSocket,     ///< clients now
    Sse,           ///< clients now
    LongPoll,      ///< clients now
    Clients,       ///< all of them
    Backlog,       ///< bytes waiting in the program, of all clients
    KernelBacklog, ///< bytes the kernel holds for all clients, where it tells
    AllBacklog,    ///< both
    WriteP50,      ///< seconds, see WriteTimes
    WriteP99       ///< seconds
};
inline constexpr std::size_t kMetricCount = static_cast<std::size_t>(Metric::WriteP99) + 1;

enum class ChartRange : std::uint8_t { Minute, Hour };

/// A stretch of time in a chart. NaN is what is not known: the server did not run, nobody wrote.
struct ChartPoint
{
    double mean = std::numeric_limits<double>::quiet_NaN();
    double most = std::numeric_limits<double>::quiet_NaN(); ///< of its seconds
};

/// The last minute by seconds and the last hour by ten seconds, from the server's snapshots. A slot
/// is a stretch of UTC: slot n of the minute is the n-th second since 1970. An hour's slot has the
/// mean of its seconds and their largest; its write times are percentiles of all its writes.
///
/// Memory is fixed, about 90 KB. Not thread-safe; the window's.
class ChartHistory final
{
public:
    ChartHistory();

    /// Looks at the newest snapshot; as often as one likes, the first of a second counts. Rates are
    /// the mean of the time since the one before; where that is longer than kLongestSpanMs, or the
    /// server stopped in between, they are not known.
    void take(const Snapshot &snapshot);

    /// What is known of a slot; nothing of slots that are not held.
    [[nodiscard]] ChartPoint at(ChartRange range, std::int64_t slot, Metric metric) const;
    /// Anything is known of the slot.
    [[nodiscard]] bool has(ChartRange range, std::int64_t slot) const;

    /// The slot at the right edge at a time: the newest there is while the server runs, also when
    /// its snapshots come late; time goes on without it where it does not.
    [[nodiscard]] std::int64_t edge(ChartRange range, std::int64_t nowMs) const;

    [[nodiscard]] static std::int64_t slotMs(ChartRange range);
    [[nodiscard]] static int slotCount(ChartRange range);

    static constexpr std::int64_t kLongestSpanMs = 10'000;

private:
    using Values = std::array<double, kMetricCount>;

    /// One slot: sums of the seconds in it.
    struct Slot
    {
        Values sum;
        Values most;
        std::array<std::uint8_t, kMetricCount> seconds; ///< that know the metric
    };
    struct Ring
    {
        std::vector<Slot> held;
        std::int64_t newest = 0; ///< 0: nothing yet
    };
    struct Before
    {
        std::int64_t timeMs;
        std::int64_t startedAtMs;
        ServerTotals totals;
    };

    [[nodiscard]] const Ring &ring(ChartRange range) const;
    [[nodiscard]] const Slot *find(ChartRange range, std::int64_t slot) const;
    static Slot &advance(Ring &ring, std::int64_t slot);
    void enter(std::int64_t second, const Values &values);
    void enterWrites(std::int64_t second, const WriteTimes &writes);
    void clear();

    Ring m_minute;
    Ring m_hour;
    WriteTimes m_hourWrites; ///< of the hour's newest slot
    std::optional<Before> m_before;
};

} // namespace pushdeck
