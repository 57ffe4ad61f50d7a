// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/framereader.h"

#include <QUtf8StringView>
#include <QtEndian>

#include <cstring>

namespace pushdeck {

namespace {

constexpr quint16 kProtocolError = 1002;
constexpr quint16 kNoCode = 1005;
constexpr quint16 kNotUtf8 = 1007;
constexpr quint16 kTooBig = 1009;

constexpr quint64 kControlBytes = 125;

/// A payload's first bytes are kept in this much; then it grows as it arrives, not as announced.
constexpr qsizetype kFirstBytes = 4096;

bool isUtf8(QByteArrayView bytes)
{
    return QUtf8StringView(bytes.data(), bytes.size()).isValidUtf8();
}

/// What may stand in a close frame (RFC 6455, 7.4, and its registry: 1012 to 1014).
bool isCloseCode(quint16 code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
           (code >= 3000 && code <= 4999);
}

/// `phase` is how much of the frame came before.
void unmask(const char *from, char *to, qsizetype size, const std::array<quint8, 4> &mask,
            quint64 phase)
{
    std::array<char, 8> turned;
    for (std::size_t i = 0; i < turned.size(); ++i)
        turned[i] = char(mask[(phase + i) % mask.size()]);
    quint64 wide = 0;
    std::memcpy(&wide, turned.data(), sizeof wide);
    qsizetype at = 0;
    for (; at + qsizetype(sizeof wide) <= size; at += qsizetype(sizeof wide)) {
        quint64 word = 0;
        std::memcpy(&word, from + at, sizeof word);
        word ^= wide;
        std::memcpy(to + at, &word, sizeof word);
    }
    for (; at < size; ++at)
        to[at] = char(from[at] ^ turned[std::size_t(at) % turned.size()]);
}

} // namespace

bool FrameReader::bad(quint16 code)
{
    m_bad = true;
    m_closeCode = code;
    m_message = {};
    m_control = {};
    return false;
}

FrameReader::Event FrameReader::next(QByteArrayView &bytes)
{
    while (!m_bad) {
        if (m_part == Part::Payload) {
            takePayloadBytes(bytes);
            return m_taken < m_length ? Event::NeedMore : frameEnded();
        }
        if (bytes.isEmpty())
            return Event::NeedMore;
        const auto byte = quint8(bytes.front());
        bytes = bytes.sliced(1);
        bool good = true;
        switch (m_part) {
            case Part::First:
                good = takeFirst(byte);
                break;
            case Part::Second:
                good = takeSecond(byte);
                break;
            case Part::Length:
                good = takeLength(byte);
                break;
            case Part::Mask:
                takeMask(byte);
                break;
            case Part::Payload:
                break;
        }
        // A frame without a payload ends with its mask; one that continues is no event.
        if (good && m_part == Part::Payload && m_length == 0) {
            const Event event = frameEnded();
            if (event != Event::NeedMore)
                return event;
        }
    }
    return Event::Bad;
}

bool FrameReader::takeFirst(quint8 byte)
{
    constexpr quint8 kFin = 0x80;
    constexpr quint8 kReserved = 0x70; // an extension's, and there is none
    constexpr quint8 kOpcode = 0x0f;
    const auto opcode = quint8(byte & kOpcode);
    m_fin = (byte & kFin) != 0;
    m_opcode = FrameOpcode(opcode);
    const bool known = opcode <= quint8(FrameOpcode::Binary) ||
                       (isControl() && opcode <= quint8(FrameOpcode::Pong));
    if ((byte & kReserved) != 0 || !known || (isControl() && !m_fin))
        return bad(kProtocolError);
    if (!isControl() && (m_opcode == FrameOpcode::More) != m_inMessage)
        return bad(kProtocolError);
    m_part = Part::Second;
    return true;
}

bool FrameReader::takeSecond(quint8 byte)
{
    constexpr quint8 kMasked = 0x80;
    constexpr quint8 kTwoBytes = 126;
    constexpr quint8 kEightBytes = 127;
    if ((byte & kMasked) == 0) // 5.1: a client masks every frame
        return bad(kProtocolError);
    m_length = byte & 0x7f;
    m_taken = 0;
    m_lengthBytes = m_length == kTwoBytes ? 2 : m_length == kEightBytes ? 8 : 0;
    if (isControl() && m_length > kControlBytes)
        return bad(kProtocolError);
    if (m_lengthBytes == 0)
        return lengthKnown();
    m_length = 0;
    m_digits = m_lengthBytes;
    m_part = Part::Length;
    return true;
}

bool FrameReader::takeLength(quint8 byte)
{
    if (m_lengthBytes == 8 && m_digits == 8 && (byte & 0x80) != 0)
        return bad(kProtocolError);
    m_length = m_length << 8 | byte;
    if (--m_digits > 0)
        return true;
    // 5.2: in as few bytes as will do.
    const quint64 least = m_lengthBytes == 2 ? kControlBytes + 1 : 0x10000;
    return m_length >= least ? lengthKnown() : bad(kProtocolError);
}

bool FrameReader::lengthKnown()
{
    if (!isControl()) {
        const auto room = quint64(m_messageBytes - m_message.size());
        if (m_length > room)
            return bad(kTooBig);
        if (!m_inMessage) {
            m_inMessage = true;
            m_messageOpcode = m_opcode;
        }
    }
    m_digits = quint8(m_mask.size());
    m_part = Part::Mask;
    return true;
}

void FrameReader::takeMask(quint8 byte)
{
    m_mask[m_mask.size() - m_digits] = byte;
    if (--m_digits == 0)
        m_part = Part::Payload;
}

void FrameReader::takePayloadBytes(QByteArrayView &bytes)
{
    const auto size = qsizetype(qMin(m_length - m_taken, quint64(bytes.size())));
    if (size == 0)
        return;
    QByteArray &into = isControl() ? m_control : m_message;
    const qsizetype before = into.size();
    const qsizetype needed = before + size;
    // Never more than twice what is there, and in the end exactly what was announced: the message
    // is kept as it is.
    if (into.capacity() < needed) {
        const qsizetype whole = before + qsizetype(m_length - m_taken);
        into.reserve(qMin(whole, qMax(2 * needed, kFirstBytes)));
    }
    into.resize(needed);
    unmask(bytes.data(), into.data() + before, size, m_mask, m_taken);
    m_taken += quint64(size);
    bytes = bytes.sliced(size);
}

FrameReader::Event FrameReader::frameEnded()
{
    m_part = Part::First;
    if (isControl()) {
        m_payload = std::exchange(m_control, {});
        if (m_opcode == FrameOpcode::Close)
            return closeEnded();
        return m_opcode == FrameOpcode::Ping ? Event::Ping : Event::Pong;
    }
    if (!m_fin)
        return Event::NeedMore;
    m_inMessage = false;
    if (m_messageOpcode == FrameOpcode::Text && !isUtf8(m_message)) {
        bad(kNotUtf8);
        return Event::Bad;
    }
    m_payload = std::exchange(m_message, {});
    m_payload.squeeze();
    return m_messageOpcode == FrameOpcode::Text ? Event::Text : Event::Binary;
}

FrameReader::Event FrameReader::closeEnded()
{
    m_closeCode = kNoCode;
    if (m_payload.isEmpty())
        return Event::Close;
    if (m_payload.size() >= 2)
        m_closeCode = qFromBigEndian<quint16>(m_payload.constData());
    if (m_payload.size() < 2 || !isCloseCode(m_closeCode)) {
        bad(kProtocolError);
        return Event::Bad;
    }
    m_payload.remove(0, 2);
    if (!isUtf8(m_payload)) {
        bad(kNotUtf8);
        return Event::Bad;
    }
    return Event::Close;
}

QByteArray controlFrame(FrameOpcode opcode, QByteArrayView payload)
{
    constexpr int kFin = 0x80;
    Q_ASSERT(payload.size() <= qsizetype(kControlBytes));
    QByteArray frame;
    frame.reserve(2 + payload.size());
    frame += char(kFin | int(opcode));
    frame += char(payload.size());
    frame += payload;
    return frame;
}

QByteArray closePayload(quint16 code, QByteArrayView reason)
{
    QByteArray payload(2, Qt::Uninitialized);
    qToBigEndian(code, payload.data());
    return payload += reason;
}

} // namespace pushdeck
