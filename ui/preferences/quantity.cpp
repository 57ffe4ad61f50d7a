// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/quantity.h"

#include <QLocale>

#include <cmath>
#include <span>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Unit
{
    const char16_t *name;
    std::int64_t size;
};

// The largest first.
constexpr Unit kBytes[] = {{u"GB", 1ll << 30}, {u"MB", 1ll << 20}, {u"KB", 1ll << 10}, {u"B", 1}};
constexpr Unit kTimes[] = {{u"min", 60'000}, {u"s", 1'000}, {u"ms", 1}};

// Numbers above cannot be meant, and would not fit where they are used.
constexpr double kMost = 1e15;
constexpr qsizetype kMostCharacters = 40;

std::span<const Unit> unitsOf(Quantity kind)
{
    if (kind == Quantity::Bytes)
        return kBytes;
    return kind == Quantity::Time ? std::span<const Unit>(kTimes) : std::span<const Unit>();
}

} // namespace

QString quantityText(Quantity kind, std::int64_t value)
{
    for (const Unit &unit : unitsOf(kind)) {
        // "75 s" rather than "1 min 15 s"; zero is "0 B", "0 ms".
        if ((value != 0 && value % unit.size == 0) || unit.size == 1)
            return u"%1 %2"_s.arg(QString::number(value / unit.size),
                                  QString::fromUtf16(unit.name));
    }
    return QString::number(value);
}

std::optional<std::int64_t> readQuantity(Quantity kind, const QString &text)
{
    if (text.size() > kMostCharacters)
        return std::nullopt;
    QString number;
    QString unitName;
    for (const QChar c : text) {
        if (c.isSpace())
            continue;
        if ((c >= u'0' && c <= u'9') || c == u'.') {
            if (!unitName.isEmpty())
                return std::nullopt;
            number += c;
        } else {
            unitName += c;
        }
    }
    bool ok = false;
    const double value = QLocale::c().toDouble(number, &ok);
    if (!ok || !std::isfinite(value) || value < 0)
        return std::nullopt;
    std::int64_t size = unitName.isEmpty() && (kind == Quantity::Count || value == 0) ? 1 : 0;
    for (const Unit &unit : unitsOf(kind)) {
        if (unitName.compare(QString::fromUtf16(unit.name), Qt::CaseInsensitive) == 0)
            size = unit.size;
    }
    const double whole = value * static_cast<double>(size);
    if (size == 0 || whole > kMost || std::floor(whole) != whole)
        return std::nullopt;
    return static_cast<std::int64_t>(whole);
}

} // namespace pushdeck
