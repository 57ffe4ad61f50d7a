// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/pollanswers.h"

#include "transport/longpollsession.h"

#include <QCoreApplication>
#include <QEvent>

namespace pushdeck {

namespace {

QEvent::Type answerEventType()
{
    static const auto type = QEvent::Type(QEvent::registerEventType());
    return type;
}

} // namespace

void PollAnswers::add(LongPollSession &session)
{
    if (m_waiting.empty())
        QCoreApplication::postEvent(this, new QEvent(answerEventType()), Qt::LowEventPriority);
    m_waiting.emplace_back(&session);
}

bool PollAnswers::event(QEvent *event)
{
    if (event->type() != answerEventType())
        return QObject::event(event);
    const auto waiting = std::exchange(m_waiting, {});
    for (const QPointer<LongPollSession> &session : waiting) {
        if (session)
            session->answer();
    }
    return true;
}

} // namespace pushdeck
