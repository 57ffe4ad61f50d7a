// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/deliveryreport.h"

#include <QColor>
#include <QString>

namespace pushdeck {

struct Tones;

/// How deliveries are told: a state is a word, an icon and a colour, never the colour alone.
[[nodiscard]] QString stateWord(DeliveryState state);
[[nodiscard]] QString stateIcon(DeliveryState state);
[[nodiscard]] QColor stateColour(DeliveryState state, const Tones &tones);

/// "118 delivered", with the word in its number.
[[nodiscard]] QString stateCount(DeliveryState state, std::uint64_t count);

/// How or why: "connected later, and did not ask for it".
[[nodiscard]] QString whyWords(const ClientDelivery &client);

/// "81 KB": in the program and in the kernel; empty where nothing is known to wait.
[[nodiscard]] QString waitingText(const ClientDelivery &client);

/// "1.2 KB in this program, 80 KB in the kernel"; empty as before.
[[nodiscard]] QString waitingDetail(const ClientDelivery &client);

/// A clock's time for what happened, a span for what still waits.
[[nodiscard]] QString whenText(const ClientDelivery &client, std::int64_t takenMs);

/// "118 delivered · 1 queued · 1 missed"; states nobody is in are left out.
[[nodiscard]] QString summaryText(const DeliveryReport &report);
/// That not all are listed, and which are not; empty: all are.
[[nodiscard]] QString unlistedText(const DeliveryReport &report);

/// The order in which states want to be seen: what is not well first.
[[nodiscard]] int urgency(DeliveryState state);

} // namespace pushdeck
