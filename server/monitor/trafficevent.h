// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QLatin1String>
#include <QMetaType>
#include <QString>

#include <cstdint>

namespace pushdeck {

/// How a client is connected. `None` stands where no client is concerned: the operator, a plain
/// HTTP publish, the server itself.
enum class Transport : std::uint8_t { None, WebSocket, Sse, LongPoll };

/// A transport's name wherever one is written: on the wire, in metrics, in files.
[[nodiscard]] constexpr QLatin1String transportName(Transport transport)
{
    switch (transport) {
        case Transport::WebSocket:
            return QLatin1String("websocket");
        case Transport::Sse:
            return QLatin1String("sse");
        case Transport::LongPoll:
            return QLatin1String("long-poll");
        case Transport::None:
            break;
    }
    return QLatin1String("none");
}

/// Where something in the log came from, as seen from the server.
enum class Direction : std::uint8_t {
    In,    ///< from a client or an HTTP publisher
    Out,   ///< from the operator
    Server ///< the server speaks about itself: connects, closes, refusals
};

/// What one row of the traffic log tells.
enum class TrafficKind : std::uint8_t {
    Message,      ///< one publish, with its fan-out
    Connected,    ///< a client appeared
    Disconnected, ///< a client went; `code` and `text` say how
    Gap,          ///< a client was told that it missed messages, or could not be told (raw frames)
    Refused,      ///< a connection or request was turned away; `code` is the HTTP status
    Notice        ///< started, stopped, a limit was reached
};

/// One row of the traffic log: a value, safe to copy between threads (its strings and bytes are
/// implicitly shared and never changed after they are logged).
struct TrafficEvent
{
    std::uint64_t number = 0; ///< rises by one per event; set by TrafficLog
    std::int64_t timeMs = 0;  ///< UTC, milliseconds since the epoch
    TrafficKind kind = TrafficKind::Notice;
    Direction direction = Direction::Server;
    Transport transport = Transport::None; ///< of the client concerned
    bool binary = false;                   ///< payload is not text
    int code = 0;               ///< close code (Disconnected) or HTTP status (Refused), else 0
    std::uint64_t clientId = 0; ///< 0: no client concerned
    std::uint32_t fanOut = 0;   ///< deliveries of this publish
    QString client; ///< address and port, or who published; from the network: plain text
    QString topic;
    QString event;       ///< event name, may be empty
    QString contentType; ///< of the payload
    QString messageId;   ///< `<epoch>-<sequence>` of a message
    QString text;        ///< words for a person, for everything but messages
    QByteArray payload;  ///< the message's bytes, whole
};

} // namespace pushdeck

Q_DECLARE_METATYPE(pushdeck::TrafficEvent)
