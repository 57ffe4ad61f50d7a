// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endreason.h"
#include "core/gap.h"
#include "core/hub.h"
#include "core/result.h"
#include "monitor/snapshot.h"
#include "monitor/trafficlog.h"
#include "transport/recenttexts.h"

#include <map>

namespace pushdeck {

/// Turns what happens in the server into rows of the traffic log and into totals. One row a
/// publish, never one a delivery. Server's thread.
class TrafficRecorder final
{
public:
    TrafficRecorder(TrafficLog &log, Hub::Clock clock);

    /// A publish and its fan-out; `client` is the publisher where it is a client, else nullptr.
    void published(const Receipt &receipt, const ClientInfo *client);

    /// A client's message that is not relayed: shown, and that is all.
    void keptBack(const ClientInfo &client, const QByteArray &topic, const QByteArray &payload,
                  bool binary);

    void connected(const ClientInfo &client);
    void disconnected(const ClientInfo &client, int code, const QString &words);

    /// `told` is false where the wire format has no room for it.
    void gap(const ClientInfo &client, const Gap &gap, bool told);

    void refused(const QString &who, const QString &topic, int status, const QString &words,
                 RefusalCause cause, const ClientInfo *client = nullptr);
    void notice(const QString &words);

    void countClosedSlow() { ++m_totals.closedSlow; }
    void countBytesOut(std::uint64_t bytes) { m_totals.bytesOut += bytes; }
    void countWrites(std::chrono::nanoseconds took, int whole, int queued)
    {
        m_totals.writes.add(took, static_cast<std::uint64_t>(whole));
        m_totals.writesQueued += static_cast<std::uint64_t>(queued);
    }
    void countEnd(EndReason reason) { ++m_ends[static_cast<std::size_t>(reason)]; }

    [[nodiscard]] const ServerTotals &totals() const { return m_totals; }
    /// How often which status was given; few, since the statuses are the server's own.
    [[nodiscard]] const std::map<int, std::uint64_t> &refusals() const { return m_refusals; }
    [[nodiscard]] std::uint64_t ends(EndReason reason) const
    {
        return m_ends[static_cast<std::size_t>(reason)];
    }

private:
    [[nodiscard]] TrafficEvent event(TrafficKind kind, const ClientInfo *client);

    TrafficLog &m_log;
    RecentTexts m_texts;
    const Hub::Clock m_clock;
    ServerTotals m_totals;
    std::uint64_t m_ends[kEndReasonCount] = {};
    std::map<int, std::uint64_t> m_refusals;
};

} // namespace pushdeck
