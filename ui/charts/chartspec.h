// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/chartaxis.h"
#include "ui/charts/charthistory.h"
#include "ui/theme/tones.h"

#include <QString>

#include <optional>
#include <vector>

namespace pushdeck {

/// How a line is drawn: colour alone tells nothing apart.
enum class Stroke : std::uint8_t { Solid, Dashed, Dotted };

struct ChartSeries
{
    Metric metric;
    QString label;
    QColor Tones::*colour;
    Stroke stroke = Stroke::Solid;
};

/// What one chart shows.
struct ChartSpec
{
    QString name; ///< for code: the widget's object name
    QString title;
    Unit unit;
    std::vector<ChartSeries> series; ///< the lowest of a stack first
    std::optional<Metric> total;     ///< set: the series are stacked and come to this
    QString unknownWords;            ///< what it means where nothing is known while the server runs
};

/// The charts, in the order they stand in.
[[nodiscard]] std::vector<ChartSpec> chartSpecs();

} // namespace pushdeck
