// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/socketinfo.h"

#ifdef Q_OS_LINUX
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#endif

namespace pushdeck {

std::optional<double> rttMs(qintptr descriptor)
{
#ifdef Q_OS_LINUX
    tcp_info info{};
    socklen_t size = sizeof info;
    if (descriptor >= 0 &&
        ::getsockopt(int(descriptor), IPPROTO_TCP, TCP_INFO, &info, &size) == 0 &&
        info.tcpi_rtt > 0)
        return info.tcpi_rtt / 1000.0;
#else
    Q_UNUSED(descriptor);
#endif
    return std::nullopt;
}

std::optional<quint64> kernelBacklogBytes(qintptr descriptor)
{
#ifdef Q_OS_LINUX
    int bytes = 0;
    if (descriptor >= 0 && ::ioctl(int(descriptor), SIOCOUTQ, &bytes) == 0 && bytes >= 0)
        return quint64(bytes);
#else
    Q_UNUSED(descriptor);
#endif
    return std::nullopt;
}

} // namespace pushdeck
