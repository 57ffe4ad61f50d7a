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

QString missedWords(std::uint64_t missed, bool more)
{
    if (more)
        return Words::tr("missed an unknown number of messages");
    return Words::tr("missed %n message(s)", nullptr, pluralOf(missed));
}

QString andThen(const QString &words, const QString &more)
{
    return Words::tr("%1, %2").arg(words, more);
}

} // namespace

QString awayWords(std::int64_t milliseconds)
{
    // Tenths where they tell something.
    return milliseconds < 10'000
               ? Words::tr("%1 s").arg(
                     static_cast<double>(std::max<std::int64_t>(milliseconds, 0)) / 1000, 0, 'f', 1)
               : formatSpan(milliseconds);
}

std::vector<Stay> staysOf(const ClientInfo &info, std::int64_t nowMs,
                          std::optional<std::int64_t> goneAtMs)
{
    std::vector<Stay> stays;
    if (info.earlier) {
        for (const ClientVisit &visit : *info.earlier)
            stays.push_back({visit.transport,
                             visit.fromMs,
                             visit.untilMs,
                             false,
                             {},
                             Transport::None,
                             visit.resumedAt,
                             visit.missed,
                             visit.missedMore});
    }
    stays.push_back({info.transport,
                     info.connectedAtMs,
                     goneAtMs.value_or(nowMs),
                     !goneAtMs,
                     {},
                     Transport::None,
                     info.resumedAt,
                     info.missed,
                     info.missedMore});
    for (std::size_t i = 1; i < stays.size(); ++i) {
        stays[i].awayMs = stays[i].fromMs - stays[i - 1].untilMs;
        if (stays[i].transport != stays[i - 1].transport)
            stays[i].before = stays[i - 1].transport;
    }
    return stays;
}

QString stayWords(const Stay &stay)
{
    QStringList parts;
    // Of a client with several connections at once the next may begin before the last ends.
    if (stay.awayMs && *stay.awayMs >= 0)
        parts << Words::tr("came back after %1").arg(awayWords(*stay.awayMs));
    if (stay.before != Transport::None)
        parts << Words::tr("over %1 instead of %2")
                     .arg(transportWord(stay.transport), transportWord(stay.before));
    if (!stay.resumedAt.isEmpty())
        parts << Words::tr("resumed at %1").arg(visibleText(stay.resumedAt, 64));
    if (stay.missed > 0 || stay.missedMore)
        parts << missedWords(stay.missed, stay.missedMore);
    QString words = parts.value(0);
    for (const QString &part : parts.mid(1))
        words = andThen(words, part);
    return words;
}

QStringList visitLines(const ClientInfo &info)
{
    QStringList lines;
    if (info.earlier) {
        const ClientVisit &before = info.earlier->back();
        QString line = Words::tr("Reconnect %1, after %2")
                           .arg(info.reconnects)
                           .arg(awayWords(info.connectedAtMs - before.untilMs));
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
                line = andThen(line, missedWords(visit.missed, visit.missedMore));
            lines << line;
        });
    return lines;
}

} // namespace pushdeck
