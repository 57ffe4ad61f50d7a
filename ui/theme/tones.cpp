// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tones.h"

#include <QPalette>

namespace pushdeck {

namespace {

Tones makeLight()
{
    Tones t;
    t.muted = QColor(0x525b69);
    t.faint = QColor(0x677080);
    t.disabled = QColor(0x868e9b);
    t.line = QColor(0xd5d9e0);
    t.lineSoft = QColor(0xe9ecf0);
    t.raised = QColor(0xffffff);
    t.hover = QColor(0xeaedf2);
    t.accent = QColor(0x2f6fe4);
    t.accentFill = QColor(0x2f6fe4);
    t.accentText = QColor(0xffffff);
    t.in = QColor(0x08779c);
    t.out = QColor(0x1a7b43);
    t.ok = QColor(0x157a3f);
    t.warn = QColor(0xab5700);
    t.error = QColor(0xcc2936);
    t.webSocket = QColor(0x2563c9);
    t.sse = QColor(0x7a3fc4);
    t.longPoll = QColor(0x9a5b00);
    t.jsonKey = QColor(0x8a1f6d);
    t.jsonString = QColor(0x17713d);
    t.jsonNumber = QColor(0x1a56c4);
    t.jsonWord = QColor(0xa8480a);
    return t;
}

Tones makeDark()
{
    Tones t;
    t.muted = QColor(0xa9b2bf);
    t.faint = QColor(0x8a94a2);
    t.disabled = QColor(0x717b89);
    t.line = QColor(0x343a44);
    t.lineSoft = QColor(0x282d35);
    t.raised = QColor(0x2a2f38);
    t.hover = QColor(0x303641);
    t.accent = QColor(0x4b8bf5);
    t.accentFill = QColor(0x2f6fe4);
    t.accentText = QColor(0xffffff);
    t.in = QColor(0x56c2e6);
    t.out = QColor(0x5fce8c);
    t.ok = QColor(0x4cc57a);
    t.warn = QColor(0xf0a54a);
    t.error = QColor(0xff7078);
    t.webSocket = QColor(0x74a9ff);
    t.sse = QColor(0xc39bff);
    t.longPoll = QColor(0xeab25c);
    t.jsonKey = QColor(0xe69ad0);
    t.jsonString = QColor(0x8fd6a4);
    t.jsonNumber = QColor(0x8db8ff);
    t.jsonWord = QColor(0xf0a878);
    return t;
}

// One colour for the three groups, and a paler one where the role is text of something disabled.
void setRole(QPalette &palette, QPalette::ColorRole role, QColor colour)
{
    palette.setColor(QPalette::Active, role, colour);
    palette.setColor(QPalette::Inactive, role, colour);
    palette.setColor(QPalette::Disabled, role, colour);
}

QPalette makePalette(QColor window, QColor base, QColor alternate, QColor text, QColor highlight,
                     const Tones &tones)
{
    QPalette palette;
    setRole(palette, QPalette::Window, window);
    setRole(palette, QPalette::WindowText, text);
    setRole(palette, QPalette::Base, base);
    setRole(palette, QPalette::AlternateBase, alternate);
    setRole(palette, QPalette::Text, text);
    setRole(palette, QPalette::Button, tones.raised);
    setRole(palette, QPalette::ButtonText, text);
    setRole(palette, QPalette::BrightText, tones.error);
    setRole(palette, QPalette::ToolTipBase, tones.raised);
    setRole(palette, QPalette::ToolTipText, text);
    setRole(palette, QPalette::PlaceholderText, tones.faint);
    setRole(palette, QPalette::Link, tones.accent);
    setRole(palette, QPalette::LinkVisited, tones.accent);
    setRole(palette, QPalette::Light, mixed(window, base, 0.5));
    setRole(palette, QPalette::Midlight, tones.lineSoft);
    setRole(palette, QPalette::Mid, tones.line);
    setRole(palette, QPalette::Dark, mixed(tones.line, text, 0.2));
    setRole(palette, QPalette::Shadow, QColor(0, 0, 0));
    // Selected rows keep their text colours: a tint, not a block of accent.
    setRole(palette, QPalette::Highlight, highlight);
    setRole(palette, QPalette::HighlightedText, text);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, tones.disabled);
    return palette;
}

const Tones &lightTones()
{
    static const Tones tones = makeLight();
    return tones;
}

const Tones &darkTones()
{
    static const Tones tones = makeDark();
    return tones;
}

} // namespace

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

const Tones &tonesFor(const QPalette &palette)
{
    return isDark(palette) ? darkTones() : lightTones();
}

QColor mixed(const QColor &ground, const QColor &colour, double share)
{
    const auto blend = [share](int a, int b) {
        return static_cast<int>(a + (b - a) * share + 0.5);
    };
    return QColor(blend(ground.red(), colour.red()), blend(ground.green(), colour.green()),
                  blend(ground.blue(), colour.blue()));
}

QPalette lightPalette()
{
    return makePalette(QColor(0xf4f5f7), QColor(0xffffff), QColor(0xf8f9fb), QColor(0x1b2028),
                       QColor(0xd6e4ff), lightTones());
}

QPalette darkPalette()
{
    return makePalette(QColor(0x1d2127), QColor(0x16191e), QColor(0x1a1d23), QColor(0xe3e7ed),
                       QColor(0x263e66), darkTones());
}

} // namespace pushdeck
