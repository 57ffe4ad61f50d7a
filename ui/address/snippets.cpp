// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/snippets.h"

namespace pushdeck {

using namespace Qt::StringLiterals;

QString webSocketUrl(const QString &url)
{
    return url.startsWith(u"http") ? u"ws"_s + url.sliced(4) : url;
}

QString javaScriptSnippet(const QString &url, const QString &topic)
{
    return u"const ws = new WebSocket('%1')\n"
           "ws.onmessage = (e) => console.log(e.data)\n"
           "ws.onopen = () => ws.send('hello')"_s.arg(webSocketUrl(url) + topic);
}

QString publishSnippet(const QString &url, const QString &topic)
{
    return u"curl -d 'hello' %1"_s.arg(url + topic);
}

QString listenSnippet(const QString &url, const QString &topic)
{
    return u"curl -N -H 'Accept: text/event-stream' %1"_s.arg(url + topic);
}

} // namespace pushdeck
