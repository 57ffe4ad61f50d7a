// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/numberfields.h"
#include "ui/preferences/pages/pages.h"
#include "ui/preferences/preferencespage.h"

namespace pushdeck {

using namespace Qt::StringLiterals;

PreferencesPage *makeHistoryPage(QWidget *parent)
{
    auto *page = new PreferencesPage(u"historyPage"_s, tr("History and log"), parent);
    page->addHeading(tr("What topics remember"),
                     tr("For clients that come back. Holds at once: what is too much goes."));
    bool inLog = false;
    for (const NumberField &field : numberFields()) {
        if (field.page != NumberField::Page::History)
            continue;
        if (!inLog && QStringView(field.key).startsWith(u"log/")) {
            inLog = true;
            page->addPath(keys::kHistoryFile, tr("History file"), PreferencesPage::PathKind::File,
                          tr("Keeps it over restarts. Holds when Pushdeck is started the next "
                             "time."));
            page->addHeading(tr("The traffic log of the window"), tr("Holds at once."));
        }
        page->addNumber(field);
    }
    page->addEnd();
    return page;
}

} // namespace pushdeck
