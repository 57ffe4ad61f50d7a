// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/latestwork.h"

#include "ui/export/background.h"

#include <mutex>

namespace pushdeck {

struct LatestWork::Outcome
{
    std::mutex mutex;
    Done done;
};

LatestWork::LatestWork(QObject *parent) : QObject(parent) {}

LatestWork::~LatestWork() = default;

void LatestWork::run(Work work)
{
    if (m_job) {
        m_job->stop();
        m_wanted = false;
        m_next = std::move(work);
        return;
    }
    start(std::move(work));
}

void LatestWork::cancel()
{
    m_next = nullptr;
    m_wanted = false;
    if (m_job)
        m_job->stop();
}

void LatestWork::start(Work work)
{
    m_wanted = true;
    m_outcome = std::make_shared<Outcome>();
    m_job = std::make_unique<Background>();
    connect(m_job.get(), &Background::finished, this, &LatestWork::finish);
    m_job->start([work = std::move(work), outcome = m_outcome](Background::Progress &progress) {
        Done done = work(progress.stop);
        const std::lock_guard lock(outcome->mutex);
        outcome->done = std::move(done);
    });
}

void LatestWork::finish()
{
    // This runs in a signal of the job's.
    m_job.release()->deleteLater();
    Done done;
    {
        const std::lock_guard lock(m_outcome->mutex);
        done = std::move(m_outcome->done);
    }
    const bool wanted = std::exchange(m_wanted, false);
    if (m_next)
        start(std::exchange(m_next, nullptr));
    if (wanted && done)
        done();
}

} // namespace pushdeck
