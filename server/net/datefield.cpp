// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/datefield.h"

#include <QDateTime>
#include <QLocale>

namespace pushdeck {

QByteArray dateFieldAt(std::chrono::sys_seconds time)
{
    const QDateTime date = QDateTime::fromSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC);
    return "Date: " + QLocale::c().toString(date, u"ddd, dd MMM yyyy hh:mm:ss").toLatin1() +
           " GMT\r\n";
}

const QByteArray &dateField()
{
    struct Formatted
    {
        std::chrono::sys_seconds second{std::chrono::seconds::min()};
        QByteArray field;
    };
    static thread_local Formatted last;
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (now != last.second)
        last = {now, dateFieldAt(now)};
    return last.field;
}

} // namespace pushdeck
