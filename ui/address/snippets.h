// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace pushdeck {

/// Which token each thing that is handed out carries; empty: none. Code that cannot work without
/// one that is not handed out, or that the window does not know, has kSubscribePlaceholder or
/// kPublishPlaceholder in its place, to be filled in: a token that opens something else would only
/// be refused.
struct HandedTokens
{
    QString address;         ///< in addresses and QR codes; never a placeholder
    QString subscribe;       ///< in code that subscribes
    QString publish;         ///< in code that publishes
    QString both;            ///< in code that subscribes and may publish
    bool bothPublish = true; ///< what carries `both` may publish
};
inline constexpr char16_t kSubscribePlaceholder[] = u"SUBSCRIBE-TOKEN";
inline constexpr char16_t kPublishPlaceholder[] = u"PUBLISH-TOKEN";

/// Three lines of JavaScript that connect to `url` ("http://192.168.1.14:8080") over WebSocket; the
/// last one, which sends, only where it may. In all of these an empty `token` is none.
[[nodiscard]] QString javaScriptSnippet(const QString &url, const QString &topic,
                                        const QString &token, bool publishes = true);

/// A command that publishes, and one that listens over SSE.
[[nodiscard]] QString publishSnippet(const QString &url, const QString &topic,
                                     const QString &token);
[[nodiscard]] QString listenSnippet(const QString &url, const QString &topic, const QString &token);

/// "http://192.168.1.14:8080/chat?token=…"
[[nodiscard]] QString urlWithToken(const QString &url, const QString &topic, const QString &token);

/// "http" becomes "ws", "https" becomes "wss".
[[nodiscard]] QString webSocketUrl(const QString &url);

} // namespace pushdeck
