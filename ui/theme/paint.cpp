// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/paint.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal kRadius = 5;

// Saves the painter and turns antialiasing on; restores it at the end of the scope.
class Brush final
{
public:
    explicit Brush(QPainter *painter) : m_painter(painter)
    {
        m_painter->save();
        m_painter->setRenderHint(QPainter::Antialiasing);
    }
    ~Brush() { m_painter->restore(); }
    Brush(const Brush &) = delete;
    Brush &operator=(const Brush &) = delete;

private:
    QPainter *m_painter;
};

bool has(const QStyleOption &option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

// So that a pen of one pixel lies on pixels.
QRectF inner(const QRect &rect)
{
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

} // namespace

void paintButton(QPainter *painter, const QStyleOption &option, bool primary)
{
    const Brush scope(painter);
    const Tones &tones = tonesFor(option.palette);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool down = has(option, QStyle::State_Sunken) || has(option, QStyle::State_On);
    const bool hover = has(option, QStyle::State_MouseOver);
    QColor fill = tones.raised;
    QColor border = tones.line;
    if (primary && enabled) {
        fill = down    ? mixed(tones.accentFill, Qt::black, 0.25)
               : hover ? mixed(tones.accentFill, Qt::black, 0.12)
                       : tones.accentFill;
        border = fill;
    } else if (!enabled) {
        fill = option.palette.color(QPalette::Window);
    } else if (down) {
        fill = mixed(tones.hover, tones.line, 0.6);
    } else if (hover) {
        fill = tones.hover;
    }
    painter->setPen(border);
    painter->setBrush(fill);
    painter->drawRoundedRect(inner(option.rect), kRadius, kRadius);
    if (has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange))
        paintFocusRing(painter, QRectF(option.rect), tones);
}

void paintToolButton(QPainter *painter, const QStyleOption &option)
{
    const Brush scope(painter);
    const Tones &tones = tonesFor(option.palette);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool down = has(option, QStyle::State_Sunken);
    const bool on = has(option, QStyle::State_On);
    const bool hover = has(option, QStyle::State_MouseOver) && enabled;
    if (!has(option, QStyle::State_AutoRaise)) {
        painter->setPen(tones.line);
        painter->setBrush(down ? mixed(tones.hover, tones.line, 0.6)
                               : (hover ? tones.hover : tones.raised));
        painter->drawRoundedRect(inner(option.rect), kRadius, kRadius);
    } else if (on || down || hover) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(
            on ? mixed(option.palette.color(QPalette::Window), tones.accent, hover ? 0.26 : 0.18)
               : (down ? mixed(tones.hover, tones.line, 0.6) : tones.hover));
        painter->drawRoundedRect(QRectF(option.rect), kRadius, kRadius);
    }
    if (has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange))
        paintFocusRing(painter, QRectF(option.rect), tones);
}

int toolButtonLabelWidth(const QStyleOptionToolButton &option)
{
    const int icon = option.icon.isNull() ? 0 : option.iconSize.width() + 6;
    return icon + option.fontMetrics.horizontalAdvance(option.text);
}

void paintToolButtonLabel(QPainter *painter, const QStyleOptionToolButton &option)
{
    const Brush scope(painter);
    const bool enabled = has(option, QStyle::State_Enabled);
    QRect rect = option.rect;
    rect.setLeft(rect.center().x() + 1 - toolButtonLabelWidth(option) / 2);
    if (!option.icon.isNull()) {
        const QRect box(rect.left(), rect.center().y() + 1 - option.iconSize.height() / 2,
                        option.iconSize.width(), option.iconSize.height());
        option.icon.paint(painter, box, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled,
                          has(option, QStyle::State_On) ? QIcon::On : QIcon::Off);
        rect.setLeft(box.right() + 7);
    }
    painter->setPen(option.palette.color(enabled ? QPalette::Active : QPalette::Disabled,
                                         QPalette::ButtonText));
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, option.text);
}

