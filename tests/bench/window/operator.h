// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "histogram.h"
#include "ui/mainwindow.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace pushdeck::bench {

/// An operator at work: twice a second, at moments that the window's thread knows nothing of, a
/// real click or key comes in. Measured is the time from then until the window has done what was
/// asked, seen by its state, and has painted what is to be seen of it.
///
/// The thread that presses only posts; all else is the window's thread.
class Operator final : public QObject
{
    Q_OBJECT

public:
    explicit Operator(MainWindow &window);
    ~Operator() override;

    void start();
    /// Returns once the last action is done, and the log is followed again.
    void stop();

    /// Since the last reset. Throws Failure where an action did nothing.
    struct Actions
    {
        std::uint64_t count = 0;
        std::uint64_t longest = 0; ///< ns
        std::uint64_t p50 = 0;
    };
    [[nodiscard]] Actions actions() const;
    void reset() { m_times = {}; }

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Step
    {
        const char *name;
        std::function<void()> press;
        std::function<bool()> done;
        QWidget *painted; ///< where it is seen
    };

    void press();
    void act(std::int64_t pressedNs);
    void finish();

    MainWindow &m_window;
    std::vector<Step> m_steps;
    std::size_t m_next = 0;
    const Step *m_current = nullptr;
    std::int64_t m_pressedNs = 0;
    bool m_painted = false;
    Histogram m_times;
    std::string m_failure;
    std::thread m_thread;
    std::atomic<bool> m_ended = false;
};

} // namespace pushdeck::bench
