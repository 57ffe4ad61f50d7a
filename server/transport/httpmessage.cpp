// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httpmessage.h"

#include "net/refusal.h"

#include <QJsonDocument>

namespace pushdeck {

namespace {

/// What may stand in an error_description (RFC 6750, 3): visible ASCII and spaces, without quotes
/// and backslashes.
QByteArray descriptionOf(const QString &words)
{
    QByteArray description;
    for (const QChar c : words) {
        const bool fits = c >= u' ' && c <= u'~' && c != u'"' && c != u'\\';
        description += fits ? static_cast<char>(c.unicode()) : '?';
    }
    return description;
}

} // namespace

int httpStatus(ErrorKind kind)
{
    switch (kind) {
        case ErrorKind::BadRequest:
            return 400;
        case ErrorKind::Unauthorized:
        case ErrorKind::InvalidToken:
            return 401;
        case ErrorKind::Forbidden:
            return 403;
        case ErrorKind::NotFound:
            return 404;
        case ErrorKind::TooLarge:
            return 413;
        case ErrorKind::TooMany:
            return 429;
        case ErrorKind::Unavailable:
            return 503;
    }
    Q_UNREACHABLE();
}

QByteArray HttpReply::statusLine() const
{
    return "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n";
}

QByteArray HttpReply::fieldsAndBody() const
{
    QByteArray bytes;
    bytes.reserve(body.size() + 256);
    if (!contentType.isEmpty())
        bytes.append("Content-Type: ").append(contentType).append("\r\n");
    // RFC 9110, 8.6: there is none where there can be no body.
    if (status != 204 && status != 304)
        bytes.append("Content-Length: ").append(QByteArray::number(body.size())).append("\r\n");
    for (const auto &[name, value] : fields)
        bytes.append(name).append(": ").append(value).append("\r\n");
    return bytes.append("\r\n").append(body);
}

HttpReply HttpReply::text(int status, const QString &sentence)
{
    return {status, sentence.toUtf8() + '\n', "text/plain; charset=utf-8", {}};
}

HttpReply HttpReply::json(int status, const QJsonObject &object)
{
    return {status,
            QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n',
            "application/json",
            {}};
}

std::vector<Field> errorFields(const Error &error)
{
    std::vector<Field> fields;
    if (error.kind == ErrorKind::Unauthorized)
        fields.push_back({"WWW-Authenticate", "Bearer"});
    if (error.kind == ErrorKind::InvalidToken)
        fields.push_back(
            {"WWW-Authenticate", "Bearer error=\"invalid_token\", error_description=\"" +
                                     descriptionOf(error.words) + '"'});
    if (error.retryAfter.count() > 0)
        fields.push_back({"Retry-After", QByteArray::number(retrySeconds(error))});
    return fields;
}

qlonglong retrySeconds(const Error &error)
{
    return std::chrono::ceil<std::chrono::seconds>(error.retryAfter).count();
}

HttpReply HttpReply::error(const Error &error)
{
    HttpReply reply = text(httpStatus(error.kind), error.words);
    for (Field &field : errorFields(error))
        reply.fields.emplace_back(std::move(field.name), std::move(field.value));
    return reply;
}

} // namespace pushdeck
