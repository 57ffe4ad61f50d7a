// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

class QPalette;

namespace pushdeck {

/// Colours that a palette has no role for. Each carries a meaning that is also told by a shape or
/// a word: colour alone says nothing.
struct Tones
{
    // What is read has 4.5:1 on base and window, and 3:1 on a selected row.
    QColor muted;      ///< secondary text
    QColor faint;      ///< tertiary text, hints and gone things
    QColor disabled;   ///< what cannot be used now
    QColor line;       ///< borders and separators
    QColor lineSoft;   ///< separators inside a surface
    QColor raised;     ///< buttons and fields
    QColor hover;      ///< under the pointer
    QColor accent;     ///< focus, what is on, links
    QColor accentFill; ///< the primary action, ticks
    QColor accentText; ///< text on that fill
    QColor in;         ///< received
    QColor out;        ///< sent
    QColor ok;
    QColor warn;
    QColor error;
    QColor webSocket;
    QColor sse;
    QColor longPoll;
    QColor jsonKey;
    QColor jsonString;
    QColor jsonNumber;
    QColor jsonWord;
};

[[nodiscard]] bool isDark(const QPalette &palette);

/// The tones that go with a palette: looked up when painting, so a change of theme needs no
/// notification.
[[nodiscard]] const Tones &tonesFor(const QPalette &palette);

/// `colour` mixed into `ground`; `share` from 0 to 1.
[[nodiscard]] QColor mixed(const QColor &ground, const QColor &colour, double share);

[[nodiscard]] QPalette lightPalette();
[[nodiscard]] QPalette darkPalette();

} // namespace pushdeck
