// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientmodel.h"

#include "ui/clients/visits.h"
#include "ui/text/format.h"
#include "ui/text/visible.h"
#include "ui/theme/paint.h"

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// Removing more ranges than this costs views more than one reordering and one range.
constexpr std::size_t kFewRanges = 32;

int compareText(const QString &a, const QString &b)
{
    return QString::compare(a, b, Qt::CaseInsensitive);
}

template <typename T>
int compareValue(const T &a, const T &b)
{
    return a < b ? -1 : (b < a ? 1 : 0);
}

int compareBy(int column, const ClientRow &a, const ClientRow &b)
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

bool isNumber(int column)
{
    return column >= ClientModel::SinceColumn;
}

} // namespace

ClientModel::ClientModel(QObject *parent) : QAbstractTableModel(parent) {}

const ClientRow &ClientModel::row(int row) const
{
    return m_visible.at(static_cast<std::size_t>(row))->row;
}

const ClientRow *ClientModel::find(std::uint64_t id) const
{
    const auto it = m_rows.find(id);
    return it == m_rows.end() ? nullptr : &it->second.row;
}

int ClientModel::rowOf(std::uint64_t id) const
{
    const auto it = std::find_if(m_visible.begin(), m_visible.end(),
                                 [id](const Entry *entry) { return entry->row.info.id == id; });
    return it == m_visible.end() ? -1 : static_cast<int>(it - m_visible.begin());
}

bool ClientModel::less(const Entry *a, const Entry *b) const
{
    const int order = compareBy(m_sortColumn, a->row, b->row);
    if (order != 0)
        return m_sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
    return a->row.info.id < b->row.info.id;
}

void ClientModel::update(const std::vector<ClientInfo> &clients, std::int64_t nowMs)
{
    m_nowMs = nowMs;
    ++m_updates;
    std::vector<Entry *> added;
    merge(clients, added);
    removeHidden();
    // Rows that only now pass the filter (a topic was added) join those that are new.
    append(added);
    if (!m_visible.empty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        resort();
    }
}

void ClientModel::merge(const std::vector<ClientInfo> &clients, std::vector<Entry *> &added)
{
    for (const ClientInfo &info : clients) {
        const auto [it, isNew] = m_rows.try_emplace(info.id);
        Entry &entry = it->second;
        ClientRow &row = entry.row;
        const bool renamed = isNew || row.info.userAgent != info.userAgent ||
                             row.info.name != info.name || row.info.topics != info.topics;
        row.info = info;
        row.gone = false;
        entry.seen = m_updates;
        if (renamed)
            describe(row);
        if (!entry.shown && (isNew || renamed) && accepts(row))
            added.push_back(&entry);
    }
    m_connected = static_cast<int>(clients.size());

    for (auto it = m_rows.begin(); it != m_rows.end(); ++it) {
        ClientRow &row = it->second.row;
        if (it->second.seen == m_updates || row.gone)
            continue;
        row.gone = true;
        row.goneAtMs = m_nowMs;
        row.info.waiting = row.info.slow = false;
        row.info.backlogBytes = 0;
        row.info.rttMs.reset();
        if (const auto closed = m_closed.find(it->first); closed != m_closed.end())
            std::tie(row.closeCode, row.closeWords) = closed->second;
    }
    // What was noted of clients that are still listed belongs to a later snapshot.
    std::erase_if(m_closed, [this](const auto &note) {
        const auto it = m_rows.find(note.first);
        return it == m_rows.end() ? m_closed.size() > 10'000 : it->second.row.gone;
    });
}

void ClientModel::removeHidden()
{
    const auto hidden = [this](const Entry *entry) {
        const ClientRow &row = entry->row;
        return (row.gone && m_nowMs - row.goneAtMs >= kGoneStayMs) || !accepts(row);
    };
    // Ranges from the back, so that earlier positions stay valid.
    std::vector<std::pair<int, int>> ranges;
    for (int i = static_cast<int>(m_visible.size()) - 1; i >= 0; --i) {
        if (!hidden(m_visible[static_cast<std::size_t>(i)]))
            continue;
        if (!ranges.empty() && ranges.back().first == i + 1)
            ranges.back().first = i;
        else
            ranges.emplace_back(i, i);
    }
    if (ranges.size() > kFewRanges) {
        int count = 0;
        for (const auto &[first, last] : ranges)
            count += last - first + 1;
        relayout([&hidden](const Entry *a, const Entry *b) { return !hidden(a) && hidden(b); });
        const int size = static_cast<int>(m_visible.size());
        ranges = {{size - count, size - 1}};
    }
    for (const auto &[first, last] : ranges) {
        beginRemoveRows({}, first, last);
        for (int i = first; i <= last; ++i)
            m_visible[static_cast<std::size_t>(i)]->shown = false;
        m_visible.erase(m_visible.begin() + first, m_visible.begin() + last + 1);
        endRemoveRows();
    }
    std::erase_if(m_rows, [this](const auto &entry) {
        const ClientRow &row = entry.second.row;
        return row.gone && m_nowMs - row.goneAtMs >= kGoneStayMs;
    });
}

void ClientModel::append(const std::vector<Entry *> &entries)
{
    if (entries.empty())
        return;
    const int first = static_cast<int>(m_visible.size());
    beginInsertRows({}, first, first + static_cast<int>(entries.size()) - 1);
    m_visible.insert(m_visible.end(), entries.begin(), entries.end());
    for (Entry *entry : entries)
        entry->shown = true;
    endInsertRows();
}

