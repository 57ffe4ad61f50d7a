// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/visits.h"

#include "ui/text/format.h"
#include "ui/text/visible.h"
#include "ui/theme/paint.h"

#include <QCoreApplication>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

/// A tool tip is no log.
constexpr std::ptrdiff_t kStaysShown = 5;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::Visits)
};

/// Tenths where they tell something.
QString away(std::int64_t ms)
{
    return ms < 10'000 ? Words::tr("%1 s").arg(
                             static_cast<double>(std::max<std::int64_t>(ms, 0)) / 1000, 0, 'f', 1)
                       : formatSpan(ms);
}

QString missedWords(std::uint64_t missed, bool more)
{
    if (more)
        return Words::tr("missed an unknown number of messages");
    return Words::tr("missed %n message(s)", nullptr, static_cast<int>(missed));
}

} // namespace

QStringList visitLines(const ClientInfo &info)
{
    QStringList lines;
    if (info.earlier) {
        const ClientVisit &before = info.earlier->back();
        QString line = Words::tr("Reconnect %1, after %2")
                           .arg(info.reconnects)
                           .arg(away(info.connectedAtMs - before.untilMs));
        if (before.transport != info.transport)
            line = Words::tr("%1, over %2 instead of %3")
                       .arg(line, transportWord(info.transport), transportWord(before.transport));
        lines << line;
    }
    if (!info.resumedAt.isEmpty())
        lines << Words::tr("Resumed at %1").arg(visibleText(info.resumedAt, 64));
    if (info.toldGap())
        lines << missedWords(info.missed, info.missedMore);
    if (!info.earlier)
        return lines;
    const auto most = std::min<std::ptrdiff_t>(kStaysShown, std::ssize(*info.earlier));
    std::for_each(
        info.earlier->rbegin(), info.earlier->rbegin() + most, [&lines](const ClientVisit &visit) {
            QString line = Words::tr("Before: %1 from %2, for %3")
                               .arg(transportWord(visit.transport), formatClock(visit.fromMs),
                                    formatSpan(visit.untilMs - visit.fromMs));
            if (visit.missed > 0 || visit.missedMore)
                line += u", "_s + missedWords(visit.missed, visit.missedMore);
            lines << line;
        });
    return lines;
}

} // namespace pushdeck
