// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientrates.h"

#include <algorithm>

namespace pushdeck {

namespace {

constexpr std::int64_t kSampleMs = 1'000;
// Snapshots come when they come: one that is a little early is still this second's.
constexpr std::int64_t kSlackMs = 50;

float rate(std::uint64_t before, std::uint64_t after, double seconds)
{
    return after > before ? static_cast<float>(static_cast<double>(after - before) / seconds) : 0;
}

} // namespace

RateSample &RateSample::operator+=(const RateSample &other)
{
    messagesIn += other.messagesIn;
    messagesOut += other.messagesOut;
    bytesIn += other.bytesIn;
    bytesOut += other.bytesOut;
    return *this;
}

void RateTrack::add(const RateSample &sample)
{
    m_ring[m_next] = sample;
    m_next = static_cast<std::uint8_t>((m_next + 1) % kSeconds);
    m_size = static_cast<std::uint8_t>(std::min<std::size_t>(m_size + 1U, kSeconds));
}

RateSample RateTrack::secondsAgo(std::size_t seconds) const
{
    return seconds < m_size ? m_ring[(m_next + kSeconds - 1 - seconds) % kSeconds] : RateSample();
}

void ClientRates::take(const Snapshot &snapshot)
{
    const std::int64_t passedMs = snapshot.timeMs - m_takenMs;
    if (m_takenMs != 0 && passedMs >= 0 && passedMs < kSampleMs - kSlackMs)
        return;
    // A clock that was set back begins a new count.
    const bool comparable = m_takenMs != 0 && passedMs > 0;
    const double seconds = static_cast<double>(passedMs) / 1000;
    // Where the window was kept waiting, the seconds in between had the same share each.
    const auto samples = comparable
                             ? std::clamp<std::int64_t>((passedMs + kSampleMs / 2) / kSampleMs, 1,
                                                        RateTrack::kSeconds)
                             : 0;
    m_takenMs = snapshot.timeMs;
    ++m_round;
    for (const ClientInfo &info : snapshot.clients) {
        const auto [it, isNew] = m_clients.try_emplace(info.id);
        Client &client = it->second;
        if (comparable) {
            // One that came since the last time has sent all it has sent since then.
            const RateSample sample{rate(client.messagesIn, info.messagesIn, seconds),
                                    rate(client.messagesOut, info.messagesOut, seconds),
                                    rate(client.bytesIn, info.bytesIn, seconds),
                                    rate(client.bytesOut, info.bytesOut, seconds)};
            for (std::int64_t i = 0; i < (isNew ? 1 : samples); ++i)
                client.track.add(sample);
        }
        client.messagesIn = info.messagesIn;
        client.messagesOut = info.messagesOut;
        client.bytesIn = info.bytesIn;
        client.bytesOut = info.bytesOut;
        client.round = m_round;
    }
    std::erase_if(m_clients, [this](const auto &one) { return one.second.round != m_round; });
}

const RateTrack *ClientRates::find(std::uint64_t id) const
{
    const auto it = m_clients.find(id);
    return it == m_clients.end() ? nullptr : &it->second.track;
}

} // namespace pushdeck
