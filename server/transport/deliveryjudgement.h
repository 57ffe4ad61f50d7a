// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handover.h"
#include "monitor/deliveryreport.h"
#include "transport/pollmarks.h"
#include "transport/recentlygone.h"

#include <cstdint>
#include <optional>

namespace pushdeck {

/// Pure judgements over what is known of one client, in the words of a report. Nothing: the message
/// does not concern it.

/// What of a message, and of what stands before it, still waits.
struct Waiting
{
    std::uint64_t programBytes = 0;
    std::optional<std::uint64_t> kernelBytes; ///< where the kernel tells

    [[nodiscard]] bool isAny() const { return programBytes > 0 || kernelBytes.value_or(0) > 0; }
};

/// A backlog is the end of what was sent: what follows the message in it is taken off. What is no
/// message (heartbeats, answers) is not known to follow, so this is at most too much.
[[nodiscard]] Waiting waitingOf(std::uint64_t bytesAfter, std::uint64_t programBytes,
                                std::optional<std::uint64_t> kernelBytes);

struct Judgement
{
    DeliveryState state = DeliveryState::Delivered;
    DeliveryWhy why = DeliveryWhy::Live;
    std::int64_t timeMs = 0; ///< as ClientDelivery::timeMs
    Waiting waiting;
};

/// A client with a stream. `waiting` counts only where the message was handed over.
[[nodiscard]] std::optional<Judgement> judgeStream(Handover handover, const Waiting &waiting,
                                                   std::int64_t connectedAtMs,
                                                   std::int64_t publishedMs);

/// A long-poll client, between two polls or in one. `concerned`: its topics cover the message.
[[nodiscard]] std::optional<Judgement> judgePoller(bool concerned, const PollMarks &polls,
                                                   std::uint64_t sequence,
                                                   std::int64_t connectedAtMs,
                                                   std::int64_t publishedMs);

/// How long before a message a client may have left to be said to have missed it.
inline constexpr std::int64_t kLeftBeforeMs = 60'000;

/// A client that is gone; `waiting` when it went.
[[nodiscard]] std::optional<Judgement> judgeGone(const GoneClient &client, Handover handover,
                                                 const Waiting &waiting, std::uint64_t sequence,
                                                 std::int64_t publishedMs);

} // namespace pushdeck
