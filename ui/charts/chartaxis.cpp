// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartaxis.h"

#include "ui/text/format.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr double kMicro = 1e-6;
constexpr double kMilli = 1e-3;

double leastStep(Unit unit)
{
    switch (unit) {
        case Unit::Count:
            return 1;
        case Unit::PerSecond:
            return 0.1;
        case Unit::Bytes:
        case Unit::BytesPerSecond:
            return 64;
        case Unit::Seconds:
            break;
    }
    return kMicro;
}

/// The smallest round number that is not below `least`.
double roundStep(double least, Unit unit)
{
    if (unit == Unit::Bytes || unit == Unit::BytesPerSecond)
        return std::exp2(std::ceil(std::log2(least) - 1e-9));
    const double decade = std::pow(10, std::floor(std::log10(least) + 1e-9));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (decade * factor >= least * (1 - 1e-9))
            return decade * factor;
    }
    return decade * 10;
}

QString decimal(double value)
{
    const bool fine = value < 9.95 && std::abs(value - std::round(value)) > 0.04;
    return QString::number(value, 'f', fine ? 1 : 0);
}

QString shortTime(double seconds)
{
    if (seconds >= 0.9995)
        return u"%1 s"_s.arg(decimal(seconds));
    if (seconds >= 0.9995 * kMilli)
        return u"%1 ms"_s.arg(decimal(seconds / kMilli));
    return u"%1 µs"_s.arg(std::round(seconds / kMicro));
}

QString exactNumber(double value)
{
    const bool whole = std::abs(value - std::round(value)) < 0.05;
    return QLocale().toString(value, 'f', whole ? 0 : 1);
}

} // namespace

ValueAxis axisFor(double largest, Unit unit, int steps)
{
    const double most = std::isfinite(largest) ? std::max(largest, 0.0) : 0;
    const double least = leastStep(unit);
    const int lines = std::max(steps, 1);
    double step = roundStep(std::max(most / lines, least), unit);
    // Nothing to show: an axis that does not make dust look like a mountain.
    if (most <= 0)
        step = unit == Unit::Seconds ? kMilli : unit == Unit::Bytes ? 1024 : std::max(least, 1.0);
    if (most <= 0 && unit == Unit::BytesPerSecond)
        step = 1024;
    return {step * std::max(1.0, std::ceil(most / step - 1e-9)), step};
}

QString shortValue(double value, Unit unit)
{
    if (!std::isfinite(value) || value < 0)
        return u"—"_s;
    if (value == 0)
        return u"0"_s;
    switch (unit) {
        case Unit::Bytes:
        case Unit::BytesPerSecond:
            return formatBytes(static_cast<std::uint64_t>(std::llround(value)));
        case Unit::Seconds:
            return shortTime(value);
        case Unit::Count:
        case Unit::PerSecond:
            break;
    }
    return formatRate(value);
}

QString exactValue(double value, Unit unit)
{
    if (!std::isfinite(value) || value < 0)
        return u"—"_s;
    switch (unit) {
        case Unit::PerSecond:
            return exactNumber(value) + u"/s"_s;
        case Unit::Bytes:
            return u"%1 B"_s.arg(QLocale().toString(value, 'f', 0));
        case Unit::BytesPerSecond:
            return u"%1 B/s"_s.arg(QLocale().toString(value, 'f', 0));
        case Unit::Seconds:
            return value < kMilli ? shortTime(value)
                                  : u"%1 ms"_s.arg(QLocale().toString(value / kMilli, 'f', 2));
        case Unit::Count:
            break;
    }
    return exactNumber(value);
}

std::vector<std::int64_t> timeTicks(std::int64_t fromMs, std::int64_t untilMs, std::int64_t leastMs)
{
    static constexpr std::array<std::int64_t, 13> kRoundSeconds = {
        1, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800};
    std::int64_t stepMs = kRoundSeconds.back() * 1000;
    for (const std::int64_t seconds : kRoundSeconds) {
        if (seconds * 1000 >= leastMs) {
            stepMs = seconds * 1000;
            break;
        }
    }
    // Round on the operator's clock: offsets of zones are not always whole hours.
    const std::int64_t offsetMs =
        QDateTime::fromMSecsSinceEpoch(fromMs).offsetFromUtc() * std::int64_t(1000);
    std::vector<std::int64_t> ticks;
    for (std::int64_t local = (fromMs + offsetMs) / stepMs * stepMs; local < untilMs + offsetMs;
         local += stepMs) {
        if (local > fromMs + offsetMs)
            ticks.push_back(local - offsetMs);
    }
    return ticks;
}

QString timeLabel(std::int64_t utcMs, bool withSeconds)
{
    return QDateTime::fromMSecsSinceEpoch(utcMs).toString(withSeconds ? u"HH:mm:ss" : u"HH:mm");
}

} // namespace pushdeck
