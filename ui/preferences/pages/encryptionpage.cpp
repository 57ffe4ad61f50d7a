// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/encryptionpanel.h"
#include "ui/preferences/pages/pages.h"
#include "ui/preferences/preferencespage.h"

namespace pushdeck {

using namespace Qt::StringLiterals;

PreferencesPage *makeEncryptionPage(QWidget *parent)
{
    using Source = ServerSettings::Encryption::Source;
    auto *page = new PreferencesPage(u"encryptionPage"_s, tr("Encryption"), parent);
    page->addHeading(tr("Encrypted connections"),
                     tr("https and wss, on the same port as http and ws. Holds at once, for new "
                        "connections; clients that are connected stay."));
    FieldRow *source = page->addChoice(keys::kTlsSource, tr("Certificate"),
                                       {{tr("None"), tlsSourceName(Source::Off)},
                                        {tr("Made by Pushdeck"), tlsSourceName(Source::Made)},
                                        {tr("Own files"), tlsSourceName(Source::Files)}},
                                       {});
    FieldRow *certificate = page->addPath(keys::kTlsCertificate, tr("Certificate file"),
                                          PreferencesPage::PathKind::ExistingFile,
                                          tr("PEM, followed by those between it and a root."));
    FieldRow *key =
        page->addPath(keys::kTlsKey, tr("Key file"), PreferencesPage::PathKind::ExistingFile,
                      tr("PEM, without a password. Both are read again when they "
                         "change."));
    page->addCheck(keys::kTlsOnly, tr("Plain connections"),
                   tr("Send who comes without TLS to https, or away"),
                   tr("The page about trusting the certificate stays open to all."));
    page->addHeading(tr("What clients are shown"));
    page->addWidget(new EncryptionPanel(page));
    page->addEnd();
    const auto follow = [source, certificate, key] {
        const bool isOwn = source->text() == tlsSourceName(Source::Files);
        certificate->setVisible(isOwn);
        key->setVisible(isOwn);
    };
    QObject::connect(source, &FieldRow::edited, page, follow);
    follow();
    return page;
}

} // namespace pushdeck
