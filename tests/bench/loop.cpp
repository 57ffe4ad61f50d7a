// SPDX-License-Identifier: GPL-3.0-or-later
#include "loop.h"

#include "failure.h"

#include <sys/epoll.h>
#include <unistd.h>
#include <array>
#include <cerrno>

namespace pushdeck::bench {

Loop::Loop() : m_descriptor(epoll_create1(EPOLL_CLOEXEC)), m_buffer(256 * 1024)
{
    if (m_descriptor < 0)
        throw systemFailure("epoll_create1");
}

Loop::~Loop()
{
    close(m_descriptor);
}

void Loop::add(int descriptor, std::uint32_t events, Source &source)
{
    control(EPOLL_CTL_ADD, descriptor, events, source);
}

void Loop::change(int descriptor, std::uint32_t events, Source &source)
{
    control(EPOLL_CTL_MOD, descriptor, events, source);
}

void Loop::control(int operation, int descriptor, std::uint32_t events, Source &source)
{
    epoll_event event{};
    event.events = events;
    event.data.ptr = &source;
    if (epoll_ctl(m_descriptor, operation, descriptor, &event) != 0)
        throw systemFailure("epoll_ctl");
}

void Loop::turn(int timeoutMs)
{
    std::array<epoll_event, 1024> events{};
    const int count =
        epoll_wait(m_descriptor, events.data(), static_cast<int>(events.size()), timeoutMs);
    if (count < 0 && errno != EINTR)
        throw systemFailure("epoll_wait");
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[static_cast<std::size_t>(i)];
        static_cast<Source *>(event.data.ptr)->handle(event.events);
    }
}

} // namespace pushdeck::bench
