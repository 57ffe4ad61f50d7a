// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pushdeck {

/// How many times as slow code is that a sanitizer looks at, with every access of every thread: for
/// tests that say how long something may take.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
inline constexpr int kSlowness = 10;
#else
inline constexpr int kSlowness = 1;
#endif

} // namespace pushdeck
