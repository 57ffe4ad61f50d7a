// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QVarLengthArray>

namespace pushdeck {

/// What waits to be encrypted for one connection: buffers as they were given, shared with whoever
/// else has them, handed out in pieces that fill a TLS record. Empty it holds nothing.
class PlainQueue final
{
public:
    /// What a record holds at most (RFC 8446, 5.1).
    static constexpr qsizetype kRecordBytes = 16 * 1024;

    void append(const QByteArray &part);
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

    /// The first bytes, as many as there are up to a record's: within the first buffer where that
    /// has them, else joined in `joined`. Not to be asked while empty.
    [[nodiscard]] QByteArrayView next(QByteArray &joined) const;

    /// The first `size` bytes are done with.
    void drop(qsizetype size);
    void clear();

private:
    [[nodiscard]] QByteArrayView rest(qsizetype buffer) const;

    QVarLengthArray<QByteArray, 1> m_buffers; ///< from m_first on
    qsizetype m_first = 0;
    qsizetype m_offset = 0; ///< into the first
    qint64 m_bytes = 0;
};

} // namespace pushdeck
