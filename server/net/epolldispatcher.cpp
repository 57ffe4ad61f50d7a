// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/epolldispatcher.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace pushdeck {

namespace {

/// Taken from the kernel at a time; what is ready beyond them comes with the next turn.
constexpr int kEventsPerTurn = 256;

/// What the kernel is asked for, by QSocketNotifier::Type: read, write, exception.
constexpr std::array<std::uint32_t, 3> kAsked{EPOLLIN, EPOLLOUT, EPOLLPRI};
/// What each is told of: an end or an error shows in reading and in writing.
constexpr std::array<std::uint32_t, 3> kTold{EPOLLIN | EPOLLHUP | EPOLLERR,
                                             EPOLLOUT | EPOLLHUP | EPOLLERR, EPOLLPRI};

constexpr std::uint64_t kWakeUpTag = ~std::uint64_t(0);

std::uint64_t tagOf(int descriptor, std::uint32_t generation)
{
    return std::uint64_t(generation) << 32 | static_cast<std::uint32_t>(descriptor);
}

} // namespace

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent),
      m_epoll(::epoll_create1(EPOLL_CLOEXEC)),
      m_wakeUp(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = kWakeUpTag;
    if (isValid())
        ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wakeUp, &event);
}

EpollDispatcher::~EpollDispatcher()
{
    if (m_wakeUp >= 0)
        ::close(m_wakeUp);
    if (m_epoll >= 0)
        ::close(m_epoll);
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    m_isInterrupted.store(false);
    emit awake();
    QCoreApplication::sendPostedEvents();

    const bool withTimers = !flags.testFlag(QEventLoop::X11ExcludeTimers);
    const bool withNotifiers = !flags.testFlag(QEventLoop::ExcludeSocketNotifiers);
    const bool mayWait = flags.testFlag(QEventLoop::WaitForMoreEvents) && !m_isInterrupted.load();
    if (mayWait)
        emit aboutToBlock();
    if (m_isInterrupted.load())
        return false;

    tellKernel();
    bool didSomething = wait(timeoutMs(mayWait, withTimers), withNotifiers);
    if (withTimers)
        didSomething |= fireTimers();
    return didSomething;
}

// ---- descriptors

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = static_cast<int>(notifier->socket());
    const auto [it, isNew] = m_watched.try_emplace(descriptor);
    Watched &watched = it->second;
    if (isNew)
        watched.generation = ++m_generation;
    QSocketNotifier *&place = watched.notifiers[static_cast<std::size_t>(notifier->type())];
    if (place)
        qWarning("EpollDispatcher: two notifiers of one type for descriptor %d", descriptor);
    place = notifier;
    change(descriptor, watched);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int descriptor = static_cast<int>(notifier->socket());
    const auto it = m_watched.find(descriptor);
    if (it == m_watched.end())
        return;
    Watched &watched = it->second;
    QSocketNotifier *&place = watched.notifiers[static_cast<std::size_t>(notifier->type())];
    if (place != notifier)
        return;
    place = nullptr;
    const bool isWatched = std::any_of(watched.notifiers.begin(), watched.notifiers.end(),
                                       [](const QSocketNotifier *one) { return one; });
    if (isWatched) {
        change(descriptor, watched);
        return;
    }
    // At once: the descriptor is closed next. The kernel would forget it then, but not where a
    // duplicate keeps the connection open, and it could not be told any more.
    if (watched.inKernel != 0)
        ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
    m_watched.erase(it);
}

/// The kernel is told just before waiting: what is enabled and disabled again in one turn, as a
/// write notifier often is, costs nothing.
void EpollDispatcher::change(int descriptor, Watched &watched)
{
    if (!watched.isChanged)
        m_changed.push_back(descriptor);
    watched.isChanged = true;
}

void EpollDispatcher::tellKernel()
{
    for (const int descriptor : m_changed) {
        const auto it = m_watched.find(descriptor);
        if (it == m_watched.end() || !it->second.isChanged)
            continue;
        Watched &watched = it->second;
        watched.isChanged = false;
        epoll_event event{};
        for (std::size_t type = 0; type < kAsked.size(); ++type)
            event.events |= watched.notifiers[type] ? kAsked[type] : 0;
        if (event.events == watched.inKernel)
            continue;
        event.data.u64 = tagOf(descriptor, watched.generation);
        const int operation = watched.inKernel == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
        watched.inKernel = event.events;
        if (::epoll_ctl(m_epoll, operation, descriptor, &event) == 0)
            continue;
        // It was closed, and its number given again, behind a notifier's back.
        const int otherwise = errno == ENOENT ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
        if ((errno != ENOENT && errno != EEXIST) ||
            ::epoll_ctl(m_epoll, otherwise, descriptor, &event) != 0) {
            watched.inKernel = 0;
            qWarning("EpollDispatcher: descriptor %d cannot be watched: %s", descriptor,
                     std::strerror(errno));
        }
    }
    m_changed.clear();
}

