// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endreason.h"
#include "core/handover.h"
#include "monitor/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace pushdeck {

/// What a client that ends was handed, and what of that had not left.
struct Leaving
{
    std::vector<Handed> handed;
    WireFormat format = WireFormat::WebSocketRaw;
    std::uint64_t unsentBytes = 0; ///< waited in the program, and in the kernel where it tells
    std::uint64_t refusedFrom = 0; ///< from this sequence on it was handed nothing more; 0: none
};

/// A client that is not here any more.
struct GoneClient
{
    std::uint64_t id = 0;
    Transport transport = Transport::None;
    QString name;
    QString address; ///< with port
    QString identity;
    std::int64_t connectedAtMs = 0; ///< UTC
    std::int64_t goneAtMs = 0;      ///< UTC
    EndReason reason = EndReason::ClientLeft;
    Leaving left;
};

/// The clients that went last, as far as is needed to tell what they got. Bounded in number and in
/// the topics they had; costs nothing while nobody leaves. Server's thread.
class RecentlyGone final
{
public:
    static constexpr std::size_t kClients = 5'000;
    static constexpr std::size_t kTopics =
        20'000; ///< of all of them, each stay counted as one more

    void add(GoneClient client);

    /// Whoever went first is first.
    [[nodiscard]] const std::deque<GoneClient> &clients() const { return m_clients; }

private:
    std::deque<GoneClient> m_clients;
    std::size_t m_topics = 0;
};

/// "192.168.1.9:51007", an IPv6 address in brackets.
[[nodiscard]] QString addressWithPort(const QString &address, std::uint16_t port);

} // namespace pushdeck
