// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/trafficview.h"

#include "ui/theme/emptywords.h"
#include "ui/theme/fonts.h"
#include "ui/theme/headerend.h"
#include "ui/traffic/trafficdelegate.h"
#include "ui/traffic/trafficmodel.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

// Below this width of the content other columns make room for it.
constexpr int kLeastContent = 170;

} // namespace

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
    new HeaderEnd(*this);
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

void TrafficView::choose(const QModelIndex &index)
{
    selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void TrafficView::keepCurrentInSight(int heightBefore)
{
    const QModelIndex current = currentIndex();
    const int top = current.isValid() ? rowViewportPosition(current.row()) : -1;
    if (top < 0 || top + TrafficDelegate::kRowHeight > heightBefore)
        return;
    // Queued: the view has not laid itself out for its new size yet.
    QMetaObject::invokeMethod(
        this, [this] { scrollTo(currentIndex()); }, Qt::QueuedConnection);
}

void TrafficView::applyDefaultColumns()
{
    const QFontMetrics fixed(fixedFont());
    const QFontMetrics text(font());
    const auto chars = [&fixed](int count) { return fixed.horizontalAdvance(u'0') * count + 14; };
    setColumnWidth(TrafficModel::TimeColumn, chars(12) + 6);
    setColumnWidth(TrafficModel::DirectionColumn, 24);
    setColumnWidth(TrafficModel::TransportColumn, 48);
    setColumnWidth(TrafficModel::ClientColumn, std::max(text.horizontalAdvance(u"192.168.1.20"_s),
                                                        text.horizontalAdvance(tr("operator"))) +
                                                   14);
    setColumnWidth(TrafficModel::FanOutColumn, chars(5));
    setColumnWidth(TrafficModel::TopicColumn, 108);
    setColumnWidth(TrafficModel::EventColumn, 100);
    setColumnWidth(TrafficModel::SizeColumn, chars(7));
}

void TrafficView::fitColumns()
{
    const QHeaderView *header = horizontalHeader();
    int room = viewport()->width();
    for (int column = 0; column < TrafficModel::ContentColumn; ++column) {
        // A hidden column has no width of its own: show it to learn it.
        if (isColumnHidden(column))
            setColumnHidden(column, false);
        room -= header->sectionSize(column);
    }
    for (const int column : {TrafficModel::EventColumn, TrafficModel::SizeColumn,
                             TrafficModel::FanOutColumn, TrafficModel::ClientColumn}) {
        if (room >= kLeastContent)
            break;
        room += header->sectionSize(column);
        setColumnHidden(column, true);
    }
}

void TrafficView::setEmptyWords(const QString &title, const QString &hint)
{
    if (title == m_emptyTitle && hint == m_emptyHint)
        return;
    m_emptyTitle = title;
    m_emptyHint = hint;
    viewport()->update();
}

void TrafficView::showModel(QAbstractItemModel *model)
{
    const QByteArray columns = horizontalHeader()->saveState();
    QItemSelectionModel *before = selectionModel();
    setModel(model);
    delete before;
    horizontalHeader()->restoreState(columns);
    fitColumns();
    executeDelayedItemsLayout();
}

void TrafficView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (model() && model()->rowCount() == 0) {
        QPainter painter(viewport());
        paintEmptyWords(&painter, viewport()->rect(), palette(), font(), m_emptyTitle, m_emptyHint);
    }
}

// Who got a message is shown in the inspector and not as rows below its own: the table's rows are
// the log's, one of a fixed height for each event, and that a row's number and its place follow
// from each other is what makes 100,000 of them as fast as ten.
void TrafficView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    const bool asks = event->modifiers().testFlag(Qt::ControlModifier) ||
                      index.column() == TrafficModel::FanOutColumn;
    if (!index.isValid() || event->button() != Qt::LeftButton || !asks) {
        QTableView::mouseDoubleClickEvent(event);
        return;
    }
    choose(index); // the first of the two clicks may have taken it out of the selection
    emit deliveriesAsked();
}

void TrafficView::keyPressEvent(QKeyEvent *event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
        currentIndex().isValid()) {
        emit deliveriesAsked();
        return;
    }
    const int before = verticalScrollBar()->value();
    QTableView::keyPressEvent(event);
    if (verticalScrollBar()->value() != before)
        emit operatorScrolled(isAtEnd());
}

} // namespace pushdeck
