// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/deckstyle.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QApplication>
#include <QPalette>
#include <QToolTip>

namespace pushdeck {

using namespace Qt::StringLiterals;

ThemeChoice desktopTheme()
{
    static const bool dark = isDark(QApplication::palette());
    return dark ? ThemeChoice::Dark : ThemeChoice::Light;
}

void applyTheme(ThemeChoice choice)
{
    const ThemeChoice desktop = desktopTheme(); // before the palette is replaced
    const bool dark = (choice == ThemeChoice::Desktop ? desktop : choice) == ThemeChoice::Dark;
    if (!qobject_cast<DeckStyle *>(QApplication::style())) {
        QApplication::setFont(textFont());
        QApplication::setStyle(new DeckStyle);
    }
    const QPalette palette = dark ? darkPalette() : lightPalette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

QString themeName(ThemeChoice choice)
{
    switch (choice) {
        case ThemeChoice::Light:
            return u"light"_s;
        case ThemeChoice::Dark:
            return u"dark"_s;
        case ThemeChoice::Desktop:
            break;
    }
    return u"desktop"_s;
}

ThemeChoice themeFromName(const QString &name)
{
    if (name == u"light")
        return ThemeChoice::Light;
    return name == u"dark" ? ThemeChoice::Dark : ThemeChoice::Desktop;
}

} // namespace pushdeck
