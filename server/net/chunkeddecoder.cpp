// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/chunkeddecoder.h"

namespace pushdeck {

namespace {

constexpr int kMostDigits = 15;
constexpr int kMostOverheadBytes = 4096;

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool isControl(char c)
{
    return (uchar(c) < 0x20 && c != '\t') || uchar(c) == 0x7f;
}

} // namespace

qsizetype ChunkedDecoder::feed(QByteArrayView bytes, QByteArray &out)
{
    qsizetype at = 0;
    while (m_state == State::NeedMore && at < bytes.size()) {
        bool good = true;
        switch (m_part) {
            case Part::Data: {
                const auto size = qsizetype(qMin(m_left, quint64(bytes.size() - at)));
                out.append(bytes.sliced(at, size));
                at += size;
                m_left -= quint64(size);
                if (m_left == 0)
                    m_part = Part::DataCr;
                continue;
            }
            case Part::Size:
            case Part::Extension:
            case Part::SizeLf:
                good = takeSizeByte(bytes[at]);
                break;
            case Part::DataCr:
                good = bytes[at] == '\r';
                m_part = Part::DataLf;
                break;
            case Part::DataLf:
                good = bytes[at] == '\n';
                m_part = Part::Size;
                break;
            case Part::Trailer:
                good = takeTrailerByte(bytes[at]);
                break;
        }
        if (!good)
            m_state = State::Bad;
        else
            ++at;
    }
    return at;
}

/// chunk-size [ ";" extension ] CRLF. White space before ';' is what RFC 9112 calls "bad", and what
/// smugglers use: refused.
bool ChunkedDecoder::takeSizeByte(char c)
{
    if (m_part == Part::Size) {
        if (const int digit = hexValue(c); digit >= 0) {
            if (++m_digits > kMostDigits)
                return false;
            m_left = m_left * 16 + quint64(digit);
            return true;
        }
        if (m_digits == 0)
            return false;
        if (c == ';') {
            m_part = Part::Extension;
            return ++m_overheadBytes <= kMostOverheadBytes;
        }
        m_part = Part::SizeLf;
        return c == '\r';
    }
    if (m_part == Part::Extension) {
        if (c != '\r')
            return !isControl(c) && ++m_overheadBytes <= kMostOverheadBytes;
        m_part = Part::SizeLf;
        return true;
    }
    if (c != '\n')
        return false;
    m_digits = 0;
    m_announced += m_left;
    m_part = m_left > 0 ? Part::Data : Part::Trailer;
    return m_announced < (quint64(1) << 62);
}

/// Trailer fields, then an empty line. Only their shape is looked at.
bool ChunkedDecoder::takeTrailerByte(char c)
{
    if (m_sawCr) {
        m_sawCr = false;
        if (c != '\n')
            return false;
        if (m_lineBytes == 0) {
            m_state = State::Done;
            return true;
        }
        const bool good = m_trailerColon;
        m_lineBytes = 0;
        m_trailerColon = false;
        return good;
    }
    if (++m_overheadBytes > kMostOverheadBytes)
        return false;
    if (c == '\r') {
        m_sawCr = true;
        return true;
    }
    if (m_lineBytes == 0 && (c == ' ' || c == '\t' || c == ':'))
        return false;
    if (c == ':')
        m_trailerColon = true;
    ++m_lineBytes;
    return !isControl(c);
}

} // namespace pushdeck
