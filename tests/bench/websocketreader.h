// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pushdeck::bench {

/// Reads a server's WebSocket frames (RFC 6455, 5.2) from a stream cut anywhere. What lies whole in
/// the bytes fed is handed on without a copy.
class WebSocketReader final
{
public:
    enum Opcode : std::uint8_t {
        Continuation = 0,
        Text = 1,
        Binary = 2,
        Close = 8,
        Ping = 9,
        Pong
    };

    /// Calls `onMessage(payload)` for each whole message and `onControl(opcode, payload)` for each
    /// control frame. False once the bytes are no frames a server may send.
    template <typename OnMessage, typename OnControl>
    bool feed(std::string_view bytes, OnMessage &&onMessage, OnControl &&onControl)
    {
        const bool joined = !m_rest.empty();
        if (joined)
            m_rest.append(bytes);
        const std::string_view all = joined ? std::string_view(m_rest) : bytes;
        std::size_t at = 0;
        while (!m_broken) {
            const std::size_t used = frame(all.substr(at), onMessage, onControl);
            if (used == 0)
                break;
            at += used;
        }
        if (joined)
            m_rest.erase(0, at);
        else
            m_rest.assign(all.substr(at));
        return !m_broken;
    }

private:
    /// Bytes of the frame that `bytes` begins with; 0 where it is not whole.
    template <typename OnMessage, typename OnControl>
    std::size_t frame(std::string_view bytes, OnMessage &&onMessage, OnControl &&onControl)
    {
        if (bytes.size() < 2)
            return 0;
        const auto byte = [bytes](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
        const bool final = (byte(0) & 0x80) != 0;
        const auto opcode = static_cast<Opcode>(byte(0) & 0x0f);
        // No extension was asked for, and a server never masks.
        if ((byte(0) & 0x70) != 0 || (byte(1) & 0x80) != 0)
            return fail();
        std::uint64_t size = byte(1);
        std::size_t header = 2;
        if (size >= 126) {
            header = size == 126 ? 4 : 10;
            if (bytes.size() < header)
                return 0;
            size = 0;
            for (std::size_t i = 2; i < header; ++i)
                size = size << 8 | byte(i);
        }
        if (size > kMostBytes)
            return fail();
        if (bytes.size() - header < size)
            return 0;
        const std::string_view payload = bytes.substr(header, static_cast<std::size_t>(size));
        const std::size_t used = header + payload.size();

        if (opcode >= Close) {
            if (!final || size > 125 || opcode > Pong)
                return fail();
            onControl(opcode, payload);
            return used;
        }
        if (opcode > Binary || (opcode == Continuation) != m_inMessage)
            return fail();
        if (final && !m_inMessage) {
            onMessage(payload);
            return used;
        }
        m_parts.append(payload);
        m_inMessage = !final;
        if (final) {
            onMessage(std::string_view(m_parts));
            m_parts.clear();
        }
        return used;
    }

    std::size_t fail()
    {
        m_broken = true;
        return 0;
    }

    static constexpr std::uint64_t kMostBytes = 64u * 1024 * 1024;

    std::string m_rest;  ///< the beginning of a frame
    std::string m_parts; ///< of a message in several frames
    bool m_inMessage = false;
    bool m_broken = false;
};

/// A masked, final text frame as a client sends it; the mask is zero, so the payload stays as it
/// is.
[[nodiscard]] inline std::string clientFrame(WebSocketReader::Opcode opcode,
                                             std::string_view payload)
{
    std::string frame;
    frame.reserve(payload.size() + 14);
    frame.push_back(static_cast<char>(0x80 | opcode));
    const std::size_t size = payload.size();
    const int lengthBytes = size < 126 ? 0 : size <= 0xffff ? 2 : 8;
    frame.push_back(static_cast<char>(0x80 | (lengthBytes == 0   ? size
                                              : lengthBytes == 2 ? 126u
                                                                 : 127u)));
    for (int i = lengthBytes - 1; i >= 0; --i)
        frame.push_back(static_cast<char>(size >> (8 * i) & 0xff));
    frame.append(4, '\0');
    return frame.append(payload);
}

} // namespace pushdeck::bench
