// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientcommand.h"

#include "ui/address/snippets.h"
#include "ui/traffic/traffictext.h"

#include <QUrl>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

/// What a subscribing client speaks on its own: the format follows from it.
bool formatFollows(const ClientInfo &info)
{
    return info.transport == Transport::WebSocket && !info.subprotocol.isEmpty();
}

QString queryOf(const ClientInfo &info, const QString &token)
{
    QStringList parts;
    const auto add = [&parts](const QString &name, const QString &value) {
        parts << name + u'=' + QString::fromLatin1(QUrl::toPercentEncoding(value));
    };
    for (const QString &topic : info.topics.mid(1))
        add(u"topic"_s, topic);
    if (info.format == u"json" && !formatFollows(info))
        add(u"format"_s, info.format);
    if (!info.name.isEmpty())
        add(u"client_id"_s, info.name);
    if (!token.isEmpty())
        add(u"token"_s, token);
    return parts.isEmpty() ? QString() : u'?' + parts.join(u'&');
}

} // namespace

QString clientCommand(const ClientInfo &info, const QString &baseUrl, const QString &token)
{
    const QString target = topicPath(info.topics.value(0, u"/"_s)) + queryOf(info, token);
    if (info.transport == Transport::WebSocket) {
        const QString protocol = info.subprotocol.isEmpty()
                                     ? QString()
                                     : u"--protocol "_s + shellQuoted(info.subprotocol) + u' ';
        return u"websocat "_s + protocol + shellQuoted(webSocketUrl(baseUrl) + target);
    }
    if (info.transport == Transport::Sse)
        return u"curl -N -H 'Accept: text/event-stream' "_s + shellQuoted(baseUrl + target);
    return u"curl -i "_s + shellQuoted(baseUrl + target);
}

} // namespace pushdeck
