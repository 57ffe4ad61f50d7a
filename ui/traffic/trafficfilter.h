// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"

#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>
#include <vector>

namespace pushdeck {

/// What the traffic filter's line means. Terms stand side by side (`&` between them is allowed) and
/// must all hold; a `-` before a term turns it round; values joined by commas are alternatives.
///
///     hello "two words"    in payload, topic, event, client or words, whatever the case
///     dir:in|out|server    via:ws|sse|poll|http|operator
///     kind:message|connect|close|gap|refused|notice
///     client:#7 client:192.168.1   topic:/chat topic:/orders/**   event:tick event:user.*
///     size>1k size<=64    to:0 to>10    status:1006 status:4xx status>=400
///     /regular expression/i
class TrafficFilter final
{
public:
    /// Payload bytes that a term looks at. A regular expression runs over fewer: it may backtrack.
    static constexpr qsizetype kTextBytes = 1024 * 1024;
    static constexpr qsizetype kRegexBytes = 16 * 1024;

    struct AnyText
    {
        QString text;
        QByteArray lower; // UTF-8, lower case; empty where the text is not ASCII
    };
    struct Pattern
    {
        QRegularExpression expression;
    };
    struct Directions
    {
        std::vector<Direction> any;
    };
    /// How it came: a transport, a plain HTTP request, the operator, or none of these.
    enum class Via { WebSocket, Sse, LongPoll, Http, Operator, None };
    struct Transports
    {
        std::vector<Via> any;
    };
    struct Kinds
    {
        std::vector<TrafficKind> any;
    };
    struct Client
    {
        std::vector<std::uint64_t> ids;
        QStringList parts;
    };
    struct Topic
    {
        QStringList patterns;
    };
    struct Event
    {
        std::vector<QStringList> any; ///< each: what stands between the stars, in folded case
    };
    enum class Relation { Less, LessOrEqual, Equal, GreaterOrEqual, Greater };
    struct Size
    {
        Relation relation;
        std::uint64_t bytes;
    };
    struct FanOut
    {
        Relation relation;
        std::uint64_t deliveries;
    };
    struct Status
    {
        Relation relation;
        int code;
        int span; // 100 for 4xx, 1 else
    };
    using Test = std::variant<AnyText, Pattern, Directions, Transports, Kinds, Client, Topic, Event,
                              Size, FanOut, Status>;
    struct Term
    {
        bool negated = false;
        Test test;
    };

    TrafficFilter() = default;
    explicit TrafficFilter(std::vector<Term> terms) : m_terms(std::move(terms)) {}

    [[nodiscard]] bool isEmpty() const { return m_terms.empty(); }
    [[nodiscard]] bool matches(const TrafficEvent &event) const;

    [[nodiscard]] static Via viaOf(const TrafficEvent &event);

private:
    std::vector<Term> m_terms;
};

/// Where a filter's text goes wrong, in words for a person.
struct FilterProblem
{
    qsizetype at = 0;
    qsizetype length = 0;
    QString words;
};

[[nodiscard]] std::variant<TrafficFilter, FilterProblem> parseTrafficFilter(const QString &text);

/// True where `name` (lower case) is a key of the filter's line.
[[nodiscard]] bool isFilterKey(QStringView name);

/// A value as the filter's line wants it: quoted where it has spaces, commas or quotes.
[[nodiscard]] QString filterValue(const QString &value);

/// `text` with `term` added, or, where it is there already, as it is.
[[nodiscard]] QString withFilterTerm(const QString &text, const QString &term);

} // namespace pushdeck
