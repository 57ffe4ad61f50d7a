// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/serveroptions.h"

namespace pushdeck {

namespace {

/// Both directions are this one list: `copy` gets a field of the settings and one of the limits.
template <typename Settings, typename Options, typename Copy>
void eachLimit(Settings &settings, Options &options, Copy copy)
{
    copy(settings.headBytes, options.headBytes);
    copy(settings.headFields, options.headFields);
    copy(settings.targetBytes, options.targetBytes);
    copy(settings.bodyBytes, options.bodyBytes);
    copy(settings.bodiesBytesTotal, options.bodiesBytesTotal);
    copy(settings.frameBytes, options.frameBytes);
    copy(settings.connections, options.connections);
    copy(settings.connectionsPerAddress, options.connectionsPerAddress);
    copy(settings.connectionsPerLoopback, options.connectionsPerLoopback);
    copy(settings.listenBacklog, options.listenBacklog);
    copy(settings.headDeadline, options.headDeadline);
    copy(settings.bodyDeadline, options.bodyDeadline);
    copy(settings.handshakeDeadline, options.handshakeDeadline);
    copy(settings.keepAliveIdle, options.keepAliveIdle);
    copy(settings.handlerDeadline, options.handlerDeadline);
    copy(settings.writeStall, options.writeStall);
    copy(settings.lingerDeadline, options.lingerDeadline);
    copy(settings.frameDeadline, options.frameDeadline);
    copy(settings.unacknowledged, options.unacknowledged);
    copy(settings.unreadWhilePendingBytes, options.unreadWhilePendingBytes);
    copy(settings.backlogBytes, options.backlogBytes);
    copy(settings.backlogBytesTotal, options.backlogBytesTotal);
    copy(settings.topicsPerClient, options.topicsPerClient);
    copy(settings.topicsSubscribed, options.topicsSubscribed);
    copy(settings.patternsSubscribed, options.patternsSubscribed);
}

} // namespace

ServerSettings settingsOf(const ServerOptions &options)
{
    ServerSettings settings;
    const AccessRules &access = options.access;
    settings.access = {access.operatorToken, access.publishToken, access.subscribeToken,
                       access.origins,       access.relay,        access.topicRules,
                       access.jwtKey};
    settings.rates = {options.rate.messagesPerSecond, options.rate.burst,
                      options.rate.bytesPerSecond};
    const HistoryLimits &history = options.history;
    settings.history = {history.messagesPerTopic, history.bytesPerTopic, history.messages,
                        history.bytes};
    settings.log = {options.trafficLog.events, options.trafficLog.bytes};
    eachLimit(settings.limits, options.limits, [](auto &to, const auto &from) { to = from; });
    settings.encryption = options.encryption;
    settings.wwwFolder = options.wwwFolder;
    settings.historyFile = options.historyFile;
    return settings;
}

void applySettings(const ServerSettings &settings, ServerOptions &options)
{
    const ServerSettings::Access &access = settings.access;
    options.access = {access.operatorToken, access.publishToken, access.subscribeToken,
                      access.origins,       access.relay,        access.topicRules,
                      access.jwtKey};
    options.rate = {settings.rates.messagesPerSecond, settings.rates.burst,
                    settings.rates.bytesPerSecond};
    options.history.messagesPerTopic = settings.history.messagesPerTopic;
    options.history.bytesPerTopic = settings.history.bytesPerTopic;
    options.history.messages = settings.history.messages;
    options.history.bytes = settings.history.bytes;
    options.trafficLog = {settings.log.events, settings.log.bytes};
    eachLimit(settings.limits, options.limits, [](const auto &from, auto &to) { to = from; });
    options.encryption = settings.encryption;
    options.wwwFolder = settings.wwwFolder;
    options.historyFile = settings.historyFile;
}

} // namespace pushdeck
