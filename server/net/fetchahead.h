// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <cstddef>

namespace pushdeck {

/// What is kept for thousands of clients lies all over memory, and each is waited for if it is
/// asked for only when it is needed. So many ahead is about what a SendBatch takes to collect them.
inline constexpr std::size_t kFetchedAhead = 6;

/// Asks the processor for the first `bytes` there; harmless wherever it points.
inline void fetchAhead([[maybe_unused]] const void *place, [[maybe_unused]] std::size_t bytes)
{
#ifdef Q_CC_GNU
    constexpr std::size_t kCacheLine = 64;
    for (std::size_t at = 0; at < bytes; at += kCacheLine)
        __builtin_prefetch(static_cast<const char *>(place) + at);
#endif
}

} // namespace pushdeck
