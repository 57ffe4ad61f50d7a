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
    action->setToolTip(u"%1 (%2)"_s.arg(text, sequence.toString(QKeySequence::NativeText)));
    return action;
}

} // namespace pushdeck
