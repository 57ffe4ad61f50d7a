// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/fonts.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QLocale>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

/// Characters that Chinese and Japanese share are drawn as the system's other languages have them
/// unless a font is named: without one Debian takes the Japanese shapes, and full stops in the
/// middle. Where the system itself writes those characters its own choice holds.
QStringList chineseFamilies()
{
    static const QStringList found = [] {
        const QLocale system = QLocale::system();
        const bool others = system.language() == QLocale::Japanese ||
                            system.language() == QLocale::Korean ||
                            system.script() == QLocale::TraditionalChineseScript;
        QStringList families;
        if (others)
            return families;
        for (const QString &family :
             {u"Noto Sans CJK SC"_s, u"Source Han Sans SC"_s, u"PingFang SC"_s,
              u"Microsoft YaHei"_s, u"WenQuanYi Micro Hei"_s}) {
            if (families.isEmpty() && QFontDatabase::hasFamily(family))
                families << family;
        }
        return families;
    }();
    return found;
}

QFont firstOf(const QStringList &families, const QFont &otherwise)
{
    QStringList wanted;
    for (const QString &family : families) {
        if (wanted.isEmpty() && QFontDatabase::hasFamily(family))
            wanted << family;
    }
    QFont font(otherwise);
    font.setFamilies(wanted + QStringList{otherwise.family()} + chineseFamilies());
    return font;
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
