// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httpendpoint.h"

#include "net/datefield.h"
#include "net/filesender.h"
#include "net/frontdoor.h"
#include "net/httpconnection.h"
#include "net/limits.h"
#include "net/turnflusher.h"
#include "policy/publishrates.h"
#include "transport/arrival.h"
#include "transport/clientregistry.h"
#include "transport/identitybook.h"
#include "transport/longpollsession.h"
#include "transport/presence.h"
#include "transport/ssesession.h"
#include "transport/trafficrecorder.h"
#include "transport/visitor.h"

#include <QJsonObject>

#include <algorithm>

namespace pushdeck {

namespace {

constexpr char kPresence[] = "/_/presence/";
constexpr char kTopicMethods[] = "GET, HEAD, POST, PUT, OPTIONS";

QString userAgentOf(const RequestHead &head)
{
    return QString::fromUtf8(head.value("User-Agent"));
}

} // namespace

bool accepts(const RequestHead &head, QByteArrayView mediaType)
{
    for (const QByteArray &field : head.values("Accept")) {
        const QByteArrayList entries = field.split(',');
        for (const QByteArray &entry : entries) {
            const qsizetype parameters = entry.indexOf(';');
            const QByteArray type =
                (parameters < 0 ? entry : entry.first(parameters)).trimmed().toLower();
            if (type == mediaType)
                return true;
        }
    }
    return false;
}

HttpEndpoint::HttpEndpoint(TransportContext &context, QHttpServer &server, FrontDoor &door,
                           QObject *parent)
    : QObject(parent),
      m_context(context),
      m_server(server),
      m_door(door),
      m_answers(context.flusher.batch())
{
    routeEverything(server, this,
                    [this](const QHttpServerRequest &request, HeldResponder responder) {
                        handle(request, std::move(responder));
                    });
}

void HttpEndpoint::handle(const QHttpServerRequest &received, HeldResponder responder)
{
    if (++m_sinceBinding == kConnectionsABinding) {
        m_sinceBinding = 0;
        bindAnew(m_server, &m_door);
    }
    HttpConnection *connection =
        m_door.connection(fieldOf(received, HttpConnection::kIdHeader).toULongLong());
    if (!connection)
        return;
    HttpRequest request{connection->request(), received.body(),
                        visitorOf(connection->request(), *connection), peerName(*connection)};
    m_context.policy.identify(request.visitor, m_context.clock());
    const QByteArray &method = request.head.method;

    const auto path = percentDecoded(request.head.path());
    if (const auto plain = plainRefusal(request)) {
        m_context.recorder.refused(request.peer, QString::fromLatin1(request.head.path()),
                                   plain->status, QString::fromUtf8(plain->body).trimmed(),
                                   RefusalCause::Other);
        reply(std::move(responder), request, *plain);
    } else if (!path) {
        refuse(std::move(responder), request, path.error());
    } else if (method == "OPTIONS") {
        reply(std::move(responder), request, preflight(request));
    } else if (request.head.path().startsWith(kPresence) && method == "GET") {
        presence(*connection, request, std::move(responder));
    } else if (isReservedPath(*path)) {
        auto answer = m_reserved ? m_reserved(request) : std::nullopt;
        if (!answer)
            answer = HttpReply::text(404, tr("There is nothing here."));
        reply(std::move(responder), request, *std::move(answer));
    } else if (method == "HEAD") {
        head(*connection, request, std::move(responder));
    } else if (method == "GET") {
        get(*connection, request, std::move(responder));
    } else if (method == "POST" || method == "PUT") {
        reply(std::move(responder), request, publish(request));
    } else {
        HttpReply answer =
            HttpReply::text(405, tr("A topic takes GET to subscribe and POST or PUT to publish."));
        answer.fields.emplace_back("Allow", kTopicMethods);
        reply(std::move(responder), request, std::move(answer));
    }
}

/// What who comes without TLS gets where the server wants it: a page that only reads is led over,
/// as long as this holds (not for good: 308 is remembered by browsers); all else is told. What a
/// device needs to trust the certificate it has to get before it does.
std::optional<HttpReply> HttpEndpoint::plainRefusal(const HttpRequest &request) const
{
    const auto refused = m_context.policy.mayComePlain(request.visitor);
    const QByteArray path = request.head.path();
    if (!refused || path == "/_/health" || path == "/_/ca" || path.startsWith("/_/ca."))
        return std::nullopt;
    HttpReply answer = HttpReply::error(*refused);
    const bool reads = request.head.method == "GET" || request.head.method == "HEAD";
    if (reads && !request.visitor.host.isEmpty()) {
        answer.status = 307;
        answer.fields.emplace_back("Location",
                                   "https://" + request.visitor.host + request.head.target);
        answer.fields.emplace_back("Cache-Control", "no-store");
    }
    return answer;
}

void HttpEndpoint::get(HttpConnection &connection, const HttpRequest &request,
                       HeldResponder responder)
{
    if (accepts(request.head, "text/event-stream")) {
        openStream(connection, request, std::move(responder));
        return;
    }
    if (m_pages) {
        if (auto page = m_pages(request)) {
            sendPage(connection, request, std::move(responder), *std::move(page));
            return;
        }
    }
    openPoll(connection, request, std::move(responder));
}

void HttpEndpoint::head(HttpConnection &connection, const HttpRequest &request,
                        HeldResponder responder)
{
    if (m_pages && !accepts(request.head, "text/event-stream")) {
        if (auto page = m_pages(request)) {
            sendPage(connection, request, std::move(responder), *std::move(page));
            return;
        }
    }
    reply(std::move(responder), request, headOnly(request));
}

/// A long file takes the connection, and ends it.
void HttpEndpoint::sendPage(HttpConnection &connection, const HttpRequest &request,
                            HeldResponder responder, HttpReply page)
{
    for (auto &field : corsFields(request))
        page.fields.push_back(std::move(field));
    if (!page.piece.file || request.head.method != "GET") {
        responder.reset(); // it is answered through the connection
        connection.respond(page.statusLine(), page.fieldsAndBody());
        return;
    }
    page.fields.emplace_back("Connection", "close");
    const QByteArray head =
        page.statusLine() + dateField() + page.fieldsAndBody(); // before the piece is gone
    QTcpSocket *socket = connection.takeSocket();
    responder.reset();
    if (!socket)
        return;
    if (socket->state() == QAbstractSocket::ConnectedState)
        FileSender::start(socket, head, std::move(page.piece), this);
    else
        socket->deleteLater();
}

Result<SubscriptionRequest> HttpEndpoint::admitted(const HttpRequest &request) const
{
    auto subscription = SubscriptionRequest::parse(
        request.head, static_cast<std::size_t>(m_context.limits.topicsPerClient));
    if (!subscription)
        return subscription;
    if (auto refused = m_context.policy.maySubscribe(request.visitor, subscription->topics))
        return *std::move(refused);
    if (auto refused = m_context.hub.refusesMore(subscription->topics))
        return *std::move(refused);
    return subscription;
}

void HttpEndpoint::openStream(HttpConnection &connection, const HttpRequest &request,
                              HeldResponder responder)
{
    const auto subscription = admitted(request);
    if (!subscription) {
        refuse(std::move(responder), request, subscription.error());
        return;
    }
    SseSession *session = takeOver(connection, request, std::move(responder), *subscription,
                                   describe(*subscription, connection, request));
    if (session)
        session->open(*subscription);
}

/// `/_/presence/TOPIC`: who is there, once as JSON or as a stream of who comes and goes.
void HttpEndpoint::presence(HttpConnection &connection, const HttpRequest &request,
                            HeldResponder responder)
{
    const auto topic = Topic::fromPath(request.head.path().mid(sizeof(kPresence) - 2));
    if (!topic) {
        refuse(std::move(responder), request, topic.error());
        return;
    }
    const auto asPattern = TopicPattern::fromName(topic->name());
    if (const auto refused = m_context.policy.maySubscribe(request.visitor, {*asPattern})) {
        refuse(std::move(responder), request, *refused);
        return;
    }
    if (!accepts(request.head, "text/event-stream")) {
        HttpReply list{200, m_context.presence.listJson(*topic) + '\n', "application/json", {}};
        list.fields.emplace_back("Cache-Control", "no-store");
        reply(std::move(responder), request, std::move(list));
        return;
    }
    SubscriptionRequest subscription;
    ClientInfo info = describe(subscription, connection, request);
    info.topics = {QString::fromUtf8(kPresence + topic->name().mid(1))};
    SseSession *session = takeOver(connection, request, std::move(responder), subscription, info);
    if (session)
        session->openPresence(*topic);
}

ClientInfo HttpEndpoint::describe(const SubscriptionRequest &subscription,
                                  const HttpConnection &connection,
                                  const HttpRequest &request) const
{
    return describeClient(subscription, connection, userAgentOf(request.head),
                          requestFacts(request.head, connection), m_context.clock());
}

/// The connection becomes a stream's; null where it is gone.
SseSession *HttpEndpoint::takeOver(HttpConnection &connection, const HttpRequest &request,
                                   HeldResponder responder, const SubscriptionRequest &subscription,
                                   ClientInfo info)
{
    const bool chunked = request.head.minorVersion >= 1;
    QTcpSocket *socket = connection.takeSocket();
    responder.reset();
    if (!socket)
        return nullptr;
    if (socket->state() != QAbstractSocket::ConnectedState) {
        socket->deleteLater();
        return nullptr;
    }
    info.transport = Transport::Sse;
    Client &client = arrive(m_context, std::move(info), subscription, request.visitor);
    auto *session =
        new SseSession(m_context, client, socket, subscription.format, chunked, corsLines(request));
    session->setParent(this);
    return session;
}

void HttpEndpoint::openPoll(HttpConnection &connection, const HttpRequest &request,
                            HeldResponder responder)
{
    auto subscription = admitted(request);
    if (!subscription) {
        refuse(std::move(responder), request, subscription.error());
        return;
    }
    const std::int64_t nowMs = m_context.clock();
    ClientInfo info = describe(*subscription, connection, request);
    info.transport = Transport::LongPoll;
    const bool json =
        subscription->format == PayloadFormat::Json || accepts(request.head, "application/json");
    if (json)
        info.format = QStringLiteral("json");

    Client *client = m_context.clients.findPoller(identityKey(*subscription, info));
    // Away for a minute yet counted all the while: as many as there may be connections.
    const auto most = static_cast<std::size_t>(m_context.limits.connections);
    if (!client && m_context.clients.count(Transport::LongPoll) >= most) {
        refuse(std::move(responder), request,
               {ErrorKind::Unavailable, tr("The server has as many clients as it may have."),
                RefusalCause::Full});
        return;
    }
    if (client) {
        client->info.address = info.address;
        client->info.port = info.port;
        client->info.userAgent = info.userAgent;
        client->info.request = info.request;
        const QStringList before = std::exchange(client->info.topics, info.topics);
        client->info.format = info.format;
        client->info.lastActivityMs = nowMs;
        client->info.subject = subjectOf(request.visitor);
        client->visitor = request.visitor;
        if (before != info.topics)
            m_context.presence.changed(client->info, before, info.topics);
    } else {
        client = &arrive(m_context, std::move(info), *subscription, request.visitor);
    }
    LongPollSession::Poll poll{*std::move(subscription), request.visitor, askedBeside(request.head),
                               json, corsLines(request)};
    responder.reset(); // the session answers through the connection
    auto *session =
        new LongPollSession(m_context, m_answers, *client, &connection, std::move(poll));
    session->setParent(this);
    session->begin();
}

HttpReply HttpEndpoint::publish(const HttpRequest &request)
{
    const auto fail = [&](const Error &error) {
        note(request, error);
        return HttpReply::error(error);
    };
    const auto topic = Topic::fromPath(request.head.path());
    if (!topic)
        return fail(topic.error());
    if (const auto refused = m_context.policy.mayPublish(request.visitor, *topic))
        return fail(*refused);
    if (!m_context.policy.rules().relay)
        return fail({ErrorKind::Forbidden, tr("Relaying is off: only the operator publishes here."),
                     RefusalCause::Relay});
    if (m_context.rates.rate().isBounded()) {
        if (const auto refused =
                m_context.rates.take(publisherOf(request.visitor), request.body.size()))
            return fail(*refused);
    }
    const auto eventParameter = queryValue(request.head.query(), "event");
    if (!eventParameter)
        return fail(eventParameter.error());

    Publication publication;
    publication.data = request.body;
    publication.event =
        eventParameter->isEmpty() ? request.head.value("X-EventSource-Event") : *eventParameter;
    publication.contentType = request.head.value("Content-Type");
    publication.publisher = Publisher::Http;
    publication.origin = request.peer.toLatin1();
    const auto receipt = m_context.hub.publish(*topic, std::move(publication));
    if (!receipt)
        return fail(receipt.error());
    const int delivered = static_cast<int>(receipt->delivered());
    return HttpReply::json(
        delivered > 0 ? 201 : 202,
        {{QStringLiteral("id"), QString::fromLatin1(receipt->message->fields().id)},
         {QStringLiteral("topic"), QString::fromUtf8(topic->name())},
         {QStringLiteral("delivered"), delivered}});
}

HttpReply HttpEndpoint::preflight(const HttpRequest &request) const
{
    HttpReply answer;
    answer.status = 204;
    answer.fields.emplace_back("Allow", kTopicMethods);
    if (!request.head.has("Access-Control-Request-Method"))
        return answer;
    // Fetch, 3.2.2: what a page asks for by name is what it may send.
    const QByteArray asked = request.head.value("Access-Control-Request-Headers");
    answer.fields.emplace_back("Access-Control-Allow-Methods", kTopicMethods);
    answer.fields.emplace_back("Access-Control-Allow-Headers",
                               asked.isEmpty() ? QByteArrayLiteral("*") : asked);
    answer.fields.emplace_back("Access-Control-Max-Age", "600");
    return answer;
}

HttpReply HttpEndpoint::headOnly(const HttpRequest &request) const
{
    const auto subscription = admitted(request);
    if (!subscription)
        return HttpReply::error(subscription.error());
    HttpReply answer;
    answer.fields.emplace_back("Cache-Control", "no-store");
    if (accepts(request.head, "text/event-stream")) {
        answer.contentType = "text/event-stream";
        return answer;
    }
    // A HEAD waits for nothing: it is a poll with nothing there.
    answer.status = 204;
    answer.fields.emplace_back("ETag", '"' + m_context.hub.newest().toByteArray() + '"');
    return answer;
}

std::vector<std::pair<QByteArray, QByteArray>> HttpEndpoint::corsFields(
    const HttpRequest &request) const
{
    const QByteArray allowed = m_context.policy.allowOriginHeader(request.visitor.origin);
    if (allowed.isEmpty())
        return {};
    std::vector<std::pair<QByteArray, QByteArray>> fields{
        {"Access-Control-Allow-Origin", allowed},
        {"Access-Control-Expose-Headers",
         "ETag, Last-Modified, Retry-After, WWW-Authenticate, X-Gap, "
         "X-EventSource-Event"}};
    if (allowed != "*") {
        fields.emplace_back("Vary", "Origin");
        if (m_context.policy.allowsCredentials())
            fields.emplace_back("Access-Control-Allow-Credentials", "true");
    }
    return fields;
}

QByteArray HttpEndpoint::corsLines(const HttpRequest &request) const
{
    QByteArray lines;
    for (const auto &[name, value] : corsFields(request))
        lines += name + ": " + value + "\r\n";
    return lines;
}

void HttpEndpoint::reply(HeldResponder responder, const HttpRequest &request, HttpReply reply)
{
    // The operator's interface is for pages of this server only, so it gets no CORS fields.
    const bool operators =
        request.head.path().startsWith("/_/api") || request.head.path().startsWith("/_/metrics");
    if (!operators) {
        for (auto &field : corsFields(request))
            reply.fields.push_back(std::move(field));
    }
    sendReply(*responder, reply);
}

void HttpEndpoint::refuse(HeldResponder responder, const HttpRequest &request, const Error &error)
{
    note(request, error);
    reply(std::move(responder), request, HttpReply::error(error));
}

void HttpEndpoint::note(const HttpRequest &request, const Error &error)
{
    m_context.recorder.refused(request.peer, QString::fromLatin1(request.head.path()),
                               httpStatus(error.kind), error.words, error.cause);
}

} // namespace pushdeck
