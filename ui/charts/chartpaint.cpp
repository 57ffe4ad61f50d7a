// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartview.h"
#include "ui/charts/curve.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace pushdeck {

using namespace Qt::StringLiterals;

// How a chart looks; what it shows and where is in chartview.cpp.

namespace {

constexpr int kMargin = 8;
constexpr int kSwatch = 16;
constexpr int kEntryGap = 10;
constexpr int kLabelSpace = 6;
constexpr double kLineWidth = 1.5;
constexpr double kStepHeight = 22; ///< pixels between two lines of the axis, at least
constexpr double kDot = 2.5;
constexpr int kLabelGap = 18; ///< between two times

QPen penOf(const ChartSeries &series, const Tones &tones)
{
    QPen pen(tones.*series.colour, kLineWidth, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (series.stroke == Stroke::Dashed)
        pen.setDashPattern({3, 2});
    else if (series.stroke == Stroke::Dotted)
        pen.setDashPattern({1.3, 1.7});
    return pen;
}

/// Digits that a value is given room for, so that its neighbours stand still.
int digitsOf(Unit unit)
{
    switch (unit) {
        case Unit::Count:
            return 4;
        case Unit::PerSecond:
            return 5;
        case Unit::Bytes:
        case Unit::BytesPerSecond:
            return 6;
        case Unit::Seconds:
            break;
    }
    return 6;
}

QColor faded(QColor colour, float alpha)
{
    colour.setAlphaF(alpha);
    return colour;
}

} // namespace

void ChartView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tones &tones = tonesFor(palette());
    const int steps = std::clamp(static_cast<int>(plotRect().height() / kStepHeight), 1, 5);
    const ValueAxis axis = axisFor(largest(), m_spec.unit, steps);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tones.lineSoft);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), tones.lineSoft);
    paintHead(painter, tones);
    paintGaps(painter, tones);
    paintGrid(painter, tones, axis);
    paintCurves(painter, tones, axis);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_crosshair && *m_crosshair >= firstSlot() && *m_crosshair <= m_edge)
        paintCrosshair(painter, tones, axis);
}

void ChartView::paintHead(QPainter &painter, const Tones &tones) const
{
    const QRect line(kMargin, kMargin - 2, width() - 2 * kMargin, m_head);
    const QFont digits = strong(m_digits);
    const QFontMetrics digitMetrics(digits);
    const QFontMetrics words(m_small);
    const int room = digitMetrics.horizontalAdvance(u'0') * digitsOf(m_spec.unit);
    int right = line.right() + 1;
    for (auto series = m_spec.series.rbegin(); series != m_spec.series.rend(); ++series) {
        const QString value = shortValue(chosen(series->metric).mean, m_spec.unit);
        const int width = std::max(room, digitMetrics.horizontalAdvance(value));
        painter.setFont(digits);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(right - width, line.top(), width, line.height()),
                         Qt::AlignRight | Qt::AlignVCenter, value);
        right -= width;
        if (series->label.isEmpty())
            continue;
        const int label = words.horizontalAdvance(series->label);
        right -= label + kLabelSpace;
        painter.setFont(m_small);
        painter.setPen(tones.muted);
        painter.drawText(QRect(right, line.top(), label, line.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, series->label);
        right -= kSwatch + 4;
        QPen pen = penOf(*series, tones);
        pen.setWidthF(2);
        painter.setPen(pen);
        const double middle = line.center().y() + 1;
        painter.drawLine(QPointF(right, middle), QPointF(right + kSwatch, middle));
        right -= kEntryGap;
    }
    const QFont title = strong(font());
    painter.setFont(title);
    painter.setPen(palette().color(QPalette::WindowText));
    const QRect left(line.left(), line.top(), std::max(right - line.left(), 0), line.height());
    painter.drawText(left, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(title).elidedText(m_spec.title, Qt::ElideRight, left.width()));
}

