// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cursor.h"

#include <cstdint>
#include <optional>

namespace pushdeck {

/// What a subscriber missed: a value that is returned and told, never a silent jump to the oldest.
struct Gap
{
    enum class Reason {
        Evicted,  ///< the history had no room for them any more
        Restarted ///< they were remembered by an earlier run of the server
    };

    Reason reason = Reason::Evicted;
    std::optional<std::uint64_t> lost; ///< how many, where it is known
    MessageId resumedAt;               ///< everything after this id follows; a valid cursor

    friend bool operator==(const Gap &, const Gap &) = default;
};

} // namespace pushdeck
