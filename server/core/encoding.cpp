// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/encoding.h"

#include "core/gap.h"
#include "core/message.h"

#include <QDateTime>
#include <QLocale>
#include <QtEndian>

#include <algorithm>

namespace pushdeck {

namespace {

void appendJsonString(QByteArray &json, QByteArrayView utf8)
{
    static constexpr char kHex[] = "0123456789abcdef";
    json.append('"');
    qsizetype clean = 0; // start of the run that needs no escape
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const auto c = static_cast<unsigned char>(utf8[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        json.append(utf8.data() + clean, i - clean);
        clean = i + 1;
        json.append('\\');
        switch (c) {
            case '"':
            case '\\':
                json.append(static_cast<char>(c));
                break;
            case '\n':
                json.append('n');
                break;
            case '\r':
                json.append('r');
                break;
            case '\t':
                json.append('t');
                break;
            default:
                json.append("u00").append(kHex[c >> 4]).append(kHex[c & 15]);
        }
    }
    json.append(utf8.data() + clean, utf8.size() - clean);
    json.append('"');
}

QByteArray messageJson(const Message &message)
{
    QByteArray json;
    json.reserve(message->data.size() + 192);
    json.append("{\"type\":\"message\",\"id\":");
    appendJsonString(json, message->id);
    json.append(",\"topic\":");
    appendJsonString(json, message->topic);
    json.append(",\"event\":");
    if (message->event.isEmpty())
        json.append("null");
    else
        appendJsonString(json, message->event);
    json.append(",\"content_type\":");
    appendJsonString(json, message->contentType);
    json.append(",\"data\":");
    if (message->utf8) {
        appendJsonString(json, message->data);
        json.append(",\"encoding\":\"utf-8\"");
    } else {
        appendJsonString(json, message->data.toBase64());
        json.append(",\"encoding\":\"base64\"");
    }
    json.append(",\"time\":").append(QByteArray::number(static_cast<qlonglong>(message->timeMs)));
    json.append('}');
    return json;
}

/// An event stream is UTF-8 text (HTML, 9.2.5), so binary data travels as base64 there.
QByteArray sseEvent(const Message &message, bool json)
{
    QByteArray event;
    event.reserve(message->data.size() + 96);
    appendSseField(event, "id", message->id);
    if (json) {
        // The name stands inside the object: an event with a name would pass by onmessage.
        appendSseField(event, "data", messageJson(message));
    } else {
        if (!message->event.isEmpty())
            appendSseField(event, "event", message->event);
        appendSseField(event, "data", message->utf8 ? message->data : message->data.toBase64());
    }
    event.append('\n');
    return event;
}

QByteArray nchanFrame(const Message &message)
{
    QByteArray payload;
    payload.reserve(message->data.size() + 96);
    payload.append("id: ").append(message->id);
    payload.append("\ncontent-type: ").append(message->contentType).append("\n\n");
    payload.append(message->data);
    return webSocketFrame(message->binary ? FrameKind::Binary : FrameKind::Text, payload);
}

/// Who polls again and again is answered with the same bytes as everybody else, so all that is one
/// for all of them is made once: fields, the empty line, and the body.
QByteArray pollAnswer(const Message &message, bool json)
{
    const QByteArray body = json ? batchJson(messageJson(message), message->id) : message->data;
    QByteArray answer;
    answer.reserve(body.size() + 256);
    answer.append("Content-Type: ")
        .append(json ? QByteArrayLiteral("application/json") : message->contentType)
        .append("\r\nContent-Length: ")
        .append(QByteArray::number(static_cast<qlonglong>(body.size())))
        .append("\r\nLast-Modified: ")
        .append(httpDate(message->timeMs));
    const QByteArray event = json ? QByteArray() : eventFieldValue(message->event);
    if (!event.isEmpty())
        answer.append("\r\nX-EventSource-Event: ").append(event);
    answer.append("\r\nETag: \"").append(message->id);
    answer.append("\"\r\nCache-Control: no-store\r\n\r\n").append(body);
    return answer;
}

} // namespace

QByteArray batchJson(const QByteArray &list, const QByteArray &cursor)
{
    return "{\"messages\":[" + list + "],\"cursor\":" + jsonString(cursor) + '}';
}

QByteArray eventFieldValue(const QByteArray &event)
{
    const bool fits =
        std::all_of(event.begin(), event.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    return fits ? event : QByteArray();
}

QByteArray httpDate(std::int64_t timeMs)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(timeMs, Qt::UTC);
    return QLocale::c().toString(time, u"ddd, dd MMM yyyy hh:mm:ss").toLatin1() + " GMT";
}

QByteArray jsonString(QByteArrayView utf8)
{
    QByteArray json;
    json.reserve(utf8.size() + 2);
    appendJsonString(json, utf8);
    return json;
}

QByteArray webSocketFrame(FrameKind kind, QByteArrayView payload)
{
    constexpr unsigned char kFinal = 0x80;
    unsigned char header[10] = {
        static_cast<unsigned char>(kFinal | static_cast<unsigned char>(kind))};
    qsizetype headerSize = 2;
    if (payload.size() < 126) {
        header[1] = static_cast<unsigned char>(payload.size());
    } else if (payload.size() <= 0xffff) {
        header[1] = 126;
        qToBigEndian(static_cast<quint16>(payload.size()), header + 2);
        headerSize = 4;
    } else {
        header[1] = 127;
        qToBigEndian(static_cast<quint64>(payload.size()), header + 2);
        headerSize = 10;
    }
    QByteArray frame;
    frame.reserve(headerSize + payload.size());
    frame.append(reinterpret_cast<const char *>(header), headerSize);
    frame.append(payload.data(), payload.size());
    return frame;
}

QByteArray httpChunk(QByteArrayView body)
{
    Q_ASSERT(!body.isEmpty());
    const QByteArray size = QByteArray::number(static_cast<qlonglong>(body.size()), 16);
    QByteArray chunk;
    chunk.reserve(size.size() + body.size() + 4);
    chunk.append(size).append("\r\n");
    chunk.append(body.data(), body.size()).append("\r\n");
    return chunk;
}

void appendSseField(QByteArray &event, QByteArrayView field, QByteArrayView value)
{
    qsizetype start = 0;
    for (;;) {
        qsizetype end = start;
        while (end < value.size() && value[end] != '\r' && value[end] != '\n')
            ++end;
        event.append(field.data(), field.size()).append(": ");
        event.append(value.data() + start, end - start).append('\n');
        if (end == value.size())
            return;
        start = end + 1;
        if (value[end] == '\r' && start < value.size() && value[start] == '\n')
            ++start;
    }
}

QByteArray gapJson(const Gap &gap)
{
    QByteArray json("{\"type\":\"gap\",\"lost\":");
    json.append(gap.lost ? QByteArray::number(static_cast<qulonglong>(*gap.lost)) : "null");
    json.append(",\"reason\":")
        .append(gap.reason == Gap::Reason::Evicted ? "\"evicted\"" : "\"restarted\"");
    json.append(",\"resumed_at\":").append(jsonString(gap.resumedAt.toByteArray())).append('}');
    return json;
}

QByteArray encode(const Message &message, WireFormat format)
{
    switch (format) {
        case WireFormat::WebSocketRaw:
            return webSocketFrame(message->binary ? FrameKind::Binary : FrameKind::Text,
                                  message->data);
        case WireFormat::WebSocketJson:
            return webSocketFrame(FrameKind::Text, messageJson(message));
        case WireFormat::WebSocketNchan:
            return nchanFrame(message);
        case WireFormat::SseRaw:
            return httpChunk(sseEvent(message, false));
        case WireFormat::SseJson:
            return httpChunk(sseEvent(message, true));
        case WireFormat::SseRawPlain:
            return sseEvent(message, false);
        case WireFormat::SseJsonPlain:
            return sseEvent(message, true);
        case WireFormat::Json:
            return messageJson(message);
        case WireFormat::PollRaw:
            return pollAnswer(message, false);
        case WireFormat::PollJson:
            return pollAnswer(message, true);
    }
    Q_UNREACHABLE();
}

QByteArray encode(const Gap &gap, WireFormat format)
{
    switch (format) {
        case WireFormat::WebSocketRaw:
        case WireFormat::WebSocketNchan:
        case WireFormat::PollRaw:
        case WireFormat::PollJson:
            return {};
        case WireFormat::WebSocketJson:
            return webSocketFrame(FrameKind::Text, gapJson(gap));
        case WireFormat::Json:
            return gapJson(gap);
        case WireFormat::SseRaw:
        case WireFormat::SseJson:
        case WireFormat::SseRawPlain:
        case WireFormat::SseJsonPlain:
            break;
    }
    // The id makes a native EventSource resume behind the gap, so that it is told once.
    QByteArray event;
    appendSseField(event, "id", gap.resumedAt.toByteArray());
    appendSseField(event, "event", "gap");
    appendSseField(event, "data", gapJson(gap));
    event.append('\n');
    const bool chunked = format == WireFormat::SseRaw || format == WireFormat::SseJson;
    return chunked ? httpChunk(event) : event;
}

} // namespace pushdeck
