// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

namespace pushdeck {

/// A request's head that comes again and again, the same but for one value in it: a client's next
/// long-poll, with its new cursor. What is the same byte for byte need not be parsed again. A date
/// in it that says nothing may be another: who sends `If-None-Match` often has `If-Modified-Since`
/// beside it, which then does not count (RFC 9110, 13.1.3). Immutable.
class RequestRepeat final
{
public:
    /// Heads that are longer are parsed each time.
    static constexpr qsizetype kMostBytes = 2048;

    /// Of a well-formed head without body, complete to its empty line. Null where `value` is not in
    /// it exactly once, since then nobody knows which is meant; where it holds anything but
    /// letters, digits and '-'; and where the head is too long. `date` may be another each time, of
    /// the same length, where it is in the head exactly once and apart from the value; empty: none.
    [[nodiscard]] static std::unique_ptr<RequestRepeat> of(const QByteArray &head,
                                                           const QByteArray &value,
                                                           const QByteArray &date = {});

    /// Whether that many bytes may be this request.
    [[nodiscard]] bool canBe(qsizetype size) const
    {
        return size > m_head.size() - m_value.size && size <= kMostBytes;
    }

    /// The value in `bytes`, if they are this request and nothing else; null if not, or if it holds
    /// what a value may not.
    [[nodiscard]] QByteArrayView valueIn(QByteArrayView bytes) const;

private:
    /// A part of m_head.
    struct Span
    {
        qsizetype at = 0;
        qsizetype size = 0;
        [[nodiscard]] qsizetype end() const { return at + size; }
    };

    RequestRepeat(QByteArray head, Span value, Span date);
    [[nodiscard]] bool isSame(QByteArrayView bytes, Span part) const;

    const QByteArray m_head;
    const Span m_value;
    const Span m_date; ///< empty: none
};

} // namespace pushdeck
