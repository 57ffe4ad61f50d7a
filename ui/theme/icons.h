// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace pushdeck {

/// An icon of this project (`resources/icons/<name>.svg`), drawn in the application palette's text
/// colour at the moment it is painted, so that it follows a change of theme, and from the vector
/// form at every scale.
[[nodiscard]] QIcon themedIcon(const QString &name);

/// The same in one colour, for icons with a meaning.
[[nodiscard]] QIcon tintedIcon(const QString &name, const QColor &colour);

/// The application's own icon, in its own colours.
[[nodiscard]] QIcon applicationIcon();

} // namespace pushdeck
