// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/trafficdelegate.h"

#include "ui/find/findbar.h"
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/tones.h"
#include "ui/traffic/logsearch.h"
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/traffictext.h"

#include <QGuiApplication>
#include <QPainter>

namespace pushdeck {

namespace {

/// Every client is told so when the server stops: nothing is wrong with any.
constexpr int kServerStopped = 1012;

constexpr int kPadding = 6;
constexpr int kMatchBar = 3;
constexpr std::size_t kMostHits = 50; // in one cell

QColor markColour(const TrafficEvent &event, const Tones &tones)
{
    switch (event.kind) {
        case TrafficKind::Message:
            return event.direction == Direction::Out ? tones.out : tones.in;
        case TrafficKind::Connected:
            return tones.ok;
        case TrafficKind::Gap:
            return tones.warn;
        case TrafficKind::Refused:
            return tones.error;
        case TrafficKind::Disconnected:
            return event.code > 1001 && event.code != kServerStopped ? tones.error : tones.muted;
        case TrafficKind::Notice:
            break;
    }
    return tones.muted;
}

/// A ribbon at the row's left edge.
void paintBookmark(QPainter *painter, const QRect &row, const QColor &colour)
{
    const QPointF at = row.topLeft() + QPointF(2, (row.height() - 10) / 2.0);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    painter->drawPolygon(QPolygonF{at, at + QPointF(7, 0), at + QPointF(7, 10),
                                   at + QPointF(3.5, 7), at + QPointF(0, 10)});
    painter->setRenderHint(QPainter::Antialiasing, false);
}

} // namespace

TrafficDelegate::TrafficDelegate(QObject *parent)
    : QStyledItemDelegate(parent),
      m_fixed(fixedFont()),
      m_fixedWidth(QFontMetricsF(m_fixed).horizontalAdvance(u'0'))
{
}

void TrafficDelegate::paintText(QPainter *painter, const QRect &rect, const QFont &font,
                                const QColor &colour, const QString &text, Qt::Alignment alignment,
                                qreal charWidth, Qt::TextElideMode elide) const
{
    if (text.isEmpty() || rect.width() <= 0)
        return;
    painter->setFont(font);
    // Eliding measures the whole text: hand it no more than could fit even in narrow letters.
    const auto fits = static_cast<qsizetype>(2 + 2 * rect.width() / std::max(1.0, charWidth));
    QString bounded = text;
    if (text.size() > fits)
        bounded = elide == Qt::ElideLeft ? u'…' + text.last(fits) : text.first(fits) + u'…';
    const QString shown = painter->fontMetrics().elidedText(bounded, elide, rect.width());
    if (m_marking && alignment == Qt::AlignLeft)
        paintHits(painter, rect, shown);
    painter->setPen(colour);
    painter->drawText(rect, static_cast<int>(alignment) | Qt::AlignVCenter | Qt::TextSingleLine,
                      shown);
}

void TrafficDelegate::paintHits(QPainter *painter, const QRect &rect, const QString &text) const
{
    const QFontMetricsF metrics(painter->font());
    const QColor ground = findGround(QGuiApplication::palette(), m_markingCurrent);
    for (const FindHit &hit : m_search->query().hitsIn(text, kMostHits)) {
        const qreal left = metrics.horizontalAdvance(text.first(hit.start));
        const qreal right = metrics.horizontalAdvance(text.first(hit.start + hit.length));
        painter->fillRect(
            QRectF(rect.left() + left, rect.top() + 3, right - left, rect.height() - 6), ground);
    }
}

void TrafficDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const auto *model = qobject_cast<const TrafficModel *>(index.model());
    if (!model)
        return;
    const TrafficEvent &event = model->event(index.row());
    const Tones &tones = tonesFor(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setClipRect(option.rect);
    if (selected)
        painter->fillRect(option.rect, option.palette.brush(QPalette::Highlight));

    m_marking = m_search && !m_search->query().isEmpty() && m_search->isMatch(event.number);
    m_markingCurrent = selected;
    // A match may lie beyond what the cells show: the bar says that the row is one.
    if (m_marking && index.column() == TrafficModel::TimeColumn)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(kMatchBar, option.rect.height())),
                          tones.warn);

    const QColor text = option.palette.color(QPalette::Text);
    const QColor muted = selected ? mixed(tones.muted, text, 0.4) : tones.muted;
    const bool message = event.kind == TrafficKind::Message;
    const QRect rect = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    const QRect tight = option.rect.adjusted(2, 0, -2, 0);
    switch (index.column()) {
        case TrafficModel::TimeColumn:
            if (model->isMarked(index.row()))
                paintBookmark(painter, option.rect, tones.accent);
            m_marking = false; // the time is not searched
            paintText(painter, rect.adjusted(kFirstColumnIndent, 0, 0, 0), m_fixed, muted,
                      model->timeCell(index.row()), Qt::AlignLeft, m_fixedWidth);
            break;
        case TrafficModel::DirectionColumn:
            paintText(painter, tight, strong(option.font), markColour(event, tones),
                      directionMark(event), Qt::AlignHCenter, 1);
            break;
        case TrafficModel::TransportColumn:
            if (const QString via = viaText(event); !via.isEmpty())
                paintBadge(painter, option.rect.adjusted(4, 0, 0, 0), via,
                           transportColour(event.transport, tones), false);
            break;
        case TrafficModel::ClientColumn:
            // Addresses of one network differ at their ends.
            paintText(painter, rect, event.clientId ? m_fixed : option.font,
                      event.clientId ? text : muted, rowClient(event), Qt::AlignLeft, m_fixedWidth,
                      Qt::ElideLeft);
            break;
        case TrafficModel::FanOutColumn:
            paintText(painter, rect, m_fixed, event.fanOut ? text : tones.faint, fanOutText(event),
                      Qt::AlignRight, m_fixedWidth);
            break;
        case TrafficModel::TopicColumn:
            paintText(painter, rect, option.font, event.topic.isEmpty() ? tones.faint : text,
                      topicText(event), Qt::AlignLeft, m_fixedWidth / 2);
            break;
        case TrafficModel::EventColumn:
            paintText(painter, rect, option.font, muted, eventText(event), Qt::AlignLeft,
                      m_fixedWidth / 2);
            break;
        case TrafficModel::SizeColumn:
            paintText(painter, rect, m_fixed, muted, sizeText(event), Qt::AlignRight, m_fixedWidth);
            break;
        case TrafficModel::ContentColumn:
            if (message)
                paintText(painter, rect, m_fixed, event.binary ? muted : text, contentText(event),
                          Qt::AlignLeft, m_fixedWidth);
            else
                paintText(painter, rect, option.font, markColour(event, tones), rowWords(event),
                          Qt::AlignLeft, m_fixedWidth / 2);
            break;
        default:
            break;
    }
    m_marking = false;
    painter->restore();
}

} // namespace pushdeck
