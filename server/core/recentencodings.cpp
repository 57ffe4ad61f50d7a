// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recentencodings.h"

#include <algorithm>

namespace pushdeck {

void RecentEncodings::keep(const MessagePtr &message)
{
    const std::size_t bytes = message->encodedBytes();
    if (bytes == 0)
        return; // nothing to keep, and whatever its size it would not count
    const auto it = std::find_if(m_kept.rbegin(), m_kept.rend(),
                                 [&message](const Kept &kept) { return kept.message == message; });
    Kept &kept = it == m_kept.rend() ? m_kept.emplace_back(Kept{message, 0}) : *it;
    // In another format, too, by now?
    m_bytes -= kept.bytes;
    kept.bytes = bytes;
    m_bytes += kept.bytes;
    while (m_kept.size() > kMessages || m_bytes > kBytes) {
        m_kept.front().message->dropEncodings();
        m_bytes -= m_kept.front().bytes;
        m_kept.pop_front();
    }
}

} // namespace pushdeck
