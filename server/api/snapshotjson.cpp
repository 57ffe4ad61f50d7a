// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/snapshotjson.h"

#include "net/namedlimits.h"
#include "policy/accesspolicy.h"
#include "policy/publishrates.h"
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

/// Every bound by its name; 0 is none.
QJsonObject limitsJson(const Limits &limits)
{
    QJsonObject object;
    for (const NamedLimit &limit : namedLimits())
        object.insert(QLatin1String(limit.name), static_cast<qint64>(limit.get(limits)));
    return object;
}

/// What holds, never a secret itself.
QJsonObject accessJson(const TransportContext &context)
{
    const AccessPolicy &policy = context.policy;
    const PublishRate &rate = context.rates.rate();
    return {
        {QStringLiteral("publish_token"), !policy.rules().publishToken.isEmpty()},
        {QStringLiteral("subscribe_token"), !policy.rules().subscribeToken.isEmpty()},
        {QStringLiteral("signed_tokens"), policy.key()
                                              ? QJsonValue(QLatin1String(policy.key()->name()))
                                              : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("topic_rules"), number(policy.topicRules().rules().size())},
        {QStringLiteral("origins"), number(std::uint64_t(policy.rules().origins.size()))},
        {QStringLiteral("relay"), policy.rules().relay},
        {QStringLiteral("messages_per_second"), static_cast<qint64>(rate.messagesPerSecond)},
        {QStringLiteral("burst"), static_cast<qint64>(rate.burst)},
        {QStringLiteral("bytes_per_second"), static_cast<qint64>(rate.bytesPerSecond)},
    };
}

QJsonObject refusalsJson(const RefusalTotals &totals)
{
    QJsonObject object;
    for (const RefusalCount &count : countsOf(totals))
        object.insert(QLatin1String(count.cause), number(count.total));
    return object;
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
        {QStringLiteral("subscribed"),
         QJsonObject{{QStringLiteral("topics"), number(context.hub.topicsSubscribed())},
                     {QStringLiteral("patterns"), number(context.hub.patternsSubscribed())}}},
        {QStringLiteral("access"), accessJson(context)},
        {QStringLiteral("limits"), limitsJson(context.limits)},
        {QStringLiteral("totals"),
         QJsonObject{{QStringLiteral("published"), number(totals.published)},
                     {QStringLiteral("deliveries"), number(totals.deliveries)},
                     {QStringLiteral("bytes_in"), number(totals.bytesIn)},
                     {QStringLiteral("bytes_out"), number(totals.bytesOut)},
                     {QStringLiteral("connections"), number(totals.connections)},
                     {QStringLiteral("refused"), number(totals.refused)},
                     {QStringLiteral("refused_by"), refusalsJson(totals.refusals)},
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
        {QStringLiteral("user_agent"), textOrNull(info.userAgent)},
        {QStringLiteral("client_id"), textOrNull(info.name)},
        {QStringLiteral("subject"), textOrNull(info.subject)},
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
