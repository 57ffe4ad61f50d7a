// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/preferenceskeeper.h"

#include <QDir>
#include <QSettings>

namespace pushdeck {

PreferencesKeeper::PreferencesKeeper(QSettings &settings, QObject *parent)
    : QObject(parent), m_settings(settings), m_preferences(readPreferences(settings).preferences)
{
    m_launched = m_preferences;
}

void PreferencesKeeper::setLaunched(const Preferences &preferences,
                                    const QSet<PreferenceKey> &fixed)
{
    m_preferences = preferences;
    m_launched = preferences;
    m_fixed = fixed;
}

void PreferencesKeeper::apply(const Preferences &preferences)
{
    PreferenceTexts texts = textsOf(preferences);
    for (const PreferenceKey &key : std::as_const(m_fixed))
        texts.remove(key);
    const Preferences before = m_preferences;
    m_preferences = readTexts(texts, before, {}).preferences;
    writePreferences(m_preferences, m_fixed, m_settings);
    m_settings.sync();
    if (m_settings.status() != QSettings::NoError)
        emit problemFound([path = QDir::toNativeSeparators(m_settings.fileName())] {
            return tr("The preferences hold for now, but %1 could not be written.").arg(path);
        });
    if (m_preferences != before)
        emit changed(before);
}

} // namespace pushdeck
