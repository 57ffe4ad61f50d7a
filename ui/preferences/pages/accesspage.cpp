// SPDX-License-Identifier: GPL-3.0-or-later
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
