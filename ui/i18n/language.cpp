// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/language.h"

#include "ui/i18n/retranslate.h"
#include "ui/i18n/vocabulary.h"

#include <QApplication>
#include <QLocale>
#include <QPointer>
#include <QWidget>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

/// The application's child, so that it ends with it.
QPointer<Vocabulary> &vocabulary()
{
    static QPointer<Vocabulary> made;
    return made;
}

bool isChinese(Language language)
{
    return language == Language::Chinese ||
           (language == Language::System && QLocale::system().language() == QLocale::Chinese);
}

} // namespace

void applyLanguage(Language language)
{
    QPointer<Vocabulary> &words = vocabulary();
    const bool first = words.isNull();
    if (first)
        words = new Vocabulary(QCoreApplication::instance());
    words->speak(isChinese(language) ? Vocabulary::Tongue::Chinese : Vocabulary::Tongue::English);
    // The single texts first: what is put together of them on LanguageChange finds them done.
    if (qobject_cast<QApplication *>(QCoreApplication::instance())) {
        QList<QObject *> roots;
        for (QWidget *window : QApplication::topLevelWidgets()) {
            if (!window->parent())
                roots << window;
        }
        retranslate(*words, roots);
    }
    if (first) {
        QCoreApplication::installTranslator(words);
    } else {
        QEvent changed(QEvent::LanguageChange);
        QCoreApplication::sendEvent(QCoreApplication::instance(), &changed);
    }
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
