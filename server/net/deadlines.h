// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBasicTimer>
#include <QObject>

#include <array>
#include <chrono>

namespace pushdeck {

/// One timer for any number of deadlines: a hashed wheel. Arming costs a store in the common case
/// that the deadline only moves on, and nothing is allocated; without a deadline the timer is off.
/// A deadline is late by at most one and a half granularities, where a timer drives it.
class Deadlines final : public QObject
{
public:
    using Clock = std::chrono::steady_clock;
    using Milliseconds = std::chrono::milliseconds;

    /// Something with at most one deadline: derive from it. Leaves the wheel when destroyed.
    class Entry
    {
    public:
        Entry() = default;
        Entry(const Entry &) = delete;
        Entry &operator=(const Entry &) = delete;

    protected:
        virtual ~Entry();

        /// Called once per arming, with the entry disarmed; may arm again or destroy any entry.
        virtual void expired() = 0;

    private:
        friend class Deadlines;

        Deadlines *m_wheel = nullptr;
        Entry *m_previous = nullptr;
        Entry *m_next = nullptr;
        Clock::time_point m_due;
        qint64 m_tick = 0; ///< the wheel looks at it then; never after m_due's tick
    };

    explicit Deadlines(Milliseconds granularity, QObject *parent = nullptr);
    /// Without a timer: its time begins at `start` and goes by what its owner gives to advance().
    Deadlines(Milliseconds granularity, Clock::time_point start);
    ~Deadlines() override;

    /// Replaces the entry's deadline.
    void arm(Entry &entry, Milliseconds in) { armAt(entry, Clock::now(), in); }
    void armAt(Entry &entry, Clock::time_point now, Milliseconds in);
    static void disarm(Entry &entry);
    [[nodiscard]] static bool isArmed(const Entry &entry) { return entry.m_wheel != nullptr; }

    /// Expires what is due by `now`; the timer calls it.
    void advance(Clock::time_point now);

    [[nodiscard]] int armed() const { return m_armed; }

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    static constexpr qint64 kSlots = 512;

    [[nodiscard]] qint64 tickOf(Clock::time_point time) const;
    [[nodiscard]] qint64 slotTickFor(Clock::time_point due) const;
    void link(Entry &entry, qint64 tick);
    void unlink(Entry &entry);

    const Milliseconds m_granularity;
    const Clock::time_point m_start;
    const bool m_driven; ///< by its owner
    qint64 m_tick = 0;   ///< last one looked at
    int m_armed = 0;
    QBasicTimer m_timer;
    std::array<Entry *, kSlots> m_slots{};
};

} // namespace pushdeck
