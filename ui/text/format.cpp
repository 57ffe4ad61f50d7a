// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::Format)
};

// One decimal below ten, none above; never "10.0".
QString shortNumber(double value)
{
    const bool decimal = value < 9.95 && std::fmod(std::round(value * 10), 10) != 0;
    return QString::number(value, 'f', decimal ? 1 : 0);
}

} // namespace

QString formatBytes(std::uint64_t bytes)
{
    if (bytes < 1024)
        return u"%1 B"_s.arg(bytes);
    static constexpr std::array<const char16_t *, 5> kUnits = {u"KB", u"MB", u"GB", u"TB", u"PB"};
    double value = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < kUnits.size()) {
        value /= 1024;
        ++unit;
    }
    return shortNumber(value) + u' ' + QString::fromUtf16(kUnits[unit]);
}

QString formatCount(std::uint64_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count));
}

int pluralOf(std::uint64_t count)
{
    return static_cast<int>(std::min<std::uint64_t>(count, std::numeric_limits<int>::max()));
}

QString formatClients(std::uint64_t count)
{
    return Words::tr("%1 client(s)", nullptr, pluralOf(count)).arg(formatCount(count));
}

QString formatCompact(std::uint64_t count)
{
    if (count < 10'000)
        return QString::number(count);
    static constexpr std::array<char16_t, 4> kUnits = {u'k', u'M', u'G', u'T'};
    double value = static_cast<double>(count) / 1000;
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < kUnits.size()) {
        value /= 1000;
        ++unit;
    }
    const bool decimal = value < 99.95 && std::abs(value - std::round(value)) > 0.04;
    return QString::number(value, 'f', decimal ? 1 : 0) + QChar(kUnits[unit]);
}

QString formatRate(double perSecond)
{
    if (!(perSecond > 0.049))
        return u"0"_s;
    if (perSecond >= 9'999.5)
        return formatCompact(static_cast<std::uint64_t>(perSecond));
    return shortNumber(perSecond);
}

QString formatSpan(std::int64_t milliseconds)
{
    const std::int64_t seconds = std::max<std::int64_t>(0, milliseconds / 1000);
    const std::int64_t minutes = seconds / 60;
    const std::int64_t hours = minutes / 60;
    if (seconds < 60)
        return Words::tr("%1 s").arg(seconds);
    if (minutes < 60)
        return Words::tr("%1 min").arg(minutes);
    if (hours < 24)
        return Words::tr("%1 h %2").arg(hours).arg(minutes % 60, 2, 10, QLatin1Char('0'));
    return Words::tr("%1 d %2 h").arg(hours / 24).arg(hours % 24);
}

QString formatRtt(std::optional<double> milliseconds)
{
    if (!milliseconds || !std::isfinite(*milliseconds) || *milliseconds < 0)
        return u"—"_s;
    if (*milliseconds >= 999.5)
        return Words::tr("%1 s").arg(shortNumber(*milliseconds / 1000));
    if (*milliseconds < 0.1)
        return Words::tr("<0.1 ms");
    return Words::tr("%1 ms").arg(shortNumber(*milliseconds));
}

QString formatClock(std::int64_t utcMs)
{
    return QDateTime::fromMSecsSinceEpoch(utcMs).toString(u"HH:mm:ss.zzz");
}

QString formatDateTime(std::int64_t utcMs)
{
    return QDateTime::fromMSecsSinceEpoch(utcMs).toString(u"yyyy-MM-dd HH:mm:ss.zzz");
}

} // namespace pushdeck
