// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/actions.h"

#include "ui/theme/icons.h"

#include <QAction>

namespace pushdeck {

using namespace Qt::StringLiterals;

QAction *makeAction(QObject *parent, const QString &icon, const QString &text, const QString &keys)
{
    auto *action = new QAction(text, parent);
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    const QKeySequence sequence(keys);
    action->setShortcut(sequence);
    action->setToolTip(describedWithKeys(*action));
    return action;
}

QString describedWithKeys(const QAction &action)
{
    return u"%1 (%2)"_s.arg(action.text(), action.shortcut().toString(QKeySequence::NativeText));
}

} // namespace pushdeck
