// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/deliveryreport.h"
#include "transport/client.h"
#include "transport/transportcontext.h"

#include <cstddef>

namespace pushdeck {

/// Who got one message, who has it queued, who missed it. Nobody keeps books of deliveries: what
/// each client subscribed to, how far it came and what waits for it says it for every message that
/// is still remembered. Costs a look at every client, and where something waits a look back over
/// what was sent to it, as far as that waits. `most` clients are listed; those that did not get it
/// come first. Not while the hub walks its tables.
[[nodiscard]] DeliveryReport surveyDeliveries(const TransportContext &context,
                                              const QByteArray &messageId, std::size_t most);

/// What a long-poll client reads.
[[nodiscard]] HistoryScope scopeOf(const Client &client);

} // namespace pushdeck
