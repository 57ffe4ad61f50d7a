// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/snapshotjson.h"

#include "net/limits.h"
#include "transport/clientregistry.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace pushdeck {

namespace {

/// JSON numbers are doubles to most readers; every count here stays below 2^53.
QJsonValue number(std::uint64_t value)
{
    return QJsonValue(static_cast<qint64>(value));
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

/// How many, or null where that is not known.
QJsonValue missedJson(std::uint64_t missed, bool more)
{
    return more ? QJsonValue(QJsonValue::Null) : number(missed);
}

/// Null without a history file.
QJsonValue historyFileJson(const Snapshot &snapshot)
{
    if (!snapshot.historyFile)
        return QJsonValue::Null;
    return QJsonObject{{QStringLiteral("written"), snapshot.historyProblem.isEmpty()},
                       {QStringLiteral("problem"), textOrNull(snapshot.historyProblem)}};
}

} // namespace

namespace {

QJsonValue certificateJson(const std::optional<EncryptionInfo::Certificate> &certificate)
{
    if (!certificate)
        return QJsonValue::Null;
    return QJsonObject{
        {QStringLiteral("subject"), certificate->subject},
        {QStringLiteral("names"), QJsonArray::fromStringList(certificate->names)},
        {QStringLiteral("not_before"), static_cast<qint64>(certificate->fromMs)},
        {QStringLiteral("not_after"), static_cast<qint64>(certificate->untilMs)},
        {QStringLiteral("sha256"), certificate->fingerprint},
    };
}

QJsonObject tlsJson(const Snapshot &snapshot)
{
    static const EncryptionInfo kNone;
    const EncryptionInfo &info = snapshot.encryption ? *snapshot.encryption : kNone;
    const ServerTotals &totals = snapshot.totals;
    return {
        {QStringLiteral("on"), info.on},
        {QStringLiteral("only"), info.only},
        {QStringLiteral("problem"), textOrNull(info.problem)},
        {QStringLiteral("certificate"), certificateJson(info.server)},
        {QStringLiteral("authority"), certificateJson(info.authority)},
        {QStringLiteral("handshakes"), number(totals.tlsHandshakes)},
        {QStringLiteral("resumed"), number(totals.tlsResumed)},
        {QStringLiteral("failed"), number(totals.tlsFailed)},
    };
}

} // namespace

QJsonObject statusJson(const Snapshot &snapshot, const TransportContext &context)
{
    QJsonArray addresses;
    for (const ServerAddress &address : snapshot.addresses)
        addresses.append(address.url);
    QJsonObject clients;
    for (const Transport transport : {Transport::WebSocket, Transport::Sse, Transport::LongPoll})
        clients.insert(transportName(transport), number(context.clients.count(transport)));
    const ServerTotals &totals = snapshot.totals;
    const History &history = context.hub.history();
    return {
        {QStringLiteral("version"), QCoreApplication::applicationVersion()},
        {QStringLiteral("time"), number(static_cast<std::uint64_t>(snapshot.timeMs))},
        {QStringLiteral("started"), number(static_cast<std::uint64_t>(snapshot.startedAtMs))},
        {QStringLiteral("port"), snapshot.port},
        {QStringLiteral("addresses"), addresses},
        {QStringLiteral("tls"), tlsJson(snapshot)},
        {QStringLiteral("newest_id"), QString::fromLatin1(context.hub.newest().toByteArray())},
        {QStringLiteral("clients"), clients},
        {QStringLiteral("connections"), number(snapshot.openConnections)},
        {QStringLiteral("topics"), number(snapshot.topics.size())},
        {QStringLiteral("history"),
         QJsonObject{
             {QStringLiteral("messages"), number(history.messages())},
             {QStringLiteral("bytes"), number(history.bytes())},
             {QStringLiteral("most_per_topic"), number(history.limits().messagesPerTopic)},
             {QStringLiteral("most_bytes_per_topic"), number(history.limits().bytesPerTopic)},
             {QStringLiteral("most_messages"), number(history.limits().messages)},
             {QStringLiteral("most_bytes"), number(history.limits().bytes)},
             {QStringLiteral("most_topics"), number(history.limits().topics)},
             {QStringLiteral("file"), historyFileJson(snapshot)}}},
        {QStringLiteral("limits"),
         QJsonObject{{QStringLiteral("body_bytes"), context.limits.bodyBytes},
                     {QStringLiteral("frame_bytes"), context.limits.frameBytes},
                     {QStringLiteral("backlog_bytes"), context.limits.backlogBytes},
                     {QStringLiteral("connections"), context.limits.connections}}},
        {QStringLiteral("totals"),
         QJsonObject{{QStringLiteral("published"), number(totals.published)},
                     {QStringLiteral("deliveries"), number(totals.deliveries)},
                     {QStringLiteral("bytes_in"), number(totals.bytesIn)},
                     {QStringLiteral("bytes_out"), number(totals.bytesOut)},
                     {QStringLiteral("connections"), number(totals.connections)},
                     {QStringLiteral("refused"), number(totals.refused)},
                     {QStringLiteral("closed_slow"), number(totals.closedSlow)},
                     {QStringLiteral("from_operator"), number(totals.fromOperator)},
                     {QStringLiteral("writes"), number(totals.writes.total())},
                     {QStringLiteral("writes_queued"), number(totals.writesQueued)}}},
    };
}

QJsonObject clientJson(const ClientInfo &info)
{
    const ClientVisit *before = info.earlier ? &info.earlier->back() : nullptr;
    return {
        {QStringLiteral("id"), number(info.id)},
        {QStringLiteral("transport"), transportName(info.transport)},
        {QStringLiteral("subprotocol"), textOrNull(info.subprotocol)},
        {QStringLiteral("format"), info.format},
        {QStringLiteral("topics"), QJsonArray::fromStringList(info.topics)},
        {QStringLiteral("address"), info.address},
        {QStringLiteral("port"), info.port},
        {QStringLiteral("tls"), info.isEncrypted()},
        {QStringLiteral("tls_version"),
         info.request ? textOrNull(info.request->tlsVersion) : QJsonValue::Null},
        {QStringLiteral("tls_cipher"),
         info.request ? textOrNull(info.request->tlsCipher) : QJsonValue::Null},
        {QStringLiteral("user_agent"), textOrNull(info.userAgent)},
        {QStringLiteral("client_id"), textOrNull(info.name)},
        {QStringLiteral("connected"), number(static_cast<std::uint64_t>(info.connectedAtMs))},
        {QStringLiteral("last_activity"), number(static_cast<std::uint64_t>(info.lastActivityMs))},
        {QStringLiteral("messages_in"), number(info.messagesIn)},
        {QStringLiteral("messages_out"), number(info.messagesOut)},
        {QStringLiteral("bytes_in"), number(info.bytesIn)},
        {QStringLiteral("bytes_out"), number(info.bytesOut)},
        {QStringLiteral("backlog_bytes"), number(info.backlogBytes)},
        {QStringLiteral("kernel_backlog_bytes"),
         info.kernelBacklogBytes ? number(*info.kernelBacklogBytes) : QJsonValue::Null},
        {QStringLiteral("rtt_ms"), info.rttMs ? QJsonValue(*info.rttMs) : QJsonValue::Null},
        {QStringLiteral("reconnects"), number(info.reconnects)},
        {QStringLiteral("away_ms"),
         before ? QJsonValue(static_cast<qint64>(info.connectedAtMs - before->untilMs))
                : QJsonValue::Null},
        {QStringLiteral("came_from"),
         before ? QJsonValue(transportName(before->transport)) : QJsonValue::Null},
        {QStringLiteral("resumed_at"), textOrNull(info.resumedAt)},
        {QStringLiteral("missed"), missedJson(info.missed, info.missedMore)},
        {QStringLiteral("waiting"), info.waiting},
        {QStringLiteral("slow"), info.slow},
    };
}

QJsonArray visitsJson(const ClientInfo &info)
{
    QJsonArray visits;
    if (!info.earlier)
        return visits;
    for (const ClientVisit &visit : *info.earlier)
        visits.append(QJsonObject{
            {QStringLiteral("id"), number(visit.clientId)},
            {QStringLiteral("transport"), transportName(visit.transport)},
            {QStringLiteral("connected"), static_cast<qint64>(visit.fromMs)},
            {QStringLiteral("disconnected"), static_cast<qint64>(visit.untilMs)},
            {QStringLiteral("resumed_at"), textOrNull(visit.resumedAt)},
            {QStringLiteral("missed"), missedJson(visit.missed, visit.missedMore)},
        });
    return visits;
}

QJsonObject topicJson(const Hub::TopicView &view)
{
    return {
        {QStringLiteral("topic"), QString::fromUtf8(view.name)},
        {QStringLiteral("subscribers"), number(view.subscribers)},
        {QStringLiteral("remembered"), number(view.remembered)},
        {QStringLiteral("published"), number(view.published)},
        {QStringLiteral("last_id"), textOrNull(QString::fromLatin1(view.lastId))},
    };
}

} // namespace pushdeck
