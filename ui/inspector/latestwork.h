// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/inspector/payloaddocument.h"

#include <QObject>

#include <functional>
#include <memory>

namespace pushdeck {

class Background;

/// Work on another thread of which only the latest asked for counts: asking again stops what is
/// under way. Lives on the GUI thread; destroying it stops the work and waits for it.
class LatestWork final : public QObject
{
    Q_OBJECT

public:
    /// What is done with the result, on the GUI thread. May be empty.
    using Done = std::function<void()>;
    /// Runs on the other thread; what it touches is its own or never changes. It looks at the flag
    /// often enough to end within a fraction of a second.
    using Work = std::function<Done(const StopFlag &stop)>;

    explicit LatestWork(QObject *parent = nullptr);
    ~LatestWork() override;

    void run(Work work);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_job != nullptr || m_next; }

private:
    struct Outcome;

    void start(Work work);
    void finish();

    std::unique_ptr<Background> m_job;
    std::shared_ptr<Outcome> m_outcome;
    Work m_next;
    bool m_wanted = false; ///< the result of what runs is still asked for
};

} // namespace pushdeck
