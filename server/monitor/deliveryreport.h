// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"

#include <QString>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace pushdeck {

/// Clients one report lists; all are counted.
inline constexpr std::size_t kDeliveriesListed = 10'000;

/// What became of one message for one client.
enum class DeliveryState : std::uint8_t {
    Delivered, ///< left this machine, and was acknowledged where the kernel tells
    Queued,    ///< waits in the program or in the kernel, or its replay has not come to it
    Pending,   ///< a long-poll client gets it with its next poll
    Missed     ///< it does not get it
};
inline constexpr std::size_t kDeliveryStates = 4;

/// How or why that is so.
enum class DeliveryWhy : std::uint8_t {
    Live,        ///< Delivered as it was published
    Replayed,    ///< Delivered after a later connect that asked for what came before
    EarlierStay, ///< Delivered to the same client in a stay before this one
    InProgram,   ///< Queued in this program
    InKernel,    ///< Queued in the kernel: handed over, not acknowledged
    InReplay,    ///< Queued: its replay waits for the client to read
    NextPoll,    ///< Pending
    NotAskedFor, ///< Missed: subscribed later and did not ask for what came before
    LeftBefore,  ///< Missed: left shortly before it was published
    LeftWaiting, ///< Missed: left while it waited
    ClosedSlow   ///< Missed: closed for its backlog while it waited, or because of it
};

/// One client's row. What came from the network (`name`, `address`) is plain text.
struct ClientDelivery
{
    std::uint64_t clientId = 0;
    Transport transport = Transport::None;
    DeliveryState state = DeliveryState::Delivered;
    DeliveryWhy why = DeliveryWhy::Live;
    bool gone = false;
    QString name;    ///< `?client_id=` where the client gave one
    QString address; ///< with port
    /// UTC; 0: not known. Delivered: not before. Queued and Pending: since. Missed: when it came
    /// (NotAskedFor) or went.
    std::int64_t timeMs = 0;
    std::uint64_t programBytes = 0; ///< Queued: in this program, up to its own last byte; at most
    std::optional<std::uint64_t>
        kernelBytes; ///< Queued: of those before, in the kernel, where told
};

/// Who got one message, who has it queued, who missed it, at one moment. A value.
struct DeliveryReport
{
    enum class Memory : std::uint8_t {
        Remembered,
        Evicted, ///< the history has let it go: who got it cannot be told any more
        Unknown  ///< no message of this server has that id
    };

    QString messageId;
    Memory memory = Memory::Unknown;
    QString topic;                                       ///< "/**" for a message to all
    std::int64_t publishedMs = 0;                        ///< UTC
    std::int64_t takenMs = 0;                            ///< UTC, when the report was made
    std::array<std::uint64_t, kDeliveryStates> counts{}; ///< by state; exact
    std::vector<ClientDelivery> clients; ///< by id; where not all fit, those delivered are left out

    [[nodiscard]] std::uint64_t count(DeliveryState state) const
    {
        return counts[static_cast<std::size_t>(state)];
    }
    [[nodiscard]] std::uint64_t total() const
    {
        return counts[0] + counts[1] + counts[2] + counts[3];
    }
};
using DeliveryReportPtr = std::shared_ptr<const DeliveryReport>;

} // namespace pushdeck

Q_DECLARE_METATYPE(pushdeck::DeliveryReportPtr)
