// SPDX-License-Identifier: GPL-3.0-or-later
#include "heartbeat.h"

#include "procstat.h"

#include <ctime>

#include <algorithm>

namespace pushdeck::bench {

namespace {

constexpr std::int64_t kBeatNs = 1'000'000;
constexpr std::int64_t kFrameNs = 16'000'000;
constexpr std::int64_t kFeltNs = 50'000'000;

std::int64_t threadCpuNs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

} // namespace

OwnTime::OwnTime() : m_beginNs(nowNs()), m_beginCpuNs(threadCpuNs()) {}

double OwnTime::share() const
{
    return static_cast<double>(threadCpuNs() - m_beginCpuNs) /
           static_cast<double>(std::max<std::int64_t>(nowNs() - m_beginNs, 1));
}

Heartbeat::Heartbeat(QObject *parent) : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(1);
    connect(&m_timer, &QTimer::timeout, this, &Heartbeat::beat);
    reset();
    m_timer.start();
}

void Heartbeat::reset()
{
    m_late = {};
    m_longestBusyNs = 0;
    m_above16ms = m_above50ms = 0;
    m_own = {};
    m_lastNs = nowNs();
    m_lastCpuNs = threadCpuNs();
}

void Heartbeat::beat()
{
    const std::int64_t now = nowNs();
    const std::int64_t cpu = threadCpuNs();
    const std::int64_t late = std::max<std::int64_t>(now - m_lastNs - kBeatNs, 0);
    m_late.add(late);
    m_longestBusyNs = std::max(m_longestBusyNs, cpu - m_lastCpuNs);
    m_above16ms += late > kFrameNs ? 1 : 0;
    m_above50ms += late > kFeltNs ? 1 : 0;
    m_lastNs = now;
    m_lastCpuNs = cpu;
}

Heartbeat::Stalls Heartbeat::stalls() const
{
    return {m_late.total(),
            m_late.largest(),
            static_cast<std::uint64_t>(m_longestBusyNs),
            m_late.percentile(99),
            m_late.percentile(99.9),
            m_above16ms,
            m_above50ms,
            m_own.share()};
}

} // namespace pushdeck::bench
