// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace pushdeck {

class Outbox;

/// Sends what this turn of the event loop put into outboxes, once, when the turn's work is done: a
/// posted event of low priority, so commands and publishes already queued join in. One per server
/// thread; must outlive its outboxes.
class TurnFlusher final : public QObject
{
    Q_OBJECT

public:
    explicit TurnFlusher(QObject *parent = nullptr);
    ~TurnFlusher() override;

    /// Flushes all touched outboxes now. What is appended meanwhile waits for the next turn.
    void flushAll();

    /// Outboxes waiting for the end of the turn.
    [[nodiscard]] int waiting() const { return m_waiting; }

protected:
    bool event(QEvent *event) override;

private:
    friend class Outbox;

    void add(Outbox &outbox);
    void remove(Outbox &outbox);

    Outbox *m_first = nullptr;
    Outbox *m_last = nullptr;
    int m_waiting = 0;
    bool m_posted = false;
};

} // namespace pushdeck
