// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "histogram.h"
#include "payload.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace pushdeck::bench {

/// Who got what: every subscriber must get every message of this run once and in order. Messages
/// of other runs, which a history may hold, are passed over.
class Ledger final
{
public:
    Ledger(std::uint32_t run, std::size_t subscribers, std::size_t messages, std::size_t bytes);

    /// A message came to a subscriber. Throws Failure where it is not the one that was due.
    void deliver(std::size_t subscriber, std::string_view payload, std::int64_t nowNs);

    /// Messages that every subscriber has.
    [[nodiscard]] std::size_t complete() const { return m_complete; }

    [[nodiscard]] std::uint64_t deliveries() const { return m_deliveries; }

    /// Forgets the latencies so far.
    void beginMeasuring() { *m_latencies = {}; }
    [[nodiscard]] const Histogram &latencies() const { return *m_latencies; }

    /// Throws Failure that names the subscriber furthest behind.
    [[noreturn]] void complainOfStall(std::size_t sent, double seconds) const;

private:
    const std::uint32_t m_run;
    const std::size_t m_bytes;
    std::vector<std::uint64_t> m_due;    ///< by subscriber: number of the next message
    std::vector<std::uint32_t> m_counts; ///< by message: subscribers that have it
    std::size_t m_complete = 0;
    std::uint64_t m_deliveries = 0;
    std::unique_ptr<Histogram> m_latencies = std::make_unique<Histogram>();
};

} // namespace pushdeck::bench
