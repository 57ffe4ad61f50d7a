// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstddef>
#include <cstdint>

namespace pushdeck {

/// Why a client's connection ends: every reason there is, in one table, so that the close code, the
/// HTTP status, the words in the log and whether to come back always agree.
enum class EndReason : std::uint8_t {
    ClientLeft,     ///< the peer closed, properly or not
    OperatorClosed, ///< closed by the operator; the operator's own code and words go before these
    ServerStopping, ///< stop, quit, SIGTERM; 1012 of the IANA's registry: come back
    SlowClient,     ///< its backlog was over the limit; it may resume at its cursor
    PingTimeout,    ///< no sign of life after two pings
    MessageTooBig,  ///< a frame over the limit
    InvalidUtf8,    ///< a text frame that is not UTF-8
    ProtocolError,  ///< frames that break RFC 6455
    NotAllowed      ///< published where it may not, and has no other way to be told
};

inline constexpr std::size_t kEndReasonCount = 9;

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
