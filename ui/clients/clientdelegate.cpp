// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientdelegate.h"

#include "ui/clients/clientmodel.h"
#include "ui/text/format.h"
#include "ui/text/visible.h"
#include "ui/theme/fonts.h"
#include "ui/theme/paint.h"
#include "ui/theme/tones.h"

#include <QPainter>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPadding = 6;
constexpr int kShape = 9;
constexpr int kShapeColumn = 26;

StateShape shapeOf(ClientState state)
{
    switch (state) {
        case ClientState::Idle:
            return StateShape::Half;
        case ClientState::Gone:
            return StateShape::Ring;
        case ClientState::Slow:
            return StateShape::Warning;
        default:
            return StateShape::Filled;
    }
}

QColor colourOf(ClientState state, const Tones &tones)
{
    switch (state) {
        case ClientState::Slow:
            return tones.warn;
        case ClientState::Gone:
            return tones.faint;
        case ClientState::Idle:
            return tones.longPoll;
        default:
            return tones.ok;
    }
}

// The value that a card shows below a column's own.
QString secondLine(const ClientModel &model, const ClientRow &row, int column)
{
    const ClientInfo &info = row.info;
    switch (column) {
        case ClientModel::TopicsColumn: {
            const ClientState state = stateOf(row);
            if (state == ClientState::Gone || state == ClientState::Slow ||
                state == ClientState::Idle)
                return stateWords(row, model.nowMs());
            const QString since = formatSpan(model.nowMs() - info.connectedAtMs);
            return state == ClientState::Waiting ? since + u" · "_s + stateWords(row, model.nowMs())
                                                 : ClientModel::tr("for %1").arg(since);
        }
        case ClientModel::InColumn:
            return formatBytes(info.bytesIn);
        case ClientModel::OutColumn:
            return formatBytes(info.bytesOut);
        case ClientModel::RttColumn:
            return info.backlogBytes ? ClientModel::tr("q %1").arg(formatBytes(info.backlogBytes))
                                     : ClientModel::tr("q 0");
        default:
            return {};
    }
}

QString addressLine(const ClientRow &row)
{
    const QString address = visibleText(row.info.address, 64);
    // Where the client has a name of its own the first line does not say what it is.
    return row.info.name.isEmpty() || row.agent.isEmpty() ? address
                                                          : address + u" · "_s + row.agent;
}

} // namespace

ClientDelegate::ClientDelegate(QObject *parent)
    : QStyledItemDelegate(parent),
      m_fixed(fixedFont()),
      m_small(scaled(textFont(), 0.9)),
      m_smallFixed(scaled(fixedFont(), 0.9))
{
}

void ClientDelegate::paintLines(QPainter *painter, const QRect &rect, const QString &first,
                                const QString &second, const QFont &font, Qt::Alignment alignment,
                                const QColor &colour, const QColor &secondColour) const
{
    const int flags = static_cast<int>(alignment) | Qt::AlignVCenter | Qt::TextSingleLine;
    const bool fixed = font.family() == m_fixed.family();
    QRect line = rect;
    if (m_cards)
        line = QRect(rect.left(), rect.top() + 4, rect.width(), rect.height() / 2 - 3);
    painter->setFont(font);
    painter->setPen(colour);
    painter->drawText(line, flags,
                      painter->fontMetrics().elidedText(first, Qt::ElideRight, line.width()));
    if (!m_cards || second.isEmpty())
        return;
    line.translate(0, line.height() - 1);
    painter->setFont(fixed ? m_smallFixed : m_small);
    painter->setPen(secondColour);
    painter->drawText(line, flags,
                      painter->fontMetrics().elidedText(second, Qt::ElideRight, line.width()));
}

