// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/responsemeter.h"

#include "net/datefield.h"

namespace pushdeck {

namespace {

/// A response head comes from our own routes: this only catches one that never ends.
constexpr qsizetype kMostHeadBytes = 64 * 1024;

bool isField(QByteArrayView line, QByteArrayView name)
{
    return line.size() > name.size() && line[name.size()] == ':' &&
           qstrnicmp(line.data(), name.size(), name.data(), name.size()) == 0;
}

QByteArray fieldValue(QByteArrayView line)
{
    return line.sliced(line.indexOf(':') + 1).trimmed().toByteArray();
}

} // namespace

void ResponseMeter::begin(const Request &request)
{
    m_state = State::Head;
    m_request = request;
    m_begun = false;
    m_untilClose = false;
    m_left = 0;
    m_head.clear();
    m_chunks.reset();
}

ResponseMeter::State ResponseMeter::feed(QByteArrayView bytes, QByteArray &out)
{
    while (!bytes.isEmpty()) {
        if (m_state == State::Done)
            return m_state = State::Broken; // more than was announced
        if (m_state == State::Broken)
            return m_state;
        if (m_state == State::Body)
            return feedBody(bytes, out);

        const qsizetype before = m_head.size();
        m_head.append(bytes);
        const qsizetype end = m_head.indexOf("\r\n\r\n", qMax(qsizetype(0), before - 3));
        if (end < 0) {
            if (m_head.size() > kMostHeadBytes)
                m_state = State::Broken;
            return m_state;
        }
        bytes = bytes.sliced(end + 4 - before);
        m_head.truncate(end + 2);
        if (!takeHead(out))
            return m_state = State::Broken;
        m_head.clear();
    }
    return m_state;
}

/// m_head is the status line and fields, each with its CRLF. Sets the state that follows.
bool ResponseMeter::takeHead(QByteArray &out)
{
    QByteArrayView rest = m_head;
    const qsizetype statusEnd = rest.indexOf('\n') + 1;
    const QByteArrayView statusLine = rest.first(statusEnd);
    rest = rest.sliced(statusEnd);
    bool isNumber = false;
    const int status = statusLine.size() < 14 || !statusLine.startsWith("HTTP/1.")
                           ? 0
                           : statusLine.sliced(9, 3).toByteArray().toInt(&isNumber);
    if (!isNumber || status < 100 || status > 999 || status == 101)
        return false;
    const bool interim = status < 200;
    const bool bodyless = interim || status == 204 || status == 304;

    std::optional<quint64> length;
    bool chunked = false;
    bool dated = interim;
    out.reserve(out.size() + m_head.size() + 64);
    out.append(statusLine);
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf('\n') + 1;
        const QByteArrayView line = rest.first(end);
        rest = rest.sliced(end);
        if (isField(line, "Connection")) {
            m_request.close = m_request.close || fieldValue(line).toLower().contains("close");
        } else if (isField(line, "Content-Length")) {
            bool good = false;
            length = fieldValue(line).toULongLong(&good); // Qt writes its own last: that one counts
            if (!good)
                return false;
        } else if (isField(line, "Transfer-Encoding")) {
            if (fieldValue(line).toLower() != "chunked")
                return false;
            chunked = true;
        } else if (!isField(line, "Keep-Alive") && !(bodyless && isField(line, "Content-Type") &&
                                                     fieldValue(line) == "application/x-empty")) {
            dated = dated || isField(line, "Date");
            out.append(line);
        }
    }
    m_untilClose = !bodyless && !chunked && !length;
    m_request.close = m_request.close || m_untilClose;
    if (!bodyless) {
        if (chunked && !m_request.http10)
            out.append("Transfer-Encoding: chunked\r\n");
        else if (length && !chunked)
            out.append("Content-Length: " + QByteArray::number(*length) + "\r\n");
        if (chunked && m_request.http10)
            m_request.close = true;
    }
    if (!dated)
        out.append(dateField());
    if (!interim) {
        if (m_request.close)
            out.append("Connection: close\r\n");
        else if (m_request.http10)
            out.append("Connection: keep-alive\r\n");
    }
    out.append("\r\n");
    m_begun = m_begun || !interim;

    if (interim)
        m_state = State::Head;
    else if (bodyless || (!chunked && length.value_or(0) == 0 && !m_untilClose))
        m_state = State::Done;
    else
        m_state = State::Body;
    m_left = length.value_or(0);
    if (m_state == State::Body && chunked)
        m_chunks = std::make_unique<ChunkedDecoder>();
    return true;
}

ResponseMeter::State ResponseMeter::feedBody(QByteArrayView bytes, QByteArray &out)
{
    const bool drop = m_request.isHead;
    if (m_untilClose) {
        if (!drop)
            out.append(bytes);
        return m_state;
    }
    if (m_chunks) {
        QByteArray decoded;
        const qsizetype taken = m_chunks->feed(bytes, decoded);
        if (!drop)
            out.append(m_request.http10 ? QByteArrayView(decoded) : bytes.first(taken));
        if (m_chunks->state() == ChunkedDecoder::State::Bad ||
            (m_chunks->state() == ChunkedDecoder::State::Done && taken != bytes.size()))
            m_state = State::Broken;
        else if (m_chunks->state() == ChunkedDecoder::State::Done)
            m_state = State::Done;
        return m_state;
    }
    const bool tooMuch = quint64(bytes.size()) > m_left;
    const QByteArrayView taken = tooMuch ? bytes.first(qsizetype(m_left)) : bytes;
    if (!drop)
        out.append(taken);
    m_left -= quint64(taken.size());
    if (tooMuch)
        m_state = State::Broken;
    else if (m_left == 0)
        m_state = State::Done;
    return m_state;
}

} // namespace pushdeck
