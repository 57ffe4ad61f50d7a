// A `pushdeck.v1` frame, or what is posted to /_/api/publish, from the network.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/envelope.h"
#include "target.h"
#include "transport/subscriptionrequest.h"

#include <QJsonDocument>

using namespace pushdeck;
using fuzz::require;

namespace {

/// A frame that says what the envelope says of a publication.
QByteArray written(const JsonPublication &publication)
{
    QJsonObject object{
        {QStringLiteral("type"), QStringLiteral("publish")},
        {QStringLiteral("event"), QString::fromUtf8(publication.publication.event)},
        {QStringLiteral("content_type"), QString::fromUtf8(publication.publication.contentType)},
        {QStringLiteral("data"), QString::fromLatin1(publication.publication.data.toBase64())},
        {QStringLiteral("encoding"), QStringLiteral("base64")}};
    if (publication.topic)
        object.insert(QStringLiteral("topic"), QString::fromUtf8(publication.topic->name()));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

void checkAnswer(const QByteArray &answer, const char *type, const QJsonValue &ref)
{
    const auto object = parseObject(answer);
    require(object.ok(), "an answer is a JSON object");
    require(object->value(u"type").toString() == QLatin1String(type), "an answer says what it is");
    require(refOf(*object) == ref, "an answer bears the frame's ref");
    require(!answer.contains('\n'), "an answer is one line");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto object = parseObject(fuzz::bytesOf(data, size));
    if (!object) {
        require(!object.error().words.isEmpty(), "a refusal says why");
        return 0;
    }
    const auto envelope = parseEnvelope(*object);
    const QJsonValue ref = refOf(*object);
    if (!envelope) {
        require(!envelope.error().words.isEmpty(), "a refusal says why");
        checkAnswer(errorJson(ref, envelope.error()), "error", ref);
        return 0;
    }
    checkAnswer(ackJson(ref), "ack", ref);
    switch (envelope->type) {
        case Envelope::Type::Publish: {
            const auto again = parseObject(written(envelope->publish));
            require(again.ok(), "a publication can be written");
            const auto parsed = parseEnvelope(*again);
            require(parsed && parsed->publish.topic == envelope->publish.topic &&
                        parsed->publish.publication.data == envelope->publish.publication.data &&
                        parsed->publish.publication.event == envelope->publish.publication.event,
                    "what was parsed, written, parses to the same");
            break;
        }
        case Envelope::Type::Subscribe:
        case Envelope::Type::Unsubscribe:
            require(!envelope->topics.empty() && envelope->topics.size() <= kTopicsPerSubscription,
                    "topics are bounded");
            break;
        case Envelope::Type::Presence:
            require(envelope->topic.has_value(), "presence is of a topic");
            break;
        case Envelope::Type::Ping:
            break;
    }
    return 0;
}
