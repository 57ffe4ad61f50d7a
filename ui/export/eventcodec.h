// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QLatin1StringView>
#include <QString>

#include <optional>

namespace pushdeck {

/// The words that files use for the values of an event: English, fixed, never translated.
[[nodiscard]] QLatin1StringView kindName(TrafficKind kind); ///< "message", "connected", …
[[nodiscard]] std::optional<TrafficKind> kindFromName(QStringView name);
[[nodiscard]] QLatin1StringView directionName(Direction direction); ///< "in", "out", "server"
[[nodiscard]] std::optional<Direction> directionFromName(QStringView name);
[[nodiscard]] QLatin1StringView transportField(Transport transport); ///< its name; "" for none
[[nodiscard]] std::optional<Transport> transportFromName(QStringView name);

/// "2026-03-01T12:04:01.221Z". QDateTime does the same ten times slower.
[[nodiscard]] QByteArray isoUtc(std::int64_t utcMs);
/// The same read back, to the letter; nothing for any other form.
[[nodiscard]] std::optional<std::int64_t> utcFromIso(QStringView text);

/// Whether a payload may stand in a text file as it is: text, and valid UTF-8. The rest goes as
/// base64.
[[nodiscard]] bool isReadable(const TrafficEvent &event);

/// Appends `utf8`, which must be valid, as a JSON string with its quotes (RFC 8259, 7). What breaks
/// lines or readers (controls, DEL, U+FEFF, U+2028, U+2029) is escaped, so that one value stays one
/// line.
void appendJsonString(QByteArray &out, QByteArrayView utf8);
void appendJsonString(QByteArray &out, const QString &text);

} // namespace pushdeck
