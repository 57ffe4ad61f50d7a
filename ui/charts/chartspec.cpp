// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chartspec.h"

#include <QCoreApplication>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::Charts)
};

} // namespace

std::vector<ChartSpec> chartSpecs()
{
    const QString none = Words::tr("not known");
    return {
        {u"messagesChart"_s,
         Words::tr("Messages/s"),
         Unit::PerSecond,
         {{Metric::In, Words::tr("in"), &Tones::in, Stroke::Solid},
          {Metric::Out, Words::tr("out"), &Tones::out, Stroke::Dashed}},
         {},
         none},
        {u"deliveriesChart"_s,
         Words::tr("Deliveries/s"),
         Unit::PerSecond,
         {{Metric::Deliveries, {}, &Tones::out, Stroke::Solid}},
         {},
         none},
        {u"bytesChart"_s,
         Words::tr("Bytes/s"),
         Unit::BytesPerSecond,
         {{Metric::BytesOut, Words::tr("out"), &Tones::out, Stroke::Solid},
          {Metric::BytesIn, Words::tr("in"), &Tones::in, Stroke::Dashed}},
         {},
         none},
        {u"clientsChart"_s,
         Words::tr("Clients"),
         Unit::Count,
         {{Metric::WebSocket, u"WS"_s, &Tones::webSocket, Stroke::Solid},
          {Metric::Sse, u"SSE"_s, &Tones::sse, Stroke::Dashed},
          {Metric::LongPoll, u"LP"_s, &Tones::longPoll, Stroke::Dotted}},
         Metric::Clients,
         none},
        {u"backlogChart"_s,
         Words::tr("Backlog"),
         Unit::Bytes,
         {{Metric::Backlog, Words::tr("here"), &Tones::warn, Stroke::Solid},
          {Metric::KernelBacklog, Words::tr("kernel"), &Tones::muted, Stroke::Dashed}},
         Metric::AllBacklog,
         none},
        {u"writesChart"_s,
         Words::tr("Write time"),
         Unit::Seconds,
         {{Metric::WriteP99, u"p99"_s, &Tones::accent, Stroke::Solid},
          {Metric::WriteP50, u"p50"_s, &Tones::muted, Stroke::Dashed}},
         {},
         Words::tr("nothing written")},
    };
}

} // namespace pushdeck
