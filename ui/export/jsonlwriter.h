// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/export/trafficwriter.h"

namespace pushdeck {

/// One JSON object a line, UTF-8, nothing lost: JsonlReader gives back equal events. Keys as in a
/// row copied as JSON:
///
///     {"number":7,"time":"2026-03-01T12:04:01.221Z","kind":"message","direction":"in",
///      "transport":"websocket","client_id":3,"client":"192.168.1.41:51200","topic":"/chat",
///      "event":"say","content_type":"text/plain","id":"k3x9-7","fan_out":5,"data":"hello"}
///
/// A payload that is binary or no UTF-8 stands in `data` as base64, with `"encoding":"base64"`;
/// `"binary":true` is said where it came as binary. Empty texts and zeros are left out.
class JsonlWriter final : public TrafficWriter
{
public:
    using TrafficWriter::TrafficWriter;

    bool writeNext(QByteArray &out) override;
    [[nodiscard]] std::size_t done() const override { return m_next; }

    /// One line with its end.
    static void appendLine(QByteArray &out, const TrafficEvent &event);

private:
    std::size_t m_next = 0;
};

} // namespace pushdeck
