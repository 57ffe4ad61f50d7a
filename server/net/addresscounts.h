// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QHostAddress>

namespace pushdeck {

/// Who an address belongs to, as bytes: an IPv4 address (also one mapped to IPv6), a /64 network of
/// IPv6, in which a household has all its addresses (RFC 6177), or one loopback address.
[[nodiscard]] QByteArray networkOf(const QHostAddress &address);

/// Connections by address. Remembers those that have one.
class AddressCounts final
{
public:
    /// Counts one more, unless there are `most` already, which is above 0.
    [[nodiscard]] bool add(const QByteArray &network, int most);
    void remove(const QByteArray &network);

    [[nodiscard]] int count(const QByteArray &network) const { return m_counts.value(network); }
    [[nodiscard]] qsizetype addresses() const { return m_counts.size(); }

private:
    QHash<QByteArray, int> m_counts;
};

} // namespace pushdeck
