// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QRegularExpression>
#include <QString>
#include <QStringMatcher>

#include <variant>
#include <vector>

namespace pushdeck {

/// A stretch of a text, in UTF-16 code units.
struct FindHit
{
    qsizetype start = 0;
    qsizetype length = 0;

    friend bool operator==(const FindHit &, const FindHit &) = default;
};

/// What a find bar looks for: a text as it stands, or `/expression/`. A value; searching with it is
/// safe from any thread, each with its own copy.
class FindQuery final
{
public:
    FindQuery() = default;

    /// A query, or what is wrong with the expression in words for a person.
    [[nodiscard]] static std::variant<FindQuery, QString> parse(const QString &text,
                                                                bool matchCase);

    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    [[nodiscard]] bool isExpression() const { return m_isExpression; }

    [[nodiscard]] bool isIn(const QString &text) const;
    /// Bytes that are UTF-8; without decoding them where the text looked for is ASCII. An
    /// expression looks at the first `kExpressionBytes`: it may backtrack.
    static constexpr qsizetype kExpressionBytes = 16 * 1024;
    [[nodiscard]] bool isIn(QByteArrayView utf8) const;

    /// Hits in `text` from `offset` on, none empty, at most `most`.
    [[nodiscard]] std::vector<FindHit> hitsIn(QStringView text, std::size_t most) const;

    /// The same in bytes, in byte offsets. Text is looked for as UTF-8, "de ad be ef" as these
    /// bytes too; an expression is not looked for.
    [[nodiscard]] std::vector<FindHit> hitsInBytes(QByteArrayView bytes, std::size_t most) const;

    friend bool operator==(const FindQuery &a, const FindQuery &b)
    {
        return a.m_text == b.m_text && a.m_matchCase == b.m_matchCase &&
               a.m_isExpression == b.m_isExpression && a.m_expression == b.m_expression;
    }

private:
    QString m_text;
    bool m_matchCase = false;
    bool m_isExpression = false;
    QByteArray
        m_bytes; // ASCII, lower case unless the case matters; empty where m_text is not ASCII
    QStringMatcher m_matcher;
    QRegularExpression m_expression;
};

} // namespace pushdeck
