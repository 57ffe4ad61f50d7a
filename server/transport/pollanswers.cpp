// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/pollanswers.h"

#include "net/fetchahead.h"
#include "net/turnflusher.h"
#include "transport/longpollsession.h"

#include <QCoreApplication>
#include <QEvent>

#include <chrono>
#include <utility>

namespace pushdeck {

namespace {

QEvent::Type answerEventType()
{
    static const auto type = QEvent::Type(QEvent::registerEventType());
    return type;
}

} // namespace

PollAnswers::PollAnswers(SendBatch &batch, QObject *parent) : QObject(parent), m_batch(batch) {}

PollAnswers::~PollAnswers()
{
    for (const Sessions *sessions : {&m_round, &m_waiting}) {
        for (LongPollSession *session : *sessions) {
            if (session) // its connection may outlive this one's server by a turn
                session->m_place.reset();
        }
    }
}

void PollAnswers::add(LongPollSession &session)
{
    session.m_place = m_waiting.size();
    m_waiting.push_back(&session);
    post();
}

void PollAnswers::forget(LongPollSession &session)
{
    Q_ASSERT(session.m_place);
    const std::size_t place = *std::exchange(session.m_place, {});
    const bool isOfRound = place < m_round.size() && m_round[place] == &session;
    (isOfRound ? m_round : m_waiting)[place] = nullptr;
}

void PollAnswers::post()
{
    if (m_posted)
        return;
    m_posted = true;
    QCoreApplication::postEvent(this, new QEvent(answerEventType()), Qt::LowEventPriority);
}

bool PollAnswers::event(QEvent *event)
{
    if (event->type() != answerEventType())
        return QObject::event(event);
    using Clock = std::chrono::steady_clock;
    const auto until = Clock::now() + TurnFlusher::kPatience;
    m_posted = false;
    if (m_at == m_round.size()) {
        m_at = 0;
        m_round.clear();
        m_round.swap(m_waiting);
    }
    do {
        answerBatch();
    } while (m_at < m_round.size() && Clock::now() < until);
    if (m_at < m_round.size() || !m_waiting.empty())
        post();
    return true;
}

void PollAnswers::answerBatch()
{
    while (m_at < m_round.size() && !m_batch.isFull()) {
        if (m_at + kFetchedAhead < m_round.size())
            fetchAhead(m_round[m_at + kFetchedAhead], sizeof(LongPollSession));
        if (LongPollSession *session = std::exchange(m_round[m_at++], nullptr)) {
            session->m_place.reset();
            session->answer(&m_batch);
        }
    }
    m_batch.send();
}

} // namespace pushdeck
