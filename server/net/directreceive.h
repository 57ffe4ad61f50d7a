// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QSocketNotifier>
#include <QTcpSocket>

#include <array>
#include <optional>

namespace pushdeck {

/// Reads a plain socket past Qt, which asks the kernel how much is there, takes 16 KiB for it and
/// tells two signals: for whoever knows what comes next, and that it is short. Linux only;
/// elsewhere nothing is ever received here, and Qt reads as always.
class DirectReceive final
{
public:
    static constexpr std::size_t kMostBytes = 2048;

    /// Has `filter` see the event by which Qt learns that there is something to read, as long as
    /// the socket is connected. False where this socket must be read by Qt: one under TLS.
    [[nodiscard]] static bool install(QTcpSocket &socket, QObject &filter);

    /// Of what is there, up to kMostBytes; empty where nothing is. None: the connection has ended
    /// or is broken, which Qt will find as well, or Qt holds bytes that come before.
    [[nodiscard]] std::optional<QByteArrayView> from(QTcpSocket &socket);

    /// What was received last becomes what Qt has read, and is yet to be read from it.
    void giveBack(QTcpSocket &socket);

private:
    std::array<char, kMostBytes> m_bytes;
    qsizetype m_size = 0;
};

} // namespace pushdeck
