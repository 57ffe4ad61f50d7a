// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"
#include "policy/accesspolicy.h"
#include "transport/pollmarks.h"

#include <QByteArray>
#include <QVarLengthArray>

#include <cstdint>

namespace pushdeck {

class Session;

/// What the server knows about one client. WebSocket and SSE: as long as the connection. Long-poll:
/// one client across its polls, known by `pollKey`, until it stays away for kPollerGone.
struct Client
{
    ClientInfo info;    ///< what the window sees; the volatile parts are filled in by snapshots
    QByteArray pollKey; ///< long-poll: who it is; empty otherwise
    QVarLengthArray<Session *, 1> sessions; ///< open now; a poller may have none, or several
    PollMarks polls;                        ///< long-poll: how far it has come
    std::int64_t awaySinceMs = 0;           ///< since when it has no session; steady
    Visitor visitor; ///< of its connect, or its latest poll: what it may is looked at again
};

/// The topic a message to this client alone carries.
[[nodiscard]] inline QByteArray firstTopicOf(const Client &client)
{
    return client.info.topics.value(0, QStringLiteral("/")).toUtf8();
}

} // namespace pushdeck
