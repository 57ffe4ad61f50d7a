// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/deadlines.h"

#include <QTimerEvent>

namespace pushdeck {

Deadlines::Entry::~Entry()
{
    Deadlines::disarm(*this);
}

Deadlines::Deadlines(Milliseconds granularity, QObject *parent)
    : QObject(parent),
      m_granularity(qMax(granularity, Milliseconds(1))),
      m_start(Clock::now()),
      m_driven(false)
{
}

Deadlines::Deadlines(Milliseconds granularity, Clock::time_point start)
    : m_granularity(qMax(granularity, Milliseconds(1))), m_start(start), m_driven(true)
{
}

Deadlines::~Deadlines()
{
    for (Entry *&slot : m_slots) {
        while (slot)
            disarm(*slot);
    }
}

qint64 Deadlines::tickOf(Clock::time_point time) const
{
    return (time - m_start) / m_granularity;
}

/// The first tick not before `due`, or the furthest the wheel reaches: then it is looked at again.
qint64 Deadlines::slotTickFor(Clock::time_point due) const
{
    return qBound(m_tick + 1, tickOf(due - Clock::duration(1)) + 1, m_tick + kSlots - 1);
}

void Deadlines::armAt(Entry &entry, Clock::time_point now, Milliseconds in)
{
    if (m_armed == 0)
        m_tick = qMax(m_tick, tickOf(now));
    entry.m_due = now + in;
    const qint64 tick = slotTickFor(entry.m_due);
    if (entry.m_wheel == this && entry.m_tick <= tick)
        return; // moved on: it is put where it belongs when its old place comes round
    disarm(entry);
    link(entry, tick);
    if (!m_driven && !m_timer.isActive())
        m_timer.start(int(m_granularity.count()), Qt::CoarseTimer, this);
}

void Deadlines::disarm(Entry &entry)
{
    if (entry.m_wheel)
        entry.m_wheel->unlink(entry);
}

void Deadlines::link(Entry &entry, qint64 tick)
{
    Entry *&slot = m_slots[std::size_t(tick % kSlots)];
    entry.m_wheel = this;
    entry.m_tick = tick;
    entry.m_previous = nullptr;
    entry.m_next = slot;
    if (slot)
        slot->m_previous = &entry;
    slot = &entry;
    ++m_armed;
}

void Deadlines::unlink(Entry &entry)
{
    if (entry.m_previous)
        entry.m_previous->m_next = entry.m_next;
    else
        m_slots[std::size_t(entry.m_tick % kSlots)] = entry.m_next;
    if (entry.m_next)
        entry.m_next->m_previous = entry.m_previous;
    entry.m_wheel = nullptr;
    entry.m_previous = entry.m_next = nullptr;
    --m_armed;
}

void Deadlines::advance(Clock::time_point now)
{
    const qint64 until = tickOf(now);
    if (until - m_tick >= kSlots) // slept: every slot is due once
        m_tick = until - kSlots;
    while (m_tick < until) {
        ++m_tick;
        // What is not due goes to a later slot, never back to this one: the loop ends.
        Entry *&slot = m_slots[std::size_t(m_tick % kSlots)];
        while (slot) {
            Entry &entry = *slot;
            unlink(entry);
            if (entry.m_due > now)
                link(entry, slotTickFor(entry.m_due));
            else
                entry.expired();
        }
    }
    if (m_armed == 0)
        m_timer.stop();
}

void Deadlines::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer.timerId())
        advance(Clock::now());
}

} // namespace pushdeck
