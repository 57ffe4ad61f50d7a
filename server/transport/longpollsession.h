// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpconnection.h"
#include "transport/httpcompat.h"
#include "transport/session.h"
#include "transport/subscriptionrequest.h"

#include <QPointer>

#include <optional>
#include <vector>

namespace pushdeck {

/// Messages and bytes one JSON batch of a long-poll may hold; the rest is there for the next poll.
inline constexpr std::size_t kBatchMessages = 500;
inline constexpr qsizetype kBatchBytes = 1024 * 1024;

/// One held long-poll: answered once, by the first message (raw), by what is there (JSON), or by
/// its timeout. The connection lives on for the next request.
class LongPollSession final : public Session
{
    Q_OBJECT

public:
    LongPollSession(TransportContext &context, Client &client, HttpConnection *connection,
                    HeldResponder responder, SubscriptionRequest request, bool json,
                    std::vector<std::pair<QByteArray, QByteArray>> fields);

    /// Subscribes; answers at once where something is there, or the timeout is zero.
    void begin();

    Delivery deliver(const Message &message) override;
    void tellGap(const Gap &gap) override;
    [[nodiscard]] bool wantsMore() const override;

    using Session::end;
    void end(EndReason reason, std::uint16_t code, const QString &words) override;
    void tick(std::int64_t nowMs) override;
    void describe(ClientInfo &info) const override;

private:
    [[nodiscard]] bool hasAnswer() const { return m_count > 0 || m_gap; }
    [[nodiscard]] int emptyStatus() const { return m_request.conditional ? 304 : 204; }
    void answer();
    void answerEmpty();
    void reply(HttpReply reply);

    const SubscriptionRequest m_request;
    const bool m_json;
    const std::int64_t m_deadlineMs;
    const QPointer<HttpConnection> m_connection;
    HeldResponder m_responder;
    std::vector<std::pair<QByteArray, QByteArray>> m_fields;

    QByteArray m_body; ///< raw: the payload; JSON: the objects so far, with commas
    std::size_t m_count = 0;
    std::int64_t m_lastTimeMs = 0;
    QByteArray m_lastId;
    QByteArray m_contentType;
    QByteArray m_event;
    std::optional<Gap> m_gap;
    bool m_answering = false;
};

/// An HTTP date (RFC 9110, 5.6.7).
[[nodiscard]] QByteArray httpDate(std::int64_t timeMs);

} // namespace pushdeck
