// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/csvwriter.h"

#include "ui/export/eventcodec.h"

#include <algorithm>

namespace pushdeck {

namespace {

bool startsFormula(QByteArrayView cell)
{
    if (cell.isEmpty())
        return false;
    if (std::string_view("=+-@\t\r\n'").find(cell.front()) != std::string_view::npos)
        return true;
    // U+FF1D ＝, U+FF0B ＋, U+FF0D －, U+FF20 ＠
    for (const char *wide : {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"}) {
        if (cell.startsWith(wide))
            return true;
    }
    return false;
}

void appendText(QByteArray &out, QByteArrayView cell)
{
    const bool guarded = startsFormula(cell);
    const bool quoted = std::any_of(cell.begin(), cell.end(), [](char c) {
        return c == '"' || c == ',' || c == '\r' || c == '\n';
    });
    out += ',';
    if (quoted)
        out += '"';
    if (guarded)
        out += '\'';
    if (!quoted) {
        out += cell;
        return;
    }
    for (const char c : cell) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

} // namespace

void CsvWriter::appendHead(QByteArray &out)
{
    out +=
        "\xEF\xBB\xBF"
        "number,time,kind,direction,transport,client_id,client,topic,event,content_type,id,code,"
        "fan_out,size,binary,encoding,data,text\r\n";
}

void CsvWriter::appendRow(QByteArray &out, const TrafficEvent &event)
{
    const bool message = event.kind == TrafficKind::Message;
    const bool plain = isReadable(event) && !event.payload.contains('\0');
    const auto number = [&out](bool known, qulonglong value) {
        out += ',';
        if (known)
            out += QByteArray::number(value);
    };
    out += QByteArray::number(static_cast<qulonglong>(event.number)) + ',';
    out += isoUtc(event.timeMs) + ',';
    out += kindName(event.kind).data();
    out += ',';
    out += directionName(event.direction).data();
    out += ',';
    out += transportField(event.transport).data();
    number(event.clientId != 0, event.clientId);
    for (const QString *text :
         {&event.client, &event.topic, &event.event, &event.contentType, &event.messageId})
        appendText(out, text->toUtf8());
    out += ',';
    if (event.code)
        out += QByteArray::number(event.code);
    number(message, event.fanOut);
    number(message, static_cast<qulonglong>(event.payload.size()));
    out += message ? (event.binary ? ",true" : ",false") : ",";
    out += plain ? "," : ",base64";
    appendText(out, plain ? event.payload : event.payload.toBase64());
    appendText(out, event.text.toUtf8());
    out += "\r\n";
}

bool CsvWriter::writeNext(QByteArray &out)
{
    if (!m_head) {
        m_head = true;
        appendHead(out);
    }
    if (m_next >= m_events.size())
        return false;
    appendRow(out, m_events[m_next++]);
    return true;
}

} // namespace pushdeck
