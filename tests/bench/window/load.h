// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <cstdint>

namespace pushdeck::bench {

/// What `pushdeck-bench` found.
struct LoadResult
{
    std::uint64_t deliveries = 0;
    double seconds = 0;
    double deliveriesPerSecond = 0;
    double latencyP50Ms = 0;
    double latencyP99Ms = 0;
};

/// Runs the load generator beside this program with `arguments`, and waits for it while this
/// thread's event loop goes on. Throws Failure where it gave no result: then a message was lost,
/// came twice or out of order.
[[nodiscard]] LoadResult runLoad(const QStringList &arguments);

} // namespace pushdeck::bench
