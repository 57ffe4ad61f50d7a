// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/websocketsession.h"

#include "core/encoding.h"
#include "net/limits.h"
#include "net/lingeringclose.h"
#include "transport/clientregistry.h"
#include "transport/httpmessage.h"
#include "transport/trafficrecorder.h"

#include <QJsonArray>
#include <QTimer>
#include <QWebSocket>

#include <algorithm>

namespace pushdeck {

namespace {

/// Why a WebSocket ends that we did not end. Qt closes with these codes what breaks the rules; a
/// client that sends one of them itself is counted as if it had.
EndReason reasonOfClose(int code)
{
    for (const EndReason reason :
         {EndReason::MessageTooBig, EndReason::InvalidUtf8, EndReason::ProtocolError}) {
        if (wordsFor(reason).closeCode == code)
            return reason;
    }
    return EndReason::ClientLeft;
}

} // namespace

WireFormat webSocketFormat(const QString &subprotocol, PayloadFormat format)
{
    if (subprotocol == QLatin1String(kEnvelopeProtocol))
        return WireFormat::WebSocketJson;
    if (subprotocol == QLatin1String(kNchanProtocol))
        return WireFormat::WebSocketNchan;
    return format == PayloadFormat::Json ? WireFormat::WebSocketJson : WireFormat::WebSocketRaw;
}

QString closeReason(const QString &words)
{
    QByteArray utf8 = words.toUtf8();
    if (utf8.size() <= kCloseReasonBytes)
        return words;
    qsizetype end = kCloseReasonBytes;
    while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xc0) == 0x80)
        --end;
    return QString::fromUtf8(utf8.first(end));
}

WebSocketSession::WebSocketSession(TransportContext &context, Client &client, QWebSocket *webSocket,
                                   QTcpSocket *socket, SubscriptionRequest request)
    : StreamSession(context, client, socket,
                    webSocketFormat(client.info.subprotocol, request.format), nullptr),
      m_webSocket(webSocket),
      m_request(std::move(request)),
      m_enveloped(client.info.subprotocol == QLatin1String(kEnvelopeProtocol)),
      m_nextPingMs(context.clock() + kPingInterval.count()),
      m_frameDeadline(context.limits.frameDeadline)
{
    webSocket->setParent(this);
    connect(webSocket, &QWebSocket::textMessageReceived, this, &WebSocketSession::textReceived);
    connect(webSocket, &QWebSocket::binaryMessageReceived, this, &WebSocketSession::binaryReceived);
    // Of a message in fragments Qt keeps what has come.
    const auto frameCame = [this](const auto &, bool last) { m_midMessage = !last; };
    connect(webSocket, &QWebSocket::textFrameReceived, this, frameCame);
    connect(webSocket, &QWebSocket::binaryFrameReceived, this, frameCame);
    connect(webSocket, &QWebSocket::pong, this, [this](quint64 elapsedMs, const QByteArray &) {
        m_pingsUnanswered = 0;
        m_rttMs = static_cast<double>(elapsedMs);
        if (isOpen())
            this->client().info.lastActivityMs = this->context().clock();
    });
    connect(webSocket, &QWebSocket::aboutToClose, this, &WebSocketSession::closing);
    connect(webSocket, &QWebSocket::disconnected, this, [this] {
        // After a proper close it has signed off. Qt reports 1000 for a connection that just broke.
        constexpr int kAbnormal = 1006; // RFC 6455, 7.4.1
        signOff(EndReason::ClientLeft, kAbnormal, tr("the connection broke"));
        deleteLater();
    });
}

WebSocketSession::~WebSocketSession()
{
    // A QWebSocket that still has unsent data would leak its socket.
    disconnect(m_webSocket, nullptr, this, nullptr);
    m_webSocket->abort();
}

void WebSocketSession::open()
{
    // Those who shook hands at the same time have subscribed meanwhile.
    if (const auto refused = context().hub.refusesMore(m_request.topics)) {
        note(*refused);
        end(EndReason::TooManyTopics, wordsFor(EndReason::TooManyTopics).closeCode, refused->words);
        return;
    }
    begin(m_request);
}

