// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace pushdeck {

/// A request's head that comes again and again, the same but for one value in it: a client's next
/// long-poll, with its new cursor. What is the same byte for byte need not be parsed again.
/// Immutable.
class RequestRepeat final
{
public:
    /// Heads that are longer are parsed each time.
    static constexpr qsizetype kMostBytes = 2048;

    /// Of a well-formed head without body, complete to its empty line. Null where `value` is not in
    /// it exactly once, since then nobody knows which is meant; where it holds anything but
    /// letters, digits and '-'; and where the head is too long.
    [[nodiscard]] static std::unique_ptr<RequestRepeat> of(const QByteArray &head,
                                                           const QByteArray &value);

    /// Whether that many bytes may be this request.
    [[nodiscard]] bool canBe(qsizetype size) const
    {
        return size > m_head.size() - m_valueSize && size <= kMostBytes;
    }

    /// The value in `bytes`, if they are this request and nothing else; null if not, or if it holds
    /// what a value may not.
    [[nodiscard]] QByteArrayView valueIn(QByteArrayView bytes) const;

private:
    RequestRepeat(QByteArray head, qsizetype valueAt, qsizetype valueSize);

    const QByteArray m_head;
    const qsizetype m_valueAt;
    const qsizetype m_valueSize;
};

} // namespace pushdeck
