// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/longpollsession.h"

#include "core/encoding.h"
#include "net/socketinfo.h"
#include "transport/clientregistry.h"
#include "transport/pollanswers.h"
#include "transport/trafficrecorder.h"

namespace pushdeck {

LongPollSession::LongPollSession(TransportContext &context, PollAnswers &answers, Client &client,
                                 HttpConnection *connection, Poll poll)
    : Session(context, client, nullptr),
      m_answers(answers),
      m_poll(std::move(poll)),
      m_begin(HttpReply().statusLine() + m_poll.fields),
      m_connection(connection),
      m_port(client.info.port)
{
    m_poll.asked.squeeze();
    connection->setTaker(this);
    // The client went while it was waiting: the same cursor gets the same messages on its next
    // poll.
    connect(connection, &QTcpSocket::disconnected, this, [this] {
        if (isOpen()) {
            this->client().info.lastActivityMs = this->context().clock();
            leave();
        }
        deleteLater();
    });
}

LongPollSession::~LongPollSession()
{
    if (m_place) // else they may be gone, with the server that listened
        m_answers.forget(*this);
    if (m_connection && m_connection->taker() == this)
        m_connection->setTaker(nullptr);
}

void LongPollSession::begin()
{
    context().hub.subscribe(*this, clientId(), m_poll.request.topics, m_poll.request.cursor);
    hold();
}

void LongPollSession::hold()
{
    m_deadlineMs = context().steady() + m_poll.request.timeout.count();
    noteCursor(m_poll.request.cursor);
    client().polls.asked(Hub::startOf(*this));
    if (hasAnswer())
        answerAtTurnsEnd();
    else if (m_poll.request.timeout.count() == 0)
        answerEmpty();
    else
        lookAt(m_deadlineMs);
}

/// Only what certainly means the same as before is taken here. All else, refusals as well, goes the
/// long way.
bool LongPollSession::take()
{
    if (isOpen() || !m_connection)
        return false;
    const RequestHead &head = m_connection->request();
    if (askedBeside(head) != m_poll.asked)
        return false;
    const auto cursor = cursorOf(head);
    if (!cursor)
        return false;
    m_poll.request.conditional = isConditional(head);
    if (cursor->kind == Cursor::Kind::After)
        m_connection->expectRepeat(cursor->id.toByteArray(), cursorCarrier(head),
                                   head.value("If-Modified-Since")); // askedBeside() has none
    return goOn(*cursor);
}

bool LongPollSession::takeRepeat(QByteArrayView value)
{
    if (isOpen() || !m_connection)
        return false;
    const auto cursor = Cursor::parse(value);
    return cursor && goOn(*cursor);
}

bool LongPollSession::goOn(const Cursor &cursor)
{
    // A signed token is verified each time: it may have expired.
    if (m_poll.visitor.claims || m_poll.visitor.problem ||
        context().policy.maySubscribe(m_poll.visitor, m_poll.request.topics))
        return false;
    // Closed meanwhile, or gone on over another connection.
    Client *client = context().clients.find(clientId());
    if (!client || client->info.port != m_port)
        return false;
    client->info.lastActivityMs = context().clock();
    m_poll.request.cursor = cursor;
    enter(*client);
    context().hub.wake(*this, cursor);
    hold();
    return true;
}

Subscriber::Delivery LongPollSession::deliver(const Message &message)
{
    if (wants() == 0)
        return Delivery::Refused;
    m_lastId = message->id;
    m_lastRead = message.sequence();
    m_lastTimeMs = message->timeMs;
    ++m_count;
    if (m_count == 1)
        m_single = message.encoded(m_poll.json ? WireFormat::PollJson : WireFormat::PollRaw);
    if (m_poll.json) {
        if (m_count > 1)
            m_batch.append(',');
        m_batch.append(message.encoded(WireFormat::Json));
    }
    m_bodyBytes = m_poll.json ? m_batch.size() : message->data.size();
    answerAtTurnsEnd();
    return Delivery::Sent;
}

void LongPollSession::answerAtTurnsEnd()
{
    if (!m_place)
        m_answers.add(*this);
}

void LongPollSession::tellGap(const Gap &gap)
{
    m_gap = gap;
    noteGap(gap);
    context().recorder.gap(client().info, gap, true);
}

std::size_t LongPollSession::wants() const
{
    const std::size_t most = m_poll.json ? kBatchMessages : 1;
    return isOpen() && m_batch.size() < kBatchBytes ? most - m_count : 0;
}

void LongPollSession::answer(SendBatch *batch)
{
    if (!isOpen() || !hasAnswer())
        return;
    client().info.messagesOut += m_count;
    client().polls.answered(m_count > 0 ? m_lastRead : m_gap->resumedAt.sequence);
    if (m_count == 0 || (m_poll.json && (m_gap || m_count > 1))) {
        answerBatch(batch);
    } else {
        const QByteArray gap = m_gap ? "X-Gap: " + gapJson(*m_gap) + "\r\n" : QByteArray();
        respond(gap.isEmpty() ? m_begin : m_begin + gap, m_single, m_bodyBytes, batch);
    }
}

/// Several messages, or a gap.
void LongPollSession::answerBatch(SendBatch *together)
{
    HttpReply batch;
    if (m_gap)
        batch.fields.emplace_back("X-Gap", gapJson(*m_gap));
    if (m_count == 0) {
        // Nothing but a gap: the client learns of it now, not when the next message comes.
        batch.status = m_poll.json ? 200 : emptyStatus();
        m_lastId = m_gap->resumedAt.toByteArray();
    } else {
        batch.fields.emplace_back("Last-Modified", httpDate(m_lastTimeMs));
    }
    batch.fields.emplace_back("ETag", '"' + m_lastId + '"');
    if (m_poll.json) {
        QByteArray list = m_gap ? gapJson(*m_gap) : QByteArray();
        if (m_gap && m_count > 0)
            list += ',';
        batch.body = batchJson(list + m_batch, m_lastId);
        batch.contentType = "application/json";
    }
    reply(std::move(batch), together);
}

void LongPollSession::answerEmpty()
{
    const Cursor &cursor = m_poll.request.cursor;
    const QByteArray position = cursor.kind == Cursor::Kind::After
                                    ? cursor.id.toByteArray()
                                    : context().hub.newest().toByteArray();
    // Up to the newest there was nothing for it.
    client().polls.answered(context().hub.newest().sequence);
    HttpReply empty;
    empty.status = emptyStatus();
    empty.fields.emplace_back("ETag", '"' + position + '"');
    reply(std::move(empty));
}

void LongPollSession::reply(HttpReply reply, SendBatch *batch)
{
    reply.fields.emplace_back("Cache-Control", "no-store");
    respond(reply.statusLine() + m_poll.fields, reply.fieldsAndBody(), reply.body.size(), batch);
}

/// Ends the poll, and only then sends: the next one may follow from within.
void LongPollSession::respond(QByteArray begin, QByteArray rest, qsizetype bodyBytes,
                              SendBatch *batch)
{
    ClientInfo &info = client().info;
    info.lastActivityMs = context().clock();
    info.bytesOut += static_cast<std::uint64_t>(bodyBytes);
    context().recorder.countBytesOut(static_cast<std::uint64_t>(bodyBytes));
    pause();
    if (m_place)
        m_answers.forget(*this);
    m_single.clear();
    m_batch.clear();
    m_bodyBytes = 0;
    m_count = 0;
    m_lastId.clear();
    m_gap.reset();
    if (m_connection)
        m_connection->respond(begin, rest, batch);
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

void LongPollSession::look(std::int64_t nowMs)
{
    if (!isOpen() || m_place)
        return; // the next poll asks again
    if (nowMs < m_deadlineMs)
        lookAt(m_deadlineMs);
    else
        answerEmpty();
}

void LongPollSession::describe(ClientInfo &info) const
{
    if (m_connection && !info.rttMs)
        info.rttMs = rttMs(m_connection->socketDescriptor());
}

} // namespace pushdeck
