// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/trafficfilter.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::TrafficFilter)
};

using Terms = std::vector<TrafficFilter::Term>;
using Test = TrafficFilter::Test;
using Relation = TrafficFilter::Relation;

struct Problem
{
    QString words;
};
using Parsed = std::variant<Test, Problem>;

template <typename T, std::size_t N>
using Names = std::array<std::pair<QStringView, T>, N>;

constexpr Names<Direction, 3> kDirections = {
    {{u"in", Direction::In}, {u"out", Direction::Out}, {u"server", Direction::Server}}};
using Via = TrafficFilter::Via;
constexpr Names<Via, 8> kTransports = {{{u"ws", Via::WebSocket},
                                        {u"websocket", Via::WebSocket},
                                        {u"sse", Via::Sse},
                                        {u"poll", Via::LongPoll},
                                        {u"lp", Via::LongPoll},
                                        {u"http", Via::Http},
                                        {u"operator", Via::Operator},
                                        {u"none", Via::None}}};
constexpr Names<TrafficKind, 6> kKinds = {{{u"message", TrafficKind::Message},
                                           {u"connect", TrafficKind::Connected},
                                           {u"close", TrafficKind::Disconnected},
                                           {u"gap", TrafficKind::Gap},
                                           {u"refused", TrafficKind::Refused},
                                           {u"notice", TrafficKind::Notice}}};

template <typename Holder, typename T, std::size_t N>
Parsed parseNames(const QStringList &values, const Names<T, N> &names)
{
    Holder holder;
    for (const QString &value : values) {
        const auto it = std::find_if(names.begin(), names.end(), [&value](const auto &name) {
            return name.first.compare(value, Qt::CaseInsensitive) == 0;
        });
        if (it == names.end()) {
            QStringList known;
            for (const auto &name : names)
                known << name.first.toString();
            return Problem{Words::tr("“%1” is not one of %2").arg(value, known.join(u", "_s))};
        }
        holder.any.push_back(it->second);
    }
    return Test(holder);
}

Parsed parseClient(const QStringList &values)
{
    TrafficFilter::Client client;
    for (const QString &value : values) {
        bool isNumber = false;
        const QString digits = value.startsWith(u'#') ? value.sliced(1) : value;
        const qulonglong id = digits.toULongLong(&isNumber);
        if (isNumber)
            client.ids.push_back(id);
        else
            client.parts << value;
    }
    return Test(client);
}

Parsed parseEvent(const QStringList &values)
{
    TrafficFilter::Event event;
    for (const QString &value : values) {
        event.any.push_back(value.toCaseFolded().split(u'*'));
    }
    return Test(event);
}

std::optional<std::uint64_t> parseSize(QString value)
{
    std::uint64_t factor = 1;
    value = value.toLower();
    if (value.endsWith(u'b'))
        value.chop(1);
    if (value.endsWith(u'k'))
        factor = 1024;
    else if (value.endsWith(u'm'))
        factor = 1024 * 1024;
    if (factor > 1)
        value.chop(1);
    bool ok = false;
    const double number = value.toDouble(&ok);
    constexpr double kMost = 1e12; // and "nan" is a number to Qt
    if (!ok || !(number >= 0 && number <= kMost))
        return std::nullopt;
    return static_cast<std::uint64_t>(number * static_cast<double>(factor));
}

Parsed parseStatus(Relation relation, const QString &value)
{
    TrafficFilter::Status status{relation, 0, 1};
    bool ok = false;
    if (value.size() == 3 && value.endsWith(u"xx"_s, Qt::CaseInsensitive)) {
        status.code = value.first(1).toInt(&ok);
        status.span = 100;
    } else {
        status.code = value.toInt(&ok);
    }
    if (!ok || status.code < 0)
        return Problem{Words::tr("a status is a number, or 4xx")};
    return Test(status);
}

Parsed parseRegex(const QString &body, bool ignoreCase)
{
    const QRegularExpression expression(body, ignoreCase ? QRegularExpression::CaseInsensitiveOption
                                                         : QRegularExpression::NoPatternOption);
    if (!expression.isValid()) {
        return Problem{Words::tr("this expression is wrong at character %1: %2")
                           .arg(expression.patternErrorOffset() + 1)
                           .arg(expression.errorString())};
    }
    return Test(TrafficFilter::Pattern{expression});
}

