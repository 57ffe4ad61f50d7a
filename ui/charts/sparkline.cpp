// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/sparkline.h"

#include "ui/text/format.h"
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/tones.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace pushdeck {

using namespace Qt::StringLiterals;

Sparkline::Sparkline(const QString &name, Hue hue, QWidget *parent)
    : QWidget(parent), m_name(name), m_shown(u"0"_s), m_hue(hue)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(name);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
}

void Sparkline::add(double value, const QString &shown)
{
    m_series.add(value);
    m_shown = shown;
    setAccessibleDescription(shown);
    setToolTip(
        tr("Now %1, at most %2 in the last two minutes").arg(shown, formatRate(m_series.peak())) +
        u'\n' + tr("Click for all charts"));
    update();
}

void Sparkline::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        emit activated();
}

void Sparkline::keyPressEvent(QKeyEvent *event)
{
    const bool pressed = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
                         event->key() == Qt::Key_Space;
    if (!pressed)
        return QWidget::keyPressEvent(event);
    emit activated();
}

void Sparkline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tones &tones = tonesFor(palette());
    const QColor colour = m_hue == Hue::In    ? tones.in
                          : m_hue == Hue::Out ? tones.out
                                              : tones.accent;
    if (underMouse())
        painter.fillRect(rect(), tones.hover);
    painter.fillRect(QRect(0, 0, width(), 1), tones.line);
    const QRect inner = rect().adjusted(12, 7, -10, -6);
    painter.setFont(scaled(font(), 0.9));
    painter.setPen(tones.muted);
    const int line = painter.fontMetrics().height();
    const QRect top(inner.left(), inner.top(), inner.width(), line);
    painter.drawText(top, Qt::AlignLeft | Qt::AlignVCenter, m_name);
    painter.setFont(strong(scaled(fixedFont(), 0.95)));
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(top, Qt::AlignRight | Qt::AlignVCenter, m_shown);

    const QRectF area(inner.left(), inner.top() + line + 4, inner.width(),
                      inner.height() - line - 4);
    painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), tones.line);
    if (hasFocus())
        paintFocusRing(&painter, QRectF(rect()), tones);
    const auto &values = m_series.values();
    if (values.size() < 2)
        return;
    const double peak = std::max(m_series.peak(), 1.0);
    const double step = area.width() / static_cast<double>(Series::kLength - 1);
    const double left = area.right() - step * static_cast<double>(values.size() - 1);
    QPolygonF curve;
    for (std::size_t i = 0; i < values.size(); ++i)
        curve << QPointF(left + step * static_cast<double>(i),
                         area.bottom() - values[i] / peak * (area.height() - 1));
    QPolygonF below = curve;
    below << area.bottomRight() << QPointF(left, area.bottom());
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = colour;
    fill.setAlphaF(0.16F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(below);
    painter.setPen(QPen(colour, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(curve);
}

} // namespace pushdeck
