// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "options.h"

#include <cstdint>
#include <string>

namespace pushdeck::bench {

/// What came out. Times in ns, memory in bytes; the server's are 0 where its process is not known.
struct Report
{
    bool serverKnown = false;
    bool fineClock = false; ///< the server's CPU time in ns, not in ticks of 10 ms

    std::int64_t connectNs = 0; ///< from the first connection to the last greeting
    std::int64_t connectCpuNs = 0;
    std::int64_t residentBefore = 0;
    std::int64_t residentConnected = 0;
    std::int64_t residentAfter = 0;
    std::int64_t idleNs = 0;
    std::int64_t idleCpuNs = 0;

    std::uint64_t deliveries = 0;
    std::int64_t publishNs = 0; ///< from the first measured message until everybody had the last
    std::int64_t publishCpuNs = 0;
    std::int64_t benchCpuNs = 0; ///< this program's own in that time
    std::int64_t latencyP50Ns = 0;
    std::int64_t latencyP99Ns = 0;
    std::int64_t latencyMaxNs = 0;
};

/// Connects, waits, publishes. Throws Failure where any client did not get every message once and
/// in order, or nothing came for 30 s.
[[nodiscard]] Report measure(const Options &options);

[[nodiscard]] std::string asText(const Options &options, const Report &report);
[[nodiscard]] std::string asJson(const Options &options, const Report &report);

} // namespace pushdeck::bench
