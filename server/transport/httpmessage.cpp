// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httpmessage.h"

#include "net/refusal.h"

#include <QJsonDocument>

namespace pushdeck {

int httpStatus(ErrorKind kind)
{
    switch (kind) {
        case ErrorKind::BadRequest:
            return 400;
        case ErrorKind::Unauthorized:
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
        bytes.append("Content-Length: ")
            .append(QByteArray::number(piece.file ? piece.length : qint64(body.size())))
            .append("\r\n");
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

HttpReply HttpReply::error(const Error &error)
{
    HttpReply reply = text(httpStatus(error.kind), error.words);
    if (error.kind == ErrorKind::Unauthorized)
        reply.fields.emplace_back("WWW-Authenticate", "Bearer");
    return reply;
}

} // namespace pushdeck
