// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/descriptorreserve.h"

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace pushdeck {

namespace {

constexpr std::size_t kReserved = 8;

} // namespace

DescriptorReserve::~DescriptorReserve()
{
    clear();
}

void DescriptorReserve::refill()
{
#ifdef Q_OS_UNIX
    while (m_descriptors.size() < kReserved) {
        const int descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        if (descriptor < 0)
            return;
        m_descriptors.push_back(descriptor);
    }
#endif
}

qintptr DescriptorReserve::acceptInstead(qintptr listener)
{
#ifdef Q_OS_UNIX
    if (m_descriptors.empty())
        return -1;
    ::close(m_descriptors.back());
    m_descriptors.pop_back();
    const int accepted = ::accept(int(listener), nullptr, nullptr);
    if (accepted < 0)
        refill();
    else
        ::fcntl(accepted, F_SETFD, FD_CLOEXEC);
    return accepted;
#else
    Q_UNUSED(listener);
    return -1;
#endif
}

void DescriptorReserve::clear()
{
#ifdef Q_OS_UNIX
    for (const int descriptor : m_descriptors)
        ::close(descriptor);
#endif
    m_descriptors.clear();
}

} // namespace pushdeck
