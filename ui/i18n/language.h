// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace pushdeck {

enum class Language { System, English, Chinese };

/// From now on words are in this language, and Qt's own where the system has them. Call it after
/// the application is made, and again whenever another language is wanted: what is shown already
/// changes too, see retranslate(), and every widget gets QEvent::LanguageChange. GUI thread.
void applyLanguage(Language language);

/// "system", "en", "zh_CN": as stored.
[[nodiscard]] QString languageName(Language language);
/// Nothing known is System.
[[nodiscard]] Language languageFromName(const QString &name);

} // namespace pushdeck
