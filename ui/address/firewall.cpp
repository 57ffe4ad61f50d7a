// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/firewall.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::Firewall)
};

constexpr qint64 kConfigurationBytes = 16 * 1024;

/// What systemd starts by itself has a link in the folder of what wants it.
bool isEnabledUnit(const SystemView &system, const QString &unit)
{
    for (const QString &target : {u"multi-user"_s, u"sysinit"_s, u"basic"_s}) {
        if (system.exists(u"/etc/systemd/system/%1.target.wants/%2.service"_s.arg(target, unit)))
            return true;
    }
    return false;
}

QString nameOf(Firewall firewall)
{
    switch (firewall) {
        case Firewall::Ufw:
            return u"ufw"_s;
        case Firewall::Firewalld:
            return u"firewalld"_s;
        default:
            return u"nftables"_s;
    }
}

} // namespace

SystemView realSystem()
{
    return {[](const QString &path) { return QFileInfo::exists(path); },
            [](const QString &path) {
                QFile file(path);
                return file.open(QIODevice::ReadOnly) ? file.read(kConfigurationBytes)
                                                      : QByteArray();
            }};
}

Firewall findFirewall([[maybe_unused]] const SystemView &system)
{
#if defined(Q_OS_WIN)
    return Firewall::Windows;
#elif defined(Q_OS_MACOS)
    return Firewall::MacOs;
#else
    const QByteArray ufw = '\n' + system.read(u"/etc/ufw/ufw.conf"_s).toLower();
    if (ufw.contains("\nenabled=yes"))
        return Firewall::Ufw;
    if (isEnabledUnit(system, u"firewalld"_s))
        return Firewall::Firewalld;
    if (isEnabledUnit(system, u"nftables"_s))
        return Firewall::Nftables;
    return Firewall::None;
#endif
}

FirewallAdvice firewallAdvice(Firewall firewall, std::uint16_t port)
{
    const QString number = QString::number(port);
    const QString found = Words::tr(
        "No other device has connected yet. If one cannot, this machine's firewall "
        "(%1) may keep it out of port %2. To let it in, run in a terminal:");
    switch (firewall) {
        case Firewall::Ufw:
            return {found.arg(nameOf(firewall), number), u"sudo ufw allow %1/tcp"_s.arg(number)};
        case Firewall::Firewalld:
            return {found.arg(nameOf(firewall), number),
                    u"sudo firewall-cmd --add-port=%1/tcp"_s.arg(number)};
        case Firewall::Nftables:
            return {found.arg(nameOf(firewall), number),
                    u"sudo nft insert rule inet filter input tcp dport %1 accept"_s.arg(number)};
        case Firewall::Windows:
            return {found.arg(Words::tr("Windows Firewall"), number),
                    u"netsh advfirewall firewall add rule name=\"Pushdeck %1\" dir=in action=allow "
                    "protocol=TCP localport=%1"_s.arg(number)};
        case Firewall::MacOs:
            return {Words::tr("No other device has connected yet. If one cannot, allow Pushdeck in "
                              "System Settings, Network, Firewall, Options."),
                    {}};
        case Firewall::None:
            break;
    }
    return {};
}

} // namespace pushdeck
