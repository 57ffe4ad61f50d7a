// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <cstddef>
#include <cstdint>

namespace pushdeck {

class Message;
struct Gap;

/// The forms in which a message travels. Each is made once per message, not once per client.
enum class WireFormat : std::uint8_t {
    WebSocketRaw,   ///< one frame, text or binary, payload as it is (RFC 6455, 5.6)
    WebSocketJson,  ///< one text frame holding the Json form
    WebSocketNchan, ///< `ws+meta.nchan`: id and content type before the payload
    SseRaw,         ///< one event (HTML, 9.2.5) in one HTTP chunk (RFC 9112, 7.1)
    SseJson,        ///< the same with the Json form as data and no event name
    SseRawPlain,    ///< as SseRaw without the chunk, for HTTP/1.0
    SseJsonPlain,   ///< as SseJson without the chunk, for HTTP/1.0
    Json,           ///< `{"type":"message",…}`, no framing
    PollRaw,        ///< a long-poll's answer with this message alone, from after its status line on
    PollJson        ///< the same with a batch of one as body
};
inline constexpr std::size_t kWireFormatCount = 10;

/// The bytes of a message in a format. Prefer Message::encoded(), which keeps them.
[[nodiscard]] QByteArray encode(const Message &message, WireFormat format);

/// The bytes that tell a gap in a format; empty where the format has no room for it (raw WebSocket
/// frames) or its session words it (long-polls).
[[nodiscard]] QByteArray encode(const Gap &gap, WireFormat format);

/// `{"messages":[LIST],"cursor":ID}`: the body of a long-poll's batch; `list` holds Json forms.
[[nodiscard]] QByteArray batchJson(const QByteArray &list, const QByteArray &cursor);

/// The field of a long-poll's answer that names a message's event; null where there is none or it
/// cannot stand in a field.
[[nodiscard]] QByteArray eventFieldValue(const QByteArray &event);

/// An HTTP date (RFC 9110, 5.6.7) of a time in UTC milliseconds.
[[nodiscard]] QByteArray httpDate(std::int64_t timeMs);

/// `{"type":"gap","lost":N|null,"reason":…,"resumed_at":ID}`.
[[nodiscard]] QByteArray gapJson(const Gap &gap);

/// A JSON string, quotes included. `utf8` must be valid UTF-8; what is not ASCII passes unchanged.
[[nodiscard]] QByteArray jsonString(QByteArrayView utf8);

/// An unmasked, final WebSocket frame (RFC 6455, 5.2).
enum class FrameKind : std::uint8_t { Text = 1, Binary = 2 };
[[nodiscard]] QByteArray webSocketFrame(FrameKind kind, QByteArrayView payload);

/// One chunk of a chunked body (RFC 9112, 7.1); `body` must not be empty: that would end the
/// stream.
[[nodiscard]] QByteArray httpChunk(QByteArrayView body);

/// `field: value` lines, one for each line of the value, split at CRLF, CR and LF (HTML, 9.2.6).
void appendSseField(QByteArray &event, QByteArrayView field, QByteArrayView value);

} // namespace pushdeck
