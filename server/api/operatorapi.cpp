// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/operatorapi.h"

#include "api/deliveriesjson.h"
#include "api/metrics.h"
#include "api/snapshotjson.h"
#include "core/encoding.h"
#include "transport/clientregistry.h"
#include "transport/deliverysurvey.h"
#include "transport/envelope.h"
#include "transport/farewell.h"
#include "transport/subscriptionrequest.h"
#include "transport/trafficrecorder.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace pushdeck {

namespace {

constexpr char kApi[] = "/_/api/";
constexpr char kClient[] = "/_/api/clients/";
constexpr char kMessage[] = "/_/api/messages/";
constexpr char kDeliveries[] = "/deliveries";
constexpr int kGone = 410;              // RFC 9110, 15.5.11
constexpr qsizetype kReasonBytes = 123; // RFC 6455, 5.5.1

QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck::OperatorApi", text);
}

HttpReply notAllowed(const QByteArray &methods)
{
    HttpReply reply = HttpReply::text(405, tr("This takes %1.").arg(QString::fromLatin1(methods)));
    reply.fields.emplace_back("Allow", methods);
    return reply;
}

bool reads(const HttpRequest &request)
{
    return request.head.method == "GET" || request.head.method == "HEAD";
}

HttpReply noSuchClient()
{
    return HttpReply::error({ErrorKind::NotFound, tr("There is no client of that id.")});
}

} // namespace

OperatorApi::OperatorApi(TransportContext &context, std::function<Snapshot()> look)
    : m_context(context), m_look(std::move(look))
{
}

std::optional<HttpReply> OperatorApi::handle(const HttpRequest &request)
{
    const QByteArray path = request.head.path();
    if (path == "/_/health") {
        if (!reads(request))
            return notAllowed("GET, HEAD");
        return HttpReply::json(200, {{QStringLiteral("status"), QStringLiteral("ok")}});
    }
    if (!path.startsWith(kApi) && path != "/_/metrics")
        return std::nullopt;
    HttpReply reply;
    if (const auto refused = m_context.policy.mayOperate(request.visitor)) {
        m_context.recorder.refused(request.peer, QString::fromLatin1(path),
                                   httpStatus(refused->kind), refused->words, refused->cause);
        reply = HttpReply::error(*refused);
    } else {
        reply = route(path, request);
    }
    reply.fields.emplace_back("Cache-Control", "no-store");
    return reply;
}

HttpReply OperatorApi::route(const QByteArray &path, const HttpRequest &request)
{
    if (path == "/_/api/publish")
        return request.head.method == "POST" ? publish(request) : notAllowed("POST");
    if (path.startsWith(kClient)) {
        bool ok = false;
        const std::uint64_t id = path.mid(sizeof(kClient) - 1).toULongLong(&ok);
        return ok ? client(id, request) : noSuchClient();
    }
    if (!reads(request))
        return notAllowed("GET, HEAD");
    if (path == "/_/api/status")
        return status();
    if (path == "/_/api/clients")
        return clients();
    if (path == "/_/api/topics")
        return topics();
    if (path == "/_/api/messages")
        return messages(request);
    constexpr qsizetype kAround = sizeof(kMessage) + sizeof(kDeliveries) - 2;
    if (path.size() > kAround && path.startsWith(kMessage) && path.endsWith(kDeliveries))
        return deliveries(path.mid(sizeof(kMessage) - 1, path.size() - kAround));
    if (path == "/_/metrics")
        return {
            200, metricsText(m_look(), m_context), "text/plain; version=0.0.4; charset=utf-8", {}};
    return HttpReply::error({ErrorKind::NotFound, tr("There is no such call.")});
}

HttpReply OperatorApi::status() const
{
    return HttpReply::json(200, statusJson(m_look(), m_context));
}

HttpReply OperatorApi::clients() const
{
    QJsonArray list;
    for (const ClientInfo &info : m_context.clients.snapshot())
        list.append(clientJson(info));
    return HttpReply::json(200, {{QStringLiteral("clients"), list}});
}

HttpReply OperatorApi::client(std::uint64_t id, const HttpRequest &request)
{
    if (!m_context.clients.find(id))
        return noSuchClient();
    if (reads(request)) {
        for (const ClientInfo &info : m_context.clients.snapshot()) {
            if (info.id != id)
                continue;
            QJsonObject object = clientJson(info);
            object.insert(u"visits", visitsJson(info));
            return HttpReply::json(200, object);
        }
    }
    if (request.head.method != "DELETE")
        return notAllowed("GET, HEAD, DELETE");

    const auto codeText = queryValue(request.head.query(), "code");
    const auto reason = queryValue(request.head.query(), "reason");
    if (!codeText || !reason)
        return HttpReply::error(codeText ? reason.error() : codeText.error());
    const EndWords &row = wordsFor(EndReason::OperatorClosed);
    const int code = codeText->isEmpty() ? row.closeCode : codeText->toInt();
    if (!isSendableCloseCode(code))
        return HttpReply::error(
            badRequest(tr("A close code is 1000, 1001, or from 3000 to 4999.")));
    if (reason->size() > kReasonBytes || !isValidUtf8(*reason))
        return HttpReply::error(
            badRequest(tr("A reason is at most %1 bytes of UTF-8.").arg(kReasonBytes)));
    const QString words =
        reason->isEmpty() ? QString::fromLatin1(row.words) : QString::fromUtf8(*reason);
    endClient(m_context, id, EndReason::OperatorClosed, static_cast<std::uint16_t>(code), words);
    return HttpReply::json(200, {{QStringLiteral("closed"), static_cast<qint64>(id)},
                                 {QStringLiteral("code"), code},
                                 {QStringLiteral("reason"), words}});
}