void WebSocketSession::count(qsizetype bytes)
{
    ClientInfo &info = client().info;
    ++info.messagesIn;
    info.bytesIn += static_cast<std::uint64_t>(bytes);
    info.lastActivityMs = context().clock();
}

void WebSocketSession::textReceived(const QString &text)
{
    if (!isOpen())
        return;
    QByteArray utf8 = text.toUtf8();
    count(utf8.size());
    if (m_enveloped)
        handleEnvelope(utf8);
    else
        publishFrame(std::move(utf8), false);
}

void WebSocketSession::binaryReceived(const QByteArray &data)
{
    if (!isOpen())
        return;
    count(data.size());
    if (m_enveloped)
        refuse({}, badRequest(tr("pushdeck.v1 speaks JSON in text frames.")));
    else
        publishFrame(data, true);
}

/// Only asks; see takeRate().
std::optional<Error> WebSocketSession::mayPublish(const Topic &topic) const
{
    return context().policy.mayPublish(client().visitor, topic);
}

/// A connection is bounded for itself, or with all that its signed token's subject does.
std::optional<Error> WebSocketSession::takeRate(qsizetype bytes)
{
    PublishRates &rates = context().rates;
    if (!rates.rate().isBounded())
        return std::nullopt;
    const Visitor &visitor = client().visitor;
    return subjectOf(visitor).isEmpty() ? rates.take(m_meter, bytes)
                                        : rates.take(publisherOf(visitor), bytes);
}

/// Raw frames have no room for an answer but the close.
void WebSocketSession::endFor(EndReason reason, const Error &error)
{
    note(error);
    end(reason, wordsFor(reason).closeCode, error.words);
}

void WebSocketSession::publishFrame(QByteArray data, bool binary)
{
    const auto topic = Topic::fromName(m_request.topics.front().name());
    const auto refused = topic ? mayPublish(*topic) : std::optional(topic.error());
    if (refused) {
        endFor(EndReason::NotAllowed, *refused);
        return;
    }
    // What is over the rate is neither dropped without a word nor kept: the burst is what a client
    // is forgiven.
    if (const auto tooMany = takeRate(data.size())) {
        endFor(EndReason::TooManyMessages, *tooMany);
        return;
    }
    if (!context().policy.rules().relay) {
        context().recorder.keptBack(client().info, topic->name(), data, binary);
        return;
    }
    Publication publication;
    publication.data = std::move(data);
    publication.binary = binary;
    publication.publisher = Publisher::Client;
    publication.clientId = clientId();
    // Nothing in it can be refused: there is no event name and no content type.
    (void)context().hub.publish(*topic, std::move(publication));
}

void WebSocketSession::handleEnvelope(const QByteArray &text)
{
    const auto object = parseObject(text);
    if (!object) {
        refuse(QJsonValue::Undefined, object.error());
        return;
    }
    auto envelope =
        parseEnvelope(*object, static_cast<std::size_t>(context().limits.topicsPerClient));
    if (!envelope) {
        refuse(refOf(*object), envelope.error());
        return;
    }
    switch (envelope->type) {
        case Envelope::Type::Ping:
            answerPing(envelope->ref);
            break;
        case Envelope::Type::Publish:
            publishEnvelope(std::move(envelope).value());
            break;
        case Envelope::Type::Subscribe:
            subscribeEnvelope(*envelope);
            break;
        case Envelope::Type::Unsubscribe:
            unsubscribeEnvelope(*envelope);
            break;
        case Envelope::Type::Presence:
            presenceEnvelope(*envelope);
            break;
    }
}

void WebSocketSession::answerPing(const QJsonValue &ref)
{
    // Everything up to this cursor stands before the answer, unless a replay is under way.
    QJsonObject fields;
    if (!Hub::isCatchingUp(*this))
        fields.insert(u"cursor", QString::fromLatin1(context().hub.newest().toByteArray()));
    answer(ackJson(ref, std::move(fields)));
}

