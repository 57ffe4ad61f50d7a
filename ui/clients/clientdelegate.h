// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QStyledItemDelegate>

namespace pushdeck {

struct ClientGroup;
struct ClientRow;
struct Tones;

/// Paints the client table, in either of its two forms: cards of two lines, where each column also
/// shows a second value below its own, or a table with one line a client and every value in a
/// column of its own. Headers of groups have their members' numbers added up. Names are edited in
/// place.
class ClientDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int kCardHeight = 42;
    static constexpr int kBesideName = 34; ///< of the name's column: the state before it, the edge
    static constexpr int kLineHeight = 24;

    explicit ClientDelegate(QObject *parent = nullptr);

    /// Of a card's second line.
    [[nodiscard]] static QFont lowerFont();

    void setCards(bool cards) { m_cards = cards; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

private:
    void paintName(QPainter *painter, const QStyleOptionViewItem &option, const ClientRow &row,
                   const Tones &tones) const;
    void paintGroup(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                    const ClientGroup &group, const Tones &tones) const;
    void paintGroupTitle(QPainter *painter, const QRect &rect, const QStyleOptionViewItem &option,
                         const ClientGroup &group, const Tones &tones) const;
    void paintLines(QPainter *painter, const QRect &rect, const QString &first,
                    const QString &second, const QFont &font, Qt::Alignment alignment,
                    const QColor &colour, const QColor &secondColour) const;

    QFont m_fixed;
    QFont m_small;
    QFont m_smallFixed;
    bool m_cards = true;
};

} // namespace pushdeck
