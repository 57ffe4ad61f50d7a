// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartview.h"

#include "ui/theme/fonts.h"

#include <QEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMargin = 8;
constexpr int kGutterDigits = 7;
constexpr double kSmall = 0.85;
// Half a line of the axis' text stands above the topmost line.
constexpr int kAbove = 6;

} // namespace

ChartView::ChartView(ChartSpec spec, const ChartHistory &history, QWidget *parent)
    : QWidget(parent), m_spec(std::move(spec)), m_history(history)
{
    setObjectName(m_spec.name);
    setAccessibleName(m_spec.title);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    measure();
}

void ChartView::measure()
{
    m_small = scaled(font(), kSmall);
    m_digits = scaled(fixedFont(), kSmall);
    m_gutter = QFontMetrics(m_digits).horizontalAdvance(u'0') * kGutterDigits;
    m_head = std::max(QFontMetrics(strong(font())).height(), QFontMetrics(fixedFont()).height());
    m_foot = QFontMetrics(m_digits).height() + 3;
}

void ChartView::setSpec(ChartSpec spec)
{
    m_spec = std::move(spec);
    setAccessibleName(m_spec.title);
    update();
}

void ChartView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        measure();
    QWidget::changeEvent(event);
}

void ChartView::show(ChartRange range, std::int64_t edge, std::int64_t second,
                     std::optional<std::int64_t> crosshair)
{
    m_range = range;
    m_edge = edge;
    m_second = second;
    m_crosshair = crosshair;
    setAccessibleDescription(spokenValues());
    update();
}

std::int64_t ChartView::firstSlot() const
{
    return m_edge - ChartHistory::slotCount(m_range) + 1;
}

QRectF ChartView::plotRect() const
{
    const double left = kMargin + m_gutter;
    const double top = kMargin + m_head + kAbove;
    return {left, top, std::max(width() - left - kMargin, 1.0),
            std::max(height() - top - m_foot - 2, 1.0)};
}

double ChartView::xOf(std::int64_t slot) const
{
    const QRectF plot = plotRect();
    const double steps = ChartHistory::slotCount(m_range) - 1;
    return plot.left() + static_cast<double>(slot - firstSlot()) / steps * plot.width();
}

std::int64_t ChartView::slotAt(double x) const
{
    const QRectF plot = plotRect();
    const int steps = ChartHistory::slotCount(m_range) - 1;
    const double share = std::clamp((x - plot.left()) / plot.width(), 0.0, 1.0);
    return firstSlot() + std::llround(share * steps);
}

ChartPoint ChartView::at(std::int64_t slot, Metric metric) const
{
    return m_history.at(m_range, slot, metric);
}

ChartPoint ChartView::chosen(Metric metric) const
{
    return m_crosshair ? at(*m_crosshair, metric)
                       : m_history.at(ChartRange::Minute, m_second, metric);
}

double ChartView::heightOf(std::int64_t slot, std::size_t series) const
{
    if (!isStacked())
        return at(slot, m_spec.series[series].metric).mean;
    if (std::isnan(at(slot, *m_spec.total).mean))
        return std::numeric_limits<double>::quiet_NaN();
    double height = 0;
    for (std::size_t i = 0; i <= series; ++i) {
        const double one = at(slot, m_spec.series[i].metric).mean;
        height += std::isnan(one) ? 0 : one;
    }
    return height;
}

double ChartView::largest() const
{
    double largest = 0;
    for (std::int64_t slot = firstSlot(); slot <= m_edge; ++slot) {
        // NaN compares false: it leaves the largest as it is.
        if (m_spec.total) {
            largest = std::max(largest, at(slot, *m_spec.total).most);
            continue;
        }
        for (const ChartSeries &series : m_spec.series)
            largest = std::max(largest, at(slot, series.metric).most);
    }
    return largest;
}

QString ChartView::spokenValues() const
{
    QStringList values;
    for (const ChartSeries &series : m_spec.series) {
        const QString value = exactValue(chosen(series.metric).mean, m_spec.unit);
        values << (series.label.isEmpty() ? value : u"%1 %2"_s.arg(series.label, value));
    }
    return values.join(u", "_s);
}

QStringList ChartView::readingLines() const
{
    if (!m_crosshair)
        return {};
    if (!m_history.has(m_range, *m_crosshair))
        return {tr("no data")};
    QStringList lines;
    bool known = false;
    const auto add = [&](const QString &label, Metric metric) {
        const ChartPoint point = at(*m_crosshair, metric);
        known = known || !std::isnan(point.mean);
        QString value = exactValue(point.mean, m_spec.unit);
        // One second has no mean.
        if (!isMinute() && !std::isnan(point.mean))
            value = metric == Metric::WriteP50 || metric == Metric::WriteP99
                        ? tr("%1, worst second %2").arg(value, exactValue(point.most, m_spec.unit))
                        : tr("%1, most %2").arg(value, exactValue(point.most, m_spec.unit));
        lines << (label.isEmpty() ? value : u"%1 %2"_s.arg(label, value));
    };
    // From the top of the stack downwards, as it is drawn.
    for (auto series = m_spec.series.rbegin(); isStacked() && series != m_spec.series.rend();
         ++series)
        add(series->label, series->metric);
    for (const ChartSeries &series : m_spec.series) {
        if (!isStacked())
            add(series.label, series.metric);
    }
    if (m_spec.total)
        add(tr("all"), *m_spec.total);
    return known ? lines : QStringList{m_spec.unknownWords};
}

void ChartView::mouseMoveEvent(QMouseEvent *event)
{
    emit pointed(slotAt(event->position().x()));
}

void ChartView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        emit clicked(slotAt(event->position().x()));
    // Not accepted: the board takes the focus.
    event->ignore();
}

void ChartView::leaveEvent(QEvent *event)
{
    emit left();
    QWidget::leaveEvent(event);
}

} // namespace pushdeck