void WebSocketSession::publishEnvelope(Envelope envelope)
{
    if (!envelope.publish.topic) {
        auto own = Topic::fromName(m_request.topics.front().name());
        if (!own) {
            refuse(envelope.ref, own.error());
            return;
        }
        envelope.publish.topic = std::move(own).value();
    }
    const Topic &topic = *envelope.publish.topic;
    auto refused = mayPublish(topic);
    if (!refused)
        refused = takeRate(envelope.publish.publication.data.size());
    if (refused) {
        refuse(envelope.ref, *refused);
        return;
    }
    if (!context().policy.rules().relay) {
        context().recorder.keptBack(client().info, topic.name(), envelope.publish.publication.data,
                                    false);
        refuse(envelope.ref,
               {ErrorKind::Forbidden, tr("Relaying is off: only the operator saw it."),
                RefusalCause::Relay});
        return;
    }
    envelope.publish.publication.publisher = Publisher::Client;
    envelope.publish.publication.clientId = clientId();
    const auto receipt = context().hub.publish(topic, std::move(envelope.publish.publication));
    if (!receipt) {
        refuse(envelope.ref, receipt.error());
        return;
    }
    answer(ackJson(envelope.ref,
                   {{QStringLiteral("id"), QString::fromLatin1(receipt->message->fields().id)},
                    {QStringLiteral("topic"), QString::fromUtf8(topic.name())},
                    {QStringLiteral("delivered"), static_cast<int>(receipt->delivered())}}));
}

void WebSocketSession::subscribeEnvelope(const Envelope &envelope)
{
    QStringList topics = client().info.topics;
    for (const TopicPattern &topic : envelope.topics) {
        const QString name = QString::fromUtf8(topic.name());
        if (!topics.contains(name))
            topics.append(name);
    }
    const int most = context().limits.topicsPerClient;
    if (topics.size() > most) {
        refuse(envelope.ref,
               {ErrorKind::TooMany, tr("A subscription has at most %1 topics.").arg(most),
                RefusalCause::Topics});
        return;
    }
    auto refused = context().policy.maySubscribe(client().visitor, envelope.topics);
    if (!refused)
        refused = context().hub.refusesMore(envelope.topics);
    if (refused) {
        refuse(envelope.ref, *refused);
        return;
    }
    useTopics(topics);
    // The answer stands before what is replayed.
    answer(ackJson(envelope.ref, {{QStringLiteral("topics"), QJsonArray::fromStringList(topics)}}));
    context().hub.subscribe(*this, clientId(), envelope.topics, envelope.cursor);
    resumeReplay();
}

void WebSocketSession::unsubscribeEnvelope(const Envelope &envelope)
{
    // All of them or none.
    QStringList topics = client().info.topics;
    for (const TopicPattern &topic : envelope.topics) {
        const QString name = QString::fromUtf8(topic.name());
        if (!topics.removeOne(name)) {
            refuse(envelope.ref, {ErrorKind::NotFound, tr("Not subscribed to %1.").arg(name)});
            return;
        }
    }
    useTopics(topics);
    for (const TopicPattern &topic : envelope.topics)
        context().hub.unsubscribe(*this, topic);
    answer(ackJson(envelope.ref, {{QStringLiteral("topics"), QJsonArray::fromStringList(topics)}}));
}

void WebSocketSession::useTopics(const QStringList &topics)
{
    const QStringList before = std::exchange(client().info.topics, topics);
    context().presence.changed(client().info, before, topics);
}

void WebSocketSession::presenceEnvelope(const Envelope &envelope)
{
    Presence &presence = context().presence;
    const Topic &topic = *envelope.topic;
    const QJsonObject fields{{QStringLiteral("topic"), QString::fromUtf8(topic.name())},
                             {QStringLiteral("watch"), envelope.watch}};
    if (!envelope.watch) {
        m_watched -= presence.unwatch(topic, *this) ? 1 : 0;
        answer(ackJson(envelope.ref, fields));
        return;
    }
    const auto asPattern = TopicPattern::fromName(topic.name());
    if (const auto refused = context().policy.maySubscribe(client().visitor, {*asPattern})) {
        refuse(envelope.ref, *refused);
        return;
    }
    const int most = context().limits.topicsPerClient;
    if (m_watched >= static_cast<std::size_t>(most)) {
        refuse(envelope.ref,
               {ErrorKind::TooMany,
                tr("A client is told of the presence on %1 topics at most.").arg(most),
                RefusalCause::Topics});
        return;
    }
    m_watched += presence.watch(topic, *this) ? 1 : 0;
    answer(ackJson(envelope.ref, fields));
    answer(presence.listJson(topic));
}

