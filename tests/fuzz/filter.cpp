// The traffic filter's line, from the operator, over what came from the network. The input's first
// line is the filter, the rest is a message's payload.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "target.h"
#include "ui/traffic/trafficfilter.h"

using namespace pushdeck;
using fuzz::require;

namespace {

using Parsed = std::variant<TrafficFilter, FilterProblem>;

TrafficEvent eventWith(const QByteArray &payload)
{
    TrafficEvent event;
    event.kind = TrafficKind::Message;
    event.direction = Direction::In;
    event.transport = Transport::WebSocket;
    event.clientId = 7;
    event.fanOut = 3;
    event.payload = payload;
    const QString text = QString::fromUtf8(payload.left(200));
    event.topic = QLatin1Char('/') + text;
    event.event = text;
    event.client = QStringLiteral("192.168.1.41:51200");
    return event;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = fuzz::bytesOf(data, size);
    const qsizetype end = bytes.indexOf('\n');
    const QString text = QString::fromUtf8(end < 0 ? bytes : bytes.first(end));
    const TrafficEvent event = eventWith(end < 0 ? QByteArray() : bytes.mid(end + 1));

    const Parsed parsed = parseTrafficFilter(text);
    if (const auto *problem = std::get_if<FilterProblem>(&parsed)) {
        require(
            problem->at >= 0 && problem->length > 0 && problem->at + problem->length <= text.size(),
            "a problem is within the text");
        require(!problem->words.isEmpty(), "a problem has words");
    } else {
        const auto &filter = std::get<TrafficFilter>(parsed);
        require(filter.isEmpty() == text.trimmed().remove(u'&').trimmed().isEmpty(),
                "only an empty line filters nothing");
        const bool matches = filter.matches(event);
        const Parsed twice = parseTrafficFilter(text + QStringLiteral(" & ") + text);
        require(std::get_if<TrafficFilter>(&twice) &&
                    std::get<TrafficFilter>(twice).matches(event) == matches,
                "a filter said twice is the same filter");
    }

    // Any text can be looked for, as a value.
    for (const char16_t *key : {u"topic:", u"client:", u"event:"}) {
        if (text.isEmpty())
            break;
        const QString term = QString::fromUtf16(key) + filterValue(text);
        const Parsed valued = parseTrafficFilter(term);
        require(std::holds_alternative<TrafficFilter>(valued), "any text can be a value");
        const QString line = withFilterTerm(QStringLiteral("dir:in"), term);
        require(withFilterTerm(line, term) == line, "a term is not added twice");
    }
    return 0;
}
