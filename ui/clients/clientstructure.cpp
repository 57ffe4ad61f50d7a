// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientcolumns.h"
#include "ui/clients/clientmodel.h"

#include <algorithm>
#include <iterator>

namespace pushdeck {

using namespace Qt::StringLiterals;

// Which rows there are, and in which order; what they say is in clientmodel.cpp.

namespace {

// Removing more ranges than this costs views more than one reordering and one range.
constexpr std::size_t kFewRanges = 32;

} // namespace

bool ClientModel::less(const Line *a, const Line *b) const
{
    if (a->group != b->group && a->group && b->group)
        return a->group->rank < b->group->rank;
    if (!a->entry || !b->entry)
        return !a->entry && b->entry;
    const int order = compareClients(m_sortColumn, a->entry->row, b->entry->row);
    if (order != 0)
        return m_sortOrder == Qt::AscendingOrder ? order < 0 : order > 0;
    return a->entry->row.info.id < b->entry->row.info.id;
}

bool ClientModel::isExpired(const ClientRow &row) const
{
    return row.gone && m_nowMs - row.goneAtMs >= kGoneStayMs;
}

void ClientModel::restructure()
{
    std::vector<Line *> added = assign();
    removeUnwanted();
    forgetExpired();
    if (m_groupsChanged)
        rankGroups();
    append(std::move(added));
    resort();
}

/// Says of every line whether it is wanted; returns those that are and have no row yet.
std::vector<ClientModel::Line *> ClientModel::assign()
{
    std::vector<Line *> added;
    m_matching = 0;
    for (auto &[key, group] : m_groups) {
        group->info.summary = {};
        group->uses = 0;
    }
    for (auto &[id, entry] : m_rows) {
        if (entry.stale || m_filter.dependsOnState())
            entry.accepted = m_filter.accepts(entry.row);
        if (entry.stale)
            place(entry);
        entry.stale = false;
        const bool wanted = entry.accepted && !isExpired(entry.row);
        m_matching += wanted ? 1 : 0;
        for (std::size_t i = 0; i < entry.lines.size(); ++i) {
            Line &line = *entry.lines[i];
            const bool used = wanted && i < entry.placed;
            if (line.group && i < entry.placed)
                ++line.group->uses;
            if (used && line.group)
                line.group->info.summary.add(entry.row);
            line.wanted = used && !(line.group && line.group->info.folded);
            if (line.wanted && !line.shown)
                added.push_back(&line);
        }
    }
    for (auto &[key, group] : m_groups) {
        Line &header = group->header;
        header.wanted = group->info.summary.members > 0;
        if (header.wanted && !header.shown)
            added.push_back(&header);
    }
    return added;
}

/// Gives a client its lines; keeps those it has, so that a selected one stays selected.
void ClientModel::place(Entry &entry)
{
    std::vector<Group *> groups = {nullptr};
    if (m_grouping != ClientGrouping::None) {
        groups.clear();
        for (const QString &key : groupKeys(entry.row, m_grouping))
            groups.push_back(groupFor(key));
    }
    std::vector<std::unique_ptr<Line>> lines(groups.size());
    // One that stays in a group keeps its line there, whatever became of its other groups.
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto same =
            std::find_if(entry.lines.begin(), entry.lines.end(),
                         [&](const auto &line) { return line && line->group == groups[i]; });
        if (same != entry.lines.end())
            lines[i] = std::move(*same);
    }
    std::erase(entry.lines, nullptr);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (lines[i])
            continue;
        if (entry.lines.empty()) {
            lines[i] = std::make_unique<Line>();
        } else {
            lines[i] = std::move(entry.lines.front());
            entry.lines.erase(entry.lines.begin());
        }
        lines[i]->entry = &entry;
        lines[i]->group = groups[i];
    }
    entry.placed = lines.size();
    if (!entry.lines.empty())
        m_toTrim.push_back(&entry);
    std::move(entry.lines.begin(), entry.lines.end(), std::back_inserter(lines));
    entry.lines = std::move(lines);
}

ClientModel::Group *ClientModel::groupFor(const QString &key)
{
    auto &group = m_groups[foldKey(key)];
    if (!group) {
        group = std::make_unique<Group>();
        group->info.key = key;
        group->info.title = groupTitle(key, m_grouping);
        group->info.folded = m_folded.contains(foldKey(key));
        group->order = groupOrder(key, m_grouping);
        group->header.group = group.get();
        m_groupsChanged = true;
    }
    return group.get();
}

void ClientModel::sayGroups()
{
    for (const auto &[key, group] : m_groups) {
        if (key == foldKey(group->info.key))
            group->info.title = groupTitle(group->info.key, m_grouping);
    }
}

void ClientModel::rankGroups()
{
    m_groupsChanged = false;
    std::vector<Group *> groups;
    groups.reserve(m_groups.size());
    for (const auto &[key, group] : m_groups)
        groups.push_back(group.get());
    std::sort(groups.begin(), groups.end(),
              [](const Group *a, const Group *b) { return a->order < b->order; });
    int rank = 0;
    for (Group *group : groups)
        group->rank = rank++;
}

