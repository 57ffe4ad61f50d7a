// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"

#include <QString>

namespace pushdeck {

/// A command line for a POSIX shell that subscribes as this client did: curl for SSE and long-poll,
/// websocat for WebSocket, which curl does not speak everywhere. `baseUrl` is the server's,
/// "http://192.168.1.14:8080". `token` is what subscribing needs, not what the client had: that the
/// window does not know; empty: none.
[[nodiscard]] QString clientCommand(const ClientInfo &info, const QString &baseUrl,
                                    const QString &token = {});

} // namespace pushdeck
