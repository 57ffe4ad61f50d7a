// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/pagenamedelegate.h"

#include "ui/theme/icons.h"
#include "ui/theme/paint.h"
#include "ui/theme/tones.h"

#include <QPainter>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHeight = 34;
constexpr int kIndent = 16;
constexpr int kIconSide = 16;
constexpr int kRadius = 5;

} // namespace

QSize PageNameDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {1, kHeight}; // as wide as the list
}

void PageNameDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Tones &tones = tonesFor(option.palette);
    const QRect plate = option.rect.adjusted(6, 2, -6, -2);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(option.palette.brush(QPalette::Highlight));
        painter->drawRoundedRect(plate, kRadius, kRadius);
    }
    const bool bad = index.data(kProblemRole).toBool();
    const QRect words = option.rect.adjusted(kIndent, 0, -kIndent, 0);
    painter->setPen(option.palette.color(QPalette::Text));
    painter->drawText(words.adjusted(0, 0, bad ? -kIconSide - 4 : 0, 0),
                      Qt::AlignVCenter | Qt::TextSingleLine, index.data().toString());
    if (bad)
        tintedIcon(u"error"_s, tones.error)
            .paint(painter, QRect(words.right() - kIconSide, words.center().y() - kIconSide / 2,
                                  kIconSide, kIconSide));
    if (option.state.testFlag(QStyle::State_HasFocus) &&
        option.state.testFlag(QStyle::State_Selected))
        paintFocusRing(painter, QRectF(plate), tones);
    painter->restore();
}

} // namespace pushdeck
