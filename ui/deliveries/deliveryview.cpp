// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/deliveryview.h"

#include "ui/deliveries/deliverydelegate.h"
#include "ui/deliveries/deliverymodel.h"
#include "ui/theme/emptywords.h"
#include "ui/theme/fonts.h"
#include "ui/theme/headerend.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

namespace pushdeck {

namespace {

// Below this the words that say how make room for the rest.
constexpr int kLeastWhy = 120;
constexpr int kClientShare = 26; // of 100
constexpr int kLeastClient = 120;
constexpr int kMostClient = 260;
constexpr int kCellMargins = 14;
constexpr int kViaWidth = 50;
constexpr int kWaitsChars = 8;
constexpr int kClockChars = 12;

} // namespace

DeliveryView::DeliveryView(QWidget *parent) : QTableView(parent)
{
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(NoFrame);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    setItemDelegate(new DeliveryDelegate(this));
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(DeliveryDelegate::kRowHeight);
    verticalHeader()->setDefaultSectionSize(DeliveryDelegate::kRowHeight);
    verticalHeader()->hide();
    verticalScrollBar()->setSingleStep(DeliveryDelegate::kRowHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(24);
    new HeaderEnd(*this);
    connect(this, &QTableView::clicked, this, [this](const QModelIndex &) { emit clientChosen(); });
}

void DeliveryView::setEmptyWords(const QString &title, const QString &hint)
{
    if (title == m_emptyTitle && hint == m_emptyHint)
        return;
    m_emptyTitle = title;
    m_emptyHint = hint;
    viewport()->update();
}

// All widths follow from the view's: there is nothing that the operator would want wider.
void DeliveryView::fitColumns()
{
    const QFontMetrics text(font());
    const QFontMetrics fixed(fixedFont());
    const int width = viewport()->width();
    const int state = text.horizontalAdvance(tr("Delivered")) + 48;
    const int via = kViaWidth;
    const int waits = fixed.horizontalAdvance(u'0') * kWaitsChars + kCellMargins;
    const int when = fixed.horizontalAdvance(u'0') * kClockChars + 2 * kCellMargins;
    const int client = std::clamp(width * kClientShare / 100, kLeastClient, kMostClient);
    const int why = std::max(width - state - via - waits - when - client, kLeastWhy);
    const int widths[] = {state, client, via, why, waits, when};
    for (int column = 0; column < DeliveryModel::kColumns; ++column)
        setColumnWidth(column, widths[column]);
}

void DeliveryView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void DeliveryView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (model() && model()->rowCount() == 0) {
        QPainter painter(viewport());
        paintEmptyWords(&painter, viewport()->rect(), palette(), font(), m_emptyTitle, m_emptyHint);
    }
}

void DeliveryView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        emit clientChosen();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        emit left();
        return;
    }
    // The table's own copies the current cell alone; here it is the rows, see DeliveriesPage.
    if (event->matches(QKeySequence::Copy)) {
        event->ignore();
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace pushdeck
