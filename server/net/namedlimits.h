// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/limits.h"

#include <cstdint>
#include <span>

namespace pushdeck {

/// A limit as the operator's interface and the command line name it: "backlog_bytes". Its value is
/// in bytes or counts, and in milliseconds where the name ends with `_ms`.
struct NamedLimit
{
    const char *name;
    std::int64_t least;
    std::int64_t most;
    std::int64_t (*get)(const Limits &limits);
    void (*set)(Limits &limits, std::int64_t value);
};

/// All of them.
[[nodiscard]] std::span<const NamedLimit> namedLimits();

/// Null where there is none of that name.
[[nodiscard]] const NamedLimit *findLimit(const char *name);

/// The name of a limit that is at odds with another one; null: all go together.
[[nodiscard]] const char *limitAtOdds(const Limits &limits);

} // namespace pushdeck
