// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientmodel.h"

#include "ui/clients/clientcolumns.h"
#include "ui/text/format.h"
#include "ui/text/visible.h"

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

/// Notes of clients that no snapshot ever had.
constexpr std::size_t kMostClosedNotes = 10'000;

} // namespace

ClientModel::ClientModel(QObject *parent) : QAbstractTableModel(parent)
{
    connect(&m_book, &ClientBook::changed, this, &ClientModel::bookChanged);
}

ClientModel::~ClientModel() = default;

bool ClientModel::isGroup(int row) const
{
    return !m_visible.at(static_cast<std::size_t>(row))->entry;
}

const ClientGroup &ClientModel::group(int row) const
{
    Q_ASSERT(isGroup(row));
    return m_visible.at(static_cast<std::size_t>(row))->group->info;
}

const ClientRow &ClientModel::row(int row) const
{
    Q_ASSERT(!isGroup(row));
    return m_visible.at(static_cast<std::size_t>(row))->entry->row;
}

const ClientRow *ClientModel::find(std::uint64_t id) const
{
    const auto it = m_rows.find(id);
    return it == m_rows.end() ? nullptr : &it->second.row;
}

std::uint64_t ClientModel::idAt(int row) const
{
    return row < 0 || isGroup(row) ? 0 : this->row(row).info.id;
}

int ClientModel::rowOf(std::uint64_t id) const
{
    const auto it = std::find_if(m_visible.begin(), m_visible.end(), [id](const Line *line) {
        return line->entry && line->entry->row.info.id == id;
    });
    return it == m_visible.end() ? -1 : static_cast<int>(it - m_visible.begin());
}

void ClientModel::update(const std::vector<ClientInfo> &clients, std::int64_t nowMs)
{
    m_nowMs = nowMs;
    ++m_updates;
    merge(clients);
    restructure();
    if (!m_visible.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void ClientModel::merge(const std::vector<ClientInfo> &clients)
{
    std::vector<const ClientInfo *> fresh;
    for (const ClientInfo &info : clients) {
        if (const auto it = m_rows.find(info.id); it != m_rows.end())
            take(it->second, info);
        else
            fresh.push_back(&info);
    }
    m_connected = static_cast<int>(clients.size());
    // Before those who came: one of them may be one of these.
    for (auto &[id, entry] : m_rows) {
        if (entry.seen != m_updates && !entry.row.gone)
            leave(entry);
    }
    for (const ClientInfo *info : fresh)
        take(arrive(*info), *info);
    // What was noted of clients that are still listed belongs to a later snapshot.
    std::erase_if(m_closed, [this](const auto &note) {
        const auto it = m_rows.find(note.first);
        return it == m_rows.end() ? m_closed.size() > kMostClosedNotes : it->second.row.gone;
    });
}

void ClientModel::take(Entry &entry, const ClientInfo &info)
{
    ClientRow &row = entry.row;
    const bool renamed = entry.seen == 0 || row.gone || row.info.userAgent != info.userAgent ||
                         row.info.name != info.name || row.info.topics != info.topics;
    row.info = info;
    row.gone = false;
    entry.seen = m_updates;
    if (renamed)
        noteBook(entry);
}

ClientModel::Entry &ClientModel::arrive(const ClientInfo &info)
{
    m_book.touch(info.identity);
    const auto away = m_away.constFind(info.identity);
    if (info.identity.isEmpty() || away == m_away.constEnd())
        return m_rows[info.id];
    // It came back: the row that stood for its last stay is its own.
    auto node = m_rows.extract(*away);
    m_away.erase(away);
    node.key() = info.id;
    Entry &entry = m_rows.insert(std::move(node)).position->second;
    entry.row.closeCode = 0;
    entry.row.closeWords.clear();
    return entry;
}

void ClientModel::leave(Entry &entry)
{
    ClientRow &row = entry.row;
    row.gone = true;
    row.goneAtMs = m_nowMs;
    row.info.waiting = row.info.slow = false;
    row.info.backlogBytes = 0;
    row.info.rttMs.reset();
    if (const auto closed = m_closed.find(row.info.id); closed != m_closed.end())
        std::tie(row.closeCode, row.closeWords) = closed->second;
    if (!row.info.identity.isEmpty())
        m_away.insert(row.info.identity, row.info.id);
}

void ClientModel::noteBook(Entry &entry)
{
    const ClientNote *note = m_book.find(entry.row.info.identity);
    entry.row.given = note ? note->name : QString();
    entry.row.tags = note ? note->tags : QStringList();
    describe(entry.row);
    entry.stale = true;
}

void ClientModel::bookChanged()
{
    static const ClientNote kNone;
    for (auto &[id, entry] : m_rows) {
        const ClientNote *note = m_book.find(entry.row.info.identity);
        const ClientNote &now = note ? *note : kNone;
        if (now.name != entry.row.given || now.tags != entry.row.tags)
            noteBook(entry);
    }
    restructure();
    if (!m_visible.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
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
    ClientFilter filter(text);
    if (filter == m_filter)
        return;
    m_filter = std::move(filter);
    for (auto &[id, entry] : m_rows)
        entry.stale = true;
    restructure();
}

void ClientModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column < 0 ? int(SinceColumn) : column;
    m_sortOrder = order;
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

QVariant ClientModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((isNumberColumn(index.column()) ? Qt::AlignRight : Qt::AlignLeft) |
                                Qt::AlignVCenter);
    if (isGroup(index.row())) {
        const ClientGroup &members = group(index.row());
        switch (role) {
            case Qt::DisplayRole:
                return groupText(members, index.column());
            case Qt::ToolTipRole:
                return plainToolTip(members.title + u'\n' + summaryWords(members.summary));
            case Qt::AccessibleTextRole:
                return index.column() != NameColumn
                           ? groupText(members, index.column())
                           : u"%1, %2, %3"_s.arg(members.title,
                                                 formatClients(members.summary.members),
                                                 members.folded ? tr("folded") : tr("unfolded"));
            default:
                return {};
        }
    }
    const ClientRow &client = row(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return clientText(client, index.column(), m_nowMs);
        case Qt::EditRole:
            return client.given;
        case Qt::ToolTipRole:
            return plainToolTip(clientToolTip(client, m_nowMs));
        case Qt::AccessibleTextRole:
            if (index.column() == TransportColumn && client.info.isEncrypted())
                return tr("%1, encrypted").arg(clientText(client, TransportColumn, m_nowMs));
            if (index.column() != NameColumn)
                return clientText(client, index.column(), m_nowMs);
            return (QStringList{client.label, stateWords(client, m_nowMs)} + client.tags)
                .join(u", "_s);
        default:
            return {};
    }
}

bool ClientModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable))
        return false;
    m_book.setName(row(index.row()).info.identity, value.toString());
    return true;
}

Qt::ItemFlags ClientModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    if (isGroup(index.row()))
        return Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == NameColumn && !row(index.row()).info.identity.isEmpty())
        flags |= Qt::ItemIsEditable;
    return flags;
}

QVariant ClientModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    switch (role) {
        case Qt::TextAlignmentRole:
            return static_cast<int>((isNumberColumn(section) ? Qt::AlignRight : Qt::AlignLeft) |
                                    Qt::AlignVCenter);
        case Qt::ToolTipRole:
            return columnToolTip(section);
        case Qt::DisplayRole:
            return columnTitle(section);
        default:
            return {};
    }
}

} // namespace pushdeck
