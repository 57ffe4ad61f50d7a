// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/namedlimits.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace pushdeck {

namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kKb = 1024;
constexpr std::int64_t kMb = 1024 * kKb;
constexpr std::int64_t kGb = 1024 * kMb;
constexpr std::int64_t kMostSockets = 1'000'000;
constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kSecondMs = 1000;

template <auto member>
constexpr NamedLimit row(const char *name, std::int64_t least, std::int64_t most)
{
    return {name, least, most,
            [](const Limits &limits) {
                if constexpr (std::is_same_v<decltype(Limits::headDeadline),
                                             std::remove_cvref_t<decltype(limits.*member)>>)
                    return std::int64_t((limits.*member).count());
                else
                    return std::int64_t(limits.*member);
            },
            [](Limits &limits, std::int64_t value) {
                limits.*member = std::remove_cvref_t<decltype(limits.*member)>(value);
            }};
}

using L = Limits;

// clang-format off
constexpr NamedLimit kRows[] = {
    row<&L::headBytes>("head_bytes", kKb, kMb),
    row<&L::headFields>("head_fields", 10, 90),
    row<&L::targetBytes>("target_bytes", 256, kMb),
    row<&L::bodyBytes>("body_bytes", kKb, 256 * kMb),
    row<&L::bodiesBytesTotal>("bodies_bytes_total", kKb, 4 * kGb),
    row<&L::frameBytes>("frame_bytes", kKb, 256 * kMb),
    row<&L::connections>("connections", 1, kMostSockets),
    row<&L::connectionsPerAddress>("connections_per_address", 0, kMostSockets),
    row<&L::connectionsPerLoopback>("connections_per_loopback", 0, kMostSockets),
    row<&L::listenBacklog>("listen_backlog", 1, 65'535),
    row<&L::headDeadline>("head_deadline_ms", kSecondMs, kHourMs),
    row<&L::bodyDeadline>("body_deadline_ms", kSecondMs, kHourMs),
    row<&L::handshakeDeadline>("handshake_deadline_ms", kSecondMs, kHourMs),
    row<&L::keepAliveIdle>("keep_alive_idle_ms", kSecondMs, kHourMs),
    row<&L::handlerDeadline>("handler_deadline_ms", 121 * kSecondMs, kHourMs),
    row<&L::writeStall>("write_stall_ms", kSecondMs, kHourMs),
    row<&L::lingerDeadline>("linger_deadline_ms", 10, 60 * kSecondMs),
    row<&L::frameDeadline>("frame_deadline_ms", kSecondMs, kHourMs),
    row<&L::unacknowledged>("unacknowledged_ms", kSecondMs, kHourMs),
    row<&L::unreadWhilePendingBytes>("unread_while_pending_bytes", kKb, 32 * kKb),
    row<&L::backlogBytes>("backlog_bytes", 64 * kKb, 4 * kGb),
    row<&L::backlogBytesTotal>("backlog_bytes_total", 64 * kKb, 64 * kGb),
    row<&L::topicsPerClient>("topics_per_client", 1, 1000),
    row<&L::topicsSubscribed>("topics_subscribed", 1, 1'000'000),
    row<&L::patternsSubscribed>("patterns_subscribed", 0, 10'000),
};
// clang-format on

} // namespace

std::span<const NamedLimit> namedLimits()
{
    return kRows;
}

const NamedLimit *findLimit(const char *name)
{
    const auto found = std::find_if(std::begin(kRows), std::end(kRows), [name](const auto &own) {
        return std::strcmp(own.name, name) == 0;
    });
    return found == std::end(kRows) ? nullptr : found;
}

const char *limitAtOdds(const Limits &limits)
{
    if (limits.bodyBytes > limits.bodiesBytesTotal)
        return "bodies_bytes_total"; // no body could be taken
    if (limits.backlogBytes < std::max(limits.bodyBytes, limits.frameBytes))
        return "backlog_bytes"; // must hold the largest message
    if (limits.backlogBytesTotal < limits.backlogBytes)
        return "backlog_bytes_total"; // must hold one client's
    return nullptr;
}

} // namespace pushdeck
