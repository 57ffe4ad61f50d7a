// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/pollanswers.h"

#include "net/turnflusher.h"
#include "transport/longpollsession.h"

#include <QCoreApplication>
#include <QEvent>

#include <chrono>

namespace pushdeck {

namespace {

QEvent::Type answerEventType()
{
    static const auto type = QEvent::Type(QEvent::registerEventType());
    return type;
}

} // namespace

PollAnswers::PollAnswers(SendBatch &batch, QObject *parent) : QObject(parent), m_batch(batch) {}

void PollAnswers::add(LongPollSession &session)
{
    m_waiting.emplace_back(&session);
    post();
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
        if (LongPollSession *session = m_round[m_at++])
            session->answer(&m_batch);
    }
    m_batch.send();
}

} // namespace pushdeck