void ClientDelegate::paintName(QPainter *painter, const QStyleOptionViewItem &option,
                               const ClientRow &row, const QString &second,
                               const Tones &tones) const
{
    const ClientState state = stateOf(row);
    const int y = m_cards ? option.rect.top() + 13 : option.rect.center().y() + 1;
    paintStateShape(painter, QRectF(option.rect.left() + 11, y - kShape / 2.0, kShape, kShape),
                    shapeOf(state), colourOf(state, tones));
    const QRect rect = option.rect.adjusted(kShapeColumn, 0, -kPadding, 0);
    const QColor text = option.palette.color(QPalette::Text);
    QFont font = option.font;
    if (!row.gone && m_cards)
        font.setWeight(QFont::Medium);
    // The id at the end of the line, where there is room for it.
    const QString id = u"#%1"_s.arg(row.info.id);
    paintLines(painter, rect, row.label == id ? id : row.label, second, font, Qt::AlignLeft,
               row.gone ? tones.faint : text, row.gone ? tones.faint : tones.muted);
    const int used = QFontMetrics(font).horizontalAdvance(row.label);
    const int width = QFontMetrics(m_smallFixed).horizontalAdvance(id);
    if (row.label != id && used + width + 8 <= rect.width()) {
        painter->setFont(m_smallFixed);
        painter->setPen(tones.faint);
        const QRect line =
            m_cards
                ? QRect(rect.left() + used + 7, rect.top() + 4, width + 4, rect.height() / 2 - 3)
                : QRect(rect.left() + used + 7, rect.top(), width + 4, rect.height());
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter, id);
    }
}

void ClientDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const auto *model = qobject_cast<const ClientModel *>(index.model());
    if (!model)
        return;
    const ClientRow &row = model->row(index.row());
    const Tones &tones = tonesFor(option.palette);
    painter->save();
    painter->setClipRect(option.rect);
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, option.palette.brush(QPalette::Highlight));
    if (m_cards) {
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          tones.lineSoft);
    }

    const QRect rect = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    const QColor text = row.gone ? tones.faint : option.palette.color(QPalette::Text);
    const QColor muted = row.gone ? tones.faint : tones.muted;
    const QString own = index.data(Qt::DisplayRole).toString();
    const QString second = secondLine(*model, row, index.column());
    const auto alignment =
        Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignHorizontal_Mask;
    switch (index.column()) {
        case ClientModel::NameColumn:
            paintName(painter, option, row, addressLine(row), tones);
            break;
        case ClientModel::TransportColumn: {
            const QRect badge =
                m_cards ? QRect(rect.left(), rect.top() + 3, rect.width(), 20) : rect;
            paintBadge(painter, badge.adjusted(-2, 0, 0, 0), own,
                       row.gone ? tones.faint : transportColour(row.info.transport, tones),
                       row.gone);
            break;
        }
        case ClientModel::TopicsColumn: {
            const ClientState state = stateOf(row);
            const QColor under = state == ClientState::Slow
                                     ? tones.warn
                                     : (row.gone && row.closeCode > 1001 ? tones.error : muted);
            paintLines(painter, rect, own, second, option.font, alignment, text, under);
            break;
        }
        case ClientModel::AddressColumn:
        case ClientModel::AgentColumn:
            paintLines(painter, rect, own, second, option.font, alignment, muted, muted);
            break;
        case ClientModel::RttColumn:
            paintLines(painter, rect, own, second, m_fixed, alignment,
                       row.info.rttMs ? text : tones.faint,
                       row.info.slow ? tones.warn : (row.info.backlogBytes ? muted : tones.faint));
            break;
        case ClientModel::BacklogColumn:
            paintLines(painter, rect, own, second, m_fixed, alignment,
                       row.info.slow ? tones.warn : (row.info.backlogBytes ? text : tones.faint),
                       muted);
            break;
        case ClientModel::BytesInColumn:
        case ClientModel::BytesOutColumn:
        case ClientModel::SinceColumn:
            paintLines(painter, rect, own, second, m_fixed, alignment, muted, muted);
            break;
        default:
            paintLines(painter, rect, own, second, m_fixed, alignment, text, muted);
            break;
    }
    painter->restore();
}

} // namespace pushdeck
