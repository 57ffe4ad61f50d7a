// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QStyledItemDelegate>

namespace pushdeck {

class LogSearch;

/// Paints a cell of the traffic log: marks and badges instead of words where a shape is quicker.
class TrafficDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int kRowHeight = 24;

    explicit TrafficDelegate(QObject *parent = nullptr);

    /// Whose matches are marked; must outlive this.
    void setSearch(const LogSearch *search) { m_search = search; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    void paintText(QPainter *painter, const QRect &rect, const QFont &font, const QColor &colour,
                   const QString &text, Qt::Alignment alignment, qreal charWidth,
                   Qt::TextElideMode elide = Qt::ElideRight) const;
    void paintHits(QPainter *painter, const QRect &rect, const QString &text) const;

    const LogSearch *m_search = nullptr;
    mutable bool m_marking = false; ///< the row being painted is a match
    mutable bool m_markingCurrent = false;
    QFont m_fixed;
    qreal m_fixedWidth;
};

} // namespace pushdeck
