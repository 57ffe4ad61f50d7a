// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "net/filesender.h"
#include "net/requesthead.h"
#include "policy/accesspolicy.h"

#include <QByteArray>
#include <QJsonObject>

#include <utility>
#include <vector>

namespace pushdeck {

/// One HTTP request as routes see it: clean, complete, bounded. Values; nothing of Qt's request
/// object, which its connection reuses.
struct HttpRequest
{
    RequestHead head;
    QByteArray body;
    Visitor visitor;
    QString peer; ///< "address:port", for people
};

/// A complete answer.
struct HttpReply
{
    int status = 200;
    QByteArray body;
    QByteArray contentType; ///< empty where there is no body
    std::vector<std::pair<QByteArray, QByteArray>> fields;
    FilePiece piece{}; ///< where it has a file it is the body, and too long to be one here

    /// As it goes over the wire: the status line, then the rest, which is apart so that many may
    /// share it.
    [[nodiscard]] QByteArray statusLine() const;
    [[nodiscard]] QByteArray fieldsAndBody() const;

    static HttpReply text(int status, const QString &sentence);
    static HttpReply json(int status, const QJsonObject &object);

    /// The status of the error's kind, its words as one line of text, and errorFields().
    static HttpReply error(const Error &error);
};

/// The HTTP status an error leaves as, and the fields that go with it: the challenge of a 401 (RFC
/// 6750, 3), and when to come back.
[[nodiscard]] int httpStatus(ErrorKind kind);
[[nodiscard]] std::vector<Field> errorFields(const Error &error);
/// Whole seconds until coming back makes sense; 0: not said.
[[nodiscard]] qlonglong retrySeconds(const Error &error);

} // namespace pushdeck
