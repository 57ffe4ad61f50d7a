// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/pages/pages.h"
#include "ui/preferences/preferencespage.h"

namespace pushdeck {

using namespace Qt::StringLiterals;

PreferencesPage *makeGeneralPage(QWidget *parent)
{
    auto *page = new PreferencesPage(u"generalPage"_s, tr("General"), parent);
    page->addHeading(tr("Window"));
    page->addChoice(keys::kTheme, tr("Theme"),
                    {{tr("As the desktop"), themeName(ThemeChoice::Desktop)},
                     {tr("Light"), themeName(ThemeChoice::Light)},
                     {tr("Dark"), themeName(ThemeChoice::Dark)}},
                    {});
    // A language is named in itself: whoever looks for his own must find it.
    page->addChoice(keys::kLanguage, tr("Language"),
                    {{tr("As the system"), languageName(Language::System)},
                     {u"English"_s, languageName(Language::English)},
                     {u"简体中文"_s, languageName(Language::Chinese)}},
                    {});
    page->addHeading(tr("Closing"));
    page->addCheck(keys::kKeepInTray, tr("In the tray"),
                   tr("Keep running in the tray when the window is closed"),
                   tr("The server goes on. Quit with Ctrl+Q or from the tray's menu."));
    page->addEnd();
    return page;
}

} // namespace pushdeck
