// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/filterterm.h"

#include "ui/traffic/trafficfilter.h"
#include "ui/traffic/trafficmodel.h"

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

QString kindTerm(const TrafficEvent &event)
{
    switch (event.kind) {
        case TrafficKind::Message:
            return event.direction == Direction::Out ? u"dir:out"_s : u"dir:in"_s;
        case TrafficKind::Connected:
            return u"kind:connect"_s;
        case TrafficKind::Disconnected:
            return u"kind:close"_s;
        case TrafficKind::Gap:
            return u"kind:gap"_s;
        case TrafficKind::Refused:
            return u"kind:refused"_s;
        case TrafficKind::Notice:
            break;
    }
    return u"kind:notice"_s;
}

QString viaTerm(Transport transport)
{
    switch (transport) {
        case Transport::WebSocket:
            return u"via:ws"_s;
        case Transport::Sse:
            return u"via:sse"_s;
        case Transport::LongPoll:
            return u"via:poll"_s;
        case Transport::None:
            break;
    }
    return u"via:http"_s;
}

} // namespace

QString filterTermFor(const TrafficEvent &event, int column)
{
    switch (column) {
        case TrafficModel::DirectionColumn:
            return kindTerm(event);
        case TrafficModel::TransportColumn:
            return viaTerm(event.transport);
        case TrafficModel::ClientColumn:
            if (event.clientId != 0)
                return u"client:#%1"_s.arg(event.clientId);
            return event.client.isEmpty() ? QString() : u"client:"_s + filterValue(event.client);
        case TrafficModel::TopicColumn:
            return event.topic.isEmpty() ? QString() : u"topic:"_s + filterValue(event.topic);
        case TrafficModel::EventColumn:
            return event.event.isEmpty() ? QString() : u"event:"_s + filterValue(event.event);
        case TrafficModel::ContentColumn:
            if (event.code > 0)
                return u"status:%1"_s.arg(event.code);
            return event.kind == TrafficKind::Message ? QString() : kindTerm(event);
        default:
            return {};
    }
}

} // namespace pushdeck
