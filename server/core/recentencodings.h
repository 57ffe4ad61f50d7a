// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"

#include <cstddef>
#include <deque>

namespace pushdeck {

/// Keeps the encodings of the messages that were read from the history last: in a burst every
/// poller comes for the same few, one after the other, and each would have them made anew. Those of
/// at most kMessages messages, and of kBytes together; beyond that the oldest are dropped.
class RecentEncodings final
{
public:
    static constexpr std::size_t kMessages = 32;
    static constexpr std::size_t kBytes = 1024 * 1024;

    /// The message's encodings were made or used just now. One that has none is not held.
    void keep(const MessagePtr &message);

private:
    struct Kept
    {
        MessagePtr message;
        std::size_t bytes = 0;
    };

    std::deque<Kept> m_kept; ///< the oldest first
    std::size_t m_bytes = 0;
};

} // namespace pushdeck
