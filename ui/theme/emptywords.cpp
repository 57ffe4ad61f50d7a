// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/emptywords.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QPainter>

namespace pushdeck {

void paintEmptyWords(QPainter *painter, const QRect &rect, const QPalette &palette,
                     const QFont &font, const QString &title, const QString &hint)
{
    const Tones &tones = tonesFor(palette);
    const QFont titleFont = strong(scaled(font, 1.1));
    const int titleHeight = QFontMetrics(titleFont).height();
    const int width = std::min(rect.width() - 32, 420);
    const QRect hintBox = QFontMetrics(font).boundingRect(
        QRect(0, 0, width, 1000), Qt::AlignHCenter | Qt::TextWordWrap, hint);
    const int top = rect.center().y() - (titleHeight + 6 + hintBox.height()) / 2;
    const int left = rect.center().x() - width / 2;
    painter->setFont(titleFont);
    painter->setPen(tones.muted);
    painter->drawText(QRect(left, top, width, titleHeight), Qt::AlignHCenter, title);
    painter->setFont(font);
    painter->setPen(tones.faint);
    painter->drawText(QRect(left, top + titleHeight + 6, width, hintBox.height() + 4),
                      Qt::AlignHCenter | Qt::TextWordWrap, hint);
}

} // namespace pushdeck
