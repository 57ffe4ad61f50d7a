// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace pushdeck {

class PreferencesPage;

/// What stands on each page.
[[nodiscard]] PreferencesPage *makeGeneralPage(QWidget *parent);
[[nodiscard]] PreferencesPage *makeNetworkPage(QWidget *parent);
[[nodiscard]] PreferencesPage *makeAccessPage(QWidget *parent);
[[nodiscard]] PreferencesPage *makeEncryptionPage(QWidget *parent);
[[nodiscard]] PreferencesPage *makeHistoryPage(QWidget *parent);
[[nodiscard]] PreferencesPage *makeLimitsPage(QWidget *parent);

} // namespace pushdeck