TrafficFilter::AnyText anyText(const QString &text)
{
    TrafficFilter::AnyText any{text, {}};
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c < QChar(128); });
    if (ascii)
        any.lower = text.toLower().toLatin1();
    return any;
}

// Cuts the line into words, quotes and regular expressions, and each word into name and value.
class Parser
{
public:
    explicit Parser(const QString &text) : m_text(text) {}

    std::variant<TrafficFilter, FilterProblem> run()
    {
        Terms terms;
        for (;;) {
            while (m_at < m_text.size() && (m_text[m_at].isSpace() || m_text[m_at] == u'&'))
                ++m_at;
            if (m_at >= m_text.size())
                return TrafficFilter(std::move(terms));
            const qsizetype start = m_at;
            const bool negated = (m_text[m_at] == u'-' || m_text[m_at] == u'!') &&
                                 m_at + 1 < m_text.size() && !m_text[m_at + 1].isSpace();
            if (negated)
                ++m_at;
            Parsed parsed = term();
            if (const auto *problem = std::get_if<Problem>(&parsed))
                return FilterProblem{start, m_at - start, problem->words};
            terms.push_back({negated, std::get<Test>(std::move(parsed))});
        }
    }

private:
    Parsed term()
    {
        if (m_text[m_at] == u'/') {
            if (const qsizetype end = regexEnd(); end > 0)
                return regex(end);
        }
        const qsizetype wordStart = m_at;
        while (m_at < m_text.size() && m_text[m_at].isLetter())
            ++m_at;
        const QString name = m_text.sliced(wordStart, m_at - wordStart).toLower();
        const QString relation = takeRelation(name);
        if (!relation.isEmpty())
            return named(name, relation);
        m_at = wordStart;
        const QStringList values = takeValues(false);
        if (values.isEmpty() || values.first().isEmpty())
            return Problem{Words::tr("a closing quote is missing")};
        return Test(anyText(values.first()));
    }

    // A slash that closes an expression stands before a space or the end, with an `i` at most.
    [[nodiscard]] qsizetype regexEnd() const
    {
        for (qsizetype i = m_at + 1; i < m_text.size(); ++i) {
            if (m_text[i] == u'\\') {
                ++i;
                continue;
            }
            if (m_text[i] != u'/' || i == m_at + 1)
                continue;
            qsizetype after = i + 1;
            if (after < m_text.size() && m_text[after] == u'i')
                ++after;
            if (after >= m_text.size() || m_text[after].isSpace())
                return i;
        }
        return -1;
    }

    Parsed regex(qsizetype end)
    {
        const QString body = m_text.sliced(m_at + 1, end - m_at - 1);
        m_at = end + 1;
        const bool ignoreCase = m_at < m_text.size() && m_text[m_at] == u'i';
        if (ignoreCase)
            ++m_at;
        return parseRegex(body, ignoreCase);
    }

    QString takeRelation(const QString &name)
    {
        if (!isFilterKey(name) || m_at >= m_text.size())
            return {};
        QString relation;
        const QChar first = m_text[m_at];
        if (first != u':' && first != u'<' && first != u'>' && first != u'=')
            return {};
        relation += m_text[m_at++];
        while (m_at < m_text.size() &&
               (m_text[m_at] == u'=' || m_text[m_at] == u'<' || m_text[m_at] == u'>') &&
               relation.size() < 3)
            relation += m_text[m_at++];
        if (relation.startsWith(u':') && relation.size() > 1)
            relation.remove(0, 1);
        return relation;
    }

