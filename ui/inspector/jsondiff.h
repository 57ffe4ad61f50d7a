// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/inspector/jsontree.h"
#include "ui/inspector/payloaddocument.h"

#include <vector>

namespace pushdeck {

/// One place where two JSON values differ.
struct JsonChange
{
    enum class Kind : std::uint8_t { Changed, Added, Removed };
    Kind kind = Kind::Changed;
    QString path;          ///< "orders[3].name", "$" for the whole; one line
    QByteArrayView before; ///< as it was sent; empty where it was added
    QByteArrayView after;
};

struct JsonDiff
{
    std::vector<JsonChange> changes; ///< in the order of the new value, at most `kMostChanges`
    std::size_t more = 0;            ///< changes beyond those
    bool coarse = false;             ///< an array was too different to align its elements
};

constexpr std::size_t kMostChanges = 2'000;

/// Members are matched by their keys, elements by their values first, then by their place.
[[nodiscard]] JsonDiff diffJson(const JsonTree &before, const JsonTree &after,
                                const StopFlag &stop);

} // namespace pushdeck
