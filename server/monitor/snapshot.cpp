// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/snapshot.h"

namespace pushdeck {

void SnapshotBox::put(std::shared_ptr<const Snapshot> snapshot)
{
    m_wanted.store(false, std::memory_order_relaxed);
    const std::lock_guard lock(m_mutex);
    // The old one is freed by whoever holds it last; swap so that this is not under the lock.
    m_latest.swap(snapshot);
}

std::shared_ptr<const Snapshot> SnapshotBox::latest() const
{
    m_wanted.store(true, std::memory_order_relaxed);
    const std::lock_guard lock(m_mutex);
    return m_latest;
}

} // namespace pushdeck
