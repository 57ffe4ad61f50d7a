// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstddef>
#include <cstdint>

namespace pushdeck {

/// Why a client's connection ends: every reason there is, in one table, so that the close code, the
/// HTTP status, the words in the log and whether to come back always agree.
enum class EndReason : std::uint8_t {
    ClientLeft,      ///< the peer closed, properly or not
    OperatorClosed,  ///< closed by the operator; the operator's own code and words go before these
    ServerStopping,  ///< stop, quit, SIGTERM; 1012 of the IANA's registry: come back
    SlowClient,      ///< its backlog was over the limit; it may resume at its cursor
    PingTimeout,     ///< no sign of life after two pings
    MessageTooBig,   ///< a frame over the limit
    InvalidUtf8,     ///< a text frame that is not UTF-8
    ProtocolError,   ///< frames that break RFC 6455
    NotAllowed,      ///< published where it may not, and has no other way to be told
    NoLongerAllowed, ///< subscribed to what the operator has restricted since
    TokenExpired,    ///< its signed token is over
    TooManyMessages, ///< sent more than the rate allows, and has no other way to be told
    TooManyTopics,   ///< the server has as many topics as it may have
    FrameTooSlow,    ///< began a message and did not finish it
    BacklogTotal     ///< had the biggest backlog when all of them together were over the limit
};

inline constexpr std::size_t kEndReasonCount = 15;

/// It read too slowly, for its own limit or for that of all.
[[nodiscard]] constexpr bool isTooSlow(EndReason reason)
{
    return reason == EndReason::SlowClient || reason == EndReason::BacklogTotal;
}

/// What is said about an EndReason.
struct EndWords
{
    std::uint16_t closeCode; ///< RFC 6455, 7.4.1; 1000, 1001, … or 4000 to 4999 for our own
    int httpStatus;          ///< for a held long-poll that ends this way
    const char *words;       ///< for a person, English source text; at most 123 bytes of UTF-8
    bool retry;              ///< coming back makes sense
};

[[nodiscard]] const EndWords &wordsFor(EndReason reason);

/// A short name for logs and metrics: "slow_client".
[[nodiscard]] const char *nameOf(EndReason reason);

} // namespace pushdeck
