// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace pushdeck {

/// Three lines of JavaScript that connect to `url` ("http://192.168.1.14:8080") over WebSocket. In
/// all of these an empty `token` is none.
[[nodiscard]] QString javaScriptSnippet(const QString &url, const QString &topic,
                                        const QString &token);

/// A command that publishes, and one that listens over SSE.
[[nodiscard]] QString publishSnippet(const QString &url, const QString &topic,
                                     const QString &token);
[[nodiscard]] QString listenSnippet(const QString &url, const QString &topic, const QString &token);

/// "http://192.168.1.14:8080/chat?token=…"
[[nodiscard]] QString urlWithToken(const QString &url, const QString &topic, const QString &token);

/// "http" becomes "ws", "https" becomes "wss".
[[nodiscard]] QString webSocketUrl(const QString &url);

} // namespace pushdeck
