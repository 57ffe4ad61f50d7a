// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/deliveryjudgement.h"

#include <algorithm>

namespace pushdeck {

namespace {

std::uint64_t less(std::uint64_t from, std::uint64_t what)
{
    return from > what ? from - what : 0;
}

Judgement delivered(std::int64_t connectedAtMs, std::int64_t publishedMs)
{
    return {DeliveryState::Delivered,
            connectedAtMs > publishedMs ? DeliveryWhy::Replayed : DeliveryWhy::Live,
            std::max(connectedAtMs, publishedMs),
            {}};
}

Judgement missed(DeliveryWhy why, std::int64_t timeMs)
{
    return {DeliveryState::Missed, why, timeMs, {}};
}

} // namespace

Waiting waitingOf(std::uint64_t bytesAfter, std::uint64_t programBytes,
                  std::optional<std::uint64_t> kernelBytes)
{
    Waiting waiting;
    waiting.programBytes = less(programBytes, bytesAfter);
    if (kernelBytes)
        waiting.kernelBytes = less(*kernelBytes, less(bytesAfter, programBytes));
    return waiting;
}

std::optional<Judgement> judgeStream(Handover handover, const Waiting &waiting,
                                     std::int64_t connectedAtMs, std::int64_t publishedMs)
{
    const std::int64_t since = std::max(connectedAtMs, publishedMs);
    switch (handover) {
        case Handover::Unconcerned:
            return std::nullopt;
        case Handover::NotAskedFor:
            return missed(DeliveryWhy::NotAskedFor, connectedAtMs);
        case Handover::ToCome:
            return Judgement{DeliveryState::Queued, DeliveryWhy::InReplay, since, {}};
        case Handover::HandedOver:
            break;
    }
    if (!waiting.isAny())
        return delivered(connectedAtMs, publishedMs);
    return Judgement{DeliveryState::Queued,
                     waiting.programBytes > 0 ? DeliveryWhy::InProgram : DeliveryWhy::InKernel,
                     since, waiting};
}

std::optional<Judgement> judgePoller(bool concerned, const PollMarks &polls, std::uint64_t sequence,
                                     std::int64_t connectedAtMs, std::int64_t publishedMs)
{
    const auto &stretches = polls.stretches();
    if (!concerned || stretches.empty())
        return std::nullopt;
    if (sequence > stretches.back().through)
        return Judgement{DeliveryState::Pending,
                         DeliveryWhy::NextPoll,
                         std::max(connectedAtMs, publishedMs),
                         {}};
    const bool was = std::any_of(stretches.begin(), stretches.end(), [sequence](const auto &one) {
        return sequence > one.from && sequence <= one.through;
    });
    if (was)
        return delivered(connectedAtMs, publishedMs);
    if (polls.hasForgotten() && sequence <= stretches.front().from && connectedAtMs <= publishedMs)
        return std::nullopt;
    return missed(DeliveryWhy::NotAskedFor, connectedAtMs);
}

std::optional<Judgement> judgeGone(const GoneClient &client, Handover handover,
                                   const Waiting &waiting, std::uint64_t sequence,
                                   std::int64_t publishedMs)
{
    if (client.left.refusedFrom > 0 && sequence >= client.left.refusedFrom &&
        handover == Handover::HandedOver)
        return missed(DeliveryWhy::ClosedSlow, client.goneAtMs);
    if (handover == Handover::HandedOver) {
        if (!waiting.isAny())
            return delivered(client.connectedAtMs, publishedMs);
        return missed(isTooSlow(client.reason) ? DeliveryWhy::ClosedSlow : DeliveryWhy::LeftWaiting,
                      client.goneAtMs);
    }
    if (handover != Handover::ToCome)
        return std::nullopt; // it came and went without asking for it
    if (publishedMs <= client.goneAtMs)
        return missed(DeliveryWhy::LeftWaiting, client.goneAtMs);
    // Who left long ago did not miss this: it had no business with it.
    if (publishedMs - client.goneAtMs > kLeftBeforeMs)
        return std::nullopt;
    return missed(DeliveryWhy::LeftBefore, client.goneAtMs);
}

} // namespace pushdeck