    Parsed named(const QString &name, const QString &relation)
    {
        const QStringList values = takeValues(true);
        if (values.isEmpty() || values.contains(QString()))
            return Problem{Words::tr("%1 needs a value").arg(name + relation)};
        const bool measures = name == u"size" || name == u"status" || name == u"to";
        if (!measures && relation != u":" && relation != u"=")
            return Problem{Words::tr("%1 is written with a colon").arg(name)};
        if (name == u"dir")
            return parseNames<TrafficFilter::Directions>(values, kDirections);
        if (name == u"via")
            return parseNames<TrafficFilter::Transports>(values, kTransports);
        if (name == u"kind")
            return parseNames<TrafficFilter::Kinds>(values, kKinds);
        if (name == u"client")
            return parseClient(values);
        if (name == u"topic")
            return Test(TrafficFilter::Topic{values});
        if (name == u"event")
            return parseEvent(values);
        if (values.size() > 1)
            return Problem{Words::tr("%1 takes one value").arg(name)};
        const std::optional<Relation> how = relationOf(relation);
        if (!how)
            return Problem{Words::tr("“%1” is not a comparison").arg(relation)};
        if (name == u"status")
            return parseStatus(*how, values.first());
        if (name == u"to") {
            bool isNumber = false;
            const qulonglong deliveries = values.first().toULongLong(&isNumber);
            if (!isNumber)
                return Problem{Words::tr("a number of deliveries, as in to:0 or to>10")};
            return Test(TrafficFilter::FanOut{*how, deliveries});
        }
        const auto bytes = parseSize(values.first());
        if (!bytes)
            return Problem{Words::tr("a size is a number with k or m, as in size>1k")};
        return Test(TrafficFilter::Size{*how, *bytes});
    }

    static std::optional<Relation> relationOf(const QString &relation)
    {
        if (relation == u":" || relation == u"=" || relation == u"==")
            return Relation::Equal;
        if (relation == u"<")
            return Relation::Less;
        if (relation == u">")
            return Relation::Greater;
        if (relation == u"<=")
            return Relation::LessOrEqual;
        if (relation == u">=")
            return Relation::GreaterOrEqual;
        return std::nullopt;
    }

    // Values up to the next space. A quote opens a phrase only where a value starts, and closes it
    // only where the value ends: {"op":"hi"} is looked for as it stands. An open quote gives
    // nothing.
    QStringList takeValues(bool commas)
    {
        QStringList values(QString{});
        bool atStart = true;
        while (m_at < m_text.size() && !m_text[m_at].isSpace()) {
            const QChar c = m_text[m_at++];
            if (c == u'"' && atStart) {
                if (!takePhrase(values.last(), commas))
                    return {};
                atStart = false;
            } else if (c == u',' && commas) {
                values << QString();
                atStart = true;
            } else {
                values.last() += c;
                atStart = false;
            }
        }
        return values;
    }

    bool takePhrase(QString &phrase, bool commas)
    {
        while (m_at < m_text.size()) {
            const QChar c = m_text[m_at++];
            const bool closes =
                m_at >= m_text.size() || m_text[m_at].isSpace() || (commas && m_text[m_at] == u',');
            if (c == u'"' && closes)
                return true;
            if (c == u'\\' && m_at < m_text.size() &&
                (m_text[m_at] == u'"' || m_text[m_at] == u'\\')) {
                phrase += m_text[m_at++];
            } else {
                phrase += c;
            }
        }
        return false;
    }

    const QString &m_text;
    qsizetype m_at = 0;
};

} // namespace

std::variant<TrafficFilter, FilterProblem> parseTrafficFilter(const QString &text)
{
    return Parser(text).run();
}

bool isFilterKey(QStringView name)
{
    static constexpr QStringView kNames[] = {u"dir",   u"via",  u"kind", u"client", u"topic",
                                             u"event", u"size", u"to",   u"status"};
    return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

QString filterValue(const QString &value)
{
    const bool plain = std::all_of(value.begin(), value.end(), [](QChar c) {
        return !c.isSpace() && c != u'"' && c != u',' && c != u'\\';
    });
    // One that begins as a comparison does would be taken for it: event:>x.
    if (plain && !value.isEmpty() && !u"<>="_s.contains(value.front()))
        return value;
    QString quoted = value;
    quoted.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return u'"' + quoted + u'"';
}

QString withFilterTerm(const QString &text, const QString &term)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return term;
    if ((u' ' + trimmed + u' ').contains(u' ' + term + u' '))
        return trimmed;
    return trimmed + u' ' + term;
}

} // namespace pushdeck
