// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

class QAction;

namespace pushdeck {

/// Actions under one name, as the overview shows them.
struct ShortcutGroup
{
    QString title;
    QList<QAction *> actions;
};

/// An action's name without what belongs to menus: "&" marks and a trailing ellipsis stay as they
/// read.
[[nodiscard]] QString actionName(const QAction &action);

/// All keys of an action as this desktop writes them: "Ctrl+Enter", "Ctrl+Return".
[[nodiscard]] QStringList actionKeys(const QAction &action);

/// Every word of `query` is in the action's name, its keys or its group's title.
[[nodiscard]] bool matchesShortcut(const QAction &action, const QString &group,
                                   const QString &query);

} // namespace pushdeck
