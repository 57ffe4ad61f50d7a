// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/deliverymodel.h"

#include "ui/deliveries/deliverytext.h"
#include "ui/text/visible.h"
#include "ui/theme/paint.h"

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostLabel = 120;

} // namespace

void DeliveryModel::setReport(DeliveryReportPtr report)
{
    std::vector<Row> rows;
    if (report) {
        rows.reserve(report->clients.size());
        for (const ClientDelivery &client : report->clients) {
            QString label = m_label ? m_label(client.clientId) : QString();
            if (label.isEmpty())
                label =
                    visibleText(client.name.isEmpty() ? client.address : client.name, kMostLabel);
            rows.push_back({client, std::move(label)});
        }
        sortRows(rows);
    }
    const bool same = m_report && report && m_report->messageId == report->messageId &&
                      std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                 [](const Row &a, const Row &b) {
                                     return a.client.clientId == b.client.clientId;
                                 });
    if (same) {
        m_report = std::move(report);
        m_rows = std::move(rows);
        if (!m_rows.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
        return;
    }
    beginResetModel();
    m_report = std::move(report);
    m_rows = std::move(rows);
    endResetModel();
}

int DeliveryModel::rowOf(std::uint64_t clientId) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [clientId](const Row &row) {
        return row.client.clientId == clientId;
    });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

QString DeliveryModel::text(const Row &row, int column) const
{
    switch (column) {
        case StateColumn:
            return stateWord(row.client.state);
        case ClientColumn:
            return row.label;
        case ViaColumn:
            return transportWord(row.client.transport);
        case WhyColumn:
            return whyWords(row.client);
        case WaitingColumn:
            return waitingText(row.client);
        case WhenColumn:
            return whenText(row.client, m_report->takenMs);
        default:
            return {};
    }
}

QString DeliveryModel::toolTip(const Row &row)
{
    QStringList lines;
    lines << u"%1  ·  #%2  ·  %3"_s.arg(row.label).arg(row.client.clientId).arg(row.client.address);
    lines << stateWord(row.client.state) + u": "_s + whyWords(row.client);
    if (const QString waits = waitingDetail(row.client); !waits.isEmpty())
        lines << waits;
    return plainToolTip(lines.join(u'\n'));
}

QString DeliveryModel::rowText(int row) const
{
    QStringList cells;
    for (int column = 0; column < kColumns; ++column)
        cells << text(m_rows[at(row)], column);
    cells.insert(ClientColumn + 1, u"#%1"_s.arg(client(row).clientId));
    return cells.join(u'\t');
}

int DeliveryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DeliveryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QVariant DeliveryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[at(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return text(row, index.column());
        case Qt::ToolTipRole:
            return toolTip(row);
        case Qt::AccessibleTextRole:
            return index.column() == StateColumn ? rowText(index.row()).replace(u'\t', u", "_s)
                                                 : text(row, index.column());
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter) |
                   int(index.column() >= WaitingColumn ? Qt::AlignRight : Qt::AlignLeft);
        default:
            return {};
    }
}

QVariant DeliveryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter) |
               int(section >= WaitingColumn ? Qt::AlignRight : Qt::AlignLeft);
    if (role == Qt::ToolTipRole && section == WaitingColumn)
        return tr("Bytes that wait for the client, up to this message's last");
    if (role == Qt::ToolTipRole && section == WhenColumn)
        return tr("When it happened; how long it has been waiting");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
        case StateColumn:
            return tr("State");
        case ClientColumn:
            return tr("Client");
        case ViaColumn:
            return tr("Via");
        case WhyColumn:
            return tr("How");
        case WaitingColumn:
            return tr("Waits");
        case WhenColumn:
            return tr("When");
        default:
            return {};
    }
}

void DeliveryModel::sortRows(std::vector<Row> &rows) const
{
    const auto compare = [this](const Row &a, const Row &b) -> int {
        const auto order = [](auto x, auto y) { return x < y ? -1 : (y < x ? 1 : 0); };
        switch (m_sortColumn) {
            case ClientColumn:
                return QString::compare(a.label, b.label, Qt::CaseInsensitive);
            case ViaColumn:
                return order(a.client.transport, b.client.transport);
            case WhyColumn:
                return order(a.client.why, b.client.why);
            case WaitingColumn:
                return order(a.client.programBytes + a.client.kernelBytes.value_or(0),
                             b.client.programBytes + b.client.kernelBytes.value_or(0));
            case WhenColumn:
                return order(a.client.timeMs, b.client.timeMs);
            default:
                return order(urgency(a.client.state), urgency(b.client.state));
        }
    };
    const bool descending = m_sortOrder == Qt::DescendingOrder;
    std::sort(rows.begin(), rows.end(), [&](const Row &a, const Row &b) {
        const int result = compare(a, b);
        if (result != 0)
            return descending ? result > 0 : result < 0;
        return a.client.clientId < b.client.clientId;
    });
}

void DeliveryModel::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<std::uint64_t> ids;
    ids.reserve(static_cast<std::size_t>(before.size()));
    for (const QModelIndex &index : before)
        ids.push_back(client(index.row()).clientId);
    sortRows(m_rows);
    QHash<std::uint64_t, int> rows;
    if (!before.isEmpty()) {
        for (int row = 0; row < rowCount(); ++row)
            rows.insert(client(row).clientId, row);
    }
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after << index(rows.value(ids[static_cast<std::size_t>(i)]), before[i].column());
    changePersistentIndexList(before, after);
    emit layoutChanged({}, VerticalSortHint);
}

} // namespace pushdeck
