// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/harwriter.h"

#include "ui/export/eventcodec.h"
#include "ui/text/topics.h"
#include "ui/traffic/traffictext.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr char kNoHeaders[] = "\"cookies\":[],\"headers\":[";

void appendHeader(QByteArray &out, const char *name, const QString &value)
{
    out += "{\"name\":\"";
    out += name;
    out += "\",\"value\":";
    appendJsonString(out, value);
    out += '}';
}

void appendRequest(QByteArray &out, const char *method, const QString &url,
                   const QString &eventName = {})
{
    out += ",\"request\":{\"method\":\"";
    out += method;
    out += "\",\"url\":";
    appendJsonString(out, url);
    out += ",\"httpVersion\":\"HTTP/1.1\",\"headersSize\":-1,\"queryString\":[";
    if (!eventName.isEmpty())
        appendHeader(out, "event", eventName);
    out += "],";
    out += kNoHeaders;
}

void appendResponse(QByteArray &out, int status, const QString &words)
{
    out += ",\"response\":{\"status\":" + QByteArray::number(status) + ",\"statusText\":";
    appendJsonString(out, words);
    out +=
        ",\"httpVersion\":\"HTTP/1.1\",\"redirectURL\":\"\",\"headersSize\":-1,"
        "\"bodySize\":-1,";
    out += kNoHeaders;
    out += ']';
}

void appendEntryEnd(QByteArray &out, std::int64_t durationMs, const QString &comment)
{
    out += ",\"cache\":{},\"timings\":{\"send\":0,\"wait\":0,\"receive\":" +
           QByteArray::number(static_cast<qlonglong>(durationMs)) + '}';
    if (!comment.isEmpty()) {
        out += ",\"comment\":";
        appendJsonString(out, comment);
    }
    out += '}';
}

/// A string's inside, to be put between quotes that stand already.
void appendInside(QByteArray &out, QByteArrayView utf8)
{
    QByteArray quoted;
    appendJsonString(quoted, utf8);
    out += QByteArrayView(quoted).sliced(1).chopped(1);
}

bool isPublish(const TrafficEvent &event)
{
    return event.kind == TrafficKind::Message;
}

} // namespace

HarWriter::HarWriter(const std::vector<TrafficEvent> &events, const QString &baseUrl)
    : TrafficWriter(events), m_base(baseUrl.isEmpty() ? u"http://localhost"_s : baseUrl)
{
}

QString HarWriter::url(const QString &topic) const
{
    return m_base + (topic.startsWith(u'/') ? QString() : u"/"_s) +
           (topic.isEmpty() ? QString() : topicPath(topic));
}

void HarWriter::index()
{
    QHash<std::uint64_t, int> known;
    m_topicOf.assign(m_events.size(), -1);
    for (std::size_t at = 0; at < m_events.size(); ++at) {
        const TrafficEvent &event = m_events[at];
        if (isPublish(event) && event.fanOut > 0 && !event.topic.isEmpty()) {
            const int next = static_cast<int>(m_topicIds.size());
            m_topicOf[at] = m_topicIds.value(event.topic, next);
            if (m_topicOf[at] == next)
                m_topicIds.insert(event.topic, next);
        }
        if (event.kind == TrafficKind::Notice) {
            ++m_notices;
            continue;
        }
        const bool posted = isPublish(event) && event.transport != Transport::WebSocket;
        if (event.clientId == 0 || event.transport == Transport::None || posted ||
            event.kind == TrafficKind::Refused) {
            m_entries.push_back({at, -1});
            continue;
        }
        int found = known.value(event.clientId, -1);
        // The same number again after a close is another connection: a log opened from two runs.
        if (found < 0 || event.kind == TrafficKind::Connected) {
            found = static_cast<int>(m_connections.size());
            known.insert(event.clientId, found);
            Connection fresh;
            fresh.id = event.clientId;
            fresh.transport = event.transport;
            fresh.first = at;
            fresh.client = event.client;
            m_connections.push_back(fresh);
            m_entries.push_back({at, found});
        }
        Connection &connection = m_connections[static_cast<std::size_t>(found)];
        connection.last = at;
        if (event.kind == TrafficKind::Connected) {
            connection.connectKnown = true;
            connection.topic = event.topic;
            connection.words = event.text;
            connection.last = m_events.size() - 1;
        } else if (event.kind == TrafficKind::Disconnected) {
            connection.closed = true;
            connection.closeCode = event.code;
            connection.closeWords = event.text;
        } else if (event.kind == TrafficKind::Gap) {
            connection.gaps << event.text;
        }
        if (connection.connectKnown && !connection.closed)
            connection.last = m_events.size() - 1; // it was still there at the end
    }
}

const std::vector<char> &HarWriter::matchesOf(const QString &pattern)
{
    const auto known = m_matches.constFind(pattern);
    if (known != m_matches.constEnd())
        return *known;
    std::vector<char> matches(static_cast<std::size_t>(m_topicIds.size()), 0);
    for (auto topic = m_topicIds.cbegin(); topic != m_topicIds.cend(); ++topic)
        matches[static_cast<std::size_t>(topic.value())] = topicMatches(pattern, topic.key());
    return *m_matches.insert(pattern, std::move(matches));
}

