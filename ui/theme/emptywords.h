// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QPalette>
#include <QRect>
#include <QString>

class QPainter;

namespace pushdeck {

/// What an empty view says, in its middle: a title and, below it, what to do. Plain text.
void paintEmptyWords(QPainter *painter, const QRect &rect, const QPalette &palette,
                     const QFont &font, const QString &title, const QString &hint);

} // namespace pushdeck
