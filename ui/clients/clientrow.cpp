// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientrow.h"

#include "ui/i18n/serverwords.h"
#include "ui/text/format.h"
#include "ui/text/useragent.h"
#include "ui/text/visible.h"

#include <QCoreApplication>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::ClientRow)
};

} // namespace

ClientState stateOf(const ClientRow &row)
{
    if (row.gone)
        return ClientState::Gone;
    if (row.info.slow)
        return ClientState::Slow;
    if (row.info.transport == Transport::LongPoll)
        return row.info.waiting ? ClientState::Waiting : ClientState::Idle;
    return ClientState::Active;
}

QString stateWords(const ClientRow &row, std::int64_t nowMs)
{
    switch (stateOf(row)) {
        case ClientState::Gone: {
            QString words =
                row.closeCode > 0 ? Words::tr("closed %1").arg(row.closeCode) : Words::tr("gone");
            if (!row.closeWords.isEmpty())
                words += u" · "_s + visibleText(serverWords(row.closeWords), 80);
            return words;
        }
        case ClientState::Slow:
            return Words::tr("slow, %1 wait").arg(formatBytes(row.info.backlogBytes));
        case ClientState::Waiting:
            return Words::tr("waiting");
        case ClientState::Idle:
            return Words::tr("idle %1").arg(formatSpan(nowMs - row.info.lastActivityMs));
        case ClientState::Active:
            break;
    }
    return Words::tr("connected");
}

void describe(ClientRow &row)
{
    row.agent = visibleText(shortUserAgent(row.info.userAgent), 48);
    row.topics = visibleText(row.info.topics.join(u", "_s), 160);
    if (!row.given.isEmpty())
        row.label = visibleText(row.given, 64);
    else if (!row.info.name.isEmpty())
        row.label = visibleText(row.info.name, 64);
    else if (!row.info.subject.isEmpty())
        row.label = visibleText(row.info.subject, 64);
    else
        row.label = row.agent.isEmpty() ? u"#%1"_s.arg(row.info.id) : row.agent;
}

} // namespace pushdeck
