// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace pushdeck {

/// How long writes took, counted since the process started: a reader takes the difference of two.
///
/// One write is what one turn of the server's event loop sends to one WebSocket or SSE client. It
/// begins when the turn's first bytes were handed to any client, which is when the hub walks the
/// first message's subscribers, and ends when the kernel had taken this client's bytes whole. So it
/// holds the fan-out, the encoding, the wait for the end of the turn, and the system calls of the
/// clients before it; not what a message spent in the kernel before it was read, and not the wire.
/// The clock is read once as a turn begins and once every TurnFlusher::kSlice clients: a time is
/// never too short, and too long by no more than the rest of its slice and the age of the turn.
/// Writes that the kernel did not take whole (slow clients, TLS) are not timed but counted apart,
/// and answers to long-polls are in neither.
///
/// A value without allocation: buckets of 1 µs below 8 µs, from there eight a power of two, so that
/// an edge is at most an eighth above what it stands for; what took longer than 16 s counts as 16
/// s.
class WriteTimes final
{
public:
    using Nanoseconds = std::chrono::nanoseconds;

    void add(Nanoseconds took, std::uint64_t writes)
    {
        m_counts[indexOf(microsOf(took))] += writes;
        m_total += writes;
        m_sumNs += static_cast<std::uint64_t>(std::max<std::int64_t>(took.count(), 0)) * writes;
    }

    [[nodiscard]] std::uint64_t total() const { return m_total; }
    [[nodiscard]] Nanoseconds sum() const { return Nanoseconds(m_sumNs); }

    /// Writes that took less than `micros`, which is a power of two.
    [[nodiscard]] std::uint64_t below(std::uint64_t micros) const
    {
        std::uint64_t writes = 0;
        for (std::size_t i = 0; i < kBuckets && edgeOf(i) <= micros; ++i)
            writes += m_counts[i];
        return writes;
    }

    /// What `percent` of the writes did not exceed, rounded up to an edge; nothing without writes.
    [[nodiscard]] std::optional<Nanoseconds> percentile(double percent) const
    {
        if (m_total == 0)
            return std::nullopt;
        const double wanted = static_cast<double>(m_total) * percent / 100;
        std::uint64_t seen = 0;
        std::size_t last = 0;
        for (std::size_t i = 0; i < kBuckets; ++i) {
            if (m_counts[i] == 0)
                continue;
            seen += m_counts[i];
            last = i;
            if (static_cast<double>(seen) >= wanted)
                break;
        }
        return std::chrono::microseconds(edgeOf(last));
    }

    void add(const WriteTimes &others)
    {
        for (std::size_t i = 0; i < kBuckets; ++i)
            m_counts[i] += others.m_counts[i];
        m_total += others.m_total;
        m_sumNs += others.m_sumNs;
    }

    /// What came after `earlier`, a former state of these counters.
    [[nodiscard]] WriteTimes since(const WriteTimes &earlier) const
    {
        WriteTimes later = *this;
        for (std::size_t i = 0; i < kBuckets; ++i)
            later.m_counts[i] -= std::min(earlier.m_counts[i], later.m_counts[i]);
        later.m_total -= std::min(earlier.m_total, later.m_total);
        later.m_sumNs -= std::min(earlier.m_sumNs, later.m_sumNs);
        return later;
    }

private:
    static constexpr unsigned kStepBits = 3;
    static constexpr unsigned kMostBits = 24;
    static constexpr std::uint64_t kSteps = 1u << kStepBits;
    static constexpr std::size_t kBuckets = (kMostBits - kStepBits + 1) * kSteps;

    static std::uint64_t microsOf(Nanoseconds took)
    {
        const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
        return std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(micros, 0)),
                        (std::uint64_t(1) << kMostBits) - 1);
    }
    static std::size_t indexOf(std::uint64_t micros)
    {
        if (micros < kSteps)
            return static_cast<std::size_t>(micros);
        const auto shift = static_cast<unsigned>(std::bit_width(micros)) - 1 - kStepBits;
        return static_cast<std::size_t>(shift * kSteps + (micros >> shift));
    }
    /// The first number of microseconds that is not in the bucket any more.
    static std::uint64_t edgeOf(std::size_t index)
    {
        if (index < kSteps)
            return index + 1;
        const auto shift = static_cast<unsigned>(index / kSteps) - 1;
        return (index % kSteps + kSteps + 1) << shift;
    }

    std::array<std::uint64_t, kBuckets> m_counts{};
    std::uint64_t m_total = 0;
    std::uint64_t m_sumNs = 0;
};

} // namespace pushdeck
