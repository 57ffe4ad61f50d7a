// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/streamsession.h"

#include <chrono>

namespace pushdeck {

/// Silence after which a comment is sent, so that proxies and dead peers are found.
inline constexpr std::chrono::milliseconds kSseHeartbeat = std::chrono::seconds(15);
/// What `retry:` asks a client to wait before it reconnects.
inline constexpr std::chrono::milliseconds kSseRetry = std::chrono::seconds(2);
/// When the server stops its streams are asked to come back within this time, each at another
/// moment, so that they do not all come at once.
inline constexpr std::chrono::milliseconds kSseReturnSoonest = std::chrono::seconds(1);
inline constexpr std::chrono::milliseconds kSseReturnLatest = std::chrono::seconds(4);
/// How long a stream that was ended may take to drain.
inline constexpr std::chrono::milliseconds kSseDrain = std::chrono::seconds(2);

/// One Server-Sent Events stream (HTML, 9.2) on a connection of its own.
class SseSession final : public StreamSession
{
    Q_OBJECT

public:
    /// Owns `socket`, from which the request was read, and answers it. `chunked` is false for
    /// HTTP/1.0; `extraFields` are whole lines with CRLF.
    SseSession(TransportContext &context, Client &client, QTcpSocket *socket, PayloadFormat format,
               bool chunked, const QByteArray &extraFields);

    /// Starts the subscription the request asked for.
    void open(const SubscriptionRequest &request);

    /// Tells who is on a topic, and then who joins and leaves, instead of its messages.
    void openPresence(const Topic &topic);

    using Session::end;
    void end(EndReason reason, std::uint16_t code, const QString &words) override;

private:
    void look(std::int64_t nowMs) override;
    void presenceChanged(const QByteArray &topic, const ClientInfo &client, bool joined) override;
    [[nodiscard]] QByteArray framed(const QByteArray &text) const;

    const bool m_chunked;
    std::int64_t m_lastBeatMs; ///< or a message, as far as is known
    std::int64_t m_lookedMs;
    std::uint64_t m_messagesAtBeat = 0;
};

} // namespace pushdeck
