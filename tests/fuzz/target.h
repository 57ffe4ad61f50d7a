// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

/// What each target of this folder defines, and libFuzzer or replay.cpp calls. Must leave nothing
/// behind that a later call could notice.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace pushdeck::fuzz {

/// Ends the process where a property does not hold, in every build type: both drivers count that as
/// a finding and name the input.
inline void require(bool holds, const char *property)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", property);
    std::abort();
}

/// The input as bytes of their own, so that a read beyond their end is seen.
inline QByteArray bytesOf(const std::uint8_t *data, std::size_t size)
{
    return QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
}

/// Calls `take(piece)` with the text cut into pieces of one to `most` bytes, until it says no. The
/// cuts follow from the text alone, so that a finding can be had again.
template <typename Take>
void inPieces(QByteArrayView text, qsizetype most, Take take)
{
    std::uint32_t state = 2166136261u; // FNV-1a, for cuts that look random
    while (!text.isEmpty()) {
        state = (state ^ static_cast<unsigned char>(text.front())) * 16777619u;
        const qsizetype length = qMin(text.size(), 1 + static_cast<qsizetype>(state >> 8) % most);
        if (!take(text.first(length)))
            return;
        text = text.sliced(length);
    }
}

} // namespace pushdeck::fuzz
