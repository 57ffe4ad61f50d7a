// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/trafficview.h"

#include "ui/theme/emptywords.h"
#include "ui/traffic/trafficdelegate.h"
#include "ui/traffic/trafficmodel.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

namespace pushdeck {

TrafficView::TrafficView(QWidget *parent) : QTableView(parent)
{
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(NoFrame);
    setTabKeyNavigation(false);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setCornerButtonEnabled(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(TrafficDelegate::kRowHeight);
    verticalHeader()->setDefaultSectionSize(TrafficDelegate::kRowHeight);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setMinimumSectionSize(24);
    horizontalHeader()->setSectionsMovable(false);
    verticalScrollBar()->setSingleStep(TrafficDelegate::kRowHeight);
    // Sent for wheel, keys on the bar, clicks and drags, never for setValue(): only the operator.
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        const QScrollBar *bar = verticalScrollBar();
        emit operatorScrolled(bar->sliderPosition() >= bar->maximum());
    });
}

bool TrafficView::isAtEnd() const
{
    return verticalScrollBar()->value() >= verticalScrollBar()->maximum();
}

void TrafficView::goToEnd()
{
    scrollToBottom();
}

void TrafficView::shiftBy(int removedRows, int valueBefore)
{
    executeDelayedItemsLayout();
    verticalScrollBar()->setValue(valueBefore - removedRows * TrafficDelegate::kRowHeight);
}

void TrafficView::setEmptyWords(const QString &title, const QString &hint)
{
    if (title == m_emptyTitle && hint == m_emptyHint)
        return;
    m_emptyTitle = title;
    m_emptyHint = hint;
    viewport()->update();
}

void TrafficView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (model() && model()->rowCount() == 0) {
        QPainter painter(viewport());
        paintEmptyWords(&painter, viewport()->rect(), palette(), font(), m_emptyTitle, m_emptyHint);
    }
}

void TrafficView::keyPressEvent(QKeyEvent *event)
{
    const int before = verticalScrollBar()->value();
    QTableView::keyPressEvent(event);
    if (verticalScrollBar()->value() != before)
        emit operatorScrolled(isAtEnd());
}

} // namespace pushdeck
