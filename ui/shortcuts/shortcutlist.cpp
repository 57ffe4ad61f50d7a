// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shortcuts/shortcutlist.h"

#include <QAction>
#include <QKeySequence>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

QString actionName(const QAction &action)
{
    QString name;
    const QString text = action.text();
    for (qsizetype i = 0; i < text.size(); ++i) {
        // One mark is for menus, two are one "&".
        if (text[i] == u'&' && i + 1 < text.size())
            ++i;
        name += text[i];
    }
    return name;
}

QStringList actionKeys(const QAction &action)
{
    QStringList keys;
    for (const QKeySequence &sequence : action.shortcuts())
        keys << sequence.toString(QKeySequence::NativeText);
    return keys;
}

bool matchesShortcut(const QAction &action, const QString &group, const QString &query)
{
    const QStringList words = query.split(u' ', Qt::SkipEmptyParts);
    const QString text =
        actionName(action) + u'\n' + group + u'\n' + actionKeys(action).join(u'\n');
    return std::all_of(words.begin(), words.end(), [&text](const QString &word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace pushdeck
