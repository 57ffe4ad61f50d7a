// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace pushdeck::bench {

/// Counts durations in nanoseconds with a relative error below 1/64, from 1 ns to centuries,
/// without allocating: 64 linear steps for every power of two.
class Histogram final
{
public:
    void add(std::int64_t nanoseconds)
    {
        const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(nanoseconds, 0));
        ++m_counts[indexOf(value)];
        ++m_total;
        m_largest = std::max(m_largest, value);
    }

    [[nodiscard]] std::uint64_t total() const { return m_total; }
    [[nodiscard]] std::uint64_t largest() const { return m_largest; }

    /// The value that `percent` of the samples do not exceed, rounded up to its step; 0 without
    /// samples.
    [[nodiscard]] std::uint64_t percentile(double percent) const
    {
        const auto wanted =
            static_cast<std::uint64_t>(static_cast<double>(m_total) * percent / 100);
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < m_counts.size(); ++i) {
            seen += m_counts[i];
            if (seen > 0 && seen >= wanted)
                return std::min(upperEdge(i), m_largest);
        }
        return m_largest;
    }

private:
    static constexpr unsigned kStepBits = 6;
    static constexpr std::uint64_t kSteps = 1u << kStepBits;

    static std::size_t indexOf(std::uint64_t value)
    {
        if (value < kSteps)
            return static_cast<std::size_t>(value);
        const auto shift = static_cast<unsigned>(std::bit_width(value)) - 1 - kStepBits;
        return static_cast<std::size_t>(shift * kSteps + (value >> shift));
    }
    static std::uint64_t upperEdge(std::size_t index)
    {
        if (index < kSteps)
            return index;
        const auto shift = static_cast<unsigned>(index / kSteps) - 1;
        const std::uint64_t step = index % kSteps + kSteps;
        return ((step + 1) << shift) - 1;
    }

    std::array<std::uint64_t, (64 - kStepBits + 1) * kSteps> m_counts{};
    std::uint64_t m_total = 0;
    std::uint64_t m_largest = 0;
};

} // namespace pushdeck::bench
