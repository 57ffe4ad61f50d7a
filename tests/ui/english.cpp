// SPDX-License-Identifier: GPL-3.0-or-later
// Tests see the window's English as whoever uses it does: with its plural forms. In every test of
// the window, since tr() alone says "2 client(s)".
#include "ui/i18n/language.h"

#include <QCoreApplication>

namespace {

void speakEnglish()
{
    pushdeck::applyLanguage(pushdeck::Language::English);
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(speakEnglish)
