// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/presence.h"

#include "transport/clientregistry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace pushdeck {

namespace {

bool isThere(const QStringList &topics, const QByteArray &topic)
{
    return std::any_of(topics.begin(), topics.end(), [&topic](const QString &name) {
        const QByteArray utf8 = name.toUtf8();
        if (utf8 == topic)
            return true;
        if (!utf8.contains('*'))
            return false;
        const auto pattern = TopicPattern::fromName(utf8);
        return pattern && pattern->matches(topic);
    });
}

/// What others may know of a client: not its address.
QJsonObject publicJson(const ClientInfo &client)
{
    return {{QStringLiteral("id"), static_cast<qint64>(client.id)},
            {QStringLiteral("client_id"),
             client.name.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(client.name)},
            {QStringLiteral("transport"), transportName(client.transport)},
            {QStringLiteral("connected"), static_cast<qint64>(client.connectedAtMs)}};
}

QByteArray text(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

bool Presence::watch(const Topic &topic, PresenceWatcher &watcher)
{
    auto &watchers = m_watchers[topic.name()];
    if (std::find(watchers.begin(), watchers.end(), &watcher) != watchers.end())
        return false;
    watchers.push_back(&watcher);
    return true;
}

bool Presence::unwatch(const Topic &topic, PresenceWatcher &watcher)
{
    const auto it = m_watchers.find(topic.name());
    if (it == m_watchers.end())
        return false;
    const bool did = std::erase(it->second, &watcher) > 0;
    if (it->second.empty())
        m_watchers.erase(it);
    return did;
}

void Presence::unwatch(PresenceWatcher &watcher)
{
    for (auto it = m_watchers.begin(); it != m_watchers.end();) {
        std::erase(it->second, &watcher);
        it = it->second.empty() ? m_watchers.erase(it) : std::next(it);
    }
}

void Presence::changed(const ClientInfo &client, const QStringList &before,
                       const QStringList &after)
{
    m_list.clear();
    for (const auto &[topic, watchers] : m_watchers) {
        const bool is = isThere(after, topic);
        if (is == isThere(before, topic))
            continue;
        for (PresenceWatcher *watcher : watchers)
            watcher->presenceChanged(topic, client, is);
    }
}

QByteArray Presence::listJson(const Topic &topic) const
{
    if (!m_list.isEmpty() && m_listedTopic == topic.name())
        return m_list;
    QJsonArray clients;
    qint64 count = 0;
    m_clients.forEachClient([&](const ClientInfo &client) {
        if (!isThere(client.topics, topic.name()))
            return;
        ++count;
        if (static_cast<std::size_t>(clients.size()) < kPresenceListed)
            clients.append(publicJson(client));
    });
    m_listedTopic = topic.name();
    m_list = text({{QStringLiteral("type"), QStringLiteral("presence")},
                   {QStringLiteral("topic"), QString::fromUtf8(topic.name())},
                   {QStringLiteral("count"), count},
                   {QStringLiteral("clients"), clients}});
    return m_list;
}

QByteArray presenceChangeJson(const QByteArray &topic, const ClientInfo &client, bool joined)
{
    return text(
        {{QStringLiteral("type"), joined ? QStringLiteral("join") : QStringLiteral("leave")},
         {QStringLiteral("topic"), QString::fromUtf8(topic)},
         {QStringLiteral("client"), publicJson(client)}});
}

} // namespace pushdeck
