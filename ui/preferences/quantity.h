// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace pushdeck {

/// What a number in the preferences counts, and so how it is written.
enum class Quantity {
    Count, ///< "20000"
    Bytes, ///< "16 KB", "1 MB", "1500 B": powers of 1024
    Time   ///< "10 s", "250 ms", "5 min"; milliseconds
};

/// Exactly the value: reading it back gives the same. Independent of the locale.
[[nodiscard]] QString quantityText(Quantity kind, std::int64_t value);

/// What a person writes: a whole or decimal number and a unit, with or without a space, in any
/// case; digits may be grouped by spaces. Without a unit bytes and milliseconds are refused unless
/// they are zero, as nobody knows which was meant. Nothing for all else, negative numbers included.
[[nodiscard]] std::optional<std::int64_t> readQuantity(Quantity kind, const QString &text);

} // namespace pushdeck