std::size_t HarWriter::done() const
{
    if (m_stage == Stage::Done)
        return m_events.size();
    if (m_entries.empty())
        return 0;
    double entries = static_cast<double>(m_nextEntry);
    if (m_stage == Stage::Messages) {
        const auto &connection =
            m_connections[static_cast<std::size_t>(m_entries[m_nextEntry].connection)];
        entries += static_cast<double>(m_at - connection.first) /
                   static_cast<double>(connection.last - connection.first + 2);
    }
    return static_cast<std::size_t>(entries * static_cast<double>(m_events.size()) /
                                    static_cast<double>(m_entries.size()));
}

bool HarWriter::writeNext(QByteArray &out)
{
    switch (m_stage) {
        case Stage::Head: {
            index();
            out += "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"Pushdeck\",\"version\":";
            const QString version = QCoreApplication::applicationVersion();
            appendJsonString(out, version.isEmpty() ? u"0"_s : version);
            out += "},\"pages\":[],\"comment\":";
            appendJsonString(out, u"%1 notices of the server are left out"_s.arg(m_notices));
            out += ",\"entries\":[";
            m_stage = Stage::Entries;
            return true;
        }
        case Stage::Entries: {
            if (m_nextEntry == m_entries.size()) {
                out += "\n]}}\n";
                m_stage = Stage::Done;
                return true;
            }
            out += m_nextEntry ? ",\n" : "\n";
            const Entry &entry = m_entries[m_nextEntry];
            if (entry.connection < 0) {
                appendExchange(out, m_events[entry.position]);
                ++m_nextEntry;
                return true;
            }
            openConnection(out, m_connections[static_cast<std::size_t>(entry.connection)]);
            m_stage = Stage::Messages;
            return true;
        }
        case Stage::Messages: {
            if (writeMessage(out))
                return true;
            const Entry &entry = m_entries[m_nextEntry++];
            closeConnection(out, m_connections[static_cast<std::size_t>(entry.connection)]);
            m_stage = Stage::Entries;
            return true;
        }
        case Stage::Done:
            break;
    }
    return false;
}

void HarWriter::appendEntryStart(QByteArray &out, const TrafficEvent &first,
                                 std::int64_t durationMs) const
{
    out += "{\"startedDateTime\":\"" + isoUtc(first.timeMs) +
           "\",\"time\":" + QByteArray::number(static_cast<qlonglong>(durationMs));
}

void HarWriter::openConnection(QByteArray &out, const Connection &connection)
{
    const TrafficEvent &first = m_events[connection.first];
    const std::int64_t duration = m_events[connection.last].timeMs - first.timeMs;
    const bool webSocket = connection.transport == Transport::WebSocket;
    appendEntryStart(out, first, std::max<std::int64_t>(duration, 0));
    QString target = url(connection.topic);
    if (webSocket && target.startsWith(u"http"))
        target.replace(0, 4, u"ws"_s);
    appendRequest(out, "GET", target);
    if (webSocket)
        appendHeader(out, "Upgrade", u"websocket"_s);
    out += "],\"bodySize\":0}";
    appendResponse(out, webSocket ? 101 : 200, webSocket ? u"Switching Protocols"_s : u"OK"_s);
    out += ",\"content\":{\"size\":-1,\"mimeType\":\"";
    out += webSocket                                ? "x-unknown\"}}"
           : connection.transport == Transport::Sse ? "text/event-stream\",\"text\":\""
                                                    : "text/plain\",\"text\":\"";
    if (webSocket)
        out += ",\"_resourceType\":\"websocket\",\"_webSocketMessages\":[";
    m_at = connection.first;
    m_firstMessage = true;
    m_leftOut = 0;
    m_match = connection.connectKnown && !connection.topic.isEmpty() ? &matchesOf(connection.topic)
                                                                     : nullptr;
}

bool HarWriter::writeMessage(QByteArray &out)
{
    const Entry &entry = m_entries[m_nextEntry];
    const Connection &connection = m_connections[static_cast<std::size_t>(entry.connection)];
    const bool webSocket = connection.transport == Transport::WebSocket;
    for (; m_at <= connection.last; ++m_at) {
        const TrafficEvent &event = m_events[m_at];
        if (!isPublish(event))
            continue;
        const bool sent = event.clientId == connection.id && event.direction == Direction::In;
        const int topic = m_topicOf[m_at];
        bool received = m_match && topic >= 0 && (*m_match)[static_cast<std::size_t>(topic)];
        if (received && (m_received >= kMostReceived || m_receivedBytes >= kMostReceivedBytes)) {
            received = false;
            ++m_leftOut;
        }
        if (!received && !(sent && webSocket))
            continue;
        if (sent && webSocket)
            appendFrame(out, event, true);
        if (received) {
            ++m_received;
            m_receivedBytes += event.payload.size();
            if (webSocket)
                appendFrame(out, event, false);
            else
                appendStreamed(out, event, connection.transport);
        }
        ++m_at;
        return true;
    }
    return false;
}

