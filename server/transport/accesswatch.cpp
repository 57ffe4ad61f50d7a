// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/accesswatch.h"

#include "policy/accesspolicy.h"
#include "transport/clientregistry.h"
#include "transport/farewell.h"

#include <QCoreApplication>

#include <utility>
#include <vector>

namespace pushdeck {

namespace {

using Ending = std::pair<std::uint64_t, QString>;

void endAll(TransportContext &context, EndReason reason, const std::vector<Ending> &endings)
{
    for (const auto &[id, words] : endings)
        endClient(context, id, reason, wordsFor(reason).closeCode, words);
}

bool isOver(const Client &client, std::int64_t nowMs)
{
    const auto &claims = client.visitor.claims;
    if (!claims || !claims->expiresMs)
        return false;
    const bool cameLate = client.info.connectedAtMs >= *claims->expiresMs;
    return nowMs >= *claims->expiresMs + (cameLate ? kJwtLeeway.count() : 0);
}

/// What a client reads. A stream of presence shows its topic under a reserved path.
std::vector<TopicPattern> topicsOf(const Client &client)
{
    constexpr char kPresence[] = "/_/presence";
    std::vector<TopicPattern> topics;
    for (const QString &topic : client.info.topics) {
        QByteArray name = topic.toUtf8();
        if (name.startsWith(kPresence))
            name.remove(0, sizeof kPresence - 1);
        if (auto pattern = TopicPattern::fromName(name))
            topics.push_back(std::move(pattern).value());
    }
    return topics;
}

} // namespace

void endExpiredClients(TransportContext &context, std::int64_t nowMs)
{
    if (!context.policy.key())
        return;
    std::vector<Ending> endings;
    const QString words =
        QCoreApplication::translate("pushdeck::EndReason", wordsFor(EndReason::TokenExpired).words);
    context.clients.forEach([&](const Client &client) {
        if (isOver(client, nowMs))
            endings.emplace_back(client.info.id, words);
    });
    endAll(context, EndReason::TokenExpired, endings);
}

void endForbiddenClients(TransportContext &context, std::int64_t nowMs)
{
    std::vector<Ending> endings;
    std::vector<std::uint64_t> staying;
    context.clients.forEach([&](const Client &client) {
        const auto refused = context.policy.mayStay(client.visitor, topicsOf(client), nowMs);
        if (refused)
            endings.emplace_back(client.info.id, refused->words);
        else
            staying.push_back(client.info.id);
    });
    for (const std::uint64_t id : staying) {
        Client *client = context.clients.find(id);
        context.policy.identify(client->visitor, nowMs);
    }
    endAll(context, EndReason::NoLongerAllowed, endings);
}

} // namespace pushdeck