bool EpollDispatcher::wait(int timeoutMs, bool withNotifiers)
{
    std::array<epoll_event, kEventsPerTurn> events;
    // Without notifiers only the wakeup may end the waiting, yet all would be reported: so there is
    // no waiting then, and callers come back for what they wait for.
    const int count =
        ::epoll_wait(m_epoll, events.data(), kEventsPerTurn, withNotifiers ? timeoutMs : 0);
    bool didSomething = false;
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[static_cast<std::size_t>(i)];
        if (event.data.u64 == kWakeUpTag) {
            // In this order: the other way round, who wakes between the two would have his write
            // read away, and the flag would keep everybody from writing again. Who comes between
            // them now writes nothing, and need not: this turn ends, and the exchange lets the next
            // one see what he did before.
            std::uint64_t ignored = 0;
            [[maybe_unused]] const auto bytes = ::read(m_wakeUp, &ignored, sizeof ignored);
            m_isWoken.exchange(false);
            didSomething = true;
        } else if (withNotifiers) {
            didSomething |=
                activate(static_cast<int>(event.data.u64 & 0xffffffff),
                         static_cast<std::uint32_t>(event.data.u64 >> 32), event.events);
        }
    }
    return didSomething;
}

bool EpollDispatcher::activate(int descriptor, std::uint32_t generation, std::uint32_t events)
{
    bool didSomething = false;
    for (std::size_t type = 0; type < kTold.size(); ++type) {
        if (!(events & kTold[type]))
            continue;
        // Looked up each time: whoever is told may remove any notifier.
        const auto it = m_watched.find(descriptor);
        if (it == m_watched.end() || it->second.generation != generation)
            return didSomething;
        QSocketNotifier *notifier = it->second.notifiers[type];
        if (!notifier)
            continue;
        QEvent event(QEvent::SockAct);
        QCoreApplication::sendEvent(notifier, &event);
        didSomething = true;
    }
    return didSomething;
}

// ---- timers

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType,
                                    QObject *object)
{
    const std::chrono::milliseconds ms(std::max<qint64>(interval, 0));
    const Timer timer{object, ms, timerType, Clock::now() + ms, false};
    m_timers.insert_or_assign(timerId, timer);
    m_due.emplace(timer.due, timerId);
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    const auto it = m_timers.find(timerId);
    if (it == m_timers.end())
        return false;
    m_due.erase({it->second.due, timerId});
    m_timers.erase(it);
    return true;
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    bool did = false;
    for (auto it = m_timers.begin(); it != m_timers.end();) {
        if (it->second.object != object) {
            ++it;
            continue;
        }
        m_due.erase({it->second.due, it->first});
        it = m_timers.erase(it);
        did = true;
    }
    return did;
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> infos;
    for (const auto &[id, timer] : m_timers) {
        if (timer.object == object)
            infos.append(TimerInfo(id, static_cast<int>(timer.interval.count()), timer.type));
    }
    return infos;
}

int EpollDispatcher::remainingTime(int timerId)
{
    const auto it = m_timers.find(timerId);
    if (it == m_timers.end())
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(it->second.due - Clock::now());
    return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

int EpollDispatcher::timeoutMs(bool mayWait, bool withTimers) const
{
    if (!mayWait)
        return 0;
    // One that is under way further up the stack does not fire in here.
    const auto next = std::find_if(m_due.begin(), m_due.end(), [this](const Due &due) {
        return !m_timers.at(due.second).isFiring;
    });
    if (!withTimers || next == m_due.end())
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next->first - Clock::now());
    constexpr std::int64_t kMost = 24 * 3600 * 1000; // more does not fit where epoll takes it
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, kMost));
}

bool EpollDispatcher::fireTimers()
{
    if (m_due.empty())
        return false;
    // Each at most once a turn: a timer of no interval must not keep the sockets waiting.
    const Clock::time_point now = Clock::now();
    std::vector<int> ids;
    for (auto it = m_due.begin(); it != m_due.end() && it->first <= now; ++it)
        ids.push_back(it->second);
    bool didSomething = false;
    for (const int id : ids) {
        auto it = m_timers.find(id);
        // Gone, started anew, or under way further up the stack.
        if (it == m_timers.end() || it->second.due > now || it->second.isFiring)
            continue;
        Timer &timer = it->second;
        m_due.erase({timer.due, id});
        // Beats that were missed are not made up for.
        timer.due = std::max(timer.due + timer.interval, now);
        m_due.emplace(timer.due, id);
        timer.isFiring = true;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer.object, &event);
        didSomething = true;
        it = m_timers.find(id);
        if (it != m_timers.end())
            it->second.isFiring = false;
    }
    return didSomething;
}

// ---- from any thread

void EpollDispatcher::wakeUp()
{
    if (m_isWoken.exchange(true))
        return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto bytes = ::write(m_wakeUp, &one, sizeof one);
}

void EpollDispatcher::interrupt()
{
    m_isInterrupted.store(true);
    wakeUp();
}

} // namespace pushdeck
