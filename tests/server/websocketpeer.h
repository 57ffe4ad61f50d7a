// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wireclient.h"

#include <QJsonObject>

#include <cstdint>
#include <optional>

namespace pushdeck {

/// One frame from the server (RFC 6455, 5.2).
struct WireFrame
{
    int opcode = 0;
    bool final = true;
    QByteArray payload;

    /// Of a close frame; 1005 where it has none.
    [[nodiscard]] int closeCode() const;
    [[nodiscard]] QByteArray closeReason() const { return payload.mid(2); }
};

/// A WebSocket client frame by frame, able to break every rule.
class WebSocketPeer final
{
public:
    enum Opcode { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

    /// Asks for the upgrade and waits for the answer, see status().
    WebSocketPeer(quint16 port, const QByteArray &target, const QByteArray &protocol = {},
                  const QByteArray &fields = {});

    [[nodiscard]] int status() const { return m_answer ? m_answer->status : 0; }
    [[nodiscard]] const WireAnswer &answer() const { return *m_answer; }

    void send(int opcode, const QByteArray &payload, bool final = true);
    /// The bits of the first byte as given; unmasked where the mask is 0.
    void sendRaw(std::uint8_t firstByte, const QByteArray &payload, std::uint32_t mask);
    void sendText(const QByteArray &text) { send(Text, text); }
    void sendJson(const QJsonObject &object);
    void sendClose(int code, const QByteArray &reason = {});

    /// The next frame, whatever it is.
    std::optional<WireFrame> frame();
    /// The payload of the next frame, which must be text; null otherwise.
    QByteArray text();
    QJsonObject json();
    /// Whether nothing else than a close comes before it; the close.
    std::optional<WireFrame> closeFrame();

    [[nodiscard]] WireClient &wire() { return m_wire; }

private:
    WireClient m_wire;
    std::optional<WireAnswer> m_answer;
};

} // namespace pushdeck