void WebSocketSession::presenceChanged(const QByteArray &topic, const ClientInfo &client,
                                       bool joined)
{
    offer(webSocketFrame(FrameKind::Text, presenceChangeJson(topic, client, joined)));
}

void WebSocketSession::refuse(const QJsonValue &ref, const Error &error)
{
    note(error);
    answer(errorJson(ref, error));
}

void WebSocketSession::note(const Error &error)
{
    context().recorder.refused({}, client().info.topics.value(0), httpStatus(error.kind),
                               error.words, error.cause, &client().info);
}

/// Bounded as messages are: who asks and asks and does not read is too slow.
void WebSocketSession::answer(const QByteArray &json)
{
    offer(webSocketFrame(FrameKind::Text, json));
}

void WebSocketSession::tick(std::int64_t nowMs)
{
    if (!isOpen() || endsSlowFrame() || nowMs < m_nextPingMs)
        return;
    if (m_pingsUnanswered >= 2) {
        end(EndReason::PingTimeout);
        return;
    }
    m_nextPingMs = nowMs + kPingInterval.count();
    ++m_pingsUnanswered;
    outbox().flushNow();
    m_webSocket->ping();
}

/// A message that was begun. Qt reads a frame when it is there whole, so what it leaves in the
/// socket is part of one; each message that is finished meanwhile shows that these are parts of
/// different ones.
bool WebSocketSession::endsSlowFrame()
{
    const bool begun = m_midMessage || socket()->bytesAvailable() > 0;
    const std::uint64_t finished = client().info.messagesIn;
    if (!begun || finished != m_finishedAtBegin) {
        m_finishedAtBegin = finished;
        m_frameDeadline = QDeadlineTimer(context().limits.frameDeadline);
        return false;
    }
    if (!m_frameDeadline.hasExpired())
        return false;
    end(EndReason::FrameTooSlow);
    return true;
}

void WebSocketSession::describe(ClientInfo &info) const
{
    StreamSession::describe(info);
    // The kernel measures more often and finer than our pings; theirs is the application's.
    if (!info.rttMs)
        info.rttMs = m_rttMs;
}

/// A close frame has left: ours, the answer to the client's, or Qt's for a broken frame. Nothing
/// may follow it.
void WebSocketSession::closing()
{
    // Qt closes the connection next. With the peer's own close frame unread that would be a reset,
    // which overtakes ours, and browsers call it unclean (RFC 6455, 7.1.1).
    LingeringClose::follow(socket());
    if (!isOpen())
        return;
    const int code = m_webSocket->closeCode();
    const EndReason reason = reasonOfClose(code);
    const QString words = m_webSocket->closeReason();
    outbox().discard();
    constexpr qsizetype kCloseHead = 4; // the frame's head and the code
    signOff(reason, code,
            !words.isEmpty()                  ? words
            : reason == EndReason::ClientLeft ? tr("the client closed")
                                              : QString::fromLatin1(wordsFor(reason).words),
            kCloseHead + words.toUtf8().size());
    abortSoon();
}

/// For a peer that does not answer the close frame.
void WebSocketSession::abortSoon()
{
    QTimer::singleShot(kCloseWait, this, [this] { m_webSocket->abort(); });
}

void WebSocketSession::end(EndReason reason, std::uint16_t code, const QString &words)
{
    if (!isOpen())
        return;
    outbox().flushNow();
    signOff(reason, code, words);
    abortSoon();
    m_webSocket->close(static_cast<QWebSocketProtocol::CloseCode>(code), closeReason(words));
}

} // namespace pushdeck
