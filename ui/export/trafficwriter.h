// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace pushdeck {

enum class ExportFormat : std::uint8_t { Jsonl, Csv, Har };

/// By a path's extension, whatever its case; nothing for another extension.
[[nodiscard]] std::optional<ExportFormat> exportFormatOf(const QString &path);
[[nodiscard]] QString exportSuffix(ExportFormat format); ///< "jsonl", "csv", "har"

/// Turns events into the bytes of one file, piece by piece, so that the caller can stop, count and
/// flush between them. Pure; no thread, no file. The events must outlive it and stay as they are.
class TrafficWriter
{
public:
    explicit TrafficWriter(const std::vector<TrafficEvent> &events) : m_events(events) {}
    virtual ~TrafficWriter() = default;
    TrafficWriter(const TrafficWriter &) = delete;
    TrafficWriter &operator=(const TrafficWriter &) = delete;

    /// Appends the next piece: about one event. False once all is written.
    virtual bool writeNext(QByteArray &out) = 0;
    /// How much of the work is behind, from 0 to the number of events.
    [[nodiscard]] virtual std::size_t done() const = 0;

protected:
    const std::vector<TrafficEvent> &m_events;
};

/// `baseUrl` is the address clients were told to use, as in ServerAddress::url; HAR needs URLs.
[[nodiscard]] std::unique_ptr<TrafficWriter> makeTrafficWriter(
    ExportFormat format, const std::vector<TrafficEvent> &events, const QString &baseUrl);

} // namespace pushdeck
