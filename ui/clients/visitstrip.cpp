// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/visitstrip.h"

#include "ui/text/format.h"
#include "ui/text/visible.h"
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/tones.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr double kLeastBar = 10;
constexpr double kLeastGap = 5;
// So that its length can be written into it, where there are few.
constexpr double kWrittenGap = 34;
constexpr double kMostForGaps = 0.45; // of the width
constexpr int kBarTop = 2;
constexpr int kBarHeight = 22;
constexpr double kMark = 9; // the triangle of what was missed

double weight(std::int64_t ms)
{
    return std::log1p(static_cast<double>(std::max<std::int64_t>(ms, 0)) / 1000);
}

} // namespace

std::vector<StripBar> stripBars(const std::vector<Stay> &stays, double width)
{
    std::vector<StripBar> bars(stays.size());
    double least = 0;
    double weights = 0;
    const auto gaps = std::count_if(stays.begin(), stays.end(),
                                    [](const Stay &stay) { return stay.awayMs.has_value(); });
    const double leastGap =
        static_cast<double>(gaps) * kWrittenGap <= width * kMostForGaps ? kWrittenGap : kLeastGap;
    for (const Stay &stay : stays) {
        least += kLeastBar + (stay.awayMs ? leastGap : 0);
        weights += weight(stay.untilMs - stay.fromMs) + weight(stay.awayMs.value_or(0)) / 2;
    }
    // Without room for that everything shrinks alike.
    const double squeeze = least > width && least > 0 ? width / least : 1;
    const double room = std::max(width - least, 0.0);
    const double perWeight = weights > 0 ? room / weights : 0;
    double x = 0;
    for (std::size_t i = 0; i < stays.size(); ++i) {
        const Stay &stay = stays[i];
        if (stay.awayMs)
            x += leastGap * squeeze + perWeight * weight(*stay.awayMs) / 2;
        bars[i] = {x, kLeastBar * squeeze + perWeight * weight(stay.untilMs - stay.fromMs)};
        x += bars[i].width;
    }
    return bars;
}

VisitStrip::VisitStrip(QWidget *parent) : QWidget(parent)
{
    setObjectName(u"visitStrip"_s);
    setAccessibleName(tr("Timeline of the client's stays"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void VisitStrip::setStays(std::vector<Stay> stays)
{
    m_stays = std::move(stays);
    if (m_current >= static_cast<int>(m_stays.size()))
        setCurrent(-1);
    update();
}

void VisitStrip::setCurrent(int stay)
{
    if (stay == m_current)
        return;
    m_current = stay;
    if (stay >= 0) {
        const Stay &chosen = m_stays.at(static_cast<std::size_t>(stay));
        setAccessibleDescription(
            u"%1 %2, %3. %4"_s.arg(transportWord(chosen.transport), formatClock(chosen.fromMs),
                                   awayWords(chosen.untilMs - chosen.fromMs), stayWords(chosen)));
    }
    update();
    emit currentChanged(stay);
}

int VisitStrip::stayAt(const QPointF &position) const
{
    const std::vector<StripBar> bars = stripBars(m_stays, width());
    for (std::size_t i = 0; i < bars.size(); ++i) {
        if (position.x() >= bars[i].left && position.x() < bars[i].left + bars[i].width)
            return static_cast<int>(i);
    }
    return -1;
}

bool VisitStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int at = stayAt(help->pos());
        if (at < 0) {
            QToolTip::hideText();
        } else {
            const Stay &stay = m_stays[static_cast<std::size_t>(at)];
            const QString words = stayWords(stay);
            QToolTip::showText(
                help->globalPos(),
                plainToolTip(u"%1 · %2 · %3"_s.arg(transportWord(stay.transport),
                                                   formatClock(stay.fromMs),
                                                   awayWords(stay.untilMs - stay.fromMs)) +
                             (words.isEmpty() ? QString() : u'\n' + words)),
                this);
        }
        return true;
    }
    return QWidget::event(event);
}

void VisitStrip::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_stays.size()) - 1;
    switch (event->key()) {
        case Qt::Key_Left:
            setCurrent(m_current < 0 ? last : std::max(m_current - 1, 0));
            break;
        case Qt::Key_Right:
            setCurrent(std::min(m_current + 1, last));
            break;
        case Qt::Key_Home:
            setCurrent(std::min(0, last));
            break;
        case Qt::Key_End:
            setCurrent(last);
            break;
        default:
            QWidget::keyPressEvent(event);
    }
}

void VisitStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        setCurrent(stayAt(event->position()));
}

void VisitStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tones &tones = tonesFor(palette());
    const std::vector<StripBar> bars = stripBars(m_stays, width());
    const QFont small = scaled(fixedFont(), 0.85);
    const int middle = kBarTop + kBarHeight / 2;
    double labelEnd = -1; // where the times below end: the next begins behind it
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const Stay &stay = m_stays[i];
        const QRectF bar(bars[i].left + 0.5, kBarTop + 0.5, std::max(bars[i].width - 1, 1.0),
                         kBarHeight - 1);
        if (i > 0) {
            painter.setPen(QPen(tones.faint, 1, Qt::DotLine));
            const double from = bars[i - 1].left + bars[i - 1].width;
            const QString away = awayWords(stay.awayMs.value_or(0));
            const bool isWritten =
                QFontMetrics(small).horizontalAdvance(away) + 2 <= bars[i].left - from;
            const int y = isWritten ? middle + 5 : middle;
            painter.drawLine(QPointF(from + 2, y), QPointF(bars[i].left - 2, y));
            if (isWritten) {
                painter.setFont(small);
                painter.setPen(tones.muted);
                painter.drawText(QRectF(from, kBarTop, bars[i].left - from, middle + 4 - kBarTop),
                                 Qt::AlignHCenter | Qt::AlignBottom, away);
            }
        }
        const QColor colour = transportColour(stay.transport, tones);
        const bool isCurrent = static_cast<int>(i) == m_current;
        QColor fill = colour;
        fill.setAlphaF(isCurrent ? 0.42F : 0.2F);
        painter.setPen(QPen(colour, isCurrent ? 2 : 1));
        painter.setBrush(fill);
        painter.drawRoundedRect(bar, 3, 3);
        const bool missed = stay.missed > 0 || stay.missedMore;
        if (missed)
            paintStateShape(&painter, QRectF(bar.left() + 1.5, kBarTop + 1.5, 8, 8),
                            StateShape::Warning, tones.warn);
        painter.setFont(strong(scaled(font(), 0.8)));
        const QString via = transportWord(stay.transport);
        const QRectF label = missed ? bar.adjusted(kMark, 0, 0, 0) : bar;
        if (painter.fontMetrics().horizontalAdvance(via) + 4 <= label.width()) {
            painter.setPen(colour);
            painter.drawText(label, Qt::AlignCenter, via);
        }
        painter.setFont(small);
        painter.setPen(tones.muted);
        const QString span = awayWords(stay.untilMs - stay.fromMs);
        const QFontMetricsF metrics(small);
        const double spanWidth = metrics.horizontalAdvance(span);
        const double centre = std::min(std::max(bar.center().x(), spanWidth / 2),
                                       std::max(width() - spanWidth / 2, spanWidth / 2));
        if (centre - spanWidth / 2 > labelEnd) {
            painter.drawText(QRectF(centre - spanWidth / 2, kBarTop + kBarHeight + 2, spanWidth + 2,
                                    metrics.height()),
                             Qt::AlignLeft | Qt::AlignTop, span);
            labelEnd = centre + spanWidth / 2 + 6;
        }
    }
    if (hasFocus())
        paintFocusRing(&painter, QRectF(rect()).adjusted(1, 1, -1, -1), tones);
}

} // namespace pushdeck
