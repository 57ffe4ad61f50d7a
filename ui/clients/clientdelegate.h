// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QStyledItemDelegate>

namespace pushdeck {

struct ClientRow;
struct Tones;

/// Paints the client table, in either of its two forms: cards of two lines, where each column also
/// shows a second value below its own, or a table with one line a client and every value in a
/// column of its own.
class ClientDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int kCardHeight = 42;
    static constexpr int kLineHeight = 24;

    explicit ClientDelegate(QObject *parent = nullptr);

    void setCards(bool cards) { m_cards = cards; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    void paintName(QPainter *painter, const QStyleOptionViewItem &option, const ClientRow &row,
                   const QString &second, const Tones &tones) const;
    void paintLines(QPainter *painter, const QRect &rect, const QString &first,
                    const QString &second, const QFont &font, Qt::Alignment alignment,
                    const QColor &colour, const QColor &secondColour) const;

    QFont m_fixed;
    QFont m_small;
    QFont m_smallFixed;
    bool m_cards = true;
};

} // namespace pushdeck
