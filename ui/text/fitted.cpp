// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/fitted.h"

#include <QFontMetrics>

namespace pushdeck {

QString fittedWords(const QString &words, const QFontMetrics &metrics, int width)
{
    QStringView kept = words;
    while (metrics.horizontalAdvance(kept.toString()) > width) {
        const qsizetype end = kept.lastIndexOf(u" · ");
        if (end <= 0)
            return metrics.elidedText(kept.toString(), Qt::ElideRight, width);
        kept = kept.first(end);
    }
    return kept.toString();
}

} // namespace pushdeck
