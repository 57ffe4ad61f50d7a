// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/backlogrelief.h"

#include "net/limits.h"
#include "transport/clientregistry.h"
#include "transport/session.h"

#include <QPointer>

#include <algorithm>
#include <utility>
#include <vector>

namespace pushdeck {

void relieveBacklog(TransportContext &context)
{
    std::vector<std::pair<qint64, QPointer<Session>>> waiting;
    qint64 total = 0;
    context.clients.forEachSession([&](Session &session) {
        const qint64 bytes = session.countPending();
        if (bytes == 0)
            return;
        waiting.emplace_back(bytes, &session);
        total += bytes;
    });
    const qint64 most = context.limits.backlogBytesTotal;
    if (total <= most)
        return;
    std::sort(waiting.begin(), waiting.end(),
              [](const auto &a, const auto &b) { return a.first > b.first; });
    for (const auto &[bytes, session] : waiting) {
        if (total <= most)
            return;
        total -= bytes;
        if (session)
            session->endTooSlow(EndReason::BacklogTotal);
    }
}

} // namespace pushdeck
