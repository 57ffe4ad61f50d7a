// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/eventfields.h"

#include "ui/i18n/serverwords.h"
#include "ui/text/format.h"
#include "ui/text/visible.h"
#include "ui/traffic/traffictext.h"

#include <QCoreApplication>
#include <QDateTime>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::EventFields)
};

} // namespace

std::vector<EventField> eventFields(const TrafficEvent &event)
{
    std::vector<EventField> fields;
    const auto add = [&fields](const QString &name, const QString &value) {
        if (!value.isEmpty())
            fields.push_back({name, visibleText(value, 4'000)});
    };
    const bool message = event.kind == TrafficKind::Message;
    add(Words::tr("What"), whatWords(event));
    add(Words::tr("Time"), formatDateTime(event.timeMs));
    add(Words::tr("Time (UTC)"),
        QDateTime::fromMSecsSinceEpoch(event.timeMs, Qt::UTC).toString(Qt::ISODateWithMs));
    add(Words::tr("Topic"), event.topic);
    add(Words::tr("Event"), event.event);
    add(Words::tr("Words"), serverWords(event.text));
    if (event.code)
        add(event.kind == TrafficKind::Refused ? Words::tr("HTTP status") : Words::tr("Close code"),
            QString::number(event.code));
    add(Words::tr("Transport"), viaText(event));
    add(Words::tr("Client"), event.client);
    if (event.clientId)
        add(Words::tr("Client number"), QString::number(event.clientId));
    if (message) {
        add(Words::tr("Deliveries"), formatCount(event.fanOut));
        add(Words::tr("Size"),
            Words::tr("%1 bytes")
                .arg(formatCount(static_cast<std::uint64_t>(event.payload.size()))));
        add(Words::tr("Content type"), event.contentType);
        add(Words::tr("Payload"), event.binary ? Words::tr("binary") : Words::tr("text"));
        add(Words::tr("Message id"), event.messageId);
    }
    add(Words::tr("Number in the log"), formatCount(event.number));
    return fields;
}

} // namespace pushdeck
