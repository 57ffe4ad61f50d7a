// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/hub.h"
#include "monitor/serversettings.h"
#include "monitor/trafficlog.h"
#include "net/limits.h"
#include "policy/accesspolicy.h"
#include "policy/publishrates.h"

#include <QString>

namespace pushdeck {

/// How the server behaves.
struct ServerOptions
{
    Limits limits;
    HistoryLimits history;
    TrafficLogLimits trafficLog;
    AccessRules access;
    ServerSettings::Encryption encryption;
    PublishRate rate;
    QString wwwFolder;   ///< empty for none; must exist
    QString historyFile; ///< keeps the history over restarts; empty for none
    Hub::Clock clock;    ///< UTC, milliseconds since the epoch; empty: the system's
    Hub::Clock steady;   ///< milliseconds, never set back or forth; empty: the system's, or `clock`
                         ///< where that is given
    QByteArray epoch;    ///< empty: random
    bool ioUring = true; ///< sends to many clients with one system call, where the system lets it
};

/// The part of the options that an operator may set, and the other way round: what the settings do
/// not speak of stays.
[[nodiscard]] ServerSettings settingsOf(const ServerOptions &options);
void applySettings(const ServerSettings &settings, ServerOptions &options);

} // namespace pushdeck
