// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tones.h"

#include <QPalette>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace pushdeck;
using namespace Qt::StringLiterals;

/// Both themes can be read: contrast as WCAG 2.1 (1.4.3) measures it.
class tst_Tones final : public QObject
{
    Q_OBJECT

private slots:
    void textIsReadable_data();
    void textIsReadable();
};

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double one = luminance(a) + 0.05;
    const double other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

constexpr double kText = 4.5;
constexpr double kMark = 3;

} // namespace

void tst_Tones::textIsReadable_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << lightPalette();
    QTest::newRow("dark") << darkPalette();
}

void tst_Tones::textIsReadable()
{
    QFETCH(QPalette, palette);
    const Tones &tones = tonesFor(palette);
    const std::pair<const char *, QColor> texts[] = {
        {"text", palette.color(QPalette::Text)},
        {"placeholder", palette.color(QPalette::PlaceholderText)},
        {"muted", tones.muted},
        {"faint", tones.faint},
        {"in", tones.in},
        {"out", tones.out},
        {"ok", tones.ok},
        {"warn", tones.warn},
        {"error", tones.error},
        {"webSocket", tones.webSocket},
        {"sse", tones.sse},
        {"longPoll", tones.longPoll}};
    const auto atLeast = [](double wanted, const QColor &text, const QColor &ground,
                            const char *what) {
        const double is = contrast(text, ground);
        QVERIFY2(is >= wanted, qPrintable(u"%1: %2"_s.arg(QLatin1String(what)).arg(is)));
    };
    for (const auto &[name, colour] : texts) {
        atLeast(kText, colour, palette.color(QPalette::Base), name);
        atLeast(kText, colour, palette.color(QPalette::Window), name);
        atLeast(kMark, colour, palette.color(QPalette::Highlight), name);
    }
    for (const QColor &json : {tones.jsonKey, tones.jsonString, tones.jsonNumber, tones.jsonWord})
        atLeast(kText, json, palette.color(QPalette::Base), "json");
    atLeast(kText, tones.accentText, tones.accentFill, "on the accent");
    atLeast(kMark, tones.accent, palette.color(QPalette::Window), "focus");
    // What cannot be used is paler than any text, and still there.
    for (const auto role : {QPalette::Base, QPalette::Window}) {
        const QColor ground = palette.color(role);
        QVERIFY(contrast(tones.disabled, ground) < contrast(tones.faint, ground) - 0.8);
        atLeast(kMark, tones.disabled, ground, "disabled");
    }
}

QTEST_MAIN(tst_Tones)
#include "tst_tones.moc"
