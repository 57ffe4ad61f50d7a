// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/addressfield.h"
#include "ui/preferences/pages/pages.h"
#include "ui/preferences/preferencespage.h"

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPortWidth = 90;

} // namespace

PreferencesPage *makeNetworkPage(QWidget *parent)
{
    auto *page = new PreferencesPage(u"networkPage"_s, tr("Network"), parent);
    page->addHeading(tr("Where the server listens"),
                     tr("Holds when the server is started the next time."));
    page->addText(keys::kPort, tr("Port"), tr("0 takes any free port."), kPortWidth);
    auto *address = new AddressField(page);
    auto *row = new FieldRow(keyOf(keys::kAddress), tr("Addresses"), address,
                             {[address] { return address->address(); },
                              [address](const QString &text) { address->setAddress(text); }},
                             tr("Every address: whoever reaches this machine may connect."), page);
    QObject::connect(address, &AddressField::edited, row, &FieldRow::edited);
    page->addRow(row);
    page->addHeading(tr("Web pages"));
    page->addPath(keys::kWww, tr("Folder to serve"), PreferencesPage::PathKind::Folder,
                  tr("A file that exists here wins over a topic of the same path."));
    page->addEnd();
    return page;
}

} // namespace pushdeck
