// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace pushdeck {

/// A page's name in the list at the side, with a sign where something in the page is wrong.
class PageNameDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int kProblemRole = Qt::UserRole;

    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace pushdeck
