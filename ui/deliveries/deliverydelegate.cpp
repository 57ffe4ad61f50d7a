// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/deliveries/deliverydelegate.h"

#include "ui/deliveries/deliverymodel.h"
#include "ui/deliveries/deliverytext.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/theme/tones.h"

#include <QPainter>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPadding = 6;
constexpr int kIcon = 14;
constexpr int kBehindIcon = 6;
constexpr int kBehindName = 7;

} // namespace

DeliveryDelegate::DeliveryDelegate(QObject *parent)
    : QStyledItemDelegate(parent), m_fixed(fixedFont())
{
}

void DeliveryDelegate::paintText(QPainter *painter, const QRect &rect, const QFont &font,
                                 const QColor &colour, const QString &text,
                                 Qt::Alignment alignment) const
{
    painter->setFont(font);
    painter->setPen(colour);
    painter->drawText(rect, static_cast<int>(alignment) | Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
}

void DeliveryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const auto *model = qobject_cast<const DeliveryModel *>(index.model());
    if (!model)
        return;
    const ClientDelivery &client = model->client(index.row());
    const Tones &tones = tonesFor(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QColor text = option.palette.color(QPalette::Text);
    const QColor muted = selected ? mixed(tones.muted, text, 0.4) : tones.muted;
    painter->save();
    painter->setClipRect(option.rect);
    if (selected)
        painter->fillRect(option.rect, option.palette.brush(QPalette::Highlight));
    QRect rect = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    const QString words = index.data(Qt::DisplayRole).toString();
    switch (index.column()) {
        case DeliveryModel::StateColumn: {
            rect.adjust(kFirstColumnIndent, 0, 0, 0);
            const QColor colour = stateColour(client.state, tones);
            const QRect icon(rect.left(), rect.center().y() - kIcon / 2 + 1, kIcon, kIcon);
            tintedIcon(stateIcon(client.state), colour).paint(painter, icon);
            paintText(painter, rect.adjusted(kIcon + kBehindIcon, 0, 0, 0), option.font, colour,
                      words, Qt::AlignLeft);
            break;
        }
        case DeliveryModel::ClientColumn: {
            const QString id = u"#%1"_s.arg(client.clientId);
            paintText(painter, rect, option.font, client.gone ? tones.faint : text, words,
                      Qt::AlignLeft);
            const int used = QFontMetrics(option.font).horizontalAdvance(words) + kBehindName;
            if (words != id && used + QFontMetrics(m_fixed).horizontalAdvance(id) <= rect.width())
                paintText(painter, rect.adjusted(used, 0, 0, 0), m_fixed, tones.faint, id,
                          Qt::AlignLeft);
            break;
        }
        case DeliveryModel::ViaColumn:
            paintBadge(painter, option.rect.adjusted(4, 0, 0, 0), words,
                       transportColour(client.transport, tones), client.gone);
            break;
        case DeliveryModel::WhyColumn:
            paintText(painter, rect, option.font, muted, words, Qt::AlignLeft);
            break;
        case DeliveryModel::WaitingColumn:
            paintText(painter, rect, m_fixed, text, words, Qt::AlignRight);
            break;
        default:
            paintText(painter, rect, m_fixed, muted, words, Qt::AlignRight);
            break;
    }
    painter->restore();
}

} // namespace pushdeck
