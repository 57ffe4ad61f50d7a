// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/background.h"

namespace pushdeck {

using namespace std::chrono_literals;

Background::Background(QObject *parent) : QObject(parent)
{
    m_look.setInterval(100ms);
    connect(&m_look, &QTimer::timeout, this, [this] {
        if (!isStopped())
            emit progressed(m_progress.done, m_progress.total);
    });
}

Background::~Background()
{
    stop();
    if (m_thread)
        m_thread->wait();
}

void Background::start(Work work)
{
    Q_ASSERT(!m_thread);
    m_thread.reset(QThread::create([this, work = std::move(work)] { work(m_progress); }));
    m_thread->setObjectName(QStringLiteral("file"));
    // Emitted on the other thread: queued here by the context.
    connect(m_thread.get(), &QThread::finished, this, [this] {
        m_look.stop();
        emit finished();
    });
    m_look.start();
    m_thread->start(QThread::LowPriority);
}

void Background::stop()
{
    m_progress.stop = true;
}

} // namespace pushdeck
