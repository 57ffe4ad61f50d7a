// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <ctime>

namespace pushdeck {

/// The calling thread's own CPU time, in milliseconds: what a machine does beside it is not in it.
inline double threadCpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// How long this thread worked at a stretch without answering events: its own time, so that a busy
/// machine is not taken for a slow window, and the clock's beside it.
class Heartbeat
{
public:
    Heartbeat()
    {
        m_timer.setInterval(1);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { beat(); });
        m_timer.start();
        m_clock.start();
        m_cpu = threadCpuMs();
    }
    void beat()
    {
        worstCpuMs = std::max(worstCpuMs, threadCpuMs() - m_cpu);
        worstMs = std::max(worstMs, static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
        m_clock.restart();
        m_cpu = threadCpuMs();
    }

    double worstCpuMs = 0;
    double worstMs = 0;

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_cpu = 0;
};

} // namespace pushdeck
