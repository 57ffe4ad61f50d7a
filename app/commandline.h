// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/serverthread.h"
#include "monitor/servercontrol.h"
#include "server/pushserver.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace pushdeck {

/// What the process ends with.
enum ExitCode {
    kExitOk = 0,         ///< stopped because it was asked to
    kExitUsage = 2,      ///< the command line cannot be understood
    kExitCannotStart = 3 ///< the port is taken, the address is not this machine's, or the history
                         ///< file or the certificate cannot be used
};

/// What the command line asks for.
struct CommandLine
{
    enum class Action {
        Run,
        Print, ///< show `text` on standard output and end well
        Fail   ///< show `text` on standard error and end with kExitUsage
    };

    Action action = Action::Run;
    QString text;
    bool headless = false;
    EventLoop eventLoop = EventLoop::Epoll;
    ListenRequest listen;
    ServerOptions server;
    /// The options that were given, by name without dashes; a token from the environment counts as
    /// given. All others have their defaults.
    QSet<QString> given;
    QStringList limits; ///< names of NamedLimits that were given

    /// `arguments` with the program's name first. Reads token files and the environment, opens no
    /// socket and no window. Any thread; needs no application object.
    static CommandLine parse(const QStringList &arguments);
};

} // namespace pushdeck
