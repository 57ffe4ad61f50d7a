// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gap.h"
#include "core/history.h"
#include "core/message.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace pushdeck {

/// Who gets messages from the Hub. The Hub calls these while it walks its tables: they must not
/// call the Hub, and whatever ends a subscriber is queued for after the walk.
class Subscriber
{
public:
    /// What became of a message handed over.
    enum class Delivery {
        Sent,   ///< on its way, nothing waits before it
        Queued, ///< behind a backlog
        Refused ///< the subscriber has ended, or took all it wanted
    };

    Subscriber() = default;
    Subscriber(const Subscriber &) = delete;
    Subscriber &operator=(const Subscriber &) = delete;

    virtual Delivery deliver(const Message &message) = 0;

    /// Called before the messages that follow the gap.
    virtual void tellGap(const Gap &gap) = 0;

    /// Messages of a replay it takes now; more may follow when it is asked again. 0 stops the
    /// replay until Hub::resume(): the backlog is long enough, or all is had.
    [[nodiscard]] virtual std::size_t wants() const = 0;

    static constexpr std::size_t kAnyNumber = std::numeric_limits<std::size_t>::max();

protected:
    virtual ~Subscriber() = default; ///< must be unsubscribed by then

private:
    friend class Hub;

    /// One part of a subscription: its topics started together, at one cursor. Parts catch up one
    /// after the other, so that a topic two of them cover keeps its order.
    struct Leg
    {
        HistoryScope scope;
        std::uint64_t from = 0;     ///< started after this sequence
        History::Position position; ///< while it catches up
        bool live = false;          ///< gets messages as they are published
        bool joined = false;        ///< has its places in the Hub's tables
    };

    std::vector<Leg> m_legs;
    std::uint64_t m_lastSequence = 0; ///< of the message handed over last in a walk
    bool m_resting = false;           ///< between Hub::rest() and the end of Hub::wake()
};

} // namespace pushdeck
