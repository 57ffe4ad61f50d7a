// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endreason.h"
#include "transport/transportcontext.h"

#include <QString>

#include <cstdint>

namespace pushdeck {

/// Closes one client, whatever its transport; false where there is none of that id. Not while the
/// hub walks its tables.
bool endClient(TransportContext &context, std::uint64_t clientId, EndReason reason,
               std::uint16_t code, const QString &words);

/// Closes everybody.
void endAllClients(TransportContext &context, EndReason reason);

/// Forgets long-poll clients that stayed away for kPollerGone.
void endAwayPollers(TransportContext &context, std::int64_t nowMs);

/// The close codes an application may send (RFC 6455, 7.4.2): 1000, 1001 and 3000 to 4999.
[[nodiscard]] bool isSendableCloseCode(int code);

} // namespace pushdeck
