// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/deliveriesjson.h"

#include <QJsonArray>

namespace pushdeck {

namespace {

QLatin1String nameOf(DeliveryState state)
{
    switch (state) {
        case DeliveryState::Delivered:
            return QLatin1String("delivered");
        case DeliveryState::Queued:
            return QLatin1String("queued");
        case DeliveryState::Pending:
            return QLatin1String("pending");
        case DeliveryState::Missed:
            break;
    }
    return QLatin1String("missed");
}

QLatin1String nameOf(DeliveryWhy why)
{
    switch (why) {
        case DeliveryWhy::Live:
            return QLatin1String("live");
        case DeliveryWhy::Replayed:
            return QLatin1String("replayed");
        case DeliveryWhy::EarlierStay:
            return QLatin1String("earlier_stay");
        case DeliveryWhy::InProgram:
            return QLatin1String("in_program");
        case DeliveryWhy::InKernel:
            return QLatin1String("in_kernel");
        case DeliveryWhy::InReplay:
            return QLatin1String("in_replay");
        case DeliveryWhy::NextPoll:
            return QLatin1String("next_poll");
        case DeliveryWhy::NotAskedFor:
            return QLatin1String("not_asked_for");
        case DeliveryWhy::LeftBefore:
            return QLatin1String("left_before");
        case DeliveryWhy::LeftWaiting:
            return QLatin1String("left_waiting");
        case DeliveryWhy::ClosedSlow:
            break;
    }
    return QLatin1String("closed_slow");
}

QJsonValue number(std::uint64_t value)
{
    return QJsonValue(static_cast<qint64>(value));
}

QJsonObject clientJson(const ClientDelivery &client)
{
    QJsonObject object{
        {QStringLiteral("id"), number(client.clientId)},
        {QStringLiteral("client_id"),
         client.name.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(client.name)},
        {QStringLiteral("transport"), transportName(client.transport)},
        {QStringLiteral("address"), client.address},
        {QStringLiteral("state"), nameOf(client.state)},
        {QStringLiteral("why"), nameOf(client.why)},
        {QStringLiteral("here"), !client.gone},
        {QStringLiteral("time"), static_cast<qint64>(client.timeMs)}};
    if (client.state == DeliveryState::Queued) {
        object.insert(u"program_bytes", number(client.programBytes));
        object.insert(u"kernel_bytes", client.kernelBytes ? number(*client.kernelBytes)
                                                          : QJsonValue(QJsonValue::Null));
    }
    return object;
}

} // namespace

QJsonObject deliveriesJson(const DeliveryReport &report)
{
    QJsonArray clients;
    for (const ClientDelivery &client : report.clients)
        clients.append(clientJson(client));
    QJsonObject object{
        {QStringLiteral("id"), report.messageId},
        {QStringLiteral("topic"), report.topic},
        {QStringLiteral("time"), static_cast<qint64>(report.publishedMs)},
        {QStringLiteral("clients"), clients},
        {QStringLiteral("unlisted"), number(report.total() - report.clients.size())}};
    for (const DeliveryState state : {DeliveryState::Delivered, DeliveryState::Queued,
                                      DeliveryState::Pending, DeliveryState::Missed})
        object.insert(nameOf(state), number(report.count(state)));
    return object;
}

} // namespace pushdeck
