// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/envelope.h"

#include "transport/httpmessage.h"
#include "transport/subscriptionrequest.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace pushdeck {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck::Envelope", text);
}

/// An optional member that must be a string where it is there.
Result<QByteArray> stringMember(const QJsonObject &object, const QString &name)
{
    const QJsonValue value = object.value(name);
    if (value.isUndefined() || value.isNull())
        return QByteArray();
    if (!value.isString())
        return badRequest(tr("'%1' is a string.").arg(name));
    return value.toString().toUtf8();
}

Result<QByteArray> dataMember(const QJsonObject &object, QByteArray &contentType)
{
    const QJsonValue data = object.value(u"data");
    if (data.isUndefined())
        return badRequest(tr("'data' is missing."));
    if (data.isString()) {
        const auto encoding = stringMember(object, QStringLiteral("encoding"));
        if (!encoding)
            return encoding.error();
        if (encoding->isEmpty() || *encoding == "utf-8")
            return data.toString().toUtf8();
        if (*encoding != "base64")
            return badRequest(tr("'encoding' is 'utf-8' or 'base64'."));
        auto decoded = QByteArray::fromBase64Encoding(data.toString().toLatin1(),
                                                      QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return badRequest(tr("'data' is not valid base64."));
        return decoded.decoded;
    }
    if (contentType.isEmpty())
        contentType = "application/json";
    // QJsonDocument writes objects and arrays only, so a bare value goes in one and comes out of
    // it.
    const QByteArray wrapped =
        QJsonDocument(QJsonArray{data}).toJson(QJsonDocument::Compact).trimmed();
    return wrapped.mid(1, wrapped.size() - 2);
}

Result<std::vector<TopicPattern>> topicsMember(const QJsonObject &object, std::size_t most)
{
    QJsonArray names = object.value(u"topics").toArray();
    if (object.contains(u"topic"))
        names.append(object.value(u"topic"));
    if (names.isEmpty())
        return badRequest(tr("'topic' is missing."));
    if (static_cast<std::size_t>(names.size()) > most)
        return Error{ErrorKind::BadRequest, tr("A subscription has at most %1 topics.").arg(most),
                     RefusalCause::Topics};
    std::vector<TopicPattern> topics;
    for (const QJsonValue &name : std::as_const(names)) {
        if (!name.isString())
            return badRequest(tr("A topic is a string."));
        auto topic = TopicPattern::fromName(name.toString().toUtf8());
        if (!topic)
            return topic.error();
        topics.push_back(std::move(topic).value());
    }
    return topics;
}

QByteArray answer(const char *type, const QJsonValue &ref, QJsonObject object)
{
    object.insert(u"type", QLatin1String(type));
    if (!ref.isUndefined())
        object.insert(u"ref", ref);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

Result<QJsonObject> parseObject(const QByteArray &utf8)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(utf8, &error);
    if (error.error != QJsonParseError::NoError)
        return badRequest(
            tr("This is not JSON: %1 at byte %2.").arg(error.errorString()).arg(error.offset));
    if (!document.isObject())
        return badRequest(tr("A JSON object is expected."));
    return document.object();
}

Result<JsonPublication> parsePublication(const QJsonObject &object)
{
    JsonPublication result;
    const auto topicName = stringMember(object, QStringLiteral("topic"));
    if (!topicName)
        return topicName.error();
    if (!topicName->isEmpty()) {
        auto topic = Topic::fromName(*topicName);
        if (!topic)
            return topic.error();
        result.topic = std::move(topic).value();
    }
    const auto event = stringMember(object, QStringLiteral("event"));
    if (!event)
        return event.error();
    result.publication.event = *event;
    const auto contentType = stringMember(object, QStringLiteral("content_type"));
    if (!contentType)
        return contentType.error();
    result.publication.contentType = *contentType;
    const auto data = dataMember(object, result.publication.contentType);
    if (!data)
        return data.error();
    result.publication.data = *data;
    return result;
}

QJsonValue refOf(const QJsonObject &object)
{
    return object.value(u"ref");
}

Result<Envelope> parseEnvelope(const QJsonObject &object, std::size_t mostTopics)
{
    Envelope envelope;
    envelope.ref = refOf(object);
    const QString type = object.value(u"type").toString();
    if (type == u"ping") {
        envelope.type = Envelope::Type::Ping;
    } else if (type == u"publish") {
        envelope.type = Envelope::Type::Publish;
        auto publish = parsePublication(object);
        if (!publish)
            return publish.error();
        envelope.publish = std::move(publish).value();
    } else if (type == u"subscribe" || type == u"unsubscribe") {
        envelope.type =
            type == u"subscribe" ? Envelope::Type::Subscribe : Envelope::Type::Unsubscribe;
        auto topics = topicsMember(object, mostTopics);
        if (!topics)
            return topics.error();
        envelope.topics = std::move(topics).value();
        const auto since = stringMember(object, QStringLiteral("since"));
        if (!since)
            return since.error();
        const auto cursor = Cursor::parse(*since);
        if (!cursor)
            return cursor.error();
        envelope.cursor = *cursor;
    } else if (type == u"presence") {
        envelope.type = Envelope::Type::Presence;
        const auto name = stringMember(object, QStringLiteral("topic"));
        if (!name)
            return name.error();
        auto topic = Topic::fromName(*name);
        if (!topic)
            return topic.error();
        envelope.topic = std::move(topic).value();
        const QJsonValue watch = object.value(u"watch");
        if (!watch.isUndefined() && !watch.isBool())
            return badRequest(tr("'watch' is true or false."));
        envelope.watch = watch.toBool(true);
    } else {
        return badRequest(
            tr("'type' is one of 'publish', 'subscribe', 'unsubscribe', 'presence' "
               "and 'ping'."));
    }
    return envelope;
}

QByteArray ackJson(const QJsonValue &ref, QJsonObject fields)
{
    return answer("ack", ref, std::move(fields));
}

QByteArray errorJson(const QJsonValue &ref, const Error &error)
{
    QJsonObject fields{{QStringLiteral("status"), httpStatus(error.kind)},
                       {QStringLiteral("message"), error.words}};
    if (error.retryAfter.count() > 0)
        fields.insert(u"retry_after", static_cast<double>(error.retryAfter.count()) / 1000);
    return answer("error", ref, std::move(fields));
}

} // namespace pushdeck
