// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace pushdeck {

/// How the window writes numbers. Pure; short enough for a narrow column; an em dash stands for
/// what is not known, never a made-up zero.

/// "48 B", "1.2 KB", "64 MB": powers of 1024, at most three digits.
[[nodiscard]] QString formatBytes(std::uint64_t bytes);

/// "12,431": grouped as the locale does.
[[nodiscard]] QString formatCount(std::uint64_t count);

/// For tr(…, nullptr, pluralOf(count)): the number that chooses the plural form. tr() takes an int;
/// what is larger has the form of many.
[[nodiscard]] int pluralOf(std::uint64_t count);

/// "1 client", "1,204 clients".
[[nodiscard]] QString formatClients(std::uint64_t count);

/// "999", "12.4k", "1.2M": for columns with no room for every digit.
[[nodiscard]] QString formatCompact(std::uint64_t count);

/// "0", "0.4", "8.2", "120", "12.4k".
[[nodiscard]] QString formatRate(double perSecond);

/// "4 s", "12 min", "3 h 05", "2 d 4 h". Negative spans (clocks that were set) count as zero.
[[nodiscard]] QString formatSpan(std::int64_t milliseconds);

/// "—", "0.4 ms", "12 ms", "1.2 s".
[[nodiscard]] QString formatRtt(std::optional<double> milliseconds);

/// "12:04:01.221" in local time.
[[nodiscard]] QString formatClock(std::int64_t utcMs);

/// "2026-03-01 12:04:01.221" in local time.
[[nodiscard]] QString formatDateTime(std::int64_t utcMs);

} // namespace pushdeck
