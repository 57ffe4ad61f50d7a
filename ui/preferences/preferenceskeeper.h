// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preferences/preferences.h"

#include <QObject>

#include <functional>

class QSettings;

namespace pushdeck {

/// The preferences that hold, and their place in the settings file. No widgets. `settings` must
/// outlive it.
class PreferencesKeeper final : public QObject
{
    Q_OBJECT

public:
    using MachineSource = std::function<Machine()>;

    /// Begins with what is stored.
    explicit PreferencesKeeper(QSettings &settings, QObject *parent = nullptr);

    /// What this run began with: the stored preferences with those of the command line over them,
    /// and which these are. They are shown, cannot be changed, and what is stored for them stays.
    void setLaunched(const Preferences &preferences, const QSet<PreferenceKey> &fixed);
    /// Whence the machine's addresses come; asked anew each time.
    void setMachineSource(MachineSource source) { m_machine = std::move(source); }

    [[nodiscard]] const Preferences &preferences() const { return m_preferences; }
    [[nodiscard]] const Preferences &launched() const { return m_launched; }
    [[nodiscard]] bool isFixed(const PreferenceKey &key) const { return m_fixed.contains(key); }
    [[nodiscard]] Machine machine() const { return m_machine ? m_machine() : Machine{}; }

    /// Takes and stores them. Values that are fixed stay as they are.
    void apply(const Preferences &preferences);

signals:
    /// After a change; `before` is what held until now.
    void changed(const pushdeck::Preferences &before);
    void problemFound(const pushdeck::Wording &words);

private:
    QSettings &m_settings;
    MachineSource m_machine;
    Preferences m_preferences;
    Preferences m_launched;
    QSet<PreferenceKey> m_fixed;
};

} // namespace pushdeck
