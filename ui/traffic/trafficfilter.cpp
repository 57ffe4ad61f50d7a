// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/trafficfilter.h"

#include "ui/text/topics.h"
#include "ui/text/visible.h"

#include <algorithm>

namespace pushdeck {

namespace {

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Byte search that ignores the case of ASCII letters: no copy of the payload, no decoding.
bool containsLower(QByteArrayView haystack, QByteArrayView lower)
{
    return std::search(haystack.begin(), haystack.end(), lower.begin(), lower.end(),
                       [](char a, char b) { return lowered(a) == b; }) != haystack.end();
}

bool compare(TrafficFilter::Relation relation, std::uint64_t left, std::uint64_t right)
{
    switch (relation) {
        case TrafficFilter::Relation::Less:
            return left < right;
        case TrafficFilter::Relation::LessOrEqual:
            return left <= right;
        case TrafficFilter::Relation::Equal:
            return left == right;
        case TrafficFilter::Relation::GreaterOrEqual:
            return left >= right;
        case TrafficFilter::Relation::Greater:
            return left > right;
    }
    return false;
}

/// Whether `text` is the parts with anything between them. The first place for a part is as good as
/// any later one, so nothing is tried twice, as an expression of many `.*` would.
bool matchesParts(QStringView text, const QStringList &parts)
{
    if (parts.size() == 1)
        return text == parts.first();
    if (!text.startsWith(parts.first()))
        return false;
    text = text.sliced(parts.first().size());
    for (qsizetype i = 1; i + 1 < parts.size(); ++i) {
        const qsizetype at = text.indexOf(parts[i]);
        if (at < 0)
            return false;
        text = text.sliced(at + parts[i].size());
    }
    return text.endsWith(parts.last());
}

template <typename T>
bool holds(const std::vector<T> &values, T value)
{
    return std::find(values.begin(), values.end(), value) != values.end();
}

struct Matcher
{
    const TrafficEvent &event;

    bool operator()(const TrafficFilter::AnyText &term) const
    {
        const auto in = [&term](const QString &text) {
            return text.contains(term.text, Qt::CaseInsensitive);
        };
        if (in(event.topic) || in(event.event) || in(event.client) || in(event.text) ||
            in(event.messageId))
            return true;
        const QByteArrayView bytes = utf8Prefix(event.payload, TrafficFilter::kTextBytes);
        if (!term.lower.isEmpty())
            return containsLower(bytes, term.lower);
        return in(QString::fromUtf8(bytes));
    }
    bool operator()(const TrafficFilter::Pattern &term) const
    {
        const QByteArrayView bytes = utf8Prefix(event.payload, TrafficFilter::kRegexBytes);
        return term.expression.match(event.text.isEmpty() ? QString::fromUtf8(bytes) : event.text)
                   .hasMatch() ||
               term.expression.match(event.topic).hasMatch();
    }
    bool operator()(const TrafficFilter::Directions &term) const
    {
        return holds(term.any, event.direction);
    }
    bool operator()(const TrafficFilter::Transports &term) const
    {
        return holds(term.any, TrafficFilter::viaOf(event));
    }
    bool operator()(const TrafficFilter::Kinds &term) const { return holds(term.any, event.kind); }
    bool operator()(const TrafficFilter::Client &term) const
    {
        if (event.clientId != 0 && holds(term.ids, event.clientId))
            return true;
        return std::any_of(term.parts.begin(), term.parts.end(), [this](const QString &part) {
            return event.client.contains(part, Qt::CaseInsensitive);
        });
    }
    bool operator()(const TrafficFilter::Topic &term) const
    {
        return std::any_of(term.patterns.begin(), term.patterns.end(), [this](const QString &p) {
            return p.startsWith(u'/') ? topicMatches(p, event.topic)
                                      : event.topic.contains(p, Qt::CaseInsensitive);
        });
    }
    bool operator()(const TrafficFilter::Event &term) const
    {
        const QString name = event.event.toCaseFolded();
        return std::any_of(term.any.begin(), term.any.end(),
                           [&name](const QStringList &parts) { return matchesParts(name, parts); });
    }
    bool operator()(const TrafficFilter::Size &term) const
    {
        return event.kind == TrafficKind::Message &&
               compare(term.relation, static_cast<std::uint64_t>(event.payload.size()), term.bytes);
    }
    bool operator()(const TrafficFilter::FanOut &term) const
    {
        return event.kind == TrafficKind::Message &&
               compare(term.relation, event.fanOut, term.deliveries);
    }
    bool operator()(const TrafficFilter::Status &term) const
    {
        if (event.code == 0)
            return false;
        const int code = event.code / term.span;
        return compare(term.relation, static_cast<std::uint64_t>(std::max(code, 0)),
                       static_cast<std::uint64_t>(term.code));
    }
};

} // namespace

TrafficFilter::Via TrafficFilter::viaOf(const TrafficEvent &event)
{
    switch (event.transport) {
        case Transport::WebSocket:
            return Via::WebSocket;
        case Transport::Sse:
            return Via::Sse;
        case Transport::LongPoll:
            return Via::LongPoll;
        case Transport::None:
            break;
    }
    if (event.direction == Direction::Out)
        return Via::Operator;
    const bool request = event.kind == TrafficKind::Refused ||
                         (event.kind == TrafficKind::Message && event.direction == Direction::In);
    return request ? Via::Http : Via::None;
}

bool TrafficFilter::matches(const TrafficEvent &event) const
{
    return std::all_of(m_terms.begin(), m_terms.end(), [&event](const Term &term) {
        return std::visit(Matcher{event}, term.test) != term.negated;
    });
}

} // namespace pushdeck
