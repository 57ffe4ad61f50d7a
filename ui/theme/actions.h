// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAction;
class QObject;

namespace pushdeck {

/// An action with its keys in the tooltip. `icon` is a name for themedIcon() or empty; `keys` as
/// QKeySequence reads them.
[[nodiscard]] QAction *makeAction(QObject *parent, const QString &icon, const QString &text,
                                  const QString &keys);

/// Its text with its keys behind it: "Copy the address (Ctrl+Alt+C)".
[[nodiscard]] QString describedWithKeys(const QAction &action);

} // namespace pushdeck
