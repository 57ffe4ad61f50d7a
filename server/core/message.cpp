// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/message.h"

namespace pushdeck {

const QByteArray &Message::encoded(WireFormat format) const
{
    if (!m_encodings)
        m_encodings = std::make_unique<Encodings>();
    QByteArray &bytes = (*m_encodings)[static_cast<std::size_t>(format)];
    if (bytes.isNull())
        bytes = encode(*this, format);
    return bytes;
}

std::size_t Message::encodedBytes() const
{
    std::size_t bytes = 0;
    if (m_encodings) {
        for (const QByteArray &one : *m_encodings)
            bytes += static_cast<std::size_t>(one.size());
    }
    return bytes;
}

std::size_t Message::costBytes() const
{
    // The topic's name is shared with the table of topics, the rest is this message's own. The
    // allowance stands for the headers of the byte arrays, the shared pointer and a list node.
    constexpr std::size_t kBookkeepingBytes = 160;
    return sizeof(Message) + kBookkeepingBytes +
           static_cast<std::size_t>(m_fields.data.size() + m_fields.event.size() +
                                    m_fields.contentType.size() + m_fields.id.size());
}

} // namespace pushdeck
