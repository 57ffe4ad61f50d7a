// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pushdeck {

/// Segments a pattern may have. Patterns are held against each other and against every message, so
/// this bounds what that costs, and their states fit into the bits of one number.
inline constexpr int kPatternSegments = 32;

} // namespace pushdeck
