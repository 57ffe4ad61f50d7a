// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"

#include <deque>

namespace pushdeck {

/// What happened between two snapshots, a second.
struct Rates
{
    double in = 0;  ///< messages accepted
    double out = 0; ///< deliveries
    double bytesOut = 0;
};

/// Of a counter; zero where it went backwards (a new server).
[[nodiscard]] double perSecond(std::uint64_t earlier, std::uint64_t later, double seconds);

/// Zero where the two are not a span of time, or the totals went backwards (a new server).
[[nodiscard]] Rates ratesBetween(const Snapshot &earlier, const Snapshot &later);

/// Samples of one value, one a second, the newest last; bounded.
class Series final
{
public:
    static constexpr std::size_t kLength = 120;

    void add(double value);
    [[nodiscard]] const std::deque<double> &values() const { return m_values; }
    [[nodiscard]] double last() const { return m_values.empty() ? 0 : m_values.back(); }
    [[nodiscard]] double peak() const;

private:
    std::deque<double> m_values;
};

} // namespace pushdeck
