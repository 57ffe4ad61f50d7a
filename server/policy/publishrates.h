// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "policy/tokenbucket.h"

#include <QByteArray>
#include <QHash>

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <unordered_map>

namespace pushdeck {

/// What one publisher may send. The operator's own messages are not bounded.
struct PublishRate
{
    std::int64_t messagesPerSecond = 0; ///< 0: any number
    std::int64_t burst = 100;           ///< messages at once, after a pause
    std::int64_t bytesPerSecond = 0;    ///< of payload, and as many at once; 0: any number

    [[nodiscard]] bool isBounded() const { return messagesPerSecond > 0 || bytesPerSecond > 0; }
    bool operator==(const PublishRate &) const = default;
};

/// What one publisher has sent lately.
class PublishMeter final
{
public:
    /// Counts a message, or says how long to wait for it: then it is not counted.
    [[nodiscard]] std::chrono::milliseconds take(const PublishRate &rate,
                                                 TokenBucket::Clock::time_point now,
                                                 std::int64_t bytes);
    [[nodiscard]] bool isFresh(const PublishRate &rate, TokenBucket::Clock::time_point now) const;

private:
    TokenBucket m_messages;
    TokenBucket m_bytes;
};

/// How fast publishers may publish: those who are known by name (an address, the subject of a
/// signed token), and connections that have a meter of their own. Remembers as many names as
/// kPublishersKnown; who published last longest ago goes first, and those whose meter is as good as
/// new go for nothing. Each call takes the same time, however many there are. Server's thread.
class PublishRates final
{
public:
    using Now = std::function<TokenBucket::Clock::time_point()>;

    static constexpr std::size_t kPublishersKnown = 10'000;

    explicit PublishRates(PublishRate rate, Now now = &TokenBucket::Clock::now)
        : m_rate(rate), m_now(std::move(now))
    {
    }

    /// Holds at once, also for what was sent before.
    void setRate(PublishRate rate) { m_rate = rate; }
    [[nodiscard]] const PublishRate &rate() const { return m_rate; }

    /// Counts a message of so many bytes. An error is why not, with the time to wait; then it does
    /// not count.
    [[nodiscard]] std::optional<Error> take(const QByteArray &publisher, std::int64_t bytes);
    [[nodiscard]] std::optional<Error> take(PublishMeter &own, std::int64_t bytes) const;

    [[nodiscard]] std::size_t known() const { return m_meters.size(); }

private:
    struct Publisher
    {
        QByteArray name;
        PublishMeter meter;
    };
    using Order = std::list<Publisher>; ///< who published last is last

    [[nodiscard]] Error refusal(std::chrono::milliseconds wait) const;
    Order::iterator meterOf(const QByteArray &publisher, TokenBucket::Clock::time_point now);

    PublishRate m_rate;
    const Now m_now;
    Order m_order;
    std::unordered_map<QByteArray, Order::iterator> m_meters;
};

} // namespace pushdeck
