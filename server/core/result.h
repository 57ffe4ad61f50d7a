// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace pushdeck {

/// What kind of refusal an expected failure is. The edges turn it into an HTTP status or an error
/// frame; nobody else needs to.
enum class ErrorKind {
    BadRequest,   ///< the request cannot be understood: 400
    Unauthorized, ///< a token is missing or wrong: 401
    Forbidden,    ///< understood and not allowed: 403
    NotFound,     ///< 404
    TooLarge,     ///< 413
    TooMany,      ///< a limit of this client is reached: 429
    Unavailable   ///< a limit of the server is reached, or it is stopping: 503
};

/// An expected failure, with one sentence for the person at the other end.
struct Error
{
    ErrorKind kind = ErrorKind::BadRequest;
    QString words;
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
