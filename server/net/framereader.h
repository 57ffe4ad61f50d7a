// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <array>

namespace pushdeck {

/// Opcodes of RFC 6455, 5.2.
enum class FrameOpcode : quint8 { More = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// Strict incremental reader of a client's WebSocket frames (RFC 6455, 5): puts fragments together
/// into messages, unmasks, and checks whatever a server must. Takes every byte once; what is wrong
/// is told at the first byte that shows it, before a payload is waited for or kept. Of a message
/// that is under way it holds what has arrived, never more than `messageBytes`. No extension is
/// known. No socket, no Qt object.
class FrameReader final
{
public:
    enum class Event : quint8 {
        NeedMore,
        Text,   ///< a whole message, UTF-8; see takePayload()
        Binary, ///< a whole message
        Ping,
        Pong,
        Close, ///< closeCode(), and the reason as takePayload()
        Bad    ///< closeCode() says why; nothing after this may be read
    };

    explicit FrameReader(qint64 messageBytes) : m_messageBytes(messageBytes) {}

    /// Takes bytes off the front of `bytes` up to the end of the next event.
    [[nodiscard]] Event next(QByteArrayView &bytes);

    /// Of the last event.
    [[nodiscard]] QByteArray takePayload() { return std::exchange(m_payload, {}); }

    /// RFC 6455, 7.4.1. Of Close: the peer's, 1005 where it gave none. Of Bad: 1002, 1007 or 1009.
    [[nodiscard]] quint16 closeCode() const { return m_closeCode; }

    /// Whether a frame or a message has begun and not ended.
    [[nodiscard]] bool isUnderWay() const { return m_part != Part::First || m_inMessage; }

    /// Bytes held of a message that has not ended.
    [[nodiscard]] qsizetype heldBytes() const { return m_message.capacity(); }

private:
    enum class Part : quint8 { First, Second, Length, Mask, Payload };

    [[nodiscard]] bool takeFirst(quint8 byte);
    [[nodiscard]] bool takeSecond(quint8 byte);
    [[nodiscard]] bool takeLength(quint8 byte);
    [[nodiscard]] bool lengthKnown();
    void takeMask(quint8 byte);
    void takePayloadBytes(QByteArrayView &bytes);
    [[nodiscard]] Event frameEnded();
    [[nodiscard]] Event closeEnded();
    bool bad(quint16 code);

    [[nodiscard]] bool isControl() const { return quint8(m_opcode) >= quint8(FrameOpcode::Close); }

    const qint64 m_messageBytes;
    QByteArray m_message; ///< fragments so far
    QByteArray m_control; ///< payload of a control frame so far
    QByteArray m_payload; ///< of the last event
    quint64 m_length = 0; ///< of the current frame's payload
    quint64 m_taken = 0;  ///< of it
    std::array<quint8, 4> m_mask{};
    quint16 m_closeCode = 0;
    Part m_part = Part::First;
    FrameOpcode m_opcode = FrameOpcode::More;
    FrameOpcode m_messageOpcode = FrameOpcode::More;
    quint8 m_digits = 0; ///< bytes of the length or the mask that are still to come
    quint8 m_lengthBytes = 0;
    bool m_fin = false;
    bool m_inMessage = false;
    bool m_bad = false;
};

/// One final frame of the server's, unmasked (RFC 6455, 5.5): `payload` is at most 125 bytes.
[[nodiscard]] QByteArray controlFrame(FrameOpcode opcode, QByteArrayView payload);

/// A close frame's payload; the reason must fit (123 bytes) and be UTF-8.
[[nodiscard]] QByteArray closePayload(quint16 code, QByteArrayView reason);

} // namespace pushdeck
