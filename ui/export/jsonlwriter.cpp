// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/jsonlwriter.h"

#include "ui/export/eventcodec.h"

namespace pushdeck {

bool JsonlWriter::writeNext(QByteArray &out)
{
    if (m_next >= m_events.size())
        return false;
    appendLine(out, m_events[m_next++]);
    return true;
}

void JsonlWriter::appendLine(QByteArray &out, const TrafficEvent &event)
{
    const auto text = [&out](const char *key, const QString &value) {
        if (value.isEmpty())
            return;
        out += key;
        appendJsonString(out, value);
    };
    out += "{\"number\":" + QByteArray::number(static_cast<qulonglong>(event.number));
    out += ",\"time\":\"" + isoUtc(event.timeMs);
    out += "\",\"kind\":\"";
    out += kindName(event.kind).data();
    out += "\",\"direction\":\"";
    out += directionName(event.direction).data();
    out += '"';
    if (event.transport != Transport::None) {
        out += ",\"transport\":\"";
        out += transportField(event.transport).data();
        out += '"';
    }
    if (event.clientId)
        out += ",\"client_id\":" + QByteArray::number(static_cast<qulonglong>(event.clientId));
    text(",\"client\":", event.client);
    text(",\"topic\":", event.topic);
    text(",\"event\":", event.event);
    text(",\"content_type\":", event.contentType);
    text(",\"id\":", event.messageId);
    if (event.code)
        out += ",\"code\":" + QByteArray::number(event.code);
    text(",\"text\":", event.text);
    if (event.fanOut || event.kind == TrafficKind::Message)
        out += ",\"fan_out\":" + QByteArray::number(event.fanOut);
    if (event.binary)
        out += ",\"binary\":true";
    if (!event.payload.isEmpty() || event.kind == TrafficKind::Message) {
        out += ",\"data\":";
        if (isReadable(event)) {
            appendJsonString(out, QByteArrayView(event.payload));
        } else {
            out += '"';
            out += event.payload.toBase64();
            out += "\",\"encoding\":\"base64\"";
        }
    }
    out += "}\n";
}

} // namespace pushdeck
