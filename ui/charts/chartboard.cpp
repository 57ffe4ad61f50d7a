// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartboard.h"

#include "ui/charts/chartview.h"
#include "ui/theme/emptywords.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLeastWidth = 280; ///< of a chart beside another: a title and three values have room
constexpr int kMostColumns = 3;
constexpr std::int64_t kPage = 10;

} // namespace

ChartBoard::ChartBoard(const ChartHistory &history, QWidget *parent)
    : QWidget(parent), m_history(history)
{
    setObjectName(u"chartBoard"_s);
    setFocusPolicy(Qt::StrongFocus);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setAccessibleName(tr("Charts; arrow keys read the values of a moment"));
    for (ChartSpec &spec : chartSpecs()) {
        auto *view = new ChartView(std::move(spec), history, this);
        m_views.push_back(view);
        connect(view, &ChartView::pointed, this, &ChartBoard::point);
        connect(view, &ChartView::left, this, [this] {
            m_fromEdge.reset();
            refresh();
        });
        connect(view, &ChartView::clicked, this, [this](std::int64_t slot) {
            setFocus(Qt::MouseFocusReason);
            // A second click on the same moment lets go of it.
            pin(m_pinned == slot ? std::nullopt : std::optional(slot));
        });
    }
    place();
}

std::int64_t ChartBoard::edge() const
{
    return m_history.edge(m_range, m_nowMs);
}

std::optional<std::int64_t> ChartBoard::crosshair() const
{
    return m_fromEdge ? edge() - *m_fromEdge : m_pinned;
}

bool ChartBoard::isBlank() const
{
    const std::int64_t last = edge();
    for (std::int64_t slot = last - ChartHistory::slotCount(m_range) + 1; slot <= last; ++slot) {
        if (m_history.has(m_range, slot))
            return false;
    }
    return true;
}

void ChartBoard::advance(std::int64_t nowMs)
{
    m_nowMs = nowMs;
    if (m_pinned && *m_pinned <= edge() - ChartHistory::slotCount(m_range))
        m_pinned.reset();
    refresh();
}

void ChartBoard::setRange(ChartRange range)
{
    if (m_range == range)
        return;
    // The same moment, as far as it is in sight.
    if (m_pinned) {
        const std::int64_t timeMs = *m_pinned * ChartHistory::slotMs(m_range);
        m_pinned = timeMs / ChartHistory::slotMs(range);
    }
    m_range = range;
    m_fromEdge.reset();
    advance(m_nowMs);
}

void ChartBoard::point(std::int64_t slot)
{
    m_fromEdge = edge() - slot;
    refresh();
}

void ChartBoard::pin(std::optional<std::int64_t> slot)
{
    m_pinned = slot;
    refresh();
}

void ChartBoard::sayAgain()
{
    std::vector<ChartSpec> specs = chartSpecs();
    for (std::size_t i = 0; i < specs.size(); ++i)
        m_views[i]->setSpec(std::move(specs[i]));
    if (isVisible())
        refresh();
}

void ChartBoard::refresh()
{
    const bool blank = isBlank();
    const bool turns = blank != m_views.front()->isHidden();
    const std::int64_t second = m_history.edge(ChartRange::Minute, m_nowMs);
    QStringList spoken;
    for (ChartView *view : m_views) {
        view->setVisible(!blank);
        view->show(m_range, edge(), second, crosshair());
        spoken << u"%1: %2"_s.arg(view->spec().title, view->spokenValues());
    }
    if (turns)
        place();
    setAccessibleDescription(blank ? tr("No data") : timeWords() + u". "_s + spoken.join(u". "_s));
    update();
    emit changed();
}

QString ChartBoard::timeWords() const
{
    const std::int64_t slotMs = ChartHistory::slotMs(m_range);
    const auto chosen = crosshair();
    if (!chosen)
        return m_range == ChartRange::Minute ? tr("last minute") : tr("last hour");
    const std::int64_t from = *chosen * slotMs;
    if (m_range == ChartRange::Minute)
        return timeLabel(from, true);
    return tr("%1 – %2: mean, and most in a second")
        .arg(timeLabel(from, true), timeLabel(from + slotMs, true));
}

void ChartBoard::keyPressEvent(QKeyEvent *event)
{
    const std::int64_t last = edge();
    const std::int64_t first = last - ChartHistory::slotCount(m_range) + 1;
    const auto step = [&](std::int64_t by) {
        // From where it is seen; the first step shows it at the newest.
        const auto from = crosshair();
        m_fromEdge.reset();
        pin(std::clamp(from ? *from + by : last, first, last));
    };
    switch (event->key()) {
        case Qt::Key_Left:
            return step(-1);
        case Qt::Key_Right:
            return step(1);
        case Qt::Key_PageUp:
            return step(-kPage);
        case Qt::Key_PageDown:
            return step(kPage);
        case Qt::Key_Home:
            return pin(first);
        case Qt::Key_End:
            return pin(last);
        case Qt::Key_Escape:
            if (crosshair()) {
                m_fromEdge.reset();
                return pin(std::nullopt);
            }
            break;
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

void ChartBoard::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

// As many beside each other as have room; what is left of a pixel goes to the last.
void ChartBoard::place()
{
    const int count = static_cast<int>(m_views.size());
    const int columns = std::clamp(width() / kLeastWidth, 1, kMostColumns);
    const int rows = (count + columns - 1) / columns;
    const int least = m_views.front()->minimumSizeHint().height();
    // Without charts the words stand in what is seen, and nothing scrolls.
    setMinimumHeight(m_views.front()->isHidden() ? 0 : rows * least);
    for (int i = 0; i < count; ++i) {
        const int column = i % columns;
        const int row = i / columns;
        const int left = width() * column / columns;
        const int top = height() * row / rows;
        m_views[static_cast<std::size_t>(i)]->setGeometry(
            left, top, width() * (column + 1) / columns - left, height() * (row + 1) / rows - top);
    }
}

void ChartBoard::paintEvent(QPaintEvent *)
{
    if (!isBlank())
        return;
    QPainter painter(this);
    const bool hour = m_range == ChartRange::Hour;
    paintEmptyWords(&painter, rect(), palette(), font(),
                    hour ? tr("Nothing in the last hour") : tr("Nothing in the last minute"),
                    tr("Start the server: what it does is drawn from then on. The hour is kept "
                       "while the window is open."));
}

void ChartBoard::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        sayAgain();
}

} // namespace pushdeck
