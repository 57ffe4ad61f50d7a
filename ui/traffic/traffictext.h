// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"

#include <QString>

namespace pushdeck {

/// The words and marks of one row of the traffic log. Pure; made when painted; every one is fit
/// for a single line whatever the network sent (see visible.h).
[[nodiscard]] QString timeText(const TrafficEvent &event);
/// "+0.019", "+1:02.500", "+3:00:00.000": from one event to the next; clocks may go back.
[[nodiscard]] QString spanText(std::int64_t ms);
[[nodiscard]] QString directionMark(const TrafficEvent &event); ///< "↓" "↑" "+" "✕" "!" "⚠" "·"
[[nodiscard]] QString directionWords(const TrafficEvent &event);
[[nodiscard]] QString kindWords(TrafficKind kind);
[[nodiscard]] QString whatWords(const TrafficEvent &event);  ///< "message, received"
[[nodiscard]] QString viaText(const TrafficEvent &event);    ///< "WS", "SSE", "LP", "HTTP", ""
[[nodiscard]] QString clientText(const TrafficEvent &event); ///< "#7", "operator"
[[nodiscard]] QString fanOutText(const TrafficEvent &event); ///< "×6", empty where there is none
[[nodiscard]] QString topicText(const TrafficEvent &event);
[[nodiscard]] QString eventText(const TrafficEvent &event);
[[nodiscard]] QString sizeText(const TrafficEvent &event);
[[nodiscard]] QString contentText(const TrafficEvent &event);
/// clientText() without the port of who only published: it is another one with each connection.
[[nodiscard]] QString rowClient(const TrafficEvent &event);
/// contentText() with a browser in two words: all of them begin with "Mozilla/5.0".
[[nodiscard]] QString rowWords(const TrafficEvent &event);
[[nodiscard]] QString eventToolTip(const TrafficEvent &event, bool withContent);
[[nodiscard]] QString eventSentence(const TrafficEvent &event); ///< for a screen reader

/// For the clipboard: one line with the whole payload, one JSON object, a command for a shell that
/// publishes the same again. `baseUrl` as in ServerAddress::url.
[[nodiscard]] QString eventAsText(const TrafficEvent &event);
[[nodiscard]] QString eventAsJson(const TrafficEvent &event);
[[nodiscard]] QString eventAsCurl(const TrafficEvent &event, const QString &baseUrl,
                                  const QString &token = {});

/// `text` as one word for a POSIX shell, whatever it holds.
[[nodiscard]] QString shellQuoted(const QString &text);

/// Bytes for a POSIX shell: readable where they are UTF-8 without control characters, else $'\x…'.
[[nodiscard]] QString shellQuotedBytes(QByteArrayView bytes);

/// A topic as the path of a URL.
[[nodiscard]] QString topicPath(const QString &topic);

} // namespace pushdeck
