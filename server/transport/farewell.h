// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endreason.h"
#include "monitor/snapshot.h"
#include "transport/client.h"
#include "transport/recentlygone.h"
#include "transport/transportcontext.h"

#include <QString>

#include <cstdint>

namespace pushdeck {

/// Notes that a client went: the hub, the registry, the log, the book of identities and those who
/// watch its topics forget it; what it was handed is remembered for a while. Its sessions have
/// left. `info` must not be the registry's own.
void departed(TransportContext &context, const ClientInfo &info, EndReason reason, int code,
              const QString &words, Leaving leaving);

/// The same for a long-poll client between two polls.
void pollerDeparted(TransportContext &context, const Client &client, EndReason reason, int code,
                    const QString &words);

/// Closes one client, whatever its transport; false where there is none of that id. Not while the
/// hub walks its tables.
bool endClient(TransportContext &context, std::uint64_t clientId, EndReason reason,
               std::uint16_t code, const QString &words);

/// Closes everybody.
void endAllClients(TransportContext &context, EndReason reason);

/// Forgets long-poll clients that stayed away for kPollerGone; `nowMs` is of the steady clock.
void endAwayPollers(TransportContext &context, std::int64_t nowMs);

/// The close codes an application may send (RFC 6455, 7.4.2): 1000, 1001 and 3000 to 4999.
[[nodiscard]] bool isSendableCloseCode(int code);

} // namespace pushdeck
