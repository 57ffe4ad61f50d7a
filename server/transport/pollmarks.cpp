// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/pollmarks.h"

#include <algorithm>

namespace pushdeck {

void PollMarks::asked(std::uint64_t start)
{
    while (!m_stretches.empty() && m_stretches.back().from > start)
        m_stretches.pop_back();
    if (!m_stretches.empty() && start <= m_stretches.back().through) {
        m_stretches.back().through = start;
        return;
    }
    if (m_stretches.size() == kStretches) {
        m_stretches.erase(m_stretches.begin());
        m_forgotten = true;
    }
    m_stretches.push_back({start, start});
}

void PollMarks::answered(std::uint64_t last)
{
    if (!m_stretches.empty())
        m_stretches.back().through = std::max(m_stretches.back().through, last);
}

} // namespace pushdeck
