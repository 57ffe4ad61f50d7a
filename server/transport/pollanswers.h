// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <vector>

namespace pushdeck {

class LongPollSession;

/// Answers, once for all, the long-polls that got something in this turn of the event loop: at its
/// end, so that what else is published in it joins their batches, and so that nobody leaves the
/// hub's tables while it walks them. Server's thread.
class PollAnswers final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// It may answer itself earlier, or die.
    void add(LongPollSession &session);

protected:
    bool event(QEvent *event) override;

private:
    std::vector<QPointer<LongPollSession>> m_waiting;
};

} // namespace pushdeck
