// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientgroups.h"

#include "ui/text/visible.h"
#include "ui/theme/paint.h"

#include <QCoreApplication>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::ClientGroups)
};

QStringList firstOf(const QStringList &keys)
{
    if (keys.isEmpty())
        return {QString()};
    QStringList few = keys.mid(0, kGroupsEach);
    few.removeDuplicates();
    return few;
}

} // namespace

QString groupingName(ClientGrouping grouping)
{
    switch (grouping) {
        case ClientGrouping::Topic:
            return u"topic"_s;
        case ClientGrouping::Transport:
            return u"transport"_s;
        case ClientGrouping::Tag:
            return u"tag"_s;
        case ClientGrouping::None:
            break;
    }
    return u"none"_s;
}

ClientGrouping groupingFromName(const QString &name)
{
    for (const auto grouping :
         {ClientGrouping::Topic, ClientGrouping::Transport, ClientGrouping::Tag}) {
        if (name == groupingName(grouping))
            return grouping;
    }
    return ClientGrouping::None;
}

QStringList groupKeys(const ClientRow &row, ClientGrouping grouping)
{
    switch (grouping) {
        case ClientGrouping::Topic:
            return firstOf(row.info.topics);
        case ClientGrouping::Transport:
            return {transportWord(row.info.transport)};
        case ClientGrouping::Tag: {
            // Tags are told apart without regard to case.
            QStringList keys;
            for (const QString &tag : row.tags)
                keys << tag.toCaseFolded();
            return firstOf(keys);
        }
        case ClientGrouping::None:
            break;
    }
    return {};
}

QString groupTitle(const QString &key, ClientGrouping grouping)
{
    if (key.isEmpty())
        return grouping == ClientGrouping::Tag ? Words::tr("No tag") : Words::tr("No topic");
    if (grouping == ClientGrouping::Transport) {
        if (key == transportWord(Transport::WebSocket))
            return Words::tr("WebSocket");
        if (key == transportWord(Transport::LongPoll))
            return Words::tr("Long-poll");
    }
    return visibleText(key, 200);
}

QString groupOrder(const QString &key, ClientGrouping grouping)
{
    if (key.isEmpty())
        return QString(QChar(0xFFFF)); // last
    if (grouping == ClientGrouping::Transport) {
        for (const auto via : {Transport::WebSocket, Transport::Sse, Transport::LongPoll}) {
            if (key == transportWord(via))
                return QString::number(static_cast<int>(via));
        }
    }
    return key;
}

void GroupSummary::add(const ClientRow &row)
{
    ++members;
    switch (stateOf(row)) {
        case ClientState::Gone:
            ++gone;
            break;
        case ClientState::Slow:
            ++slow;
            break;
        case ClientState::Idle:
            ++idle;
            break;
        default:
            ++connected;
    }
    messagesIn += row.info.messagesIn;
    messagesOut += row.info.messagesOut;
    bytesIn += row.info.bytesIn;
    bytesOut += row.info.bytesOut;
    backlogBytes += row.info.backlogBytes;
}

QString summaryWords(const GroupSummary &summary)
{
    QStringList parts;
    const auto say = [&parts](std::uint32_t count, const QString &words) {
        if (count > 0)
            parts << words.arg(count);
    };
    say(summary.connected, Words::tr("%1 connected"));
    say(summary.idle, Words::tr("%1 idle"));
    say(summary.slow, Words::tr("%1 slow"));
    say(summary.gone, Words::tr("%1 gone"));
    return parts.join(u" · "_s);
}

} // namespace pushdeck
