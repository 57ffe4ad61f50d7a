// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/trafficmodel.h"

#include <QString>

#include <memory>
#include <optional>

namespace pushdeck {

/// A session from a file while the traffic panel shows it, and how the live log is found again.
struct TrafficSession
{
    TrafficSession(const TrafficFilter &filter, std::shared_ptr<const TrafficLog> shown)
        : log(std::move(shown)), model(*log)
    {
        model.setFilter(filter, {});
    }

    std::shared_ptr<const TrafficLog> log;
    TrafficModel model;
    bool following = true;
    std::optional<std::uint64_t> selected; ///< number of the live log's current row
    std::uint64_t top = 0;                 ///< number of the live log's row at the top
    QString filterText;
};

} // namespace pushdeck
