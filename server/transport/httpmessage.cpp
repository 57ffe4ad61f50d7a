// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httpmessage.h"

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
