// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/repeater.h"

#include <algorithm>

namespace pushdeck {

Repeater::Repeater(QObject *parent) : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_open > 0)
            m_overdue = true;
        else
            turn();
    });
}

void Repeater::start(const RepeatPlan &plan)
{
    m_plan = {std::clamp(plan.every, RepeatPlan::kLeastEvery, RepeatPlan::kMostEvery),
              std::clamp(plan.times, 0, RepeatPlan::kMostTimes),
              std::clamp(plan.atOnce, 1, RepeatPlan::kMostAtOnce)};
    ++m_run;
    m_turns = 0;
    m_running = true;
    turn();
}

void Repeater::stop()
{
    if (!m_running)
        return;
    m_running = false;
    m_timer.stop();
    emit changed();
}

void Repeater::settle(int run)
{
    if (!m_running || run != m_run || m_open == 0)
        return;
    if (--m_open == 0 && m_overdue)
        turn();
}

void Repeater::turn()
{
    const int run = m_run;
    ++m_turns;
    m_open = m_plan.atOnce;
    m_overdue = false;
    m_timer.start(m_plan.every);
    emit due(m_plan.atOnce);
    if (!m_running || run != m_run)
        return;
    if (m_plan.times > 0 && m_turns >= m_plan.times)
        stop();
    else
        emit changed();
}

} // namespace pushdeck
