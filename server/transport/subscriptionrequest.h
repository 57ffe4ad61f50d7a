// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cursor.h"
#include "core/result.h"
#include "core/topic.h"
#include "net/requesthead.h"

#include <QByteArray>

#include <chrono>
#include <vector>

namespace pushdeck {

/// Topics one subscription may ask for at once, patterns included, where nothing else is said.
inline constexpr std::size_t kTopicsPerSubscription = 64;
/// Bytes a `?client_id=` may have.
inline constexpr qsizetype kClientIdBytes = 64;
/// What a long-poll's `?timeout=` may be, and is where it is not given.
inline constexpr std::chrono::seconds kPollTimeoutMost{120};
inline constexpr std::chrono::seconds kPollTimeoutDefault{25};

/// `?format=`
enum class PayloadFormat { Raw, Json };

/// What a request asks for, whatever its transport: the path and `?topic=` as topics, the cursor,
/// the format. A value, made from a request head alone.
struct SubscriptionRequest
{
    std::vector<TopicPattern> topics; ///< the path's own first; never empty
    Cursor cursor;
    PayloadFormat format = PayloadFormat::Raw;
    std::chrono::milliseconds timeout = kPollTimeoutDefault; ///< long-poll
    bool conditional = false;                                ///< had If-None-Match
    QByteArray clientId;                                     ///< `?client_id=`, may be empty

    static Result<SubscriptionRequest> parse(const RequestHead &head,
                                             std::size_t mostTopics = kTopicsPerSubscription);
};

/// The cursor alone, from the first of its carriers that is there.
[[nodiscard]] Result<Cursor> cursorOf(const RequestHead &head);

/// The carrier that cursorOf() takes, as it stands in the request, not decoded; null where it is in
/// a query under a name that is percent-encoded.
[[nodiscard]] QByteArray cursorCarrier(const RequestHead &head);

/// An empty answer is then 304 (RFC 9110, 13.1.2), else 204.
[[nodiscard]] bool isConditional(const RequestHead &head);

/// All that a request asks but its cursor, as bytes: equal for two requests that differ in their
/// cursor only.
[[nodiscard]] QByteArray askedBeside(const RequestHead &head);

/// The values of a query's parameter, percent-decoded with '+' as a space (WHATWG URL, 5.1).
Result<std::vector<QByteArray>> queryValues(const QByteArray &query, const QByteArray &name);

/// The first of them, empty where there is none.
Result<QByteArray> queryValue(const QByteArray &query, const QByteArray &name);

/// The bearer token of a request: `Authorization: Bearer` (RFC 6750, 2.1), else `?token=`, else
/// `?authorization=` (Mercure's).
QByteArray tokenOf(const RequestHead &head);

/// The value of a cookie (RFC 6265, 4.2), the first of that name; empty where there is none.
QByteArray cookieOf(const RequestHead &head, QByteArrayView name);

} // namespace pushdeck