void paintField(QPainter *painter, const QStyleOption &option, const QColor &fill)
{
    const Brush scope(painter);
    const Tones &tones = tonesFor(option.palette);
    const bool focus = has(option, QStyle::State_HasFocus);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool hover = has(option, QStyle::State_MouseOver) && enabled;
    painter->setPen(
        QPen(focus ? tones.accent : (hover ? mixed(tones.line, tones.muted, 0.4) : tones.line),
             focus ? 1.5 : 1));
    painter->setBrush(enabled ? fill : option.palette.color(QPalette::Window));
    const QRectF rect =
        focus ? QRectF(option.rect).adjusted(0.75, 0.75, -0.75, -0.75) : inner(option.rect);
    painter->drawRoundedRect(rect, kRadius, kRadius);
}

void paintFocusRing(QPainter *painter, const QRectF &rect, const Tones &tones)
{
    const Brush scope(painter);
    painter->setPen(QPen(tones.accent, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(rect.adjusted(1, 1, -1, -1), kRadius, kRadius);
}

void paintCheckBox(QPainter *painter, const QStyleOption &option)
{
    const Brush scope(painter);
    const Tones &tones = tonesFor(option.palette);
    const bool on = has(option, QStyle::State_On);
    const bool enabled = has(option, QStyle::State_Enabled);
    const QColor accent = enabled ? tones.accentFill : tones.disabled;
    painter->setPen(on ? accent : mixed(tones.line, tones.muted, 0.5));
    painter->setBrush(on ? accent : option.palette.color(QPalette::Base));
    const QRectF box = inner(option.rect).adjusted(1, 1, -1, -1);
    painter->drawRoundedRect(box, 3, 3);
    if (on) {
        painter->setPen(QPen(tones.accentText, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF tick[] = {{box.left() + box.width() * 0.24, box.top() + box.height() * 0.52},
                                {box.left() + box.width() * 0.43, box.top() + box.height() * 0.72},
                                {box.left() + box.width() * 0.78, box.top() + box.height() * 0.30}};
        painter->drawPolyline(tick, 3);
    }
}

void paintRadioButton(QPainter *painter, const QStyleOption &option)
{
    const Brush scope(painter);
    const Tones &tones = tonesFor(option.palette);
    const bool on = has(option, QStyle::State_On);
    const bool enabled = has(option, QStyle::State_Enabled);
    const QColor accent = enabled ? tones.accentFill : tones.disabled;
    const QRectF circle = inner(option.rect).adjusted(1, 1, -1, -1);
    painter->setPen(on ? accent : mixed(tones.line, tones.muted, 0.5));
    painter->setBrush(on ? accent : option.palette.color(QPalette::Base));
    painter->drawEllipse(circle);
    if (on) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(tones.accentText);
        painter->drawEllipse(circle.center(), 2.6, 2.6);
    }
}

void paintTab(QPainter *painter, const QStyleOptionTab &option)
{
    const Tones &tones = tonesFor(option.palette);
    if (has(option, QStyle::State_Selected)) {
        painter->fillRect(
            QRect(option.rect.left() + 6, option.rect.bottom() - 1, option.rect.width() - 12, 2),
            tones.accent);
    } else if (has(option, QStyle::State_MouseOver)) {
        painter->fillRect(
            QRect(option.rect.left() + 6, option.rect.bottom() - 1, option.rect.width() - 12, 2),
            tones.line);
    }
}

void paintChevron(QPainter *painter, const QRect &rect, Qt::ArrowType direction,
                  const QColor &colour)
{
    const Brush scope(painter);
    painter->translate(QRectF(rect).center());
    switch (direction) {
        case Qt::UpArrow:
            painter->rotate(180);
            break;
        case Qt::LeftArrow:
            painter->rotate(90);
            break;
        case Qt::RightArrow:
            painter->rotate(-90);
            break;
        default:
            break;
    }
    painter->setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF points[] = {{-3, -1.5}, {0, 1.5}, {3, -1.5}};
    painter->drawPolyline(points, 3);
}

void paintScrollBar(QPainter *painter, const QStyleOptionSlider &option, const QRect &handle)
{
    const Brush scope(painter);
    const Tones &tones = tonesFor(option.palette);
    painter->fillRect(option.rect, option.palette.brush(QPalette::Base));
    if (option.minimum >= option.maximum)
        return;
    const bool active = has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken);
    painter->setPen(Qt::NoPen);
    painter->setBrush(mixed(tones.line, tones.muted, active ? 0.7 : 0.25));
    const qreal margin = active ? 2 : 3;
    const QRectF bar = QRectF(handle).adjusted(margin, margin, -margin, -margin);
    const qreal radius = std::min(bar.width(), bar.height()) / 2;
    painter->drawRoundedRect(bar, radius, radius);
}

QRect scrollBarPart(const QStyleOptionSlider &option, QStyle::SubControl part, int minimumHandle)
{
    const bool upright = option.orientation == Qt::Vertical;
    const QRect rect = option.rect;
    const int length = upright ? rect.height() : rect.width();
    const qint64 range = qint64(option.maximum) - option.minimum;
    int handle = length;
    if (range > 0) {
        handle = static_cast<int>(qint64(option.pageStep) * length / (range + option.pageStep));
        handle = std::min(std::max(handle, minimumHandle), length);
    }
    const int start = QStyle::sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - handle, option.upsideDown);
    const auto span = [&](int from, int size) {
        return upright ? QRect(rect.left(), rect.top() + from, rect.width(), size)
                       : QRect(rect.left() + from, rect.top(), size, rect.height());
    };
    switch (part) {
        case QStyle::SC_ScrollBarSlider:
            return span(start, handle);
        case QStyle::SC_ScrollBarGroove:
            return rect;
        case QStyle::SC_ScrollBarSubPage:
            return span(0, start);
        case QStyle::SC_ScrollBarAddPage:
            return span(start + handle, length - start - handle);
        default:
            return {};
    }
}

int paintBadge(QPainter *painter, const QRect &rect, const QString &word, const QColor &colour,
               bool faded)
{
    const Brush scope(painter);
    painter->setFont(strong(scaled(painter->font(), 0.8)));
    const QFontMetricsF metrics(painter->font());
    const qreal width = std::ceil(metrics.horizontalAdvance(word)) + 10;
    const qreal height = 17;
    const QRectF box(rect.left() + 0.5, rect.center().y() + 1 - height / 2, width, height);
    painter->setOpacity(faded ? 0.5 : 1);
    QColor fill = colour;
    fill.setAlphaF(0.14F);
    painter->setPen(Qt::NoPen);
    painter->setBrush(fill);
    painter->drawRoundedRect(box, 4, 4);
    painter->setPen(colour);
    painter->drawText(box, Qt::AlignCenter, word);
    return static_cast<int>(width) + 1;
}

QString transportWord(Transport transport)
{
    switch (transport) {
        case Transport::WebSocket:
            return u"WS"_s;
        case Transport::Sse:
            return u"SSE"_s;
        case Transport::LongPoll:
            return u"LP"_s;
        case Transport::None:
            break;
    }
    return u"HTTP"_s;
}

QColor transportColour(Transport transport, const Tones &tones)
{
    switch (transport) {
        case Transport::WebSocket:
            return tones.webSocket;
        case Transport::Sse:
            return tones.sse;
        case Transport::LongPoll:
            return tones.longPoll;
        case Transport::None:
            break;
    }
    return tones.muted;
}

void paintStateShape(QPainter *painter, const QRectF &rect, StateShape shape, const QColor &colour)
{
    const Brush scope(painter);
    const qreal radius = std::min(rect.width(), rect.height()) / 2;
    const QPointF centre = rect.center();
    painter->setPen(QPen(colour, 1.5));
    painter->setBrush(Qt::NoBrush);
    switch (shape) {
        case StateShape::Filled:
            painter->setPen(Qt::NoPen);
            painter->setBrush(colour);
            painter->drawEllipse(centre, radius, radius);
            return;
        case StateShape::Half: {
            const QRectF circle(centre.x() - radius + 0.75, centre.y() - radius + 0.75,
                                2 * radius - 1.5, 2 * radius - 1.5);
            painter->drawEllipse(circle);
            painter->setBrush(colour);
            painter->setPen(Qt::NoPen);
            painter->drawPie(circle, 90 * 16, 180 * 16);
            return;
        }
        case StateShape::Ring:
            painter->drawEllipse(centre, radius - 0.75, radius - 0.75);
            return;
        case StateShape::Warning: {
            painter->setPen(QPen(colour, 1.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter->setBrush(colour);
            const qreal half = radius;
            const QPointF triangle[] = {{centre.x(), centre.y() - half},
                                        {centre.x() + half, centre.y() + half * 0.8},
                                        {centre.x() - half, centre.y() + half * 0.8}};
            painter->drawPolygon(triangle, 3);
            return;
        }
    }
}

} // namespace pushdeck
