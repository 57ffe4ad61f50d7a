// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/launch.h"

#include "net/localaddresses.h"

namespace pushdeck {

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
    applySettings(server, launch.server);
    return launch;
}

Machine thisMachine()
{
    Machine machine;
    for (const LocalAddress &local : localAddresses())
        machine.addresses.push_back({local.address.toString(), local.interface, local.loopback});
    return machine;
}

} // namespace pushdeck
