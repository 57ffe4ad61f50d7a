// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/clients/clientrow.h"

#include <QAbstractTableModel>

#include <optional>
#include <unordered_map>
#include <vector>

namespace pushdeck {

/// The clients, sorted and filtered, fed by snapshots. A snapshot is merged by id: rows come and go
/// in a few ranges, changes are one `dataChanged`, reordering one `layoutChanged`; never a reset.
/// Clients that left stay for `kGoneStayMs`, so that the operator sees who it was and why.
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

    /// `clients` by rising id, as in a Snapshot; `nowMs` is UTC.
    void update(const std::vector<ClientInfo> &clients, std::int64_t nowMs);

    /// How a client was closed; kept until the snapshot that lacks it arrives.
    void noteClosed(std::uint64_t id, int code, const QString &words);

    void setFilterText(const QString &text);
    [[nodiscard]] bool isFiltered() const { return !m_words.isEmpty(); }

    [[nodiscard]] int connectedCount() const { return m_connected; }
    [[nodiscard]] int totalCount() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] std::int64_t nowMs() const { return m_nowMs; }

    [[nodiscard]] const ClientRow &row(int row) const;
    [[nodiscard]] const ClientRow *find(std::uint64_t id) const;
    [[nodiscard]] std::uint64_t idAt(int row) const { return row < 0 ? 0 : this->row(row).info.id; }
    [[nodiscard]] int rowOf(std::uint64_t id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    struct Entry
    {
        ClientRow row;
        std::uint64_t seen = 0; // the update in which a snapshot had it
        bool shown = false;     // among the visible rows
    };

    [[nodiscard]] bool less(const Entry *a, const Entry *b) const;
    [[nodiscard]] bool accepts(const ClientRow &row) const { return matchesText(row, m_words); }
    void merge(const std::vector<ClientInfo> &clients, std::vector<Entry *> &added);
    void removeHidden();
    void append(const std::vector<Entry *> &entries);
    void resort();
    template <typename Order>
    void relayout(Order order);
    [[nodiscard]] QString text(const ClientRow &row, int column) const;
    [[nodiscard]] QString toolTip(const ClientRow &row) const;

    std::unordered_map<std::uint64_t, Entry> m_rows; // its entries never move
    std::vector<Entry *> m_visible;
    std::unordered_map<std::uint64_t, std::pair<int, QString>> m_closed;
    QStringList m_words;
    std::uint64_t m_updates = 0;
    std::int64_t m_nowMs = 0;
    int m_connected = 0;
    int m_sortColumn = SinceColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace pushdeck
