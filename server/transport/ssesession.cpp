// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/ssesession.h"

#include "core/encoding.h"
#include "net/datefield.h"

#include <QRandomGenerator>
#include <QTimer>

namespace pushdeck {

namespace {

WireFormat wireFormat(PayloadFormat format, bool chunked)
{
    if (format == PayloadFormat::Json)
        return chunked ? WireFormat::SseJson : WireFormat::SseJsonPlain;
    return chunked ? WireFormat::SseRaw : WireFormat::SseRawPlain;
}

/// How often a stream is looked at for messages that were its heartbeat.
constexpr std::chrono::milliseconds kLook = kSseHeartbeat / 4;

QByteArray retryField(std::chrono::milliseconds wait = kSseRetry)
{
    return "retry: " + QByteArray::number(qlonglong(wait.count())) + '\n';
}

std::chrono::milliseconds timeToReturn()
{
    return std::chrono::milliseconds(QRandomGenerator::global()->bounded(
        static_cast<int>(kSseReturnSoonest.count()), static_cast<int>(kSseReturnLatest.count())));
}

} // namespace

SseSession::SseSession(TransportContext &context, Client &client, QTcpSocket *socket,
                       PayloadFormat format, bool chunked, const QByteArray &extraFields)
    : StreamSession(context, client, socket, wireFormat(format, chunked), nullptr),
      m_chunked(chunked),
      m_lastBeatMs(context.steady()),
      m_lookedMs(m_lastBeatMs)
{
    socket->setParent(this);
    // A client has nothing to say on a stream; what it sends must neither pile up nor hide that it
    // leaves.
    connect(socket, &QTcpSocket::readyRead, this,
            [socket] { socket->skip(socket->bytesAvailable()); });
    connect(socket, &QTcpSocket::disconnected, this, [this] {
        signOff(EndReason::ClientLeft, 0, tr("the client closed the stream"));
        deleteLater();
    });

    lookAt(m_lastBeatMs + kLook.count());
    append(
        "HTTP/1.1 200 OK\r\n"
        "Content-Type: text/event-stream\r\n"
        "Cache-Control: no-store\r\n"
        "X-Accel-Buffering: no\r\n" +
        dateField() + extraFields +
        (m_chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Connection: close\r\n\r\n"));
}

void SseSession::open(const SubscriptionRequest &request)
{
    QByteArray greeting = ": pushdeck\n";
    // An id without data is no event, yet an EventSource comes back after it (HTML, 9.2.6): what is
    // published between a loss before the first message and the return is not lost.
    if (request.cursor.kind == Cursor::Kind::Latest)
        greeting += "id: " + context().hub.newest().toByteArray() + '\n';
    append(framed(greeting + retryField() + '\n'));
    begin(request);
    // The same where a replay had nothing to bring. After an id there is that id to come back with.
    const bool wantsReplay =
        request.cursor.kind != Cursor::Kind::Latest && request.cursor.kind != Cursor::Kind::After;
    if (wantsReplay && client().info.messagesOut == 0 && !Hub::isCatchingUp(*this))
        append(framed("id: " + context().hub.newest().toByteArray() + "\n\n"));
}

void SseSession::openPresence(const Topic &topic)
{
    append(framed(": pushdeck\n" + retryField() +
                  "\nevent: presence\ndata: " + context().presence.listJson(topic) + "\n\n"));
    context().presence.watch(topic, *this);
}

void SseSession::presenceChanged(const QByteArray &topic, const ClientInfo &client, bool joined)
{
    offer(framed(QByteArray(joined ? "event: join\ndata: " : "event: leave\ndata: ") +
                 presenceChangeJson(topic, client, joined) + "\n\n"));
}

QByteArray SseSession::framed(const QByteArray &text) const
{
    return m_chunked ? httpChunk(text) : text;
}

void SseSession::look(std::int64_t nowMs)
{
    if (!isOpen())
        return;
    // Messages are heartbeats themselves. When since the last look they came is not noted, so that
    // it costs a delivery nothing: the beat comes early rather than late.
    const std::uint64_t messages = client().info.messagesOut;
    if (messages != m_messagesAtBeat) {
        m_messagesAtBeat = messages;
        m_lastBeatMs = m_lookedMs;
    }
    m_lookedMs = nowMs;
    if (nowMs - m_lastBeatMs >= kSseHeartbeat.count()) {
        m_lastBeatMs = nowMs;
        append(framed(":\n\n"));
    }
    lookAt(nowMs + kLook.count());
}

void SseSession::end(EndReason reason, std::uint16_t code, const QString &words)
{
    if (!isOpen())
        return;
    // The stream has no close frame; a comment tells client.js, and whoever reads it with curl.
    QString line = words;
    line.replace(QLatin1Char('\r'), QLatin1Char(' ')).replace(QLatin1Char('\n'), QLatin1Char(' '));
    QByteArray farewell = framed(
        ": closing " + QByteArray::number(code) + ": " + line.toUtf8() + '\n' +
        (reason == EndReason::ServerStopping ? retryField(timeToReturn()) : QByteArray()) + '\n');
    if (m_chunked)
        farewell += "0\r\n\r\n";
    append(farewell);
    outbox().flushNow();
    signOff(reason, code, words, farewell.size());
    if (socket()->state() != QAbstractSocket::ConnectedState) {
        deleteLater();
        return;
    }
    QTimer::singleShot(kSseDrain, this, [this] { socket()->abort(); });
    socket()->disconnectFromHost();
}

} // namespace pushdeck
