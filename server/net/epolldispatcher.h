// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractEventDispatcher>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

namespace pushdeck {

/// An event dispatcher over epoll(7), for a thread with very many sockets: a wakeup costs the same
/// however many of them are idle, where Qt's own looks at each. Linux only.
///
/// Set with QThread::setEventDispatcher() before the thread starts, which then owns it. All calls
/// come from that thread but wakeUp() and interrupt(), which may come from any. Timers are precise
/// to a millisecond, whatever their type. Descriptors must be pollable: sockets, pipes, eventfds.
class EpollDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT

public:
    explicit EpollDispatcher(QObject *parent = nullptr);
    ~EpollDispatcher() override;

    /// False where the kernel gave no epoll or eventfd descriptor; then it must not be used.
    [[nodiscard]] bool isValid() const { return m_epoll >= 0 && m_wakeUp >= 0; }

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType,
                       QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    [[nodiscard]] QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;

private:
    using Clock = std::chrono::steady_clock;

    /// A descriptor and who listens to it, by QSocketNotifier::Type.
    struct Watched
    {
        std::array<QSocketNotifier *, 3> notifiers{};
        std::uint32_t inKernel = 0;   ///< the events epoll was told; 0: it does not know it
        std::uint32_t generation = 0; ///< tells a descriptor from an earlier one of its number
        bool isChanged = false;       ///< stands in m_changed
    };

    struct Timer
    {
        QObject *object = nullptr;
        std::chrono::milliseconds interval{0};
        Qt::TimerType type = Qt::CoarseTimer;
        Clock::time_point due;
        bool isFiring = false;
    };
    using Due = std::pair<Clock::time_point, int>;

    void change(int descriptor, Watched &watched);
    void tellKernel();
    [[nodiscard]] int timeoutMs(bool mayWait, bool withTimers) const;
    bool fireTimers();
    bool wait(int timeoutMs, bool withNotifiers);
    bool activate(int descriptor, std::uint32_t generation, std::uint32_t events);

    int m_epoll;
    int m_wakeUp; ///< an eventfd
    std::atomic<bool> m_isWoken = false;
    std::atomic<bool> m_isInterrupted = false;
    std::unordered_map<int, Watched> m_watched; ///< by descriptor
    std::vector<int> m_changed;                 ///< descriptors to tell the kernel about
    std::uint32_t m_generation = 0;
    std::map<int, Timer> m_timers; ///< by id
    std::set<Due> m_due;
};

} // namespace pushdeck
