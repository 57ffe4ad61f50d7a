// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"

#include <QString>
#include <QStringList>

namespace pushdeck {

/// The filter term that holds for exactly what a cell shows: `column` is a TrafficModel::Column.
/// Empty where there is nothing to filter by.
[[nodiscard]] QString filterTermFor(const TrafficEvent &event, int column);

/// For a cell with a number: at least as much, at most as much. Empty for others.
[[nodiscard]] QStringList filterRangesFor(const TrafficEvent &event, int column);

} // namespace pushdeck
