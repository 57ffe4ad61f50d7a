// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/find/findquery.h"

#include "ui/text/visible.h"

#include <QCoreApplication>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::FindQuery)
};

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// "de ad be ef", two pairs at least; else nothing.
QByteArray hexBytes(const QString &text)
{
    const QStringList pairs = text.split(u' ', Qt::SkipEmptyParts);
    QByteArray bytes;
    for (const QString &pair : pairs) {
        bool isHex = false;
        const uint value = pair.toUInt(&isHex, 16);
        if (!isHex || pair.size() != 2)
            return {};
        bytes += static_cast<char>(value);
    }
    return pairs.size() > 1 ? bytes : QByteArray();
}

} // namespace

std::variant<FindQuery, QString> FindQuery::parse(const QString &text, bool matchCase)
{
    FindQuery query;
    query.m_text = text;
    query.m_matchCase = matchCase;
    const bool ignores = text.endsWith(u"/i"_s);
    const qsizetype end = text.size() - (ignores ? 2 : 1);
    if (text.startsWith(u'/') && end > 1 && (ignores || text.endsWith(u'/'))) {
        query.m_isExpression = true;
        const bool anyCase = ignores || !matchCase;
        query.m_expression = QRegularExpression(text.sliced(1, end - 1),
                                                (anyCase ? QRegularExpression::CaseInsensitiveOption
                                                         : QRegularExpression::NoPatternOption) |
                                                    QRegularExpression::MultilineOption);
        if (!query.m_expression.isValid())
            return Words::tr("wrong at character %1: %2")
                .arg(query.m_expression.patternErrorOffset() + 1)
                .arg(query.m_expression.errorString());
        return query;
    }
    query.m_matcher = QStringMatcher(text, matchCase ? Qt::CaseSensitive : Qt::CaseInsensitive);
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c < QChar(128); });
    if (ascii)
        query.m_bytes = matchCase ? text.toLatin1() : text.toLower().toLatin1();
    return query;
}

bool FindQuery::isIn(const QString &text) const
{
    if (isEmpty())
        return false;
    return m_isExpression ? m_expression.match(text).hasMatch() : m_matcher.indexIn(text) >= 0;
}

bool FindQuery::isIn(QByteArrayView utf8) const
{
    if (isEmpty())
        return false;
    if (m_isExpression)
        return m_expression.match(QString::fromUtf8(utf8Prefix(utf8, kExpressionBytes))).hasMatch();
    if (m_bytes.isEmpty())
        return m_matcher.indexIn(QString::fromUtf8(utf8)) >= 0;
    if (m_matchCase)
        return utf8.contains(m_bytes);
    return std::search(utf8.begin(), utf8.end(), m_bytes.begin(), m_bytes.end(),
                       [](char a, char b) { return lowered(a) == b; }) != utf8.end();
}

std::vector<FindHit> FindQuery::hitsIn(QStringView text, std::size_t most) const
{
    std::vector<FindHit> hits;
    if (isEmpty())
        return hits;
    if (m_isExpression) {
        auto matches = m_expression.globalMatch(text.toString());
        while (hits.size() < most && matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            if (match.capturedLength() > 0)
                hits.push_back({match.capturedStart(), match.capturedLength()});
        }
        return hits;
    }
    for (qsizetype at = m_matcher.indexIn(text); at >= 0 && hits.size() < most;
         at = m_matcher.indexIn(text, at + m_text.size()))
        hits.push_back({at, m_text.size()});
    return hits;
}

std::vector<FindHit> FindQuery::hitsInBytes(QByteArrayView bytes, std::size_t most) const
{
    std::vector<FindHit> hits;
    if (isEmpty() || m_isExpression)
        return hits;
    const bool anyCase = !m_matchCase && !m_bytes.isEmpty();
    const QByteArray text = anyCase ? m_bytes : m_text.toUtf8();
    const QByteArray pairs = hexBytes(m_text);
    const auto at = [&](const QByteArray &wanted, const char *from, bool folds) {
        return std::search(from, bytes.end(), wanted.begin(), wanted.end(),
                           [folds](char a, char b) { return (folds ? lowered(a) : a) == b; });
    };
    const char *from = bytes.begin();
    while (hits.size() < most) {
        const char *asText = at(text, from, anyCase);
        const char *asPairs = pairs.isEmpty() ? bytes.end() : at(pairs, from, false);
        const char *found = std::min(asText, asPairs);
        if (found == bytes.end())
            break;
        const qsizetype length = found == asText ? text.size() : pairs.size();
        hits.push_back({found - bytes.begin(), length});
        from = found + length;
    }
    return hits;
}

} // namespace pushdeck
