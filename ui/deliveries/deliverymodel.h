// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/deliveryreport.h"

#include <QAbstractTableModel>

#include <functional>
#include <vector>

namespace pushdeck {

/// The clients of one delivery report, sorted. A report of the same clients in the same order
/// changes rows in place, so that what is chosen stays.
class DeliveryModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { StateColumn, ClientColumn, ViaColumn, WhyColumn, WaitingColumn, WhenColumn };
    static constexpr int kColumns = 6;

    /// What the window calls a client; empty where it does not know it (any more).
    using Label = std::function<QString(std::uint64_t clientId)>;

    using QAbstractTableModel::QAbstractTableModel;

    void setLabel(Label label) { m_label = std::move(label); }
    void setReport(DeliveryReportPtr report);
    void clear() { setReport(nullptr); }
    [[nodiscard]] const DeliveryReportPtr &report() const { return m_report; }

    [[nodiscard]] const ClientDelivery &client(int row) const { return m_rows[at(row)].client; }
    [[nodiscard]] QString label(int row) const { return m_rows[at(row)].label; }
    /// -1 where it is not listed.
    [[nodiscard]] int rowOf(std::uint64_t clientId) const;
    /// A row as text, its cells apart by tabs.
    [[nodiscard]] QString rowText(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    struct Row
    {
        ClientDelivery client;
        QString label;
    };

    static std::size_t at(int row) { return static_cast<std::size_t>(row); }
    [[nodiscard]] QString text(const Row &row, int column) const;
    [[nodiscard]] static QString toolTip(const Row &row);
    void sortRows(std::vector<Row> &rows) const;

    Label m_label;
    DeliveryReportPtr m_report;
    std::vector<Row> m_rows;
    int m_sortColumn = StateColumn;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace pushdeck
