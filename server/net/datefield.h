// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>

namespace pushdeck {

/// The field that tells when a response was made, with its CRLF (RFC 9110, 6.6.1: whoever has a
/// clock sends it). Formatted once a second, whatever the clock does: what it returns is shared.
/// A cache for each thread, which ends with it.
[[nodiscard]] const QByteArray &dateField();

/// The same for a time.
[[nodiscard]] QByteArray dateFieldAt(std::chrono::sys_seconds time);

} // namespace pushdeck
