// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/transportcontext.h"

#include <cstdint>

namespace pushdeck {

/// Ends clients whose signed token is over: at its `exp`, or, where it was within the leeway when
/// they came, at the end of that. Called about four times a second; `nowMs` is UTC.
void endExpiredClients(TransportContext &context, std::int64_t nowMs);

/// Ends clients that would not be let in any more as rules for topics and the key for signed tokens
/// are now. Whoever stays is known by what the token says now.
void endForbiddenClients(TransportContext &context, std::int64_t nowMs);

} // namespace pushdeck