template <typename Order>
void ClientModel::relayout(Order order)
{
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const std::vector<Entry *> before = m_visible;
    std::stable_sort(m_visible.begin(), m_visible.end(), order);
    std::unordered_map<const Entry *, int> position;
    const QModelIndexList old = persistentIndexList();
    if (!old.isEmpty()) {
        position.reserve(m_visible.size());
        for (std::size_t i = 0; i < m_visible.size(); ++i)
            position.emplace(m_visible[i], static_cast<int>(i));
    }
    QModelIndexList moved;
    moved.reserve(old.size());
    for (const QModelIndex &at : old)
        moved.append(
            index(position.at(before.at(static_cast<std::size_t>(at.row()))), at.column()));
    changePersistentIndexList(old, moved);
    emit layoutChanged({}, VerticalSortHint);
}

void ClientModel::resort()
{
    const auto order = [this](const Entry *a, const Entry *b) { return less(a, b); };
    if (!std::is_sorted(m_visible.begin(), m_visible.end(), order))
        relayout(order);
}

void ClientModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column < 0 ? int(SinceColumn) : column;
    m_sortOrder = order;
    resort();
}

void ClientModel::noteClosed(std::uint64_t id, int code, const QString &words)
{
    if (const auto it = m_rows.find(id); it != m_rows.end() && it->second.row.gone) {
        it->second.row.closeCode = code;
        it->second.row.closeWords = words;
        return;
    }
    m_closed[id] = {code, words};
}

void ClientModel::setFilterText(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (words == m_words)
        return;
    m_words = words;
    removeHidden();
    std::vector<Entry *> added;
    for (auto &[id, entry] : m_rows) {
        if (!entry.shown && accepts(entry.row))
            added.push_back(&entry);
    }
    append(added);
    resort();
}

int ClientModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_visible.size());
}

int ClientModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ClientModel::text(const ClientRow &row, int column) const
{
    const ClientInfo &info = row.info;
    switch (column) {
        case NameColumn:
            return row.label;
        case TransportColumn:
            return transportWord(info.transport);
        case TopicsColumn:
            return row.topics;
        case AddressColumn:
            return visibleText(info.address, 64);
        case AgentColumn:
            return row.agent.isEmpty() ? u"—"_s : row.agent;
        case SinceColumn:
            return formatSpan((row.gone ? row.goneAtMs : m_nowMs) - info.connectedAtMs);
        case InColumn:
            return formatCompact(info.messagesIn);
        case OutColumn:
            return formatCompact(info.messagesOut);
        case BytesInColumn:
            return formatBytes(info.bytesIn);
        case BytesOutColumn:
            return formatBytes(info.bytesOut);
        case BacklogColumn:
            return info.backlogBytes == 0 ? u"0"_s : formatBytes(info.backlogBytes);
        case RttColumn:
            return formatRtt(info.rttMs);
        default:
            return {};
    }
}

QString ClientModel::toolTip(const ClientRow &row) const
{
    const ClientInfo &info = row.info;
    QStringList lines;
    lines << u"%1  ·  #%2  ·  %3"_s.arg(row.label).arg(info.id).arg(stateWords(row, m_nowMs));
    lines << tr("Address: %1").arg(info.address) +
                 (info.port ? u":%1"_s.arg(info.port) : QString());
    lines << tr("Topics: %1").arg(row.topics);
    lines << tr("Transport: %1").arg(transportWord(info.transport)) +
                 (info.subprotocol.isEmpty() ? QString() : u" · "_s + info.subprotocol) +
                 (info.format.isEmpty() ? QString() : u" · "_s + info.format);
    lines << tr("User agent: %1").arg(info.userAgent.isEmpty() ? u"—"_s : info.userAgent.left(400));
    lines << tr("Connected: %1").arg(formatDateTime(info.connectedAtMs));
    lines << visitLines(info);
    lines << tr("Received: %1 messages, %2")
                 .arg(formatCount(info.messagesIn), formatBytes(info.bytesIn));
    lines << tr("Sent: %1 messages, %2")
                 .arg(formatCount(info.messagesOut), formatBytes(info.bytesOut));
    lines << tr("Round trip: %1").arg(formatRtt(info.rttMs));
    lines << tr("Backlog: %1 here, %2 in the kernel")
                 .arg(formatBytes(info.backlogBytes),
                      info.kernelBacklogBytes ? formatBytes(*info.kernelBacklogBytes) : u"—"_s);
    return lines.join(u'\n');
}

QVariant ClientModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ClientRow &client = row(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return text(client, index.column());
        case Qt::ToolTipRole:
            return plainToolTip(toolTip(client));
        case Qt::AccessibleTextRole:
            return index.column() == NameColumn
                       ? client.label + u", "_s + stateWords(client, m_nowMs)
                       : text(client, index.column());
        case Qt::TextAlignmentRole:
            return static_cast<int>((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) |
                                    Qt::AlignVCenter);
        default:
            return {};
    }
}

QVariant ClientModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) |
                                Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        switch (section) {
            case InColumn:
                return tr("Messages received from this client");
            case OutColumn:
                return tr("Messages sent to this client");
            case BacklogColumn:
                return tr("Bytes that wait in this program for the client to take them");
            case RttColumn:
                return tr("Measured round trip; — where nothing measures it");
            default:
                return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
        case NameColumn:
            return tr("Client");
        case TransportColumn:
            return tr("Via");
        case TopicsColumn:
            return tr("Topics");
        case AddressColumn:
            return tr("Address");
        case AgentColumn:
            return tr("User agent");
        case SinceColumn:
            return tr("Since");
        case InColumn:
            return tr("↓ In");
        case OutColumn:
            return tr("↑ Out");
        case BytesInColumn:
            return tr("↓ Bytes");
        case BytesOutColumn:
            return tr("↑ Bytes");
        case BacklogColumn:
            return tr("Backlog");
        case RttColumn:
            return tr("RTT");
        default:
            return {};
    }
}

} // namespace pushdeck
