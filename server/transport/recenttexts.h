// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <array>
#include <cstdint>

namespace pushdeck {

/// Texts that were made of the same bytes, shared: a flood has few topics and few publishers, and a
/// string of its own for each row of the log is memory there, and time here. Bounded: each slot
/// remembers the last text that fell into it. One thread.
class RecentTexts final
{
public:
    /// As QString::fromUtf8().
    [[nodiscard]] QString utf8(const QByteArray &bytes)
    {
        if (bytes.isEmpty())
            return {};
        Bytes &slot = m_bytes[qHash(bytes) % kSlots];
        if (slot.bytes != bytes)
            slot = {bytes, QString::fromUtf8(bytes)};
        return slot.text;
    }

    /// "192.168.1.20:51044".
    [[nodiscard]] QString endpoint(const QString &address, std::uint16_t port)
    {
        Endpoint &slot = m_endpoints[port % kSlots];
        if (slot.port != port || slot.address != address)
            slot = {address, port, address + QLatin1Char(':') + QString::number(port)};
        return slot.text;
    }

private:
    static constexpr std::size_t kSlots = 64;
    struct Bytes
    {
        QByteArray bytes;
        QString text;
    };
    struct Endpoint
    {
        QString address;
        std::uint16_t port = 0;
        QString text;
    };
    std::array<Bytes, kSlots> m_bytes;
    std::array<Endpoint, kSlots> m_endpoints;
};

} // namespace pushdeck
