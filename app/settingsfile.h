// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/i18n/wording.h"

#include <QString>

#include <optional>

namespace pushdeck {

/// Where the window's settings are, tokens among them.
struct SettingsFile
{
    QString path;
    Wording problem; ///< a sentence for the operator; null: all is well
};

/// Makes the settings file fit to be opened: it is there, only its owner may read it, and it is no
/// damaged one. A damaged file is kept aside as "<name>.damaged" and a new one begun: the program
/// starts. `path` empty: the desktop's usual place.
[[nodiscard]] SettingsFile prepareSettingsFile(const QString &path = {});

} // namespace pushdeck
