// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <cstddef>
#include <vector>

namespace pushdeck {

class LongPollSession;
class SendBatch;

/// Answers, once for all, the long-polls that got something in this turn of the event loop: at its
/// end, so that what else is published in it joins their answers, so that the answers leave
/// together, and so that nobody leaves the hub's tables while it walks them. Very many of them
/// yield every few milliseconds to whatever else waits, as TurnFlusher does. Server's thread.
class PollAnswers final : public QObject
{
    Q_OBJECT

public:
    /// `batch` must outlive it.
    explicit PollAnswers(SendBatch &batch, QObject *parent = nullptr);
    ~PollAnswers() override;

    /// Once, until it was told to answer or is forgotten.
    void add(LongPollSession &session);

    /// It waits, and answers by itself or dies.
    void forget(LongPollSession &session);

protected:
    bool event(QEvent *event) override;

private:
    using Sessions = std::vector<LongPollSession *>; ///< null where one was forgotten

    void post();
    void answerBatch();

    SendBatch &m_batch;
    Sessions m_waiting;
    Sessions m_round; ///< those that are being answered
    std::size_t m_at = 0;
    bool m_posted = false;
};

} // namespace pushdeck
