// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/snippets.h"

#include <QUrl>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

/// For a shell: what stands after a question mark is quoted, or some shells look for files.
QString shellWord(const QString &url)
{
    return url.contains(u'?') ? u'\'' + url + u'\'' : url;
}

} // namespace

QString urlWithToken(const QString &url, const QString &topic, const QString &token)
{
    if (token.isEmpty())
        return url + topic;
    // All but letters, digits and "-._~" is encoded: no quote and no space is left for a shell.
    QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(token));
    return url + topic + u"?token="_s + encoded;
}

QString webSocketUrl(const QString &url)
{
    return url.startsWith(u"http") ? u"ws"_s + url.sliced(4) : url;
}

QString javaScriptSnippet(const QString &url, const QString &topic, const QString &token,
                          bool publishes)
{
    // Joined, not through arg(): an encoded token may have what looks like a place marker.
    return u"const ws = new WebSocket('"_s + webSocketUrl(urlWithToken(url, topic, token)) +
           u"')\n"
           "ws.onmessage = (e) => console.log(e.data)"_s +
           (publishes ? u"\nws.onopen = () => ws.send('hello')"_s : QString());
}

QString publishSnippet(const QString &url, const QString &topic, const QString &token)
{
    return u"curl -d 'hello' "_s + shellWord(urlWithToken(url, topic, token));
}

QString listenSnippet(const QString &url, const QString &topic, const QString &token)
{
    return u"curl -N -H 'Accept: text/event-stream' "_s +
           shellWord(urlWithToken(url, topic, token));
}

} // namespace pushdeck
