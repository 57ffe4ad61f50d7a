// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/topic.h"
#include "policy/jwtkey.h"

#include <QByteArray>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace pushdeck {

/// Bytes a signed token may have, and characters of its subject.
inline constexpr qsizetype kJwtBytes = 8 * 1024;
inline constexpr qsizetype kJwtSubjectCharacters = 256;

/// Topics and patterns it may name for publishing, and as many for subscribing: each is held
/// against what a client asks for.
inline constexpr qsizetype kJwtTopics = 256;

/// What the clocks of whoever signs and of this machine may differ by.
inline constexpr std::chrono::milliseconds kJwtLeeway = std::chrono::seconds(60);

/// What a signed token says, once it has been verified.
struct JwtClaims
{
    QString subject;                       ///< `sub`, may be empty
    std::optional<std::int64_t> expiresMs; ///< `exp`, UTC
    std::vector<TopicPattern> publish;     ///< `mercure.publish`: where it lets publish
    std::vector<TopicPattern> subscribe;   ///< `mercure.subscribe`

    [[nodiscard]] bool maySubscribe(const TopicPattern &asked) const;
    [[nodiscard]] bool mayPublish(const QByteArray &topic) const;
};

/// It has the shape of a signed token: three parts with dots between. Says nothing of its worth.
[[nodiscard]] bool looksLikeJwt(const QByteArray &token);

/// Verifies a signed token (RFC 7519, in RFC 7515's compact form) and reads its claims: the
/// signature with the key and its algorithm alone, `exp`, `nbf` and `iat` against `nowMs` (UTC),
/// and `mercure` as the Mercure protocol has it, with our patterns for its selectors: `"*"` is
/// every topic, a URI template or another server's address is refused. Strict: no padding, no
/// second spelling, no member twice, no `crit`. An error is of the kind InvalidToken.
[[nodiscard]] Result<JwtClaims> verifiedClaims(const QByteArray &token, const JwtKey &key,
                                               std::int64_t nowMs);

} // namespace pushdeck
