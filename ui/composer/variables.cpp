// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/variables.h"

#include "ui/text/visible.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRandomGenerator>
#include <QUuid>

#include <algorithm>
#include <array>
#include <limits>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::Variables)
};

constexpr qsizetype kMostName = 120;
constexpr qint64 kMostNumber = 9'007'199'254'740'991;

using Value = std::variant<QString, VariableProblem>;

Value problem(const QString &words)
{
    return VariableProblem{0, 0, words};
}

QString uuid(QRandomGenerator &random)
{
    std::array<quint32, 4> words{};
    random.fillRange(words.data(), words.size());
    words[1] = (words[1] & 0xFFFF0FFFu) | 0x4000u;
    words[2] = (words[2] & 0x3FFFFFFFu) | 0x80000000u;
    const QUuid id(words[0], static_cast<ushort>(words[1] >> 16), static_cast<ushort>(words[1]),
                   static_cast<uchar>(words[2] >> 24), static_cast<uchar>(words[2] >> 16),
                   static_cast<uchar>(words[2] >> 8), static_cast<uchar>(words[2]),
                   static_cast<uchar>(words[3] >> 24), static_cast<uchar>(words[3] >> 16),
                   static_cast<uchar>(words[3] >> 8), static_cast<uchar>(words[3]));
    return id.toString(QUuid::WithoutBraces);
}

qint64 between(qint64 low, qint64 high, QRandomGenerator &random)
{
    const quint64 count = static_cast<quint64>(high - low) + 1;
    // What is above the last whole multiple of `count` would favour the small numbers.
    const quint64 fair = std::numeric_limits<quint64>::max() / count * count;
    quint64 drawn = random.generate64();
    while (drawn >= fair)
        drawn = random.generate64();
    return low + static_cast<qint64>(drawn % count);
}

Value randomNumber(const QList<QStringView> &parts, QRandomGenerator &random)
{
    if (parts.size() != 3)
        return problem(Words::tr("random takes two numbers, as in {{random 1 6}}"));
    std::array<qint64, 2> ends{};
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const QStringView part = parts[static_cast<qsizetype>(i) + 1];
        bool ok = false;
        ends[i] = part.toLongLong(&ok);
        const QStringView digits = part.startsWith(u'-') ? part.sliced(1) : part;
        const bool digitsOnly =
            !digits.isEmpty() && std::all_of(digits.begin(), digits.end(),
                                             [](QChar c) { return c >= u'0' && c <= u'9'; });
        if (!digitsOnly)
            return problem(Words::tr("“%1” is not a whole number").arg(visibleText(part, 30)));
        if (!ok || ends[i] > kMostNumber || ends[i] < -kMostNumber) {
            return problem(Words::tr("%1 is out of range: at most %2")
                               .arg(visibleText(part, 30))
                               .arg(kMostNumber));
        }
    }
    if (ends[0] > ends[1])
        return problem(Words::tr("random takes the smaller number first"));
    return QString::number(between(ends[0], ends[1], random));
}

Value valueOf(QStringView inside, const VariableValues &values, QRandomGenerator &random)
{
    QList<QStringView> parts;
    for (const QStringView part : inside.split(u' ', Qt::SkipEmptyParts))
        parts << part;
    if (parts.isEmpty())
        return problem(Words::tr("a variable has a name, as in {{now}}"));
    const QStringView name = parts.first();
    if (name == u"random")
        return randomNumber(parts, random);
    QString value;
    if (name == u"now") {
        value = QDateTime::fromMSecsSinceEpoch(values.nowMs).toUTC().toString(Qt::ISODateWithMs);
    } else if (name == u"now_ms") {
        value = QString::number(values.nowMs);
    } else if (name == u"seq") {
        value = QString::number(values.seq);
    } else if (name == u"uuid") {
        value = uuid(random);
    } else {
        return problem(Words::tr("there is no “%1”").arg(visibleText(name, 30)));
    }
    if (parts.size() > 1)
        return problem(Words::tr("%1 takes nothing after its name").arg(name.toString()));
    return value;
}

// The end of what stands between the braces; -1 where they do not close.
qsizetype closing(const QString &text, qsizetype from)
{
    const qsizetype end = std::min(text.size(), from + kMostName);
    for (qsizetype i = from; i < end && text[i] != u'{' && text[i] != u'\n'; ++i) {
        if (text[i] == u'}')
            return i + 1 < text.size() && text[i + 1] == u'}' ? i : -1;
    }
    return -1;
}

} // namespace

qsizetype FilledText::sourceOffset(qsizetype offset) const
{
    auto after = std::upper_bound(pieces.begin(), pieces.end(), offset,
                                  [](qsizetype at, const Piece &piece) { return at < piece.at; });
    if (after == pieces.begin())
        return offset;
    const Piece &piece = *--after;
    return piece.value ? piece.source : piece.source + (offset - piece.at);
}

std::variant<FilledText, VariableProblem> fillVariables(const QString &text,
                                                        const VariableValues &values,
                                                        QRandomGenerator &random)
{
    FilledText filled;
    qsizetype from = 0;
    const auto copy = [&](qsizetype to) {
        if (to > from) {
            filled.pieces.push_back({filled.text.size(), from, false});
            filled.text += QStringView(text).sliced(from, to - from);
        }
        from = to;
    };
    for (qsizetype at = text.indexOf(u"{{"); at >= 0; at = text.indexOf(u"{{", from)) {
        copy(at);
        qsizetype braces = 2;
        while (braces < 4 && at + braces < text.size() && text[at + braces] == u'{')
            ++braces;
        if (braces == 4) {
            filled.pieces.push_back({filled.text.size(), at, true});
            filled.text += u"{{";
            from = at + 4;
            continue;
        }
        if (braces == 3)
            copy(++at);
        const qsizetype end = closing(text, at + 2);
        if (end < 0) {
            return VariableProblem{at, 2, Words::tr("{{ is not closed")};
        }
        auto value = valueOf(QStringView(text).sliced(at + 2, end - at - 2), values, random);
        if (auto *bad = std::get_if<VariableProblem>(&value))
            return VariableProblem{at, end + 2 - at, bad->words};
        filled.pieces.push_back({filled.text.size(), at, true});
        filled.text += std::get<QString>(value);
        from = end + 2;
    }
    copy(text.size());
    return filled;
}

QString escapeVariables(const QString &text)
{
    // Left to right, pair by pair, as they are read back; a third brace stays as it is.
    return QString(text).replace(u"{{"_s, u"{{{{"_s);
}

} // namespace pushdeck
