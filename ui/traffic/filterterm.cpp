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

QString viaTerm(const TrafficEvent &event)
{
    switch (TrafficFilter::viaOf(event)) {
        case TrafficFilter::Via::WebSocket:
            return u"via:ws"_s;
        case TrafficFilter::Via::Sse:
            return u"via:sse"_s;
        case TrafficFilter::Via::LongPoll:
            return u"via:poll"_s;
        case TrafficFilter::Via::Http:
            return u"via:http"_s;
        case TrafficFilter::Via::Operator:
            return u"via:operator"_s;
        case TrafficFilter::Via::None:
            break;
    }
    return {};
}

} // namespace

QString filterTermFor(const TrafficEvent &event, int column)
{
    switch (column) {
        case TrafficModel::DirectionColumn:
            return kindTerm(event);
        case TrafficModel::TransportColumn:
            return viaTerm(event);
        case TrafficModel::ClientColumn:
            if (event.clientId != 0)
                return u"client:#%1"_s.arg(event.clientId);
            if (event.client.isEmpty())
                return event.direction == Direction::Out ? u"via:operator"_s : QString();
            return u"client:"_s + filterValue(event.client);
        case TrafficModel::FanOutColumn:
            return event.kind == TrafficKind::Message ? u"to:%1"_s.arg(event.fanOut) : QString();
        case TrafficModel::SizeColumn:
            return event.kind == TrafficKind::Message ? u"size:%1"_s.arg(event.payload.size())
                                                      : QString();
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

QStringList filterRangesFor(const TrafficEvent &event, int column)
{
    const QString exact = filterTermFor(event, column);
    const bool measured =
        column == TrafficModel::SizeColumn || column == TrafficModel::FanOutColumn;
    if (!measured || exact.isEmpty())
        return {};
    QStringList ranges;
    for (const QString &relation : {u">="_s, u"<="_s})
        ranges << QString(exact).replace(u":"_s, relation);
    return ranges;
}

} // namespace pushdeck
