// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/longpollsession.h"

#include "core/encoding.h"
#include "net/socketinfo.h"
#include "transport/trafficrecorder.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace pushdeck {

namespace {

bool isPrintableAscii(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

} // namespace

QByteArray httpDate(std::int64_t timeMs)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(timeMs, Qt::UTC);
    return QLocale::c().toString(time, u"ddd, dd MMM yyyy hh:mm:ss").toLatin1() + " GMT";
}

LongPollSession::LongPollSession(TransportContext &context, Client &client,
                                 HttpConnection *connection, HeldResponder responder,
                                 SubscriptionRequest request, bool json,
                                 std::vector<std::pair<QByteArray, QByteArray>> fields)
    : Session(context, client, nullptr),
      m_request(std::move(request)),
      m_json(json),
      m_deadlineMs(context.clock() + m_request.timeout.count()),
      m_connection(connection),
      m_responder(std::move(responder)),
      m_fields(std::move(fields))
{
    // The client went while it was waiting: the same cursor gets the same messages on its next
    // poll.
    connect(connection, &QTcpSocket::disconnected, this, [this] {
        m_responder.reset();
        if (isOpen()) {
            this->client().info.lastActivityMs = this->context().clock();
            leave();
        }
        deleteLater();
    });
}

void LongPollSession::begin()
{
    noteCursor(m_request.cursor);
    context().hub.subscribe(*this, clientId(), m_request.topics, m_request.cursor);
    if (hasAnswer())
        answer();
    else if (m_request.timeout.count() == 0)
        answerEmpty();
}

Subscriber::Delivery LongPollSession::deliver(const Message &message)
{
    if (!wantsMore())
        return Delivery::Refused;
    m_lastId = message->id;
    m_lastTimeMs = message->timeMs;
    if (m_json) {
        if (m_count > 0)
            m_body.append(',');
        m_body.append(message.encoded(WireFormat::Json));
    } else {
        m_body = message->data;
        m_contentType = message->contentType;
        m_event = message->event;
    }
    ++m_count;
    if (!m_answering) {
        m_answering = true;
        // Queued: what else is published in this turn joins the batch, and answering changes the
        // tables that are being walked.
        QMetaObject::invokeMethod(this, &LongPollSession::answer, Qt::QueuedConnection);
    }
    return Delivery::Sent;
}

void LongPollSession::tellGap(const Gap &gap)
{
    m_gap = gap;
    noteGap(gap);
    context().recorder.gap(client().info, gap, true);
}

bool LongPollSession::wantsMore() const
{
    if (!isOpen())
        return false;
    return m_json ? m_count < kBatchMessages && m_body.size() < kBatchBytes : m_count == 0;
}

void LongPollSession::answer()
{
    if (!isOpen())
        return;
    HttpReply answered;
    if (m_gap)
        answered.fields.emplace_back("X-Gap", gapJson(*m_gap));
    if (m_count == 0) {
        // Nothing but a gap: the client learns of it now, not when the next message comes.
        answered.status = m_json ? 200 : emptyStatus();
        m_lastId = m_gap->resumedAt.toByteArray();
    } else {
        answered.fields.emplace_back("Last-Modified", httpDate(m_lastTimeMs));
    }
    if (m_json) {
        QByteArray list;
        if (m_gap)
            list = gapJson(*m_gap) + (m_count > 0 ? "," : "");
        answered.body =
            "{\"messages\":[" + list + m_body + "],\"cursor\":" + jsonString(m_lastId) + "}";
        answered.contentType = "application/json";
    } else {
        answered.body = m_body;
        answered.contentType = m_contentType;
        if (!m_event.isEmpty() && isPrintableAscii(m_event))
            answered.fields.emplace_back("X-EventSource-Event", m_event);
    }
    answered.fields.emplace_back("ETag", '"' + m_lastId + '"');

    ClientInfo &info = client().info;
    info.messagesOut += m_count;
    reply(std::move(answered));
}

void LongPollSession::answerEmpty()
{
    const QByteArray position = m_request.cursor.kind == Cursor::Kind::After
                                    ? m_request.cursor.id.toByteArray()
                                    : context().hub.newest().toByteArray();
    HttpReply empty;
    empty.status = emptyStatus();
    empty.fields.emplace_back("ETag", '"' + position + '"');
    reply(std::move(empty));
}

void LongPollSession::reply(HttpReply reply)
{
    ClientInfo &info = client().info;
    info.lastActivityMs = context().clock();
    info.bytesOut += static_cast<std::uint64_t>(reply.body.size());
    context().recorder.countBytesOut(static_cast<std::uint64_t>(reply.body.size()));
    leave();
    reply.fields.emplace_back("Cache-Control", "no-store");
    reply.fields.insert(reply.fields.end(), m_fields.begin(), m_fields.end());
    // The connection may go while it is written to; that must not come back here.
    if (m_connection)
        disconnect(m_connection, nullptr, this, nullptr);
    if (m_responder) {
        sendReply(*m_responder, reply);
        m_responder.reset();
    }
    deleteLater();
}

void LongPollSession::end(EndReason reason, std::uint16_t, const QString &words)
{
    if (!isOpen())
        return;
    HttpReply ended = HttpReply::text(wordsFor(reason).httpStatus, words);
    if (wordsFor(reason).retry)
        ended.fields.emplace_back("Retry-After", "2");
    reply(std::move(ended));
}

void LongPollSession::tick(std::int64_t nowMs)
{
    if (isOpen() && !m_answering && nowMs >= m_deadlineMs)
        answerEmpty();
}

void LongPollSession::describe(ClientInfo &info) const
{
    if (m_connection && !info.rttMs)
        info.rttMs = rttMs(m_connection->socketDescriptor());
}

} // namespace pushdeck
