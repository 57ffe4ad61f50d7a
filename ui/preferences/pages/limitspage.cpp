// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/numberfields.h"
#include "ui/preferences/pages/pages.h"
#include "ui/preferences/preferencespage.h"

namespace pushdeck {

using namespace Qt::StringLiterals;

PreferencesPage *makeLimitsPage(QWidget *parent)
{
    auto *page = new PreferencesPage(u"limitsPage"_s, tr("Limits"), parent);
    page->addHeading(tr("What clients may cost"),
                     tr("Holds when the server is started the next time."));
    for (const NumberField &field : numberFields()) {
        if (field.page == NumberField::Page::Limits && field.editable)
            page->addNumber(field);
    }
    page->addHeading(tr("Fixed"), tr("For completeness; these do not depend on the use."));
    const Preferences usual;
    for (const NumberField &field : numberFields()) {
        if (field.page == NumberField::Page::Limits && !field.editable)
            page->addShownNumber(field, quantityText(field.quantity, field.get(usual)));
    }
    page->addEnd();
    return page;
}

} // namespace pushdeck
