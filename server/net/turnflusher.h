// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <chrono>
#include <functional>

namespace pushdeck {

class Outbox;

/// Sends what this turn of the event loop put into outboxes, once, when the turn's work is done: a
/// posted event of low priority, so commands and publishes already queued join in. One per server
/// thread; must outlive its outboxes.
class TurnFlusher final : public QObject
{
    Q_OBJECT

public:
    /// Clients that are flushed between two looks at the clock.
    static constexpr int kSlice = 64;

    /// What a slice of a turn's flushes came to.
    struct Written
    {
        std::chrono::nanoseconds took; ///< since the first of the turn's bytes were appended
        int whole = 0;                 ///< outboxes whose bytes the kernel took, all of them
        int queued = 0;                ///< outboxes of which some stay in the program
    };

    explicit TurnFlusher(QObject *parent = nullptr);
    ~TurnFlusher() override;

    /// Flushes all touched outboxes now. What is appended meanwhile waits for the next turn.
    void flushAll();

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

    void tell(std::chrono::steady_clock::time_point begun, Written &slice);

    std::function<void(const Written &)> m_observer;
    std::function<void()> m_overfull;
    qint64 m_backlogBytes = 0;
    qint64 m_mostBacklogBytes = 0;
    std::chrono::steady_clock::time_point m_begun; ///< when the waiting ones began to
    Outbox *m_first = nullptr;
    Outbox *m_last = nullptr;
    int m_waiting = 0;
    bool m_posted = false;
};

} // namespace pushdeck
