// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/numberfields.h"
#include "ui/preferences/pages/pages.h"
#include "ui/preferences/preferencespage.h"

namespace pushdeck {

using namespace Qt::StringLiterals;

PreferencesPage *makeAccessPage(QWidget *parent)
{
    auto *page = new PreferencesPage(u"accessPage"_s, tr("Access"), parent);
    page->addHeading(tr("Tokens"),
                     tr("Hold at once for whoever asks; clients that are connected stay. Stored "
                        "in a file that only you can read."));
    page->addToken(keys::kSubscribeToken, tr("To subscribe"), tr("None: anyone may subscribe"), {});
    page->addToken(keys::kPublishToken, tr("To publish"), tr("None: anyone may publish"),
                   tr("Opens subscribing as well."));
    page->addToken(keys::kOperatorToken, tr("To operate"), tr("None: from this machine only"),
                   tr("Opens /_/api and /_/metrics to other machines."));
    page->addToken(
        keys::kJwtKey, tr("Signed tokens (JWT)"), tr("None are taken"),
        tr("A secret of 32 bytes or more, or @ and the path of a file with a public key. "
           "Publishing and subscribing then need a token."));
    page->addHeading(tr("Rules for topics"),
                     tr("The first that matches decides, and where none does the tokens do. Who is "
                        "subscribed to what is no longer allowed is closed."));
    page->addLines(keys::kTopicRules, tr("Rules"),
                   tr("None. One a line:\n/orders/** publish=token subscribe=anyone\n"
                      "/secret subscribe=operator publish=nobody"),
                   tr("Who: anyone, token, operator, nobody."));
    page->addHeading(tr("How much one publisher may send"), tr("Holds at once."));
    for (const NumberField &field : numberFields()) {
        if (field.page == NumberField::Page::Rates)
            page->addNumber(field);
    }
    page->addHeading(tr("Messages of clients"));
    page->addCheck(keys::kRelay, tr("Relay"), tr("What a client publishes reaches other clients"),
                   tr("Without it only you see what clients publish."));
    page->addHeading(tr("Web pages that may connect"));
    page->addLines(keys::kOrigins, tr("Allowed origins"),
                   tr("Any page. To allow only some, one a line:\nhttps://example.org"), {});
    page->addEnd();
    return page;
}

} // namespace pushdeck
