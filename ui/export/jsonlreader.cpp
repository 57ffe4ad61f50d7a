// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/jsonlreader.h"

#include "ui/export/eventcodec.h"

#include <QCoreApplication>
#include <QFileDevice>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>
#include <utility>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::JsonlReader)
};

constexpr qint64 kChunk = 256 * 1024;

/// Takes values out of an object and remembers the first that is not what it should be.
class Fields final
{
public:
    explicit Fields(const QJsonObject &object) : m_object(object) {}

    QString text(QLatin1StringView key)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isUndefined() && !value.isString())
            fail(key);
        return value.toString();
    }

    template <typename Number>
    Number number(QLatin1StringView key, qint64 least)
    {
        const QJsonValue value = m_object.value(key);
        if (value.isUndefined())
            return 0;
        const qint64 read = value.toInteger(std::numeric_limits<qint64>::min());
        if (read < least || !std::in_range<Number>(read)) {
            fail(key);
            return 0;
        }
        return static_cast<Number>(read);
    }

    template <typename Value>
    Value word(QLatin1StringView key, std::optional<Value> (*fromName)(QStringView))
    {
        const std::optional<Value> value = fromName(text(key));
        if (!value)
            fail(key);
        return value.value_or(Value{});
    }

    bool flag(QLatin1StringView key)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isUndefined() && !value.isBool())
            fail(key);
        return value.toBool();
    }

    void fail(QLatin1StringView key)
    {
        if (m_problem.isEmpty())
            m_problem = key;
    }
    /// The first key that is missing or not what it should be; empty: all are well.
    [[nodiscard]] QLatin1StringView problem() const { return m_problem; }

private:
    const QJsonObject &m_object;
    QLatin1StringView m_problem;
};

std::size_t costOf(const TrafficEvent &event)
{
    const qsizetype characters = event.text.size() + event.client.size() + event.topic.size() +
                                 event.event.size() + event.contentType.size() +
                                 event.messageId.size();
    return sizeof(TrafficEvent) + static_cast<std::size_t>(event.payload.size() + 2 * characters);
}

} // namespace

std::variant<TrafficEvent, Wording> eventFromJsonLine(QByteArrayView line)
{
    QJsonParseError error;
    const QJsonDocument document =
        QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size()), &error);
    if (error.error != QJsonParseError::NoError)
        return [error] { return Words::tr("not JSON: %1").arg(error.errorString()); };
    if (!document.isObject())
        return [] { return Words::tr("not a JSON object"); };
    const QJsonObject object = document.object();
    Fields fields(object);
    TrafficEvent event;
    event.number = fields.number<std::uint64_t>("number"_L1, 0);
    event.kind = fields.word("kind"_L1, kindFromName);
    event.direction = fields.word("direction"_L1, directionFromName);
    event.transport = fields.word("transport"_L1, transportFromName);
    if (const auto time = utcFromIso(fields.text("time"_L1)))
        event.timeMs = *time;
    else
        fields.fail("time"_L1);
    event.clientId = fields.number<std::uint64_t>("client_id"_L1, 0);
    event.client = fields.text("client"_L1);
    event.topic = fields.text("topic"_L1);
    event.event = fields.text("event"_L1);
    event.contentType = fields.text("content_type"_L1);
    event.messageId = fields.text("id"_L1);
    event.text = fields.text("text"_L1);
    event.code = fields.number<int>("code"_L1, std::numeric_limits<int>::min());
    event.fanOut = fields.number<std::uint32_t>("fan_out"_L1, 0);
    event.binary = fields.flag("binary"_L1);
    event.payload = fields.text("data"_L1).toUtf8();
    const QString encoding = fields.text("encoding"_L1);
    if (encoding == u"base64") {
        auto decoded =
            QByteArray::fromBase64Encoding(event.payload, QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            fields.fail("data"_L1);
        event.payload = std::move(decoded.decoded);
    } else if (!encoding.isEmpty()) {
        fields.fail("encoding"_L1);
    }
    if (!fields.problem().isEmpty())
        return [key = fields.problem()] {
            return Words::tr("“%1” is missing or not what it should be").arg(key);
        };
    return event;
}

OpenedSession readSession(QIODevice &device, const SessionLimits &limits,
                          const std::function<bool(std::uint64_t)> &goOn)
{
    OpenedSession session;
    // The limits are kept here: this log must not drop what was read first.
    session.log = std::make_shared<TrafficLog>(TrafficLogLimits{
        std::numeric_limits<std::size_t>::max(), std::numeric_limits<std::size_t>::max()});
    std::uint64_t line = 0;
    std::size_t bytes = 0;
    const auto damaged = [&session](std::uint64_t number, const Wording &words) {
        ++session.damaged;
        if (session.damagedLines.size() < OpenedSession::kNamedLines)
            session.damagedLines.push_back({number, words});
    };
    const auto take = [&](QByteArrayView text) {
        ++line;
        if (line == 1 && text.startsWith("\xEF\xBB\xBF"))
            text = text.sliced(3);
        text = text.trimmed();
        if (text.isEmpty())
            return true;
        if (session.rows >= limits.rows || bytes >= limits.bytes) {
            session.cutShort = true;
            return false;
        }
        auto read = eventFromJsonLine(text);
        if (const Wording *words = std::get_if<Wording>(&read)) {
            damaged(line, *words);
            return true;
        }
        auto &event = std::get<TrafficEvent>(read);
        bytes += costOf(event);
        ++session.rows;
        session.log->append(std::move(event));
        return true;
    };

    QByteArray rest;       // the beginning of a line whose end is not read yet
    bool skipping = false; // inside a line that is too long
    std::uint64_t position = 0;
    for (;;) {
        const QByteArray chunk = device.read(kChunk);
        if (chunk.isEmpty())
            break;
        qsizetype from = 0;
        for (qsizetype end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
            const QByteArrayView piece = QByteArrayView(chunk).sliced(from, end - from);
            if (skipping)
                skipping = false;
            else if (!take(rest.isEmpty() ? piece : QByteArrayView(rest += piece)))
                return session;
            rest.clear();
            from = end + 1;
            // Lines are short as a rule, and the answer is one look at a number.
            if (!goOn(position + static_cast<std::uint64_t>(from)))
                return session;
        }
        position += static_cast<std::uint64_t>(chunk.size());
        if (!goOn(position))
            return session;
        if (skipping)
            continue;
        rest += QByteArrayView(chunk).sliced(from);
        if (rest.size() > limits.lineBytes) {
            damaged(++line, [] { return Words::tr("longer than a line may be"); });
            rest = QByteArray();
            skipping = true;
        }
    }
    if (!rest.isEmpty())
        take(rest);
    if (const auto *file = qobject_cast<QFileDevice *>(&device);
        file && file->error() != QFileDevice::NoError)
        session.problem = file->errorString();
    return session;
}

} // namespace pushdeck