HttpReply OperatorApi::topics() const
{
    QJsonArray list;
    for (const Hub::TopicView &view : m_context.hub.topics())
        list.append(topicJson(view));
    return HttpReply::json(200, {{QStringLiteral("topics"), list}});
}

HttpReply OperatorApi::messages(const HttpRequest &request) const
{
    const auto names = queryValues(request.head.query(), "topic");
    const auto since = queryValue(request.head.query(), "since");
    if (!names || !since)
        return HttpReply::error(names ? since.error() : names.error());
    std::vector<TopicPattern> topics;
    for (const QByteArray &name : *names) {
        auto topic = TopicPattern::fromName(name);
        if (!topic)
            return HttpReply::error(topic.error());
        topics.push_back(std::move(topic).value());
    }
    if (topics.empty())
        topics.push_back(TopicPattern::fromName(Hub::kEveryTopic).value());
    const auto cursor = Cursor::parse(since->isEmpty() ? QByteArrayLiteral("all") : *since);
    if (!cursor)
        return HttpReply::error(cursor.error());

    Hub::Reading reading = m_context.hub.read(std::move(topics), *cursor, kApiMessages);
    QByteArray body = "{\"messages\":[";
    for (const MessagePtr &message : reading.messages) {
        if (body.size() > kApiMessagesBytes) {
            reading.cursor.sequence = message->sequence() - 1;
            break;
        }
        if (message != reading.messages.front())
            body.append(',');
        body.append(message->encoded(WireFormat::Json));
        message->dropEncodings();
    }
    body.append("],\"gap\":").append(reading.gap ? gapJson(*reading.gap) : "null");
    body.append(",\"cursor\":").append(jsonString(reading.cursor.toByteArray())).append("}\n");
    return {200, body, "application/json", {}};
}

HttpReply OperatorApi::deliveries(const QByteArray &messageId) const
{
    const DeliveryReport report = surveyDeliveries(m_context, messageId, kDeliveriesListed);
    switch (report.memory) {
        case DeliveryReport::Memory::Unknown:
            return HttpReply::error({ErrorKind::NotFound, tr("There is no message of that id.")});
        case DeliveryReport::Memory::Evicted:
            return HttpReply::text(kGone, tr("That message is no longer remembered: who got it "
                                             "cannot be told any more."));
        case DeliveryReport::Memory::Remembered:
            break;
    }
    return HttpReply::json(200, deliveriesJson(report));
}

HttpReply OperatorApi::publish(const HttpRequest &request)
{
    const auto object = parseObject(request.body);
    if (!object)
        return HttpReply::error(object.error());
    auto parsed = parsePublication(*object);
    if (!parsed)
        return HttpReply::error(parsed.error());
    const QJsonValue to = object->value(u"to");
    JsonPublication publication = std::move(parsed).value();
    publication.publication.publisher = Publisher::Operator;
    publication.publication.origin = request.peer.toLatin1();
    if (publication.topic.has_value() == !to.isUndefined())
        return HttpReply::error(
            badRequest(tr("Give either 'topic', or 'to': the id of a client, or \"all\".")));

    const auto receipt = [&]() -> Result<Receipt> {
        if (publication.topic)
            return m_context.hub.publish(*publication.topic, std::move(publication.publication));
        if (to.toString() == u"all")
            return m_context.hub.publishToAll(std::move(publication.publication));
        const std::uint64_t id = to.isString() ? to.toString().toULongLong()
                                               : static_cast<std::uint64_t>(to.toInteger());
        const Client *target = m_context.clients.find(id);
        if (!target)
            return Error{ErrorKind::NotFound, tr("There is no client of that id.")};
        return m_context.hub.publishToClient(id, firstTopicOf(*target),
                                             std::move(publication.publication));
    }();
    if (!receipt)
        return HttpReply::error(receipt.error());
    const Message::Fields &message = receipt->message->fields();
    const int delivered = static_cast<int>(receipt->delivered());
    return HttpReply::json(delivered > 0 ? 201 : 202,
                           {{QStringLiteral("id"), QString::fromLatin1(message.id)},
                            {QStringLiteral("topic"), QString::fromUtf8(message.topic)},
                            {QStringLiteral("delivered"), delivered}});
}

} // namespace pushdeck
