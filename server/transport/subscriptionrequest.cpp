// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/subscriptionrequest.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace pushdeck {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck::SubscriptionRequest", text);
}

Result<PayloadFormat> formatOf(const RequestHead &head)
{
    const auto value = queryValue(head.query(), "format");
    if (!value)
        return value.error();
    if (*value == "raw")
        return PayloadFormat::Raw;
    if (*value == "json")
        return PayloadFormat::Json;
    if (!value->isEmpty())
        return badRequest(tr("The format is 'raw' or 'json'."));
    return PayloadFormat::Raw;
}

Result<std::chrono::milliseconds> timeoutOf(const RequestHead &head)
{
    const auto value = queryValue(head.query(), "timeout");
    if (!value)
        return value.error();
    if (value->isEmpty())
        return std::chrono::milliseconds(kPollTimeoutDefault);
    bool ok = false;
    const int seconds = value->toInt(&ok);
    const bool digits =
        std::all_of(value->begin(), value->end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!ok || !digits || seconds > kPollTimeoutMost.count())
        return badRequest(tr("The timeout is a whole number of seconds from 0 to %1.")
                              .arg(kPollTimeoutMost.count()));
    return std::chrono::milliseconds(std::chrono::seconds(seconds));
}

std::optional<Error> addTopics(const RequestHead &head, std::size_t most,
                               std::vector<TopicPattern> &topics)
{
    auto own = TopicPattern::fromPath(head.path());
    if (!own)
        return own.error();
    topics.push_back(std::move(own).value());
    const auto more = queryValues(head.query(), "topic");
    if (!more)
        return more.error();
    for (const QByteArray &name : *more) {
        auto topic = TopicPattern::fromName(name);
        if (!topic)
            return topic.error();
        if (std::find(topics.begin(), topics.end(), *topic) == topics.end())
            topics.push_back(std::move(topic).value());
    }
    if (topics.size() > most)
        return Error{ErrorKind::BadRequest, tr("A subscription has at most %1 topics.").arg(most),
                     RefusalCause::Topics};
    return std::nullopt;
}

} // namespace

/// The first of the carriers that is there counts: a reconnecting EventSource sends the header
/// beside its old URL.
Result<Cursor> cursorOf(const RequestHead &head)
{
    for (const char *field : {"Last-Event-ID", "If-None-Match"}) {
        const QByteArray value = head.value(field);
        if (!value.isEmpty())
            return Cursor::parse(value);
    }
    for (const char *name : {"last_event_id", "since"}) {
        const auto value = queryValue(head.query(), name);
        if (!value)
            return value.error();
        if (!value->isEmpty())
            return Cursor::parse(*value);
    }
    return Cursor{};
}

QByteArray cursorCarrier(const RequestHead &head)
{
    for (const char *field : {"Last-Event-ID", "If-None-Match"}) {
        const QByteArray value = head.value(field);
        if (!value.isEmpty())
            return value;
    }
    const QByteArrayList pairs = head.query().split('&');
    for (const char *name : {"last_event_id=", "since="}) {
        for (const QByteArray &pair : pairs) {
            const QByteArray value = pair.startsWith(name) ? pair.mid(qstrlen(name)) : QByteArray();
            if (!value.isEmpty())
                return value;
        }
    }
    return {};
}

bool isConditional(const RequestHead &head)
{
    return !head.value("If-None-Match").isEmpty();
}

QByteArray askedBeside(const RequestHead &head)
{
    static constexpr QByteArrayView kCursors[] = {"If-None-Match", "Last-Event-ID",
                                                  "If-Modified-Since"};
    const auto isCursor = [](QByteArrayView name) {
        return std::any_of(std::begin(kCursors), std::end(kCursors), [name](QByteArrayView cursor) {
            return name.compare(cursor, Qt::CaseInsensitive) == 0;
        });
    };
    QByteArray asked;
    asked.reserve(512);
    const QByteArray query = head.query();
    asked.append(head.method).append(' ').append(head.path());
    for (qsizetype at = 0; at < query.size();) {
        qsizetype end = query.indexOf('&', at);
        end = end < 0 ? query.size() : end;
        const QByteArrayView pair = QByteArrayView(query).sliced(at, end - at);
        if (!pair.startsWith("since=") && !pair.startsWith("last_event_id="))
            asked.append('&').append(pair);
        at = end + 1;
    }
    for (const Field &field : head.fields) {
        if (!isCursor(field.name))
            asked.append('\n').append(field.name).append(':').append(field.value);
    }
    return asked;
}

Result<std::vector<QByteArray>> queryValues(const QByteArray &query, const QByteArray &name)
{
    std::vector<QByteArray> values;
    const QByteArrayList pairs = query.split('&');
    for (QByteArray pair : pairs) {
        const qsizetype equals = pair.indexOf('=');
        pair.replace('+', ' ');
        const auto key = percentDecoded(equals < 0 ? pair : pair.first(equals));
        if (!key)
            return key.error();
        if (*key != name)
            continue;
        auto value = percentDecoded(equals < 0 ? QByteArray() : pair.mid(equals + 1));
        if (!value)
            return value.error();
        values.push_back(std::move(value).value());
    }
    return values;
}

Result<QByteArray> queryValue(const QByteArray &query, const QByteArray &name)
{
    const auto values = queryValues(query, name);
    if (!values)
        return values.error();
    return values->empty() ? QByteArray() : values->front();
}

QByteArray tokenOf(const RequestHead &head)
{
    const QByteArray authorization = head.value("Authorization");
    if (authorization.first(std::min<qsizetype>(7, authorization.size())).toLower() == "bearer ")
        return authorization.mid(7).trimmed();
    const QByteArray query = head.query();
    if (query.isEmpty())
        return {};
    for (const char *name : {"token", "authorization"}) {
        const auto token = queryValue(query, name);
        if (token && !token->isEmpty())
            return *token;
    }
    return {};
}

QByteArray cookieOf(const RequestHead &head, QByteArrayView name)
{
    for (const QByteArray &field : head.values("Cookie")) {
        for (const QByteArray &pair : field.split(';')) {
            const QByteArray cookie = pair.trimmed();
            if (cookie.size() > name.size() && cookie.startsWith(name) &&
                cookie[name.size()] == '=')
                return cookie.mid(name.size() + 1);
        }
    }
    return {};
}

Result<SubscriptionRequest> SubscriptionRequest::parse(const RequestHead &head,
                                                       std::size_t mostTopics)
{
    SubscriptionRequest request;
    if (auto error = addTopics(head, mostTopics, request.topics))
        return *std::move(error);

    const auto cursor = cursorOf(head);
    if (!cursor)
        return cursor.error();
    request.cursor = *cursor;

    const auto format = formatOf(head);
    if (!format)
        return format.error();
    request.format = *format;

    const auto timeout = timeoutOf(head);
    if (!timeout)
        return timeout.error();
    request.timeout = *timeout;
    request.conditional = isConditional(head);

    const auto clientId = queryValue(head.query(), "client_id");
    if (!clientId)
        return clientId.error();
    if (clientId->size() > kClientIdBytes || !isValidUtf8(*clientId))
        return badRequest(tr("A client_id is at most %1 bytes of UTF-8.").arg(kClientIdBytes));
    request.clientId = *clientId;
    return request;
}

} // namespace pushdeck
