// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>

namespace pushdeck {

/// What the kernel knows about a TCP connection. `descriptor` is QTcpSocket::socketDescriptor().
/// Absent where the system does not tell (not Linux) or the descriptor is no TCP socket.

/// Smoothed round-trip time in milliseconds (TCP_INFO).
[[nodiscard]] std::optional<double> rttMs(qintptr descriptor);

/// Bytes handed to the kernel that the peer has not acknowledged (SIOCOUTQ).
[[nodiscard]] std::optional<quint64> kernelBacklogBytes(qintptr descriptor);

} // namespace pushdeck
