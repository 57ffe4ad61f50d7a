// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/trafficwriter.h"

#include "ui/export/csvwriter.h"
#include "ui/export/harwriter.h"
#include "ui/export/jsonlwriter.h"

#include <QFileInfo>

namespace pushdeck {

using namespace Qt::StringLiterals;

std::optional<ExportFormat> exportFormatOf(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    for (const ExportFormat format : {ExportFormat::Jsonl, ExportFormat::Csv, ExportFormat::Har}) {
        if (suffix == exportSuffix(format))
            return format;
    }
    return std::nullopt;
}

QString exportSuffix(ExportFormat format)
{
    switch (format) {
        case ExportFormat::Csv:
            return u"csv"_s;
        case ExportFormat::Har:
            return u"har"_s;
        case ExportFormat::Jsonl:
            break;
    }
    return u"jsonl"_s;
}

std::unique_ptr<TrafficWriter> makeTrafficWriter(ExportFormat format,
                                                 const std::vector<TrafficEvent> &events,
                                                 const QString &baseUrl)
{
    switch (format) {
        case ExportFormat::Csv:
            return std::make_unique<CsvWriter>(events);
        case ExportFormat::Har:
            return std::make_unique<HarWriter>(events, baseUrl);
        case ExportFormat::Jsonl:
            break;
    }
    return std::make_unique<JsonlWriter>(events);
}

} // namespace pushdeck
