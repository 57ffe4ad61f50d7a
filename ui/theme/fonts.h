// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace pushdeck {

/// The window's text font: Inter where it is installed, else the desktop's.
[[nodiscard]] QFont textFont();

/// For payloads, addresses and every number that changes: all digits are equally wide. A little
/// smaller than the text font, as fixed fonts look larger.
[[nodiscard]] QFont fixedFont();

/// `font` scaled by `factor`, whether it is set in points or in pixels.
[[nodiscard]] QFont scaled(const QFont &font, double factor);
[[nodiscard]] QFont strong(const QFont &font);

} // namespace pushdeck
