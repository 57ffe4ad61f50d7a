// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/clients/clientbook.h"
#include "ui/clients/clientfilter.h"
#include "ui/clients/clientgroups.h"
#include "ui/clients/clientrow.h"

#include <QAbstractTableModel>
#include <QSet>

#include <memory>
#include <unordered_map>
#include <vector>

namespace pushdeck {

/// The clients, sorted, filtered and grouped, fed by snapshots. A snapshot is merged by id: rows
/// come and go in a few ranges, changes are one `dataChanged`, reordering one `layoutChanged`;
/// never a reset. Clients that left stay for `kGoneStayMs`, so that the operator sees who it was
/// and why; one that comes back in that time takes its old row again.
///
/// Groups are rows of the same flat table, each above its members: a table of equally high rows
/// stays fast where a tree does not. A client with three topics stands in three groups.
class ClientModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        NameColumn,
        TransportColumn,
        TopicsColumn,
        AddressColumn,
        AgentColumn,
        SinceColumn,
        InColumn,
        OutColumn,
        BytesInColumn,
        BytesOutColumn,
        BacklogColumn,
        RttColumn,
        ColumnCount
    };

    static constexpr std::int64_t kGoneStayMs = 120'000;

    explicit ClientModel(QObject *parent = nullptr);
    ~ClientModel() override;

    /// `clients` by rising id, as in a Snapshot; `nowMs` is UTC.
    void update(const std::vector<ClientInfo> &clients, std::int64_t nowMs);

    /// How a client was closed; kept until the snapshot that lacks it arrives.
    void noteClosed(std::uint64_t id, int code, const QString &words);

    /// See ClientFilter.
    void setFilterText(const QString &text);
    [[nodiscard]] bool isFiltered() const { return !m_filter.isEmpty(); }

    void setGrouping(ClientGrouping grouping);
    /// The names of the groups in the language of now.
    void sayGroups();
    [[nodiscard]] ClientGrouping grouping() const { return m_grouping; }

    /// The operator's names and tags. Also written through setData() of the name.
    [[nodiscard]] ClientBook &book() { return m_book; }

    [[nodiscard]] int connectedCount() const { return m_connected; }
    [[nodiscard]] int totalCount() const { return static_cast<int>(m_rows.size()); }
    /// Clients that the filter lets through, each once, folded away or not.
    [[nodiscard]] int matchingCount() const { return m_matching; }
    [[nodiscard]] std::int64_t nowMs() const { return m_nowMs; }

    /// A header: then it has a group() and no client; every other row has a client.
    [[nodiscard]] bool isGroup(int row) const;
    [[nodiscard]] const ClientGroup &group(int row) const;
    [[nodiscard]] const ClientRow &row(int row) const;
    /// The header above a row, or the row itself; -1 where nothing is grouped.
    [[nodiscard]] int groupRow(int row) const;

    void setFolded(int row, bool folded);
    void setAllFolded(bool folded);
    /// Unfolds what a client is hidden in.
    void reveal(std::uint64_t id);
    /// What is folded, in every grouping, for settings; at most `kFoldedKept`.
    static constexpr qsizetype kFoldedKept = 500;
    [[nodiscard]] QStringList folded() const;
    void restoreFolded(const QStringList &keys);

    [[nodiscard]] const ClientRow *find(std::uint64_t id) const;
    /// 0 for a header.
    [[nodiscard]] std::uint64_t idAt(int row) const;
    /// The first row of a client, -1 where it has none.
    [[nodiscard]] int rowOf(std::uint64_t id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    struct Entry;
    struct Group;

    /// One row: a client in a group, or a group's header. Never moves while it lives.
    struct Line
    {
        Entry *entry = nullptr; ///< null: a header
        Group *group = nullptr; ///< null: not grouped
        bool wanted = false;
        bool shown = false; ///< among the visible rows
    };
    struct Entry
    {
        ClientRow row;
        std::uint64_t seen = 0; ///< the update in which a snapshot had it
        bool stale = true;      ///< what it is filtered and grouped by may have changed
        bool accepted = false;
        std::size_t placed = 0; ///< lines in use; those behind are on their way out
        std::vector<std::unique_ptr<Line>> lines;
    };
    struct Group
    {
        ClientGroup info;
        QString order;
        int rank = 0;
        std::uint32_t uses = 0; ///< lines that point here, shown or not
        Line header;
    };

    [[nodiscard]] bool less(const Line *a, const Line *b) const;
    void merge(const std::vector<ClientInfo> &clients);
    void take(Entry &entry, const ClientInfo &info);
    Entry &arrive(const ClientInfo &info);
    void leave(Entry &entry);
    void noteBook(Entry &entry);
    void bookChanged();

    void restructure();
    [[nodiscard]] std::vector<Line *> assign();
    void place(Entry &entry);
    Group *groupFor(const QString &key);
    void rankGroups();
    void removeUnwanted();
    void forgetExpired();
    void append(std::vector<Line *> added);
    void resort();
    template <typename Order>
    void relayout(Order order);
    [[nodiscard]] bool isExpired(const ClientRow &row) const;
    [[nodiscard]] QString foldKey(const QString &key) const;

    ClientBook m_book;
    std::unordered_map<std::uint64_t, Entry> m_rows;              // its entries never move
    std::unordered_map<QString, std::unique_ptr<Group>> m_groups; // by foldKey()
    std::vector<Line *> m_visible;
    std::vector<Entry *> m_toTrim;
    QHash<QString, std::uint64_t> m_away; // who is gone, by identity
    std::unordered_map<std::uint64_t, std::pair<int, QString>> m_closed;
    QSet<QString> m_folded;
    ClientFilter m_filter;
    ClientGrouping m_grouping = ClientGrouping::None;
    std::uint64_t m_updates = 0;
    std::int64_t m_nowMs = 0;
    int m_connected = 0;
    int m_matching = 0;
    bool m_groupsChanged = false;
    int m_sortColumn = SinceColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace pushdeck
