// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/export/trafficwriter.h"

namespace pushdeck {

/// A table for spreadsheets: RFC 4180 (CRLF, quotes doubled), in UTF-8 with a byte order mark, for
/// without it Excel takes the text for the local code page. The first line names the columns.
///
/// **Formulas.** A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@` (their full-width
/// forms too), tab or carriage return, and all of these can come from the network. Such a cell gets
/// an apostrophe in front, and so does one that begins with an apostrophe: who reads the file takes
/// one leading apostrophe off every text cell and has exactly what was there.
///
/// **Bytes.** A payload that is binary, no UTF-8, or holds a NUL stands in `data` as base64, and
/// the column `encoding` says `base64`.
class CsvWriter final : public TrafficWriter
{
public:
    using TrafficWriter::TrafficWriter;

    bool writeNext(QByteArray &out) override;
    [[nodiscard]] std::size_t done() const override { return m_next; }

    static void appendHead(QByteArray &out);
    static void appendRow(QByteArray &out, const TrafficEvent &event);

private:
    bool m_head = false;
    std::size_t m_next = 0;
};

} // namespace pushdeck
