// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/turnflusher.h"

#include "net/outbox.h"

#include <QCoreApplication>
#include <QEvent>

namespace pushdeck {

namespace {

QEvent::Type flushEventType()
{
    static const auto type = QEvent::Type(QEvent::registerEventType());
    return type;
}

// Eight small sends take about as long as a hundred looks at the clock.
constexpr int kClientsPerClockLook = 8;

} // namespace

TurnFlusher::TurnFlusher(QObject *parent) : QObject(parent) {}

TurnFlusher::~TurnFlusher()
{
    Q_ASSERT(!m_first);
}

void TurnFlusher::add(Outbox &outbox)
{
    if (m_waiting == 0) {
        m_begun = Clock::now();
    } else if (m_roundLast && !m_hasNext) {
        m_nextBegun = Clock::now();
        m_hasNext = true;
    }
    outbox.m_registered = true;
    outbox.m_previous = m_last;
    outbox.m_next = nullptr;
    (m_last ? m_last->m_next : m_first) = &outbox;
    m_last = &outbox;
    ++m_waiting;
    post();
}

void TurnFlusher::remove(Outbox &outbox)
{
    if (&outbox == m_roundLast) {
        m_roundLast = outbox.m_previous; // those before it are of the round
        if (!m_roundLast)
            endRound();
    }
    (outbox.m_previous ? outbox.m_previous->m_next : m_first) = outbox.m_next;
    (outbox.m_next ? outbox.m_next->m_previous : m_last) = outbox.m_previous;
    outbox.m_previous = outbox.m_next = nullptr;
    outbox.m_registered = false;
    --m_waiting;
}

void TurnFlusher::post()
{
    if (m_posted)
        return;
    m_posted = true;
    QCoreApplication::postEvent(this, new QEvent(flushEventType()), Qt::LowEventPriority);
}

void TurnFlusher::beginRound()
{
    m_roundLast = m_last;
    m_joined = 0;
}

void TurnFlusher::endRound()
{
    m_roundLast = nullptr;
    m_begun = m_nextBegun;
    m_hasNext = false;
}

void TurnFlusher::messageAppended()
{
    if (m_roundLast && ++m_joined > kJoining)
        flushRound(Clock::time_point::max());
}

void TurnFlusher::flushRound(Clock::time_point until)
{
    const auto begun = m_begun;
    Written slice;
    // Only as many as waited when the round began: what registers meanwhile stands behind them.
    for (int flushed = 0; m_roundLast;) {
        Outbox &outbox = *m_first;
        remove(outbox);
        if (outbox.flushNow())
            ++(outbox.m_whole ? slice.whole : slice.queued);
        if (slice.whole + slice.queued == kSlice)
            tell(begun, slice);
        if (++flushed % kClientsPerClockLook == 0 && Clock::now() >= until)
            break;
    }
    tell(begun, slice);
    if (m_overfull && m_backlogBytes > m_mostBacklogBytes)
        m_overfull();
}

void TurnFlusher::flushAll()
{
    if (m_roundLast) // those it has not come to
        flushRound(Clock::time_point::max());
    beginRound();
    flushRound(Clock::time_point::max());
}

void TurnFlusher::tell(Clock::time_point begun, Written &slice)
{
    if (m_observer && slice.whole + slice.queued > 0) {
        slice.took = Clock::now() - begun;
        m_observer(slice);
    }
    slice = {};
}

bool TurnFlusher::event(QEvent *event)
{
    if (event->type() != flushEventType())
        return QObject::event(event);
    m_posted = false;
    if (!m_roundLast)
        beginRound();
    flushRound(Clock::now() + m_patience);
    // Behind what else is posted, and behind a look at every socket.
    if (m_waiting > 0)
        post();
    return true;
}

} // namespace pushdeck
