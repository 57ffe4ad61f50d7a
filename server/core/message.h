// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/encoding.h"

#include <QByteArray>

#include <array>
#include <cstdint>
#include <memory>

namespace pushdeck {

/// Who published a message.
enum class Publisher : std::uint8_t { Operator, Http, Client };

/// A published message. Immutable but for the cache of its encodings; used on the server's thread
/// only. Shared by the history and everything that still has to send it.
class Message final
{
public:
    struct Fields
    {
        QByteArray id; ///< `<epoch>-<sequence>`
        std::uint64_t sequence = 0;
        QByteArray topic;
        QByteArray event;       ///< empty: none
        QByteArray contentType; ///< never empty
        QByteArray data;
        bool utf8 = true;        ///< `data` is well-formed UTF-8
        bool binary = false;     ///< not UTF-8, or published as a binary frame
        std::int64_t timeMs = 0; ///< UTC, milliseconds since the epoch
        Publisher publisher = Publisher::Operator;
        std::uint64_t clientId = 0; ///< of a Client publisher, else 0
        QByteArray origin;          ///< address and port of an Http publisher; for people
    };

    explicit Message(Fields fields) : m_fields(std::move(fields)) {}

    [[nodiscard]] const Fields *operator->() const { return &m_fields; }
    [[nodiscard]] const Fields &fields() const { return m_fields; }
    [[nodiscard]] std::uint64_t sequence() const { return m_fields.sequence; }

    /// The bytes of this message in a wire format: made once, then shared by every session of that
    /// format until dropEncodings().
    [[nodiscard]] const QByteArray &encoded(WireFormat format) const;

    /// Frees the cache. Bytes already handed out live on as long as somebody holds them, so the
    /// history need not pay for every format a message was ever sent in.
    void dropEncodings() const { m_encodings.reset(); }

    /// Bytes the cache holds.
    [[nodiscard]] std::size_t encodedBytes() const;

    /// Bytes this message holds in memory, without its encodings.
    [[nodiscard]] std::size_t costBytes() const;

private:
    using Encodings = std::array<QByteArray, kWireFormatCount>;

    const Fields m_fields;
    mutable std::unique_ptr<Encodings> m_encodings;
};

using MessagePtr = std::shared_ptr<const Message>;

} // namespace pushdeck
