// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

class QWidget;

namespace pushdeck {

class PreferencesPage;

/// The pages' words. A function of the namespace, as lupdate takes it for; one of a page's own
/// would look for them where they are not.
[[nodiscard]] inline QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck", text);
}

/// What stands on each page.
[[nodiscard]] PreferencesPage *makeGeneralPage(QWidget *parent);
[[nodiscard]] PreferencesPage *makeNetworkPage(QWidget *parent);
[[nodiscard]] PreferencesPage *makeAccessPage(QWidget *parent);
[[nodiscard]] PreferencesPage *makeEncryptionPage(QWidget *parent);
[[nodiscard]] PreferencesPage *makeHistoryPage(QWidget *parent);
[[nodiscard]] PreferencesPage *makeLimitsPage(QWidget *parent);

} // namespace pushdeck
