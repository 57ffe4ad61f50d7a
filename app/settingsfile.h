// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace pushdeck {

/// Where the window's settings are, tokens among them.
struct SettingsFile
{
    QString path;
    /// A sentence for the operator, in the language of the moment it is asked; null: all is well.
    std::function<QString()> problem;
};

/// Makes the settings file fit to be opened: it is there, only its owner may read it, and it is no
/// damaged one. A damaged file is kept aside as "<name>.damaged" and a new one begun: the program
/// starts. `path` empty: the desktop's usual place.
[[nodiscard]] SettingsFile prepareSettingsFile(const QString &path = {});

} // namespace pushdeck
