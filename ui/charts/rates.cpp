// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/rates.h"

#include <algorithm>

namespace pushdeck {

double perSecond(std::uint64_t earlier, std::uint64_t later, double seconds)
{
    return later > earlier ? static_cast<double>(later - earlier) / seconds : 0;
}

Rates ratesBetween(const Snapshot &earlier, const Snapshot &later)
{
    const double seconds = static_cast<double>(later.timeMs - earlier.timeMs) / 1000;
    if (seconds <= 0)
        return {};
    return {perSecond(earlier.totals.published, later.totals.published, seconds),
            perSecond(earlier.totals.deliveries, later.totals.deliveries, seconds),
            perSecond(earlier.totals.bytesOut, later.totals.bytesOut, seconds)};
}

void Series::add(double value)
{
    m_values.push_back(value);
    if (m_values.size() > kLength)
        m_values.pop_front();
}

double Series::peak() const
{
    return m_values.empty() ? 0 : *std::max_element(m_values.begin(), m_values.end());
}

} // namespace pushdeck