void ChartView::paintGrid(QPainter &painter, const Tones &tones, const ValueAxis &axis) const
{
    const QRectF plot = plotRect();
    const QFontMetrics metrics(m_digits);
    painter.setFont(m_digits);
    for (double value = 0; value <= axis.top * 1.001; value += axis.step) {
        const double y = std::round(plot.bottom() - value / axis.top * plot.height());
        painter.fillRect(QRectF(plot.left(), y, plot.width(), 1),
                         value == 0 ? tones.line : tones.lineSoft);
        painter.setPen(tones.muted);
        painter.drawText(QRectF(0, y - metrics.height() / 2.0, plot.left() - 5, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, shortValue(value, m_spec.unit));
    }
    const std::int64_t slotMs = ChartHistory::slotMs(m_range);
    const std::int64_t from = firstSlot() * slotMs;
    const std::int64_t until = m_edge * slotMs;
    const double label = metrics.horizontalAdvance(timeLabel(until, isMinute()));
    const double tag = metrics.horizontalAdvance(timeLabel(until, true));
    const double msPerPixel = static_cast<double>(until - from) / plot.width();
    const auto least = static_cast<std::int64_t>((label + kLabelGap) * msPerPixel);
    for (const std::int64_t tick : timeTicks(from, until + 1, least)) {
        const double x = plot.left() + static_cast<double>(tick - from) / msPerPixel;
        painter.fillRect(QRectF(std::round(x), plot.bottom(), 1, 4), tones.line);
        // The crosshair's own time stands there.
        if (m_crosshair && std::abs(xOf(*m_crosshair) - x) < 1.3 * tag)
            continue;
        // A little beyond the plot is still within the chart.
        if (x - label / 2 < plot.left() - label / 3 || x + label / 2 > width() - 2)
            continue;
        painter.setPen(tones.muted);
        painter.drawText(QRectF(x - label, plot.bottom() + 3, 2 * label, metrics.height()),
                         Qt::AlignHCenter | Qt::AlignTop, timeLabel(tick, isMinute()));
    }
}

void ChartView::paintGaps(QPainter &painter, const Tones &tones) const
{
    const QRectF plot = plotRect();
    const double half = (xOf(1) - xOf(0)) / 2;
    painter.setFont(m_small);
    std::int64_t begin = firstSlot();
    for (std::int64_t slot = firstSlot(); slot <= m_edge + 1; ++slot) {
        if (slot <= m_edge && !m_history.has(m_range, slot))
            continue;
        if (slot > begin) {
            const double from = std::max(xOf(begin) - half, plot.left());
            const double until = std::min(xOf(slot - 1) + half, plot.right());
            const QRectF gap(from, plot.top(), until - from, plot.height());
            painter.fillRect(gap, faded(tones.line, 0.35F));
            const QString words = tr("no data");
            if (painter.fontMetrics().horizontalAdvance(words) + 12 < gap.width()) {
                painter.setPen(tones.faint);
                painter.drawText(gap, Qt::AlignCenter, words);
            }
        }
        begin = slot + 1;
    }
}

// Lines and areas, drawn into an image of the plot's pixels.
void ChartView::paintCurves(QPainter &painter, const Tones &tones, const ValueAxis &axis)
{
    const QRectF plot = plotRect();
    const double ratio = devicePixelRatioF();
    const QSize size = (plot.size() * ratio).toSize();
    if (m_plot.size() != size)
        m_plot = QImage(size, QImage::Format_ARGB32_Premultiplied);
    m_plot.fill(Qt::transparent);
    CurvePainter curves(m_plot);
    const auto curve = [&](const auto &valueAt) {
        Curve made;
        made.reserve(static_cast<std::size_t>(ChartHistory::slotCount(m_range)));
        for (std::int64_t slot = firstSlot(); slot <= m_edge; ++slot)
            made.push_back((1 - valueAt(slot) / axis.top) * size.height());
        return made;
    };

    // The largest second of each slot, above the mean: a peak is not averaged away.
    const auto paintMost = [&](Metric metric, const QColor &colour) {
        const Curve mean = curve([&](std::int64_t slot) { return at(slot, metric).mean; });
        curves.fill(curve([&](std::int64_t slot) { return at(slot, metric).most; }), &mean,
                    faded(colour, 0.3F));
    };
    if (!isMinute() && m_spec.total)
        paintMost(*m_spec.total, tones.muted);
    for (const ChartSeries &series : m_spec.series) {
        if (!isMinute() && !m_spec.total)
            paintMost(series.metric, tones.*series.colour);
    }

    Curve below;
    for (std::size_t i = 0; i < m_spec.series.size(); ++i) {
        const ChartSeries &series = m_spec.series[i];
        const QColor colour = tones.*series.colour;
        Curve line = curve([&](std::int64_t slot) { return heightOf(slot, i); });
        if (isStacked())
            curves.fill(line, i == 0 ? nullptr : &below, faded(colour, 0.28F));
        else if (i == 0)
            curves.fill(line, nullptr, faded(colour, 0.12F));
        curves.stroke(line, kLineWidth * ratio, series.stroke, colour);
        below = std::move(line);
    }
    painter.drawImage(QRectF(plot.topLeft(), QSizeF(size) / ratio), m_plot);
}

void ChartView::paintCrosshair(QPainter &painter, const Tones &tones, const ValueAxis &axis) const
{
    const QRectF plot = plotRect();
    const double x = xOf(*m_crosshair);
    painter.fillRect(QRectF(std::round(x), plot.top(), 1, plot.height() + 4), tones.muted);
    for (std::size_t i = 0; i < m_spec.series.size(); ++i) {
        const double height = heightOf(*m_crosshair, i);
        if (std::isnan(height))
            continue;
        painter.setPen(QPen(palette().color(QPalette::Base), 1));
        painter.setBrush(tones.*m_spec.series[i].colour);
        painter.drawEllipse(
            QPointF(std::round(x) + 0.5, plot.bottom() - height / axis.top * plot.height()), kDot,
            kDot);
    }
    // When that was, in the place of the times.
    const QFontMetrics metrics(m_digits);
    const QString time = timeLabel(*m_crosshair * ChartHistory::slotMs(m_range), true);
    const double width = metrics.horizontalAdvance(time) + 8;
    const QRectF tag(std::clamp(x - width / 2, 1.0, this->width() - width - 2), plot.bottom() + 3,
                     width, metrics.height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(tones.muted);
    painter.drawRoundedRect(tag, 3, 3);
    painter.setFont(m_digits);
    painter.setPen(palette().color(QPalette::Base));
    painter.drawText(tag, Qt::AlignCenter, time);
    paintReading(painter, tones, x);
}

void ChartView::paintReading(QPainter &painter, const Tones &tones, double x) const
{
    const QStringList lines = readingLines();
    const QFontMetrics metrics(m_digits);
    int widest = 0;
    for (const QString &line : lines)
        widest = std::max(widest, metrics.horizontalAdvance(line));
    const QRectF plot = plotRect();
    const double width = widest + 12;
    const double height = static_cast<double>(lines.size()) * metrics.height() + 6;
    // On the side with more room, so that it hides neither the crosshair nor what is near it.
    const bool onRight = x < plot.center().x();
    const double left =
        onRight ? std::min(x + 8, this->width() - width - 2) : std::max(x - 8 - width, 2.0);
    const double top = std::max(plot.top(), 2.0);
    const QRectF box(std::round(left) + 0.5,
                     std::round(std::max(2.0, std::min(top, this->height() - height - 2))) + 0.5,
                     width, height);
    painter.setPen(tones.line);
    painter.setBrush(faded(tones.raised, 0.94F));
    painter.drawRoundedRect(box, 4, 4);
    painter.setFont(m_digits);
    painter.setPen(palette().color(QPalette::WindowText));
    double y = box.top() + 3;
    for (const QString &line : lines) {
        painter.drawText(QRectF(box.left() + 6, y, widest + 2, metrics.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, line);
        y += metrics.height();
    }
}

} // namespace pushdeck
