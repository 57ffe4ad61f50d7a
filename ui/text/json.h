// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace pushdeck {

/// Where a text stops being JSON (RFC 8259), and why.
struct JsonProblem
{
    qsizetype offset = 0; ///< bytes from the start
    int line = 1;         ///< from 1
    int column = 1;       ///< from 1, in characters
    QString words;        ///< "expected , or }"
};

/// Nothing when `text` is one JSON value.
[[nodiscard]] std::optional<JsonProblem> checkJson(QByteArrayView text);

/// The same value, indented. Unlike QJsonDocument it keeps the order of the keys, every digit of a
/// number and repeated keys: it shows what was sent. Nothing when the text is not JSON.
[[nodiscard]] std::optional<QByteArray> prettyJson(QByteArrayView text, int indent = 2);

/// True when the first thing in `text` opens an object or an array: worth trying as JSON.
[[nodiscard]] bool looksLikeJson(QByteArrayView text);

} // namespace pushdeck
