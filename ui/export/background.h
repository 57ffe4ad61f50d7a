// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

namespace pushdeck {

/// One piece of work on a thread of its own, with progress and a way to stop it. Lives on the GUI
/// thread; destroying it stops the work and waits for it.
class Background final : public QObject
{
    Q_OBJECT

public:
    /// What the work sees of the other side. Safe from its thread; nothing is queued: the GUI looks
    /// at the numbers ten times a second, however often they change.
    struct Progress
    {
        std::atomic<bool> stop = false;
        std::atomic<std::uint64_t> done = 0;
        std::atomic<std::uint64_t> total = 0;
    };
    /// Runs once, on the thread. What it touches must outlive it or be its own.
    using Work = std::function<void(Progress &)>;

    explicit Background(QObject *parent = nullptr);
    ~Background() override;

    void start(Work work);
    /// The work ends soon after; `finished` still comes, no more progress does.
    void stop();
    [[nodiscard]] bool isStopped() const { return m_progress.stop; }

signals:
    void progressed(quint64 done, quint64 total);
    void finished();

private:
    Progress m_progress;
    QTimer m_look;
    std::unique_ptr<QThread> m_thread;
};

} // namespace pushdeck
