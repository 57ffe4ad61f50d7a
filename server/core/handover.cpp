// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handover.h"

#include "core/hub.h"

#include <algorithm>
#include <limits>

namespace pushdeck {

namespace {

// RFC 6455, 5.2: the length of an unmasked frame's head.
constexpr std::uint64_t kShortestHead = 2;
constexpr std::uint64_t kLongestInByte = 125;
constexpr std::uint64_t kLongestInTwoBytes = 65'535;

std::uint64_t frameBytes(std::uint64_t payload)
{
    if (payload <= kLongestInByte)
        return kShortestHead + payload;
    return kShortestHead + (payload <= kLongestInTwoBytes ? 2 : 8) + payload;
}

} // namespace

Handover handover(const HistoryScope &scope, std::uint64_t from, std::uint64_t through,
                  QByteArrayView name, std::uint64_t sequence)
{
    if (!scope.covers(name))
        return Handover::Unconcerned;
    if (sequence <= from)
        return Handover::NotAskedFor;
    return sequence <= through ? Handover::HandedOver : Handover::ToCome;
}

std::uint64_t encodedBytes(const Message &message, WireFormat format)
{
    // By far the most frequent one needs no bytes to be counted.
    if (format == WireFormat::WebSocketRaw)
        return frameBytes(static_cast<std::uint64_t>(message->data.size()));
    return static_cast<std::uint64_t>(encode(message, format).size());
}

std::uint64_t bytesAfter(const History &history, const Handed &handed, std::uint64_t sequence,
                         WireFormat format, std::uint64_t enough)
{
    std::uint64_t bytes = 0;
    if (enough == 0)
        return bytes;
    history.forEachAfter(std::max(sequence, handed.from), handed.scope,
                         [&](const Message &message) {
                             if (message.sequence() <= handed.through)
                                 bytes += encodedBytes(message, format);
                             return bytes < enough;
                         });
    return bytes;
}

std::optional<History::Kept> Hub::find(const MessageId &id) const
{
    return id.epoch == m_epoch ? m_history.find(id.sequence) : std::nullopt;
}

Handover Hub::handover(const Subscriber &subscriber, const QByteArray &name, std::uint64_t sequence)
{
    constexpr std::uint64_t kEverything = std::numeric_limits<std::uint64_t>::max();
    Handover best = Handover::Unconcerned;
    for (const Subscriber::Leg &leg : subscriber.m_legs) {
        const std::uint64_t through = leg.live ? kEverything : leg.position.read;
        best = std::max(best, pushdeck::handover(leg.scope, leg.from, through, name, sequence));
    }
    return best;
}

std::vector<Handed> Hub::handed(const Subscriber &subscriber) const
{
    std::vector<Handed> stretches;
    stretches.reserve(subscriber.m_legs.size());
    for (const Subscriber::Leg &leg : subscriber.m_legs)
        stretches.push_back({leg.scope, leg.from, leg.live ? m_sequence : leg.position.read});
    return stretches;
}

std::uint64_t Hub::startOf(const Subscriber &subscriber)
{
    return subscriber.m_legs.empty() ? 0 : subscriber.m_legs.front().from;
}

} // namespace pushdeck
