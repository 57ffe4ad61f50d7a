// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/snapshot.h"

namespace pushdeck {

void SnapshotBox::put(std::shared_ptr<const Snapshot> snapshot)
{
    const std::lock_guard lock(m_mutex);
    // The old one is freed by whoever holds it last; swap so that this is not under the lock.
    m_latest.swap(snapshot);
}

std::shared_ptr<const Snapshot> SnapshotBox::latest() const
{
    const std::lock_guard lock(m_mutex);
    return m_latest;
}

} // namespace pushdeck
