// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <cstdint>
#include <utility>
#include <variant>

namespace pushdeck {

/// What kind of refusal an expected failure is. The edges turn it into an HTTP status or an error
/// frame; nobody else needs to.
enum class ErrorKind {
    BadRequest,   ///< the request cannot be understood: 400
    Unauthorized, ///< a token is missing or wrong: 401
    InvalidToken, ///< a signed token that does not hold: 401, and why (RFC 6750, 3.1)
    Forbidden,    ///< understood and not allowed: 403
    NotFound,     ///< 404
    TooLarge,     ///< 413
    TooMany,      ///< a limit of this client is reached: 429
    Unavailable   ///< a limit of the server is reached, or it is stopping: 503
};

/// What turned somebody away, for those who count it.
enum class RefusalCause : std::uint8_t {
    Other,   ///< malformed, too large, not there
    Full,    ///< the server has as much as it may have
    Address, ///< one address has as many connections as it may have
    Token,   ///< a token is missing, wrong or over
    Origin,  ///< a web page that may not
    Rule,    ///< a topic's rule, or what a signed token grants
    Relay,   ///< relaying is off
    Rate,    ///< too many messages in too short a time
    Topics   ///< too many topics, of one client or in all
};

/// An expected failure, with one sentence for the person at the other end.
struct Error
{
    ErrorKind kind = ErrorKind::BadRequest;
    QString words;
    RefusalCause cause = RefusalCause::Other;
    std::chrono::milliseconds retryAfter{0}; ///< coming back makes sense after this; 0: not said
};

/// A value, or why there is none. Expected failures are values; bugs are assertions.
template <typename T>
class [[nodiscard]] Result final
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    /// Only where ok().
    [[nodiscard]] const T &value() const & { return std::get<0>(m_state); }
    [[nodiscard]] T &&value() && { return std::get<0>(std::move(m_state)); }
    const T *operator->() const { return &value(); }
    const T &operator*() const & { return value(); }

    /// Only where not ok().
    [[nodiscard]] const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// Shorthand for the most common refusal.
[[nodiscard]] inline Error badRequest(QString words)
{
    return Error{ErrorKind::BadRequest, std::move(words)};
}

} // namespace pushdeck
