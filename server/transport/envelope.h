// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cursor.h"
#include "core/hub.h"
#include "core/result.h"
#include "core/topic.h"
#include "transport/subscriptionrequest.h"

#include <QJsonObject>
#include <QJsonValue>

#include <cstdint>
#include <optional>
#include <vector>

namespace pushdeck {

/// A message as JSON asks for it to be published: in a `pushdeck.v1` frame, or posted to
/// `/_/api/publish`. `data` is a string (with `"encoding":"base64"`, bytes), or any other JSON
/// value, which is published as its compact text with content type `application/json`.
struct JsonPublication
{
    std::optional<Topic> topic;
    Publication publication;
};
Result<JsonPublication> parsePublication(const QJsonObject &object);

/// A JSON object that arrived as text; errors say where the text breaks.
Result<QJsonObject> parseObject(const QByteArray &utf8);

/// One `pushdeck.v1` frame from a client.
struct Envelope
{
    enum class Type { Publish, Subscribe, Unsubscribe, Presence, Ping };

    Type type = Type::Ping;
    QJsonValue ref;                   ///< comes back in the answer; undefined where there was none
    JsonPublication publish;          ///< of Publish
    std::vector<TopicPattern> topics; ///< of Subscribe and Unsubscribe; never empty there
    Cursor cursor;                    ///< of Subscribe, from `since`
    std::optional<Topic> topic;       ///< of Presence
    bool watch = true;                ///< of Presence: tell from now on, or no more
};

/// The `ref` of an object, for answering even what cannot be parsed.
[[nodiscard]] QJsonValue refOf(const QJsonObject &object);

/// `mostTopics` may stand in one frame.
Result<Envelope> parseEnvelope(const QJsonObject &object,
                               std::size_t mostTopics = kTopicsPerSubscription);

/// `{"type":"ack","ref":…, …}` and `{"type":"error","ref":…,"status":…,"message":…}`, with
/// `"retry_after"` in seconds where waiting helps.
[[nodiscard]] QByteArray ackJson(const QJsonValue &ref, QJsonObject fields = {});
[[nodiscard]] QByteArray errorJson(const QJsonValue &ref, const Error &error);

} // namespace pushdeck
