// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace pushdeck {

/// One stay of a client with what lies between it and the one before.
struct Stay
{
    Transport transport = Transport::None;
    std::int64_t fromMs = 0;  ///< UTC
    std::int64_t untilMs = 0; ///< UTC; of one that goes on: now
    bool goesOn = false;
    std::optional<std::int64_t> awayMs; ///< between the stay before and this; not of the first
    Transport before = Transport::None; ///< the transport before, where it was another
    QString resumedAt;
    std::uint64_t missed = 0;
    bool missedMore = false;
};

/// Its remembered stays, the oldest first, the present one last. `goneAtMs` is when it left, where
/// it did.
[[nodiscard]] std::vector<Stay> staysOf(const ClientInfo &info, std::int64_t nowMs,
                                        std::optional<std::int64_t> goneAtMs);

/// "came back after 4.1 s, over SSE instead of WS, resumed at e-17, missed 5 messages"; empty for a
/// first stay that missed nothing.
[[nodiscard]] QString stayWords(const Stay &stay);

/// "4.1 s", "12 s", "3 min".
[[nodiscard]] QString awayWords(std::int64_t milliseconds);

/// What became of a client over its stays, a line each: how it came back and what it missed, then
/// its last stays, the newest first. Empty for a client that came for the first time and missed
/// nothing.
[[nodiscard]] QStringList visitLines(const ClientInfo &info);

} // namespace pushdeck
