// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <variant>
#include <vector>

class QRandomGenerator;

namespace pushdeck {

/// Variables in the text of a message, filled in at the moment it is sent:
///
///   {{now}}         2026-03-01T09:00:00.123Z, UTC
///   {{now_ms}}      milliseconds since 1970
///   {{seq}}         1, 2, 3…: the number of this send
///   {{uuid}}        a random UUID (RFC 4122, version 4), a new one each time it is written
///   {{random 1 6}}  a whole number from 1 to 6, both included; within ±(2^53 - 1), which every
///                   JSON reader keeps exactly
///
/// Names are in lower case; spaces inside the braces do not matter; a variable stands on one line.
/// `{{{{` is a literal `{{`; of three braces the last two open. `}}` alone means nothing.
/// Everything else after `{{` is a problem: a text is never sent with a half-understood variable.

/// What the variables of one message stand for. `{{now}}` is one moment, however often written.
struct VariableValues
{
    std::int64_t nowMs = 0;
    std::uint64_t seq = 1;
};

/// The first thing in a text that is not a variable though it looks like one.
struct VariableProblem
{
    qsizetype at = 0; ///< UTF-16 units from the start of the text
    qsizetype length = 0;
    QString words; ///< visible form, one line
};

/// A text with its variables filled in.
struct FilledText
{
    QString text;

    /// Where in the template the `offset` of `text` comes from; inside a value, its variable.
    [[nodiscard]] qsizetype sourceOffset(qsizetype offset) const;

    struct Piece
    {
        qsizetype at;     ///< in `text`
        qsizetype source; ///< in the template
        bool value;       ///< a variable's value, not a copied stretch
    };
    std::vector<Piece> pieces; // ascending, the first at 0
};

/// Linear in the length of `text`; the result is at most five times as long.
[[nodiscard]] std::variant<FilledText, VariableProblem> fillVariables(const QString &text,
                                                                      const VariableValues &values,
                                                                      QRandomGenerator &random);

/// The text that fillVariables() turns back into exactly `text`.
[[nodiscard]] QString escapeVariables(const QString &text);

} // namespace pushdeck
