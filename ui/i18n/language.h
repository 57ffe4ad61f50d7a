// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace pushdeck {

enum class Language { System, English, Chinese };

/// Gives the application the translation of the window's words, and Qt's own beside it. Where there
/// is none the words are English. Call once, after the application is made and before any window:
/// what is shown already is not translated again.
void applyLanguage(Language language);

/// "system", "en", "zh_CN": as stored.
[[nodiscard]] QString languageName(Language language);
/// Nothing known is System.
[[nodiscard]] Language languageFromName(const QString &name);

} // namespace pushdeck
