// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline.h"
#include "ui/preferences/preferences.h"

namespace pushdeck {

/// The stored preferences with what the command line gave over them.
struct Launch
{
    Preferences preferences;
    QSet<PreferenceKey> fixed; ///< given on the command line, or by the environment
    ServerOptions server;
};
[[nodiscard]] Launch launchWith(const CommandLine &line, const Preferences &stored);

/// The machine as the preferences want to know it. Asks the system.
[[nodiscard]] Machine thisMachine();

} // namespace pushdeck
