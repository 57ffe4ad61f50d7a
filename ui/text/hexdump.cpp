// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/hexdump.h"

#include <algorithm>

namespace pushdeck {

qsizetype hexLineCount(qsizetype size)
{
    return (size + kHexBytesPerLine - 1) / kHexBytesPerLine;
}

HexLine hexLine(QByteArrayView data, qsizetype line)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    const qsizetype begin = std::clamp<qsizetype>(line * kHexBytesPerLine, 0, data.size());
    const qsizetype end = std::min<qsizetype>(begin + kHexBytesPerLine, data.size());
    HexLine out;
    out.offset = QString::number(begin, 16).rightJustified(8, QLatin1Char('0'));
    out.bytes.reserve(kHexBytesPerLine * 3 + 1);
    for (qsizetype i = begin; i < end; ++i) {
        const auto byte = static_cast<unsigned char>(data[i]);
        if (i > begin)
            out.bytes +=
                (i - begin) == kHexBytesPerLine / 2 ? QLatin1String("  ") : QLatin1String(" ");
        out.bytes += QLatin1Char(kDigits[byte >> 4]);
        out.bytes += QLatin1Char(kDigits[byte & 15]);
        out.characters += QLatin1Char(byte >= 0x20 && byte < 0x7F ? data[i] : '.');
    }
    return out;
}

QString hexText(QByteArrayView data, qsizetype from, qsizetype to)
{
    QString out;
    for (qsizetype line = from; line < std::min(to, hexLineCount(data.size())); ++line) {
        const HexLine parts = hexLine(data, line);
        out += parts.offset + QLatin1String("  ") +
               parts.bytes.leftJustified(kHexBytesPerLine * 3, QLatin1Char(' ')) +
               QLatin1String("  ") + parts.characters + QLatin1Char('\n');
    }
    return out;
}

} // namespace pushdeck
