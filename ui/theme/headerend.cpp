// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/headerend.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QStyleOptionHeader>
#include <QTableView>

namespace pushdeck {

HeaderEnd::HeaderEnd(QTableView &table) : QWidget(&table)
{
    const QHeaderView *header = table.horizontalHeader();
    setFixedHeight(header->sizeHint().height());
    table.horizontalHeader()->installEventFilter(this);
    table.addScrollBarWidget(this, Qt::AlignTop);
}

void HeaderEnd::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QStyleOptionHeader option;
    option.initFrom(this);
    option.orientation = Qt::Horizontal;
    style()->drawControl(QStyle::CE_HeaderEmptyArea, &option, &painter, this);
}

// Its height follows the font, which follows the language.
bool HeaderEnd::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        setFixedHeight(static_cast<QWidget *>(watched)->height());
    return QWidget::eventFilter(watched, event);
}

} // namespace pushdeck
