// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QString>

#include <vector>

namespace pushdeck {

/// An address of this machine under which others, or it itself, may reach it.
struct LocalAddress
{
    QHostAddress address;
    QString interface; ///< the system's name: "wlan0"
    bool loopback = false;
    bool defaultRoute = false; ///< of the interface that leads out
    bool isVirtual = false;    ///< bridge, container, virtual machine or VPN
};

/// The usable addresses: interfaces that are up, IPv4 before IPv6, the default route's first,
/// virtual adapters late, loopback last. Link-local addresses are left out: browsers cannot open
/// them.
[[nodiscard]] std::vector<LocalAddress> localAddresses();

/// "192.168.1.14" or "[fd00::1]", as it stands in a URL.
[[nodiscard]] QString urlHost(const QHostAddress &address);

} // namespace pushdeck
