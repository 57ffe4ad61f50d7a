// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/traffictext.h"

#include "ui/i18n/serverwords.h"
#include "ui/text/format.h"
#include "ui/text/useragent.h"
#include "ui/text/visible.h"
#include "ui/theme/paint.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>
#include <QUrl>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::TrafficText)
};

// Bytes of a payload that a row can show; more would only be elided.
constexpr qsizetype kRowBytes = 400;

bool isUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    [[maybe_unused]] const QString decoded = decoder.decode(bytes);
    return !decoder.hasError();
}

} // namespace

QString timeText(const TrafficEvent &event)
{
    return formatClock(event.timeMs);
}

QString spanText(std::int64_t ms)
{
    const auto size = static_cast<std::uint64_t>(ms < 0 ? -ms : ms);
    const auto two = [](std::uint64_t value) {
        return QString::number(value).rightJustified(2, u'0');
    };
    const std::uint64_t seconds = size / 1'000;
    QString text = ms < 0 ? u"−"_s : u"+"_s;
    if (seconds >= 3'600)
        text += QString::number(seconds / 3'600) + u':' + two(seconds / 60 % 60) + u':';
    else if (seconds >= 60)
        text += QString::number(seconds / 60) + u':';
    text += seconds >= 60 ? two(seconds % 60) : QString::number(seconds);
    return text + u'.' + QString::number(size % 1'000).rightJustified(3, u'0');
}

QString directionMark(const TrafficEvent &event)
{
    switch (event.kind) {
        case TrafficKind::Message:
            return event.direction == Direction::Out ? u"↑"_s : u"↓"_s;
        case TrafficKind::Connected:
            return u"+"_s;
        case TrafficKind::Disconnected:
            return u"✕"_s;
        case TrafficKind::Gap:
            return u"⚠"_s;
        case TrafficKind::Refused:
            return u"!"_s;
        case TrafficKind::Notice:
            break;
    }
    return u"·"_s;
}

QString directionWords(const TrafficEvent &event)
{
    switch (event.direction) {
        case Direction::In:
            return Words::tr("received");
        case Direction::Out:
            return Words::tr("sent by the operator");
        case Direction::Server:
            break;
    }
    return Words::tr("the server");
}

QString kindWords(TrafficKind kind)
{
    switch (kind) {
        case TrafficKind::Message:
            return Words::tr("message");
        case TrafficKind::Connected:
            return Words::tr("connected");
        case TrafficKind::Disconnected:
            return Words::tr("closed");
        case TrafficKind::Gap:
            return Words::tr("gap");
        case TrafficKind::Refused:
            return Words::tr("refused");
        case TrafficKind::Notice:
            break;
    }
    return Words::tr("notice");
}

QString whatWords(const TrafficEvent &event)
{
    return Words::tr("%1, %2").arg(kindWords(event.kind), directionWords(event));
}

QString viaText(const TrafficEvent &event)
{
    if (event.transport != Transport::None)
        return transportWord(event.transport);
    const bool http = event.kind == TrafficKind::Refused ||
                      (event.kind == TrafficKind::Message && event.direction == Direction::In);
    return http ? u"HTTP"_s : QString();
}

QString clientText(const TrafficEvent &event)
{
    if (event.clientId != 0)
        return u"#%1"_s.arg(event.clientId);
    if (event.direction == Direction::Out)
        return Words::tr("operator");
    return visibleText(event.client, 80);
}

QString fanOutText(const TrafficEvent &event)
{
    if (event.kind != TrafficKind::Message)
        return {};
    return u"×%1"_s.arg(event.fanOut);
}

QString topicText(const TrafficEvent &event)
{
    if (event.kind == TrafficKind::Message && event.topic.isEmpty())
        return Words::tr("(direct)");
    return visibleText(event.topic, 200);
}

QString eventText(const TrafficEvent &event)
{
    return visibleText(event.event, 80);
}

QString sizeText(const TrafficEvent &event)
{
    if (event.kind != TrafficKind::Message)
        return {};
    return formatBytes(static_cast<std::uint64_t>(event.payload.size()));
}

QString contentText(const TrafficEvent &event)
{
    if (event.kind != TrafficKind::Message) {
        QString words = visibleText(serverWords(event.text), kRowBytes);
        if (words.isEmpty())
            words = kindWords(event.kind);
        if (event.code > 0 && !words.contains(QString::number(event.code)))
            words = QString::number(event.code) + u" · "_s + words;
        return words;
    }
    if (event.binary) {
        const QByteArray head = event.payload.first(std::min<qsizetype>(event.payload.size(), 48));
        return QString::fromLatin1(head.toHex(' ')) +
               (event.payload.size() > 48 ? u" …"_s : QString());
    }
    return visibleText(QByteArrayView(event.payload), kRowBytes);
}

QString rowClient(const TrafficEvent &event)
{
    const QString client = clientText(event);
    const qsizetype colon = client.lastIndexOf(u':');
    // An IPv6 address has colons of its own, and stands in brackets where a port follows.
    const bool isPort = colon > 0 && (client[colon - 1] == u']' || client.indexOf(u':') == colon);
    return isPort ? client.first(colon) : client;
}

QString rowWords(const TrafficEvent &event)
{
    const QString words = contentText(event);
    const qsizetype agent =
        event.kind == TrafficKind::Connected ? words.indexOf(u"Mozilla/"_s) : -1;
    return agent < 0 ? words : words.first(agent) + shortUserAgent(words.sliced(agent));
}

QString eventToolTip(const TrafficEvent &event, bool withContent)
{
    QStringList lines;
    lines << formatDateTime(event.timeMs) + u"  ·  "_s + whatWords(event);
    if (!event.client.isEmpty())
        lines << Words::tr("Client: %1").arg(clientText(event) + u"  "_s + event.client);
    if (event.kind == TrafficKind::Message)
        lines << Words::tr("Deliveries: %1").arg(event.fanOut);
    if (withContent)
        lines << visibleText(contentText(event), 600);
    return plainToolTip(lines.join(u'\n'));
}

QString eventSentence(const TrafficEvent &event)
{
    QStringList parts;
    parts << timeText(event) << kindWords(event.kind) << directionWords(event) << viaText(event)
          << clientText(event) << topicText(event) << eventText(event) << sizeText(event)
          << contentText(event).left(120);
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

QString eventAsText(const TrafficEvent &event)
{
    QStringList parts;
    parts << formatDateTime(event.timeMs) << directionMark(event) << viaText(event)
          << clientText(event) << fanOutText(event) << event.topic << event.event;
    parts.removeAll(QString());
    const QString content = event.kind == TrafficKind::Message
                                ? (event.binary ? QString::fromLatin1(event.payload.toHex(' '))
                                                : QString::fromUtf8(event.payload))
                                : contentText(event);
    return parts.join(u'\t') + u'\t' + content;
}

QString eventAsJson(const TrafficEvent &event)
{
    QJsonObject object;
    object[u"number"] = static_cast<qint64>(event.number);
    object[u"time"] =
        QDateTime::fromMSecsSinceEpoch(event.timeMs, Qt::UTC).toString(Qt::ISODateWithMs);
    static constexpr const char16_t *kKinds[] = {u"message", u"connected", u"disconnected",
                                                 u"gap",     u"refused",   u"notice"};
    object[u"kind"] = QString::fromUtf16(kKinds[static_cast<int>(event.kind)]);
    static constexpr const char16_t *kDirections[] = {u"in", u"out", u"server"};
    object[u"direction"] = QString::fromUtf16(kDirections[static_cast<int>(event.direction)]);
    if (!viaText(event).isEmpty())
        object[u"transport"] = viaText(event);
    if (event.clientId)
        object[u"client_id"] = static_cast<qint64>(event.clientId);
    const auto put = [&object](QStringView key, const QString &value) {
        if (!value.isEmpty())
            object[key] = value;
    };
    put(u"client", event.client);
    put(u"topic", event.topic);
    put(u"event", event.event);
    put(u"content_type", event.contentType);
    put(u"id", event.messageId);
    put(u"text", event.text);
    if (event.code)
        object[u"code"] = event.code;
    if (event.kind == TrafficKind::Message) {
        object[u"fan_out"] = static_cast<qint64>(event.fanOut);
        if (!event.binary && isUtf8(event.payload)) {
            object[u"data"] = QString::fromUtf8(event.payload);
        } else {
            object[u"data"] = QString::fromLatin1(event.payload.toBase64());
            object[u"encoding"] = u"base64"_s;
        }
    }
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented)).trimmed();
}

QString shellQuoted(const QString &text)
{
    QString quoted = text;
    quoted.replace(u'\'', u"'\\''"_s);
    return u'\'' + quoted + u'\'';
}

QString shellQuotedBytes(QByteArrayView bytes)
{
    const bool readable =
        isUtf8(bytes) && std::none_of(bytes.begin(), bytes.end(), [](char c) {
            return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
        });
    if (readable)
        return shellQuoted(QString::fromUtf8(bytes));
    QString out = u"$'"_s;
    for (const char c : bytes)
        out +=
            u"\\x"_s + QString::number(static_cast<unsigned char>(c), 16).rightJustified(2, u'0');
    return out + u'\'';
}

QString topicPath(const QString &topic)
{
    return QString::fromLatin1(
        QUrl::toPercentEncoding(topic.isEmpty() ? u"/"_s : topic, QByteArrayLiteral("/")));
}

QString eventAsCurl(const TrafficEvent &event, const QString &baseUrl, const QString &token)
{
    QString query;
    if (!event.event.isEmpty())
        query = u"?event="_s + QString::fromLatin1(QUrl::toPercentEncoding(event.event));
    if (!token.isEmpty())
        query += (query.isEmpty() ? u"?token="_s : u"&token="_s) +
                 QString::fromLatin1(QUrl::toPercentEncoding(token));
    // A shell cannot pass a NUL in an argument: such payloads come in on standard input.
    const bool viaInput = event.payload.contains('\0') || event.payload.startsWith('@');
    QString command = u"curl "_s;
    if (!event.contentType.isEmpty())
        command += u"-H "_s + shellQuoted(u"Content-Type: "_s + event.contentType) + u' ';
    command += u"--data-binary "_s;
    const QString target = u' ' + shellQuoted(baseUrl + topicPath(event.topic) + query);
    if (!viaInput)
        return command + shellQuotedBytes(event.payload) + target;
    return u"printf %s "_s + shellQuoted(QString::fromLatin1(event.payload.toBase64())) +
           u" | base64 -d | "_s + command + u"@-"_s + target;
}

} // namespace pushdeck
