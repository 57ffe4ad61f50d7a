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

} // namespace

TurnFlusher::TurnFlusher(QObject *parent) : QObject(parent) {}

TurnFlusher::~TurnFlusher()
{
    Q_ASSERT(!m_first);
}

void TurnFlusher::add(Outbox &outbox)
{
    // What came with a flush under way is a turn of its own.
    if (m_observer && (m_waiting == 0 || !m_posted))
        m_begun = std::chrono::steady_clock::now();
    outbox.m_registered = true;
    outbox.m_previous = m_last;
    outbox.m_next = nullptr;
    (m_last ? m_last->m_next : m_first) = &outbox;
    m_last = &outbox;
    ++m_waiting;
    if (!m_posted) {
        m_posted = true;
        QCoreApplication::postEvent(this, new QEvent(flushEventType()), Qt::LowEventPriority);
    }
}

void TurnFlusher::remove(Outbox &outbox)
{
    (outbox.m_previous ? outbox.m_previous->m_next : m_first) = outbox.m_next;
    (outbox.m_next ? outbox.m_next->m_previous : m_last) = outbox.m_previous;
    outbox.m_previous = outbox.m_next = nullptr;
    outbox.m_registered = false;
    --m_waiting;
}

void TurnFlusher::flushAll()
{
    const auto begun = m_begun;
    Written slice;
    // Only as many as wait now: what registers meanwhile stands behind them and has its own event.
    for (int left = m_waiting; left > 0 && m_first; --left) {
        Outbox &outbox = *m_first;
        remove(outbox);
        if (outbox.sendNow())
            ++(outbox.m_whole ? slice.whole : slice.queued);
        if (slice.whole + slice.queued == kSlice)
            tell(begun, slice);
    }
    tell(begun, slice);
}

void TurnFlusher::tell(std::chrono::steady_clock::time_point begun, Written &slice)
{
    if (m_observer && slice.whole + slice.queued > 0) {
        slice.took = std::chrono::steady_clock::now() - begun;
        m_observer(slice);
    }
    slice = {};
}

bool TurnFlusher::event(QEvent *event)
{
    if (event->type() != flushEventType())
        return QObject::event(event);
    m_posted = false;
    flushAll();
    return true;
}

} // namespace pushdeck
