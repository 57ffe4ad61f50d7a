// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/publishrates.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace pushdeck {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck::PublishRates", text);
}

TokenBucket::Size messagesOf(const PublishRate &rate)
{
    return {double(rate.messagesPerSecond), double(std::max<std::int64_t>(rate.burst, 1))};
}

TokenBucket::Size bytesOf(const PublishRate &rate)
{
    return {double(rate.bytesPerSecond), double(rate.bytesPerSecond)};
}

} // namespace

std::chrono::milliseconds PublishMeter::take(const PublishRate &rate,
                                             TokenBucket::Clock::time_point now, std::int64_t bytes)
{
    std::chrono::milliseconds wait{0};
    if (rate.messagesPerSecond > 0)
        wait = m_messages.wait(messagesOf(rate), now, 1);
    if (rate.bytesPerSecond > 0)
        wait = std::max(wait, m_bytes.wait(bytesOf(rate), now, bytes));
    if (wait.count() > 0)
        return wait;
    if (rate.messagesPerSecond > 0)
        m_messages.take(messagesOf(rate), now, 1);
    if (rate.bytesPerSecond > 0)
        m_bytes.take(bytesOf(rate), now, bytes);
    return wait;
}

bool PublishMeter::isFresh(const PublishRate &rate, TokenBucket::Clock::time_point now) const
{
    return (rate.messagesPerSecond == 0 || m_messages.isFull(messagesOf(rate), now)) &&
           (rate.bytesPerSecond == 0 || m_bytes.isFull(bytesOf(rate), now));
}

std::optional<Error> PublishRates::take(const QByteArray &publisher, std::int64_t bytes)
{
    if (!m_rate.isBounded())
        return std::nullopt;
    const auto now = m_now();
    const auto wait = meterOf(publisher, now)->meter.take(m_rate, now, bytes);
    return wait.count() > 0 ? std::optional(refusal(wait)) : std::nullopt;
}

std::optional<Error> PublishRates::take(PublishMeter &own, std::int64_t bytes) const
{
    if (!m_rate.isBounded())
        return std::nullopt;
    const auto wait = own.take(m_rate, m_now(), bytes);
    return wait.count() > 0 ? std::optional(refusal(wait)) : std::nullopt;
}

PublishRates::Order::iterator PublishRates::meterOf(const QByteArray &publisher,
                                                    TokenBucket::Clock::time_point now)
{
    const auto known = m_meters.find(publisher);
    if (known != m_meters.end()) {
        m_order.splice(m_order.end(), m_order, known->second);
        return known->second;
    }
    // One comes, at most two go: what is of no use any more shrinks while it is used.
    for (int i = 0; i < 2 && !m_order.empty(); ++i) {
        const Publisher &oldest = m_order.front();
        if (m_meters.size() < kPublishersKnown && !oldest.meter.isFresh(m_rate, now))
            break;
        m_meters.erase(oldest.name);
        m_order.pop_front();
    }
    const auto made = m_order.insert(m_order.end(), Publisher{publisher, {}});
    m_meters.emplace(publisher, made);
    return made;
}

Error PublishRates::refusal(std::chrono::milliseconds wait) const
{
    QStringList bounds;
    if (m_rate.messagesPerSecond > 0)
        bounds << tr("%1 messages a second, %2 at once")
                      .arg(m_rate.messagesPerSecond)
                      .arg(std::max<std::int64_t>(m_rate.burst, 1));
    if (m_rate.bytesPerSecond > 0)
        bounds << tr("%1 bytes a second").arg(m_rate.bytesPerSecond);
    return {ErrorKind::TooMany,
            tr("Too many messages: a client may send %1.").arg(bounds.join(tr(" and "))),
            RefusalCause::Rate, wait};
}

} // namespace pushdeck
