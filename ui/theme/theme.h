// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace pushdeck {

enum class ThemeChoice { Desktop, Light, Dark };

/// Puts the application's style, fonts and palette in place; may be called again to change them
/// while windows are open. `Desktop` follows the lightness of the palette the program started with
/// (Qt 6.4 has no QStyleHints::colorScheme).
void applyTheme(ThemeChoice choice);

/// What `Desktop` comes to on this machine.
[[nodiscard]] ThemeChoice desktopTheme();

[[nodiscard]] QString themeName(ThemeChoice choice);
[[nodiscard]] ThemeChoice themeFromName(const QString &name);

} // namespace pushdeck
