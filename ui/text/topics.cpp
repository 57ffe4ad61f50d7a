// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/topics.h"

#include <QCoreApplication>
#include <QList>

namespace pushdeck {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::Topics)
};

} // namespace

bool topicMatches(QStringView pattern, QStringView name)
{
    if (!pattern.contains(u'*'))
        return pattern == name;
    const QList<QStringView> rule = pattern.split(u'/', Qt::SkipEmptyParts);
    const QList<QStringView> path = name.split(u'/', Qt::SkipEmptyParts);
    // Greedy with one step back to the last `**`: linear in practice, no recursion.
    qsizetype r = 0;
    qsizetype p = 0;
    qsizetype star = -1;
    qsizetype resume = 0;
    while (p < path.size()) {
        if (r < rule.size() && rule[r] == u"**") {
            star = r++;
            resume = p;
        } else if (r < rule.size() && (rule[r] == u"*" || rule[r] == path[p])) {
            ++r;
            ++p;
        } else if (star >= 0) {
            r = star + 1;
            p = ++resume;
        } else {
            return false;
        }
    }
    while (r < rule.size() && rule[r] == u"**")
        ++r;
    return r == rule.size();
}

QString topicProblem(QStringView name)
{
    if (!name.startsWith(u'/'))
        return Words::tr("A topic starts with /");
    if (name == u"/_" || name.startsWith(u"/_/") || name.startsWith(u"/.well-known/"))
        return Words::tr("This path is reserved");
    if (name.contains(u'*'))
        return Words::tr("A message goes to one topic, not to a pattern");
    if (name.toUtf8().size() > 256)
        return Words::tr("A topic has at most 256 bytes");
    for (const QChar c : name) {
        if (c.category() == QChar::Other_Control)
            return Words::tr("A topic has no control characters");
    }
    return {};
}

} // namespace pushdeck
