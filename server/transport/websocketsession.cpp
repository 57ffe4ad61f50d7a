// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/websocketsession.h"

#include "core/encoding.h"
#include "net/limits.h"
#include "net/websocketconnection.h"
#include "transport/clientregistry.h"
#include "transport/httpmessage.h"
#include "transport/trafficrecorder.h"

#include <QJsonArray>
#include <QTimer>

#include <algorithm>

namespace pushdeck {

namespace {

/// Why a WebSocket ends that the session did not end: by what it sent, which closes with these
/// codes; a client that sends one of them itself is counted as if it had broken the rule.
EndReason reasonOfClose(int code, bool byPeer)
{
    if (!byPeer && code == wordsFor(EndReason::FrameTooSlow).closeCode)
        return EndReason::FrameTooSlow;
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

WebSocketSession::WebSocketSession(TransportContext &context, Client &client, QTcpSocket *socket,
                                   SubscriptionRequest request)
    : StreamSession(context, client, socket,
                    webSocketFormat(client.info.subprotocol, request.format), nullptr),
      m_connection(new WebSocketConnection(socket, this)),
      m_request(std::move(request)),
      m_enveloped(client.info.subprotocol == QLatin1String(kEnvelopeProtocol))
{
    lookAt(context.steady() + kPingInterval.count());
    using Connection = WebSocketConnection;
    connect(m_connection, &Connection::textReceived, this, &WebSocketSession::textReceived);
    connect(m_connection, &Connection::binaryReceived, this, &WebSocketSession::binaryReceived);
    connect(m_connection, &Connection::pongReceived, this, [this](double elapsedMs) {
        m_pingsUnanswered = 0;
        m_rttMs = elapsedMs;
        if (isOpen())
            this->client().info.lastActivityMs = this->context().clock();
    });
    connect(socket, &QTcpSocket::bytesWritten, this, &WebSocketSession::goOnReading);
    connect(m_connection, &Connection::closing, this, &WebSocketSession::closing);
    connect(m_connection, &Connection::disconnected, this, [this] {
        constexpr int kAbnormal = 1006; // RFC 6455, 7.4.1. After a proper close it has signed off
        signOff(EndReason::ClientLeft, kAbnormal, tr("the connection broke"));
        deleteLater();
    });
}

WebSocketSession::~WebSocketSession()
{
    disconnect(m_connection, nullptr, this, nullptr);
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

void WebSocketSession::textReceived(const QByteArray &utf8)
{
    if (!isOpen() || isTooSlow())
        return;
    count(utf8.size());
    if (m_enveloped)
        handleEnvelope(utf8);
    else
        publishFrame(utf8, false);
}

void WebSocketSession::binaryReceived(const QByteArray &data)
{
    if (!isOpen() || isTooSlow())
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

/// Who asks and does not read the answers is not listened to until it does.
void WebSocketSession::answer(const QByteArray &json)
{
    offer(webSocketFrame(FrameKind::Text, json));
    if (outbox().pendingBytes() <= kAnswersWaitingBytes)
        return;
    outbox().sendNow();
    if (outbox().pendingBytes() > kAnswersWaitingBytes) {
        m_progressMs = context().steady();
        m_connection->setHeld(true);
    }
}

void WebSocketSession::goOnReading()
{
    if (!isOpen() || !m_connection->isHeld())
        return;
    m_progressMs = context().steady();
    if (outbox().pendingBytes() <= kAnswersWaitingBytes)
        m_connection->setHeld(false);
}

void WebSocketSession::look(std::int64_t nowMs)
{
    if (!isOpen())
        return;
    if (m_connection->isHeld()) {
        // Its pongs wait with the rest of what it sends.
        const std::int64_t stalledAtMs = m_progressMs + context().limits.writeStall.count();
        if (nowMs > stalledAtMs)
            end(EndReason::SlowClient);
        else
            lookAt(stalledAtMs + 1);
        return;
    }
    if (m_pingsUnanswered >= 2) {
        end(EndReason::PingTimeout);
        return;
    }
    lookAt(nowMs + kPingInterval.count());
    ++m_pingsUnanswered;
    outbox().sendNow();
    m_connection->ping();
}

void WebSocketSession::describe(ClientInfo &info) const
{
    StreamSession::describe(info);
    // The kernel measures more often and finer than our pings; theirs is the application's.
    if (!info.rttMs)
        info.rttMs = m_rttMs;
}

/// The close frame leaves next: the answer to the client's, or ours for what it sent.
void WebSocketSession::closing()
{
    if (!isOpen())
        return;
    outbox().flushNow();
    const WebSocketConnection::Ending &ending = m_connection->ending();
    const EndReason reason = reasonOfClose(ending.code, ending.byPeer);
    const QString words = QString::fromUtf8(ending.reason);
    signOff(reason, ending.code,
            !words.isEmpty()                  ? words
            : reason == EndReason::ClientLeft ? tr("the client closed")
                                              : QString::fromLatin1(wordsFor(reason).words));
    abortSoon();
}

/// For a peer that does not answer the close frame.
void WebSocketSession::abortSoon()
{
    QTimer::singleShot(kCloseWait, this, [this] { m_connection->abort(); });
}

void WebSocketSession::end(EndReason reason, std::uint16_t code, const QString &words)
{
    if (!isOpen())
        return;
    outbox().flushNow();
    signOff(reason, code, words);
    abortSoon();
    m_connection->close(code, closeReason(words).toUtf8());
}

} // namespace pushdeck
