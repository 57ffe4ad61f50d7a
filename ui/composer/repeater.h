// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace pushdeck {

/// How often, how many times, and how many messages each time.
struct RepeatPlan
{
    static constexpr std::chrono::milliseconds kLeastEvery{10};
    static constexpr std::chrono::milliseconds kMostEvery{std::chrono::hours(1)};
    static constexpr int kMostTimes = 1'000'000;
    static constexpr int kMostAtOnce = 1'000;

    std::chrono::milliseconds every{1'000};
    int times = 100; ///< 0: until stopped
    int atOnce = 1;
};

/// The clock of a repeated message. It sends nothing: it says when a batch is due, and waits with
/// the next until every message of this one was answered, so that a slow server is never given
/// more than one batch; what it missed meanwhile is not made up for.
class Repeater final : public QObject
{
    Q_OBJECT

public:
    explicit Repeater(QObject *parent = nullptr);

    /// The first batch is due at once. What the plan has beyond its bounds is cut to them.
    void start(const RepeatPlan &plan);
    void stop();
    /// One message of the batch of `run` was answered; others are ignored.
    void settle(int run);

    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] int run() const { return m_run; } ///< which start this is
    [[nodiscard]] int turns() const { return m_turns; }
    [[nodiscard]] const RepeatPlan &plan() const { return m_plan; }

signals:
    /// The receiver sends, and may call stop() or settle() while it does.
    void due(int messages);
    void changed();

private:
    void turn();

    RepeatPlan m_plan;
    QTimer m_timer;
    int m_run = 0;
    int m_turns = 0;
    int m_open = 0; ///< messages of the last batch without an answer
    bool m_running = false;
    bool m_overdue = false;
};

} // namespace pushdeck
