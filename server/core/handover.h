// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/encoding.h"
#include "core/history.h"

#include <cstdint>

namespace pushdeck {

/// What a subscription has to do with one message. Nothing is noted while messages are handed over:
/// a subscription is what it asked for and how far it came, and that says it for every message. Of
/// two parts that cover one message the greater value counts.
enum class Handover {
    Unconcerned, ///< none of its topics
    NotAskedFor, ///< it started after it
    ToCome,      ///< it has not come that far
    HandedOver
};

/// A stretch of messages that a subscriber was handed: those in `scope`, after `from`, up to
/// `through`.
struct Handed
{
    HistoryScope scope;
    std::uint64_t from = 0;
    std::uint64_t through = 0;
};

/// Where a message kept under `name` stands to a stretch.
[[nodiscard]] Handover handover(const HistoryScope &scope, std::uint64_t from,
                                std::uint64_t through, QByteArrayView name, std::uint64_t sequence);

/// Bytes of a message in a format, without keeping them.
[[nodiscard]] std::uint64_t encodedBytes(const Message &message, WireFormat format);

/// Bytes of what is remembered of a stretch after `sequence`: what followed a message on its way to
/// a client. Stops at `enough`, so that it costs what is asked and not what is there.
[[nodiscard]] std::uint64_t bytesAfter(const History &history, const Handed &handed,
                                       std::uint64_t sequence, WireFormat format,
                                       std::uint64_t enough);

} // namespace pushdeck
