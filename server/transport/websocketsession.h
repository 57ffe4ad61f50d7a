// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "policy/publishrates.h"
#include "transport/envelope.h"
#include "transport/streamsession.h"

#include <QJsonValue>

#include <chrono>
#include <optional>

namespace pushdeck {

class WebSocketConnection;

/// Between two pings; a client that answers none of two is closed.
inline constexpr std::chrono::milliseconds kPingInterval = std::chrono::seconds(20);
/// Bytes that may wait for a client that asks before its next question is looked at.
inline constexpr qint64 kAnswersWaitingBytes = 64 * 1024;
/// How long the peer may take to answer a close frame.
inline constexpr std::chrono::milliseconds kCloseWait = std::chrono::seconds(2);
/// Bytes of a close reason (RFC 6455, 5.5.1: 125 less the code).
inline constexpr qsizetype kCloseReasonBytes = 123;

/// One WebSocket (RFC 6455), in one of three protocols: raw payloads, `pushdeck.v1`, or
/// `ws+meta.nchan`. What it sends goes as finished frames straight to the socket; what it gets, and
/// pings, pongs and the close, are the WebSocketConnection's.
class WebSocketSession final : public StreamSession
{
    Q_OBJECT

public:
    /// `socket` has answered the handshake; owned from here on.
    WebSocketSession(TransportContext &context, Client &client, QTcpSocket *socket,
                     SubscriptionRequest request);
    ~WebSocketSession() override;

    /// Starts the subscription the request asked for.
    void open();

    using Session::end;
    void end(EndReason reason, std::uint16_t code, const QString &words) override;
    void describe(ClientInfo &info) const override;

private:
    void look(std::int64_t nowMs) override;
    void textReceived(const QByteArray &utf8);
    void binaryReceived(const QByteArray &data);
    void count(qsizetype bytes);
    void publishFrame(QByteArray data, bool binary);
    void handleEnvelope(const QByteArray &text);
    void answerPing(const QJsonValue &ref);
    void publishEnvelope(Envelope envelope);
    void subscribeEnvelope(const Envelope &envelope);
    void unsubscribeEnvelope(const Envelope &envelope);
    void presenceEnvelope(const Envelope &envelope);
    void presenceChanged(const QByteArray &topic, const ClientInfo &client, bool joined) override;
    void useTopics(const QStringList &topics);
    [[nodiscard]] std::optional<Error> mayPublish(const Topic &topic) const;
    [[nodiscard]] std::optional<Error> takeRate(qsizetype bytes);
    void endFor(EndReason reason, const Error &error);
    void refuse(const QJsonValue &ref, const Error &error);
    void note(const Error &error);
    void answer(const QByteArray &json);
    void goOnReading();
    void closing();
    void abortSoon();

    WebSocketConnection *const m_connection;
    SubscriptionRequest m_request;
    const bool m_enveloped; ///< speaks pushdeck.v1
    PublishMeter m_meter;
    int m_pingsUnanswered = 0;
    std::int64_t m_progressMs = 0; ///< while answers wait: when some of them left
    std::size_t m_watched = 0;     ///< topics whose presence it is told
    std::optional<double> m_rttMs;
};

/// The wire format of a WebSocket, from its subprotocol and `?format=`.
[[nodiscard]] WireFormat webSocketFormat(const QString &subprotocol, PayloadFormat format);

/// Cut to kCloseReasonBytes of UTF-8, at a character's border.
[[nodiscard]] QString closeReason(const QString &words);

inline constexpr char kEnvelopeProtocol[] = "pushdeck.v1";
inline constexpr char kNchanProtocol[] = "ws+meta.nchan";

} // namespace pushdeck
