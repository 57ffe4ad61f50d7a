// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <functional>

namespace pushdeck {

enum class Firewall { None, Ufw, Firewalld, Nftables, Windows, MacOs };

/// How the system is looked at; in tests something else answers.
struct SystemView
{
    std::function<bool(const QString &path)> exists;
    std::function<QByteArray(const QString &path)> read; ///< a bounded part; empty: cannot
};
[[nodiscard]] SystemView realSystem();

/// The firewall that is in use, as far as everybody may see it (rules only the superuser may).
[[nodiscard]] Firewall findFirewall(const SystemView &system);

/// A sentence that says what may be wrong, and a command that lets `port` in: to be copied, not
/// run. Empty command: the sentence says what to do.
struct FirewallAdvice
{
    QString words;
    QString command;
};
[[nodiscard]] FirewallAdvice firewallAdvice(Firewall firewall, std::uint16_t port);

} // namespace pushdeck