void ClientModel::removeUnwanted()
{
    const auto unwanted = [](const Line *line) { return !line->wanted; };
    // Ranges from the back, so that earlier positions stay valid.
    std::vector<std::pair<int, int>> ranges;
    for (int i = rowCount() - 1; i >= 0; --i) {
        if (!unwanted(m_visible[static_cast<std::size_t>(i)]))
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
        relayout([&](const Line *a, const Line *b) { return !unwanted(a) && unwanted(b); });
        ranges = {{rowCount() - count, rowCount() - 1}};
    }
    for (const auto &[first, last] : ranges) {
        beginRemoveRows({}, first, last);
        for (int i = first; i <= last; ++i)
            m_visible[static_cast<std::size_t>(i)]->shown = false;
        m_visible.erase(m_visible.begin() + first, m_visible.begin() + last + 1);
        endRemoveRows();
    }
    for (Entry *entry : m_toTrim)
        entry->lines.resize(entry->placed);
    m_toTrim.clear();
}

void ClientModel::forgetExpired()
{
    std::erase_if(m_rows, [this](const auto &entry) {
        const ClientRow &row = entry.second.row;
        if (!isExpired(row))
            return false;
        if (m_away.value(row.info.identity) == row.info.id)
            m_away.remove(row.info.identity);
        return true;
    });
    // Clients that the filter hides still point to theirs.
    std::erase_if(m_groups, [](const auto &group) {
        return group.second->uses == 0 && !group.second->header.shown;
    });
}

void ClientModel::append(std::vector<Line *> added)
{
    if (added.empty())
        return;
    std::sort(added.begin(), added.end(),
              [this](const Line *a, const Line *b) { return less(a, b); });
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
    m_visible.insert(m_visible.end(), added.begin(), added.end());
    for (Line *line : added)
        line->shown = true;
    endInsertRows();
}

template <typename Order>
void ClientModel::relayout(Order order)
{
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const std::vector<Line *> before = m_visible;
    std::stable_sort(m_visible.begin(), m_visible.end(), order);
    const QModelIndexList old = persistentIndexList();
    if (!old.isEmpty()) {
        std::unordered_map<const Line *, int> position;
        position.reserve(m_visible.size());
        for (std::size_t i = 0; i < m_visible.size(); ++i)
            position.emplace(m_visible[i], static_cast<int>(i));
        QModelIndexList moved;
        moved.reserve(old.size());
        for (const QModelIndex &at : old)
            moved.append(
                index(position.at(before.at(static_cast<std::size_t>(at.row()))), at.column()));
        changePersistentIndexList(old, moved);
    }
    emit layoutChanged({}, VerticalSortHint);
}

void ClientModel::resort()
{
    const auto order = [this](const Line *a, const Line *b) { return less(a, b); };
    if (!std::is_sorted(m_visible.begin(), m_visible.end(), order))
        relayout(order);
}

void ClientModel::setGrouping(ClientGrouping grouping)
{
    if (grouping == m_grouping)
        return;
    m_grouping = grouping;
    for (auto &[id, entry] : m_rows)
        entry.stale = true;
    restructure();
}

int ClientModel::groupRow(int row) const
{
    if (m_grouping == ClientGrouping::None)
        return -1;
    while (row >= 0 && !isGroup(row))
        --row;
    return row;
}

QString ClientModel::foldKey(const QString &key) const
{
    return groupingName(m_grouping) + u' ' + key;
}

void ClientModel::setFolded(int row, bool folded)
{
    Group *group = m_visible.at(static_cast<std::size_t>(row))->group;
    if (!group || group->info.folded == folded)
        return;
    group->info.folded = folded;
    if (folded)
        m_folded.insert(foldKey(group->info.key));
    else
        m_folded.remove(foldKey(group->info.key));
    restructure();
    emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void ClientModel::setAllFolded(bool folded)
{
    for (auto &[key, group] : m_groups) {
        group->info.folded = folded;
        if (folded)
            m_folded.insert(key);
        else
            m_folded.remove(key);
    }
    restructure();
    if (!m_visible.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void ClientModel::reveal(std::uint64_t id)
{
    const auto it = m_rows.find(id);
    if (it == m_rows.end() || it->second.placed == 0 || rowOf(id) >= 0)
        return;
    Group *group = it->second.lines.front()->group;
    if (!group)
        return;
    group->info.folded = false;
    m_folded.remove(foldKey(group->info.key));
    restructure();
}

QStringList ClientModel::folded() const
{
    QStringList keys(m_folded.begin(), m_folded.end());
    keys.sort();
    return keys.mid(0, kFoldedKept);
}

void ClientModel::restoreFolded(const QStringList &keys)
{
    const QStringList few = keys.mid(0, kFoldedKept);
    m_folded = QSet<QString>(few.begin(), few.end());
    for (auto &[key, group] : m_groups)
        group->info.folded = m_folded.contains(key);
    restructure();
}

} // namespace pushdeck
