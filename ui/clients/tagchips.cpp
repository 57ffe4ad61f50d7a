// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/tagchips.h"

#include "ui/text/visible.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QPainter>

#include <cmath>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHeight = 15;
constexpr int kPadding = 6;
constexpr int kBetween = 4;
constexpr int kLeastText = 22;

} // namespace

int paintTagChips(QPainter *painter, const QRect &rect, const QStringList &tags, const Tones &tones,
                  bool faded)
{
    if (tags.isEmpty())
        return 0;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(scaled(textFont(), 0.82));
    const QFontMetricsF metrics(painter->font());
    const auto widthOf = [&metrics](const QString &text) {
        return static_cast<int>(std::ceil(metrics.horizontalAdvance(text))) + 2 * kPadding;
    };
    const QColor colour = faded ? tones.faint : tones.accent;
    const auto chip = [&](int x, const QString &text) {
        const int width = widthOf(text);
        const QRectF box(rect.left() + x + 0.5, rect.center().y() + 0.5 - kHeight / 2.0, width - 1,
                         kHeight);
        QColor fill = colour;
        fill.setAlphaF(0.10F);
        QColor border = colour;
        border.setAlphaF(0.55F);
        painter->setPen(border);
        painter->setBrush(fill);
        painter->drawRoundedRect(box, kHeight / 2.0, kHeight / 2.0);
        painter->setPen(faded ? tones.faint : tones.muted);
        painter->drawText(box, Qt::AlignCenter | Qt::TextSingleLine, text);
        return x + width + kBetween;
    };
    int x = 0;
    for (qsizetype i = 0; i < tags.size(); ++i) {
        const QString text = visibleText(tags[i], 32);
        const QString rest = u"+%1"_s.arg(tags.size() - i);
        const bool isLast = i + 1 == tags.size();
        const int needed = widthOf(text) + (isLast ? 0 : kBetween + widthOf(u"+9"_s));
        if (x + needed > rect.width() && i == 0) {
            // The first is at least begun, so that there is something to know it by.
            const int room = rect.width() - (needed - widthOf(text)) - 2 * kPadding;
            if (room >= kLeastText)
                x = chip(0, metrics.elidedText(text, Qt::ElideRight, room));
            if (isLast && x > 0)
                break;
            const QString more = x > 0 ? u"+%1"_s.arg(tags.size() - 1) : rest;
            if (x + widthOf(more) <= rect.width())
                x = chip(x, more);
            break;
        }
        if (x + needed > rect.width()) {
            if (x + widthOf(rest) <= rect.width())
                x = chip(x, rest);
            break;
        }
        x = chip(x, text);
    }
    painter->restore();
    return x;
}

} // namespace pushdeck
