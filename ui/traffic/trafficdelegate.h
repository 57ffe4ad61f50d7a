// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QStyledItemDelegate>

namespace pushdeck {

struct TrafficEvent;

/// Paints a cell of the traffic log: marks and badges instead of words where a shape is quicker.
class TrafficDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int kRowHeight = 24;

    explicit TrafficDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    void paintText(QPainter *painter, const QRect &rect, const QFont &font, const QColor &colour,
                   const QString &text, Qt::Alignment alignment, qreal charWidth) const;

    QFont m_fixed;
    qreal m_fixedWidth;
};

} // namespace pushdeck
