// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launch.h"

#include "net/localaddresses.h"
#include "net/namedlimits.h"
#include "policy/accesspolicy.h"
#include "ui/preferences/numberfields.h"

namespace pushdeck {

namespace {

/// Those that the command line gives; the rest is as stored.
void takeLimits(const CommandLine &line, Launch &launch)
{
    const Preferences stored = launch.preferences;
    for (const QString &name : line.limits) {
        const NamedLimit *limit = findLimit(name.toLatin1().constData());
        limit->set(launch.server.limits, limit->get(line.server.limits));
    }
    launch.preferences.server.limits = settingsOf(launch.server).limits;
    for (const NumberField &field : numberFields()) {
        if (field.get(stored) != field.get(launch.preferences))
            launch.fixed.insert(keyOf(field.key));
    }
}

} // namespace

Launch launchWith(const CommandLine &line, const Preferences &stored)
{
    Launch launch{stored, {}, line.server};
    ServerSettings &server = launch.preferences.server;
    const ServerSettings given = settingsOf(line.server);
    const auto take = [&](const char *option, const char16_t *key, auto &to, const auto &from) {
        if (!line.given.contains(QLatin1String(option)))
            return;
        to = from;
        launch.fixed.insert(keyOf(key));
    };
    take("port", keys::kPort, launch.preferences.listen.port, line.listen.port);
    take("bind", keys::kAddress, launch.preferences.listen.address, line.listen.address);
    take("www", keys::kWww, server.wwwFolder, given.wwwFolder);
    take("history", keys::kHistoryPerTopic, server.history.messagesPerTopic,
         given.history.messagesPerTopic);
    take("history-file", keys::kHistoryFile, server.historyFile, given.historyFile);
    take("operator-token", keys::kOperatorToken, server.access.operatorToken,
         given.access.operatorToken);
    take("publish-token", keys::kPublishToken, server.access.publishToken,
         given.access.publishToken);
    take("subscribe-token", keys::kSubscribeToken, server.access.subscribeToken,
         given.access.subscribeToken);
    take("origin", keys::kOrigins, server.access.origins, given.access.origins);
    take("no-relay", keys::kRelay, server.access.relay, given.access.relay);
    take("jwt-key", keys::kJwtKey, server.access.jwtKey, given.access.jwtKey);
    take("rule", keys::kTopicRules, server.access.topicRules, given.access.topicRules);
    take("rules", keys::kTopicRules, server.access.topicRules, given.access.topicRules);
    take("rate", keys::kRate, server.rates.messagesPerSecond, given.rates.messagesPerSecond);
    take("burst", keys::kBurst, server.rates.burst, given.rates.burst);
    take("byte-rate", keys::kByteRate, server.rates.bytesPerSecond, given.rates.bytesPerSecond);
    applySettings(server, launch.server);
    takeLimits(line, launch);
    return launch;
}

Machine thisMachine()
{
    Machine machine;
    for (const LocalAddress &local : localAddresses())
        machine.addresses.push_back({local.address.toString(), local.interface, local.loopback});
    machine.accessProblem = [](const ServerSettings::Access &access) {
        const auto policy =
            AccessPolicy::from({{}, {}, {}, {}, true, access.topicRules, access.jwtKey});
        return policy ? QString() : policy.error().words;
    };
    return machine;
}

} // namespace pushdeck
