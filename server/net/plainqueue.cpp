// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/plainqueue.h"

#include <algorithm>
#include <utility>

namespace pushdeck {

void PlainQueue::append(const QByteArray &part)
{
    if (part.isEmpty())
        return;
    m_buffers.append(part);
    m_bytes += part.size();
}

QByteArrayView PlainQueue::rest(qsizetype buffer) const
{
    return QByteArrayView(m_buffers[buffer]).sliced(buffer == m_first ? m_offset : 0);
}

QByteArrayView PlainQueue::next(QByteArray &joined) const
{
    const QByteArrayView first = rest(m_first);
    if (first.size() >= kRecordBytes || first.size() == m_bytes)
        return first.first(std::min(first.size(), kRecordBytes));
    joined.resize(0);
    for (qsizetype i = m_first; i < m_buffers.size() && joined.size() < kRecordBytes; ++i) {
        const QByteArrayView part = rest(i);
        joined.append(part.first(std::min(part.size(), kRecordBytes - joined.size())));
    }
    return joined;
}

void PlainQueue::drop(qsizetype size)
{
    m_bytes -= size;
    m_offset += size;
    while (m_first < m_buffers.size() && m_offset >= m_buffers[m_first].size())
        m_offset -= std::exchange(m_buffers[m_first++], {}).size();
    if (m_bytes == 0) {
        clear();
    } else if (m_first > m_buffers.size() / 2) {
        m_buffers.remove(0, m_first);
        m_first = 0;
    }
}

void PlainQueue::clear()
{
    m_buffers.clear();
    m_buffers.squeeze();
    m_first = 0;
    m_offset = 0;
    m_bytes = 0;
}

} // namespace pushdeck
