// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/addresscounts.h"

#include <QtEndian>

namespace pushdeck {

namespace {

constexpr qsizetype kNetworkBytes = 8; // a /64

} // namespace

QByteArray networkOf(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    if (isIpv4) {
        QByteArray bytes(sizeof ipv4, Qt::Uninitialized);
        qToBigEndian(ipv4, bytes.data());
        return bytes;
    }
    const Q_IPV6ADDR ipv6 = address.toIPv6Address();
    return QByteArray(reinterpret_cast<const char *>(ipv6.c),
                      address.isLoopback() ? qsizetype(sizeof ipv6.c) : kNetworkBytes);
}

bool AddressCounts::add(const QByteArray &network, int most)
{
    const auto it = m_counts.find(network);
    const int before = it == m_counts.end() ? 0 : *it;
    if (before >= most)
        return false;
    m_counts[network] = before + 1;
    return true;
}

void AddressCounts::remove(const QByteArray &network)
{
    const auto it = m_counts.find(network);
    if (it != m_counts.end() && --*it <= 0)
        m_counts.erase(it);
}

} // namespace pushdeck
