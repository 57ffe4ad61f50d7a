// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/turnflusher.h"

#include "net/fetchahead.h"
#include "net/outbox.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

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
    Q_ASSERT(m_waiting == 0);
}

void TurnFlusher::add(Outbox &outbox)
{
    if (m_waiting == 0)
        m_begun = Clock::now();
    else if (m_waiting == m_roundLeft)
        m_nextBegun = Clock::now();
    outbox.m_registered = true;
    outbox.m_place = std::uint32_t(m_behind.size());
    m_behind.push_back(&outbox);
    ++m_waiting;
    post();
}

void TurnFlusher::remove(Outbox &outbox)
{
    outbox.m_registered = false;
    --m_waiting;
    // Who waits behind the round has left its place in it.
    const bool isOfRound = outbox.m_place < m_round.size() && m_round[outbox.m_place] == &outbox;
    (isOfRound ? m_round : m_behind)[outbox.m_place] = nullptr;
    if (isOfRound && --m_roundLeft == 0)
        endRound();
    if (m_waiting == 0)
        m_behind.clear();
}

void TurnFlusher::forget(Outbox &outbox)
{
    if (outbox.m_registered)
        remove(outbox);
    if (std::exchange(outbox.m_batched, false))
        m_batch.forget(outbox);
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
    m_round.clear();
    m_round.swap(m_behind);
    m_at = 0;
    m_roundLeft = m_waiting;
    m_joined = 0;
}

void TurnFlusher::endRound()
{
    m_begun = m_nextBegun;
}

void TurnFlusher::messageAppended()
{
    if (m_roundLeft > 0 && ++m_joined > kJoining)
        flushRound(Clock::time_point::max());
}

void TurnFlusher::flushRound(Clock::time_point until)
{
    if (m_batch.isSending()) // told of one of these, somebody published
        return;
    const auto begun = m_begun;
    // Only as many as waited when the round began: what registers meanwhile stands behind them.
    while (m_roundLeft > 0) {
        flushBatch();
        if (m_slice.whole + m_slice.queued >= kSlice)
            tell(begun);
        if (Clock::now() >= until)
            break;
    }
    tell(begun);
    if (m_overfull && m_backlogBytes > m_mostBacklogBytes)
        m_overfull();
}

void TurnFlusher::flushBatch()
{
    for (std::size_t taken = 0; taken < SendBatch::kMost && m_roundLeft > 0 && !m_batch.isFull();) {
        if (m_at + kFetchedAhead < m_round.size())
            fetchAhead(m_round[m_at + kFetchedAhead], sizeof(Outbox));
        Outbox *outbox = m_round[m_at++];
        if (!outbox)
            continue;
        ++taken;
        remove(*outbox);
        if (!outbox->joinBatch(m_batch)) {
            outbox->sendNow();
            note(*outbox);
        }
    }
    m_batch.send();
}

void TurnFlusher::note(const Outbox &outbox)
{
    if (!outbox.m_failed)
        ++(outbox.m_whole ? m_slice.whole : m_slice.queued);
}

void TurnFlusher::flushAll()
{
    if (m_roundLeft > 0) // those it has not come to
        flushRound(Clock::time_point::max());
    if (m_roundLeft > 0)
        return;
    beginRound();
    flushRound(Clock::time_point::max());
}

void TurnFlusher::tell(Clock::time_point begun)
{
    Written slice = std::exchange(m_slice, {});
    if (!m_observer || slice.whole + slice.queued == 0)
        return;
    slice.took = Clock::now() - begun;
    m_observer(slice);
}

bool TurnFlusher::event(QEvent *event)
{
    if (event->type() != flushEventType())
        return QObject::event(event);
    m_posted = false;
    if (m_roundLeft == 0)
        beginRound();
    flushRound(Clock::now() + m_patience);
    // Behind what else is posted, and behind a look at every socket.
    if (m_waiting > 0)
        post();
    return true;
}

} // namespace pushdeck
