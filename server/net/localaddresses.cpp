// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/localaddresses.h"

#include <QByteArrayList>
#include <QFile>
#include <QNetworkInterface>

#include <algorithm>
#include <tuple>

namespace pushdeck {

namespace {

/// The interface of the route to everywhere; empty where the system does not tell (not Linux).
QString defaultRouteInterface()
{
    QFile routes(QStringLiteral("/proc/net/route"));
    if (!routes.open(QIODevice::ReadOnly))
        return {};
    const QByteArrayList lines = routes.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QByteArrayList columns = line.simplified().split(' ');
        if (columns.size() > 1 && columns[1] == "00000000")
            return QString::fromLatin1(columns[0]);
    }
    return {};
}

bool isVirtualName(const QString &name)
{
    static constexpr const char *kPrefixes[] = {"docker",    "br-", "veth",    "virbr", "vmnet",
                                                "vboxnet",   "tun", "tap",     "wg",    "zt",
                                                "tailscale", "cni", "flannel", "podman"};
    return std::any_of(std::begin(kPrefixes), std::end(kPrefixes), [&name](const char *prefix) {
        return name.startsWith(QLatin1String(prefix));
    });
}

auto rank(const LocalAddress &local)
{
    const bool ipv6 = local.address.protocol() == QAbstractSocket::IPv6Protocol;
    return std::tuple(local.loopback, local.isVirtual, !local.defaultRoute, ipv6, local.interface);
}

} // namespace

std::vector<LocalAddress> localAddresses()
{
    const QString defaultRoute = defaultRouteInterface();
    std::vector<LocalAddress> found;
    const auto interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &interface : interfaces) {
        const auto flags = interface.flags();
        if (!flags.testFlag(QNetworkInterface::IsUp) ||
            !flags.testFlag(QNetworkInterface::IsRunning))
            continue;
        const auto entries = interface.addressEntries();
        for (const QNetworkAddressEntry &entry : entries) {
            if (entry.ip().isLinkLocal())
                continue;
            found.push_back({entry.ip(), interface.name(), entry.ip().isLoopback(),
                             interface.name() == defaultRoute, isVirtualName(interface.name())});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const LocalAddress &a, const LocalAddress &b) {
        return rank(a) < rank(b);
    });
    return found;
}

QString urlHost(const QHostAddress &address)
{
    const QString text = address.toString();
    return address.protocol() == QAbstractSocket::IPv6Protocol
               ? QLatin1Char('[') + text + QLatin1Char(']')
               : text;
}

} // namespace pushdeck