void HarWriter::closeConnection(QByteArray &out, const Connection &connection)
{
    out += connection.transport == Transport::WebSocket ? "]" : "\"}}";
    if (connection.closed) {
        out += ",\"_closeCode\":" + QByteArray::number(connection.closeCode) + ",\"_closeReason\":";
        appendJsonString(out, connection.closeWords);
    }
    if (!connection.gaps.isEmpty()) {
        out += ",\"_gaps\":[";
        for (qsizetype i = 0; i < connection.gaps.size(); ++i) {
            if (i)
                out += ',';
            appendJsonString(out, connection.gaps[i]);
        }
        out += ']';
    }
    out += ",\"_client\":";
    appendJsonString(out, connection.client);
    out += ",\"connection\":\"" + QByteArray::number(static_cast<qulonglong>(connection.id)) + '"';
    QString comment = connection.connectKnown
                          ? u"Received: what was published to its topic while it was connected."_s
                          : u"It connected before the log begins: what it received is not known."_s;
    if (m_leftOut)
        comment +=
            u" %1 received messages are left out: the file would grow too large."_s.arg(m_leftOut);
    if (!connection.words.isEmpty())
        comment += u' ' + connection.words;
    const std::int64_t duration =
        m_events[connection.last].timeMs - m_events[connection.first].timeMs;
    appendEntryEnd(out, std::max<std::int64_t>(duration, 0), comment);
}

void HarWriter::appendFrame(QByteArray &out, const TrafficEvent &event, bool sent)
{
    const bool readable = isReadable(event);
    if (!m_firstMessage)
        out += ',';
    m_firstMessage = false;
    out += sent ? "\n{\"type\":\"send\",\"time\":" : "\n{\"type\":\"receive\",\"time\":";
    out += QByteArray::number(static_cast<double>(event.timeMs) / 1000, 'f', 3);
    out += readable ? ",\"opcode\":1,\"data\":" : ",\"opcode\":2,\"data\":\"";
    if (readable) {
        appendJsonString(out, QByteArrayView(event.payload));
    } else {
        out += event.payload.toBase64();
        out += '"';
    }
    out += '}';
}

void HarWriter::appendStreamed(QByteArray &out, const TrafficEvent &event, Transport transport)
{
    const QByteArray data = isReadable(event) ? event.payload : event.payload.toBase64();
    if (transport != Transport::Sse) {
        appendInside(out, data + '\n');
        return;
    }
    // As the stream's wire form (HTML, 9.2): a field a line, an empty line after each event.
    QByteArray text;
    if (!event.messageId.isEmpty())
        text += "id: " + event.messageId.toUtf8() + '\n';
    if (!event.event.isEmpty())
        text += "event: " + event.event.toUtf8() + '\n';
    text += "data: " + QByteArray(data).replace('\n', "\ndata: ") + "\n\n";
    appendInside(out, text);
}

void HarWriter::appendExchange(QByteArray &out, const TrafficEvent &event) const
{
    appendEntryStart(out, event, 0);
    if (!isPublish(event)) {
        appendRequest(out, "GET", url(event.topic));
        out += "],\"bodySize\":-1}";
        const int status = event.kind == TrafficKind::Refused ? event.code : 0;
        appendResponse(out, status, event.text);
        out += ",\"content\":{\"size\":0,\"mimeType\":\"x-unknown\"}}";
        out += ",\"_client\":";
        appendJsonString(out, event.client);
        appendEntryEnd(out, 0, u"The log keeps no method of what it refused."_s);
        return;
    }
    QString target = url(event.topic);
    if (!event.event.isEmpty())
        target += u"?event="_s + QString::fromLatin1(QUrl::toPercentEncoding(event.event));
    appendRequest(out, "POST", target, event.event);
    appendHeader(out, "Content-Type", event.contentType);
    out += "],\"bodySize\":" + QByteArray::number(event.payload.size()) +
           ",\"postData\":{\"mimeType\":";
    appendJsonString(out, event.contentType);
    out += ",\"params\":[],\"text\":";
    if (isReadable(event)) {
        appendJsonString(out, QByteArrayView(event.payload));
    } else {
        out += '"';
        out += event.payload.toBase64();
        out += "\",\"_encoding\":\"base64\"";
    }
    out += "}}";
    appendResponse(out, event.fanOut ? 201 : 202, event.fanOut ? u"Created"_s : u"Accepted"_s);
    out += ",\"content\":{\"size\":0,\"mimeType\":\"application/json\"}}";
    out += ",\"_client\":";
    appendJsonString(out, event.client);
    QString comment = event.direction == Direction::Out ? u"Sent by the operator."_s : QString();
    comment += (comment.isEmpty() ? u""_s : u" "_s) + u"Delivered to %1."_s.arg(event.fanOut);
    appendEntryEnd(out, 0, comment);
}

} // namespace pushdeck
