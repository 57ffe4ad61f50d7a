// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/fonts.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

QFont firstOf(const QStringList &families, const QFont &otherwise)
{
    for (const QString &family : families) {
        if (QFontDatabase::hasFamily(family)) {
            QFont font(otherwise);
            font.setFamilies({family, otherwise.family()});
            return font;
        }
    }
    return otherwise;
}

} // namespace

QFont textFont()
{
    // The desktop's font before this program changed it.
    static const QFont desktop = QApplication::font();
    return firstOf({u"Inter"_s}, desktop);
}

QFont fixedFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font = firstOf({u"JetBrains Mono"_s, u"Cascadia Mono"_s, u"SF Mono"_s, u"DejaVu Sans Mono"_s},
                   font);
    font.setStyleHint(QFont::Monospace);
    const QFont text = textFont();
    if (text.pointSizeF() > 0)
        font.setPointSizeF(text.pointSizeF());
    else
        font.setPixelSize(text.pixelSize());
    return scaled(font, 0.95);
}

QFont scaled(const QFont &font, double factor)
{
    QFont out(font);
    if (font.pointSizeF() > 0)
        out.setPointSizeF(font.pointSizeF() * factor);
    else
        out.setPixelSize(qRound(font.pixelSize() * factor));
    return out;
}

QFont strong(const QFont &font)
{
    QFont out(font);
    out.setWeight(QFont::DemiBold);
    return out;
}

} // namespace pushdeck
