// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/hub.h"
#include "net/deadlines.h"
#include "net/turnflusher.h"
#include "policy/accesspolicy.h"
#include "policy/publishrates.h"
#include "server/serveroptions.h"
#include "store/historyfile.h"
#include "transport/accesswatch.h"
#include "transport/clientregistry.h"
#include "transport/identitybook.h"
#include "transport/presence.h"
#include "transport/recentlygone.h"
#include "transport/trafficrecorder.h"
#include "transport/transportcontext.h"

#include <memory>

namespace pushdeck {

/// What lives as long as the server, whether it listens or not. Made on the server's thread.
/// `options` and `log` outlive it.
struct ServerParts
{
    ServerParts(const ServerOptions &options, AccessPolicy allowed, TrafficLog &log);

    /// What a start may have changed.
    void obey(const Limits &limits);

    std::unique_ptr<HistoryFile> historyFile; ///< outlives the hub, which tells it
    Hub hub;
    ClientRegistry clients;
    TrafficRecorder recorder;
    TurnFlusher flusher;
    AccessPolicy policy;
    PublishRates rates;
    IdentityBook identities;
    Presence presence;
    RecentlyGone gone;
    Deadlines sessionTimes; ///< driven by PushServer::tick()
    TransportContext context;
    AccessWatch accessWatch;
    std::uint64_t connectionsBefore = 0; ///< accepted by doors that are closed
    QString historyProblem;              ///< why the history file is not written any more
    bool relieving = false;              ///< relieveBacklog() is on its way
};

} // namespace pushdeck
