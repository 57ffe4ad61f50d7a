// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace pushdeck {

/// Draws the rows of a DeliveryModel: the state with its icon, the transport as a badge.
class DeliveryDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int kRowHeight = 24;

    explicit DeliveryDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    void paintText(QPainter *painter, const QRect &rect, const QFont &font, const QColor &colour,
                   const QString &text, Qt::Alignment alignment) const;

    QFont m_fixed;
};

} // namespace pushdeck
