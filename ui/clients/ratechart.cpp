// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/ratechart.h"

#include "ui/text/format.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QPainter>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

RateChart::RateChart(const QString &name, Hue hue, QWidget *parent)
    : QWidget(parent), m_name(name), m_hue(hue)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(name);
}

void RateChart::setValues(std::vector<float> values, const QString &now, const QString &beside)
{
    m_values = std::move(values);
    m_now = now;
    m_beside = beside;
    const QString words = now + u" · "_s + beside;
    const float peak = m_values.empty() ? 0 : *std::max_element(m_values.begin(), m_values.end());
    const QString tip = tr("Now %1, at most %2/s in the last minute")
                            .arg(words, formatRate(static_cast<double>(peak)));
    if (words != accessibleDescription())
        setAccessibleDescription(words);
    if (tip != toolTip())
        setToolTip(tip);
    update();
}

void RateChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tones &tones = tonesFor(palette());
    const QColor colour = m_hue == Hue::In ? tones.in : tones.out;
    painter.setFont(scaled(font(), 0.9));
    const int line = painter.fontMetrics().height();
    const QRect words(0, 0, width(), line);
    painter.setPen(tones.muted);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, m_name);
    const int nameWidth = painter.fontMetrics().horizontalAdvance(m_name) + 8;
    painter.setFont(scaled(fixedFont(), 0.9));
    const int besideWidth = painter.fontMetrics().horizontalAdvance(m_beside);
    const QFont number = strong(scaled(fixedFont(), 0.95));
    const int nowWidth = QFontMetrics(number).horizontalAdvance(m_now);
    int right = width();
    if (nameWidth + nowWidth + 8 + besideWidth <= width()) {
        painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter, m_beside);
        right -= besideWidth + 8;
    }
    painter.setFont(number);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(0, 0, right, line), Qt::AlignRight | Qt::AlignVCenter, m_now);

    const QRectF area(0, line + 5, width(), height() - line - 6);
    painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), tones.line);
    if (m_values.size() < 2)
        return;
    const float peak = std::max(*std::max_element(m_values.begin(), m_values.end()), 1.0F);
    const double step = area.width() / static_cast<double>(m_values.size() - 1);
    QPolygonF curve;
    for (std::size_t i = 0; i < m_values.size(); ++i)
        curve << QPointF(
            area.left() + step * static_cast<double>(i),
            area.bottom() - static_cast<double>(m_values[i] / peak) * (area.height() - 1));
    QPolygonF below = curve;
    below << area.bottomRight() << area.bottomLeft();
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
