// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientcolumns.h"

#include "ui/clients/clientmodel.h"
#include "ui/clients/visits.h"
#include "ui/text/format.h"
#include "ui/text/visible.h"
#include "ui/theme/paint.h"

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

int compareText(const QString &a, const QString &b)
{
    return QString::compare(a, b, Qt::CaseInsensitive);
}

template <typename T>
int compareValue(const T &a, const T &b)
{
    return a < b ? -1 : (b < a ? 1 : 0);
}

} // namespace

int compareClients(int column, const ClientRow &a, const ClientRow &b)
{
    switch (column) {
        case ClientModel::NameColumn:
            return compareText(a.label, b.label);
        case ClientModel::TransportColumn:
            return compareValue(a.info.transport, b.info.transport);
        case ClientModel::TopicsColumn:
            return compareText(a.topics, b.topics);
        case ClientModel::AddressColumn:
            return compareText(a.info.address, b.info.address);
        case ClientModel::AgentColumn:
            return compareText(a.agent, b.agent);
        case ClientModel::InColumn:
            return compareValue(a.info.messagesIn, b.info.messagesIn);
        case ClientModel::OutColumn:
            return compareValue(a.info.messagesOut, b.info.messagesOut);
        case ClientModel::BytesInColumn:
            return compareValue(a.info.bytesIn, b.info.bytesIn);
        case ClientModel::BytesOutColumn:
            return compareValue(a.info.bytesOut, b.info.bytesOut);
        case ClientModel::BacklogColumn:
            return compareValue(a.info.backlogBytes, b.info.backlogBytes);
        case ClientModel::RttColumn:
            return compareValue(a.info.rttMs.value_or(-1), b.info.rttMs.value_or(-1));
        default:
            return compareValue(a.info.connectedAtMs, b.info.connectedAtMs);
    }
}

bool isNumberColumn(int column)
{
    return column >= ClientModel::SinceColumn;
}

QString clientText(const ClientRow &row, int column, std::int64_t nowMs)
{
    const ClientInfo &info = row.info;
    switch (column) {
        case ClientModel::NameColumn:
            return row.label;
        case ClientModel::TransportColumn:
            return transportWord(info.transport);
        case ClientModel::TopicsColumn:
            return row.topics;
        case ClientModel::AddressColumn:
            return visibleText(info.address, 64);
        case ClientModel::AgentColumn:
            return row.agent.isEmpty() ? u"—"_s : row.agent;
        case ClientModel::SinceColumn:
            return formatSpan((row.gone ? row.goneAtMs : nowMs) - info.connectedAtMs);
        case ClientModel::InColumn:
            return formatCompact(info.messagesIn);
        case ClientModel::OutColumn:
            return formatCompact(info.messagesOut);
        case ClientModel::BytesInColumn:
            return formatBytes(info.bytesIn);
        case ClientModel::BytesOutColumn:
            return formatBytes(info.bytesOut);
        case ClientModel::BacklogColumn:
            return info.backlogBytes == 0 ? u"0"_s : formatBytes(info.backlogBytes);
        case ClientModel::RttColumn:
            return formatRtt(info.rttMs);
        default:
            return {};
    }
}

QString groupText(const ClientGroup &group, int column)
{
    const GroupSummary &sum = group.summary;
    switch (column) {
        case ClientModel::NameColumn:
            return group.title;
        case ClientModel::InColumn:
            return formatCompact(sum.messagesIn);
        case ClientModel::OutColumn:
            return formatCompact(sum.messagesOut);
        case ClientModel::BytesInColumn:
            return formatBytes(sum.bytesIn);
        case ClientModel::BytesOutColumn:
            return formatBytes(sum.bytesOut);
        case ClientModel::BacklogColumn:
            return sum.backlogBytes == 0 ? u"0"_s : formatBytes(sum.backlogBytes);
        default:
            return {};
    }
}

QString clientToolTip(const ClientRow &row, std::int64_t nowMs)
{
    const ClientInfo &info = row.info;
    QStringList lines;
    lines << u"%1  ·  #%2  ·  %3"_s.arg(row.label).arg(info.id).arg(stateWords(row, nowMs));
    if (!row.tags.isEmpty())
        lines << ClientModel::tr("Tags: %1").arg(row.tags.join(u", "_s));
    lines << ClientModel::tr("Address: %1").arg(info.address) +
                 (info.port ? u":%1"_s.arg(info.port) : QString());
    lines << ClientModel::tr("Topics: %1").arg(row.topics);
    lines << ClientModel::tr("Transport: %1").arg(transportWord(info.transport)) +
                 (info.subprotocol.isEmpty() ? QString() : u" · "_s + info.subprotocol) +
                 (info.format.isEmpty() ? QString() : u" · "_s + info.format);
    lines << ClientModel::tr("User agent: %1")
                 .arg(info.userAgent.isEmpty() ? u"—"_s : info.userAgent.left(400));
    lines << ClientModel::tr("Connected: %1").arg(formatDateTime(info.connectedAtMs));
    lines << visitLines(info);
    lines << ClientModel::tr("Received: %1 message(s), %2", nullptr, pluralOf(info.messagesIn))
                 .arg(formatCount(info.messagesIn), formatBytes(info.bytesIn));
    lines << ClientModel::tr("Sent: %1 message(s), %2", nullptr, pluralOf(info.messagesOut))
                 .arg(formatCount(info.messagesOut), formatBytes(info.bytesOut));
    lines << ClientModel::tr("Round trip: %1").arg(formatRtt(info.rttMs));
    lines << ClientModel::tr("Backlog: %1 here, %2 in the kernel")
                 .arg(formatBytes(info.backlogBytes),
                      info.kernelBacklogBytes ? formatBytes(*info.kernelBacklogBytes) : u"—"_s);
    return lines.join(u'\n');
}

QString columnToolTip(int column)
{
    switch (column) {
        case ClientModel::InColumn:
            return ClientModel::tr("Messages received from this client");
        case ClientModel::OutColumn:
            return ClientModel::tr("Messages sent to this client");
        case ClientModel::BacklogColumn:
            return ClientModel::tr("Bytes that wait in this program for the client to take them");
        case ClientModel::RttColumn:
            return ClientModel::tr("Measured round trip; — where nothing measures it");
        default:
            return {};
    }
}

QString columnTitle(int column)
{
    switch (column) {
        case ClientModel::NameColumn:
            return ClientModel::tr("Client");
        case ClientModel::TransportColumn:
            return ClientModel::tr("Via");
        case ClientModel::TopicsColumn:
            return ClientModel::tr("Topics");
        case ClientModel::AddressColumn:
            return ClientModel::tr("Address");
        case ClientModel::AgentColumn:
            return ClientModel::tr("User agent");
        case ClientModel::SinceColumn:
            return ClientModel::tr("Since");
        case ClientModel::InColumn:
            return ClientModel::tr("↓ In");
        case ClientModel::OutColumn:
            return ClientModel::tr("↑ Out");
        case ClientModel::BytesInColumn:
            return ClientModel::tr("↓ Bytes");
        case ClientModel::BytesOutColumn:
            return ClientModel::tr("↑ Bytes");
        case ClientModel::BacklogColumn:
            return ClientModel::tr("Backlog");
        case ClientModel::RttColumn:
            return ClientModel::tr("RTT");
        default:
            return {};
    }
}

} // namespace pushdeck
