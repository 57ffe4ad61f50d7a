// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

void install(const QString &file, const QString &folder)
{
    auto *translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(file, folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

} // namespace

void applyLanguage(Language language)
{
    const bool systemIsChinese = QLocale::system().language() == QLocale::Chinese;
    const bool chinese =
        language == Language::Chinese || (language == Language::System && systemIsChinese);
    if (!chinese)
        return;
    // Qt's own words: standard buttons, the menus of text fields.
    install(u"qtbase_zh_CN"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(u"pushdeck_zh_CN"_s, u":/i18n"_s);
}

QString languageName(Language language)
{
    switch (language) {
        case Language::English:
            return u"en"_s;
        case Language::Chinese:
            return u"zh_CN"_s;
        case Language::System:
            break;
    }
    return u"system"_s;
}

Language languageFromName(const QString &name)
{
    if (name == u"en")
        return Language::English;
    return name == u"zh_CN" ? Language::Chinese : Language::System;
}

} // namespace pushdeck
