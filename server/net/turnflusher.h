// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/sendbatch.h"

#include <QObject>

#include <chrono>
#include <cstddef>
#include <functional>
#include <vector>

namespace pushdeck {

class Outbox;

/// Sends what this turn of the event loop put into outboxes, once, when the turn's work is done: a
/// posted event of low priority, so commands and publishes already queued join in. A fan-out to
/// very many clients, or of much, yields every few milliseconds to whatever else waits (accepts,
/// pings, publishes), and goes on where it was; clients take turns, none is served twice before all
/// were once. One per server thread; must outlive its outboxes.
class TurnFlusher final : public QObject
{
    Q_OBJECT

public:
    /// Clients that are flushed between two words to the observer, and up to a batch more.
    static constexpr int kSlice = 64;

    /// How long it sends before it yields. One batch more may come on top: what SendBatch takes.
    static constexpr std::chrono::milliseconds kPatience{4};

    /// Messages that may join those that wait while a round of clients is under way. Over it the
    /// round is ended at once, without yielding: publishers do not run away from the network.
    static constexpr int kJoining = 64;

    /// What a slice of a turn's flushes came to.
    struct Written
    {
        std::chrono::nanoseconds took; ///< since the first of the turn's bytes were appended
        int whole = 0;                 ///< outboxes whose bytes the kernel took, all of them
        int queued = 0;                ///< outboxes of which some stay in the program
    };

    explicit TurnFlusher(QObject *parent = nullptr);
    ~TurnFlusher() override;

    /// Flushes all touched outboxes now, without yielding. What is appended meanwhile waits for the
    /// next turn.
    void flushAll();

    /// A message was appended to all outboxes it goes to: to be called once a message, see
    /// kJoining.
    void messageAppended();

    /// Zero: yields as often as it looks at the clock.
    void setPatience(std::chrono::nanoseconds patience) { m_patience = patience; }

    /// For whoever else sends to many at once, and ends it before it returns to the event loop.
    [[nodiscard]] SendBatch &batch() { return m_batch; }

    /// Called after each slice of a flush, never once a client. Outboxes that are flushed by
    /// themselves are not told of.
    void setObserver(std::function<void(const Written &)> observer)
    {
        m_observer = std::move(observer);
    }

    /// What waits in all outboxes together, as counted at each one's latest flush: what has left
    /// since is still in it, until Outbox::countPending().
    [[nodiscard]] qint64 backlogBytes() const { return m_backlogBytes; }

    /// `overfull` is called after a flush that leaves more than this; it may do no more than queue
    /// something.
    void setBacklogLimit(qint64 bytes, std::function<void()> overfull)
    {
        m_mostBacklogBytes = bytes;
        m_overfull = std::move(overfull);
    }

    /// Outboxes waiting for the end of the turn.
    [[nodiscard]] int waiting() const { return m_waiting; }

protected:
    bool event(QEvent *event) override;

private:
    friend class Outbox;

    void add(Outbox &outbox);
    void remove(Outbox &outbox);
    void forget(Outbox &outbox);
    void note(const Outbox &outbox);

    using Clock = std::chrono::steady_clock;

    void post();
    void beginRound();
    void flushRound(Clock::time_point until);
    void flushBatch();
    void endRound();
    void tell(Clock::time_point begun);

    SendBatch m_batch;
    Written m_slice;
    std::function<void(const Written &)> m_observer;
    std::function<void()> m_overfull;
    qint64 m_backlogBytes = 0;
    qint64 m_mostBacklogBytes = 0;
    std::chrono::nanoseconds m_patience = kPatience;
    Clock::time_point m_begun;      ///< when the first that waits began to
    Clock::time_point m_nextBegun;  ///< when the first behind this round began to wait
    std::vector<Outbox *> m_round;  ///< null: has left it
    std::vector<Outbox *> m_behind; ///< waits for the next; all while no round is under way
    std::size_t m_at = 0;           ///< in m_round: those before it were served
    int m_roundLeft = 0;            ///< in m_round; 0: no round is under way
    int m_waiting = 0;
    int m_joined = 0; ///< messages since the round began
    bool m_posted = false;
};

} // namespace pushdeck
