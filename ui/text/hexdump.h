// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

namespace pushdeck {

constexpr int kHexBytesPerLine = 16;

/// Lines that `size` bytes need.
[[nodiscard]] qsizetype hexLineCount(qsizetype size);

/// The three parts of one line: "00000010", "68 65 6c 6c 6f …" and "hello…" (dots for what is not
/// printable ASCII).
struct HexLine
{
    QString offset;
    QString bytes;
    QString characters;
};
[[nodiscard]] HexLine hexLine(QByteArrayView data, qsizetype line);

/// Lines `from` to before `to` as text, for the clipboard.
[[nodiscard]] QString hexText(QByteArrayView data, qsizetype from, qsizetype to);

} // namespace pushdeck
