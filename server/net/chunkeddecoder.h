// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace pushdeck {

/// Strict incremental decoder of the chunked coding (RFC 9112, 7.1). Sizes of at most 15 hex
/// digits; extensions and trailers are bounded, checked for control characters, and dropped.
class ChunkedDecoder final
{
public:
    enum class State : quint8 { NeedMore, Done, Bad };

    /// Takes bytes up to the body's end, appends what they carry to `out`, and returns how many it
    /// took: all of them, unless the state is now Done or Bad.
    qsizetype feed(QByteArrayView bytes, QByteArray &out);

    [[nodiscard]] State state() const { return m_state; }

    /// Decoded length so far, including what the current chunk's size has announced: a body limit
    /// can be applied before the bytes arrive.
    [[nodiscard]] quint64 announcedBytes() const { return m_announced; }

private:
    enum class Part : quint8 { Size, Extension, SizeLf, Data, DataCr, DataLf, Trailer };

    bool takeSizeByte(char c);
    bool takeTrailerByte(char c);

    State m_state = State::NeedMore;
    Part m_part = Part::Size;
    int m_digits = 0;
    int m_overheadBytes = 0; ///< extensions and trailers so far
    int m_lineBytes = 0;     ///< of the current trailer line
    bool m_trailerColon = false;
    bool m_sawCr = false;
    quint64 m_left = 0; ///< of the current chunk
    quint64 m_announced = 0;
};

} // namespace pushdeck
