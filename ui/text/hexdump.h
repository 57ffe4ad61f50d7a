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

/// Where in a line's bytes the byte of that place (0 to 15) stands; a gap is in the middle.
[[nodiscard]] constexpr qsizetype hexColumn(qsizetype place)
{
    return place * 3 + (place >= kHexBytesPerLine / 2 ? 1 : 0);
}

/// Lines `from` to before `to` as text, for the clipboard.
[[nodiscard]] QString hexText(QByteArrayView data, qsizetype from, qsizetype to);

} // namespace pushdeck
