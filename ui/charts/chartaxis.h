// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <vector>

namespace pushdeck {

/// The arithmetic and the words of a chart's axes. Pure. NaN is written as an em dash.

/// What a chart counts: decides which numbers are round, and how they are written.
enum class Unit : std::uint8_t { Count, PerSecond, Bytes, BytesPerSecond, Seconds };

/// From zero to `top`, with a line at each multiple of `step`.
struct ValueAxis
{
    double top = 1;
    double step = 1;
};

/// The smallest axis of round steps, at most `steps` of them, that reaches `largest`: 1, 2 or 5
/// times a power of ten; for bytes a power of two. Counts have no steps below one.
[[nodiscard]] ValueAxis axisFor(double largest, Unit unit, int steps);

/// "500", "12k", "64 KB", "200 µs": at the axis, and as the newest value; at most eight characters.
[[nodiscard]] QString shortValue(double value, Unit unit);

/// "12,431.5/s", "1,400,000 B", "1.152 ms": all that is known.
[[nodiscard]] QString exactValue(double value, Unit unit);

/// Round local times inside (fromMs, untilMs), UTC in milliseconds, at least `leastMs` apart.
[[nodiscard]] std::vector<std::int64_t> timeTicks(std::int64_t fromMs, std::int64_t untilMs,
                                                  std::int64_t leastMs);

/// "12:04:15", and "12:04" at full minutes of a range that has no others.
[[nodiscard]] QString timeLabel(std::int64_t utcMs, bool withSeconds);

} // namespace pushdeck
