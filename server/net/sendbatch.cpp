// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/sendbatch.h"

#include <algorithm>
#include <numeric>

namespace pushdeck {

namespace {

/// Where buffers of one content are not one buffer, up to here it is cheaper to find out than to
/// join them.
constexpr qsizetype kComparedBytes = 512;

bool areSame(const QByteArray &one, const QByteArray &other)
{
    return one.size() == other.size() &&
           (one.constData() == other.constData() || (one.size() <= kComparedBytes && one == other));
}

} // namespace

void SendBatch::useNoRing()
{
    m_triesRing = false;
    m_ring.reset();
}

bool SendBatch::add(Sender &sender, qintptr descriptor, const QByteArray *buffers, qsizetype count)
{
    Q_ASSERT(!isFull() && !m_sends);
    const QByteArrayView bytes = count == 1 ? QByteArrayView(*buffers) : join(buffers, count);
    if (bytes.isEmpty())
        return false;
    m_senders[m_size] = &sender;
    m_pieces[m_size] = {descriptor, bytes.data(), bytes.size(), {}, false};
    ++m_size;
    m_bytes += bytes.size();
    return true;
}

/// Empty: too large.
QByteArrayView SendBatch::join(const QByteArray *buffers, qsizetype count)
{
    if (isAsBefore(buffers, count))
        return m_latest;
    const qsizetype size =
        std::accumulate(buffers, buffers + count, qsizetype(0),
                        [](qsizetype sum, const QByteArray &one) { return sum + one.size(); });
    if (size > kMostJoinedBytes)
        return {};
    if (m_joined.empty())
        m_joined.resize(std::size_t(kRoomBytes));
    char *const begin = m_joined.data() + m_joinedSize;
    char *at = begin;
    m_latestBuffers.clear();
    for (const QByteArray *one = buffers; one != buffers + count; ++one) {
        at = std::copy_n(one->constData(), one->size(), at);
        m_latestBuffers.append(*one);
    }
    m_joinedSize += size;
    m_latest = {begin, size};
    return m_latest;
}

bool SendBatch::isAsBefore(const QByteArray *buffers, qsizetype count) const
{
    return count == m_latestBuffers.size() &&
           std::equal(m_latestBuffers.begin(), m_latestBuffers.end(), buffers, areSame);
}

void SendBatch::send()
{
    if (m_size == 0)
        return;
    sendPieces({m_pieces.data(), m_size});
    m_sends = true;
    for (std::size_t i = 0; i < m_size; ++i) {
        const PieceToSend &piece = m_pieces[i];
        if (Sender *sender = m_senders[i])
            sender->sent(piece.result, {piece.bytes, piece.size});
    }
    m_sends = false;
    clear();
}

void SendBatch::sendPieces(std::span<PieceToSend> pieces)
{
    if (m_triesRing && pieces.size() > 1) {
        if (!m_ring)
            m_ring = SendRing::open();
        if (m_ring && m_ring->send(pieces))
            return;
        useNoRing();
    }
    for (PieceToSend &piece : pieces) {
        if (!piece.isDone)
            piece.result = sendDirectly(piece.descriptor, piece.bytes, piece.size);
    }
}

void SendBatch::forget(const Sender &sender)
{
    const auto end = m_senders.begin() + std::ptrdiff_t(m_size);
    const auto it = std::find(m_senders.begin(), end, &sender);
    if (it == end)
        return;
    if (m_sends) {
        *it = nullptr;
        return;
    }
    const auto at = it - m_senders.begin();
    std::copy(it + 1, end, it);
    std::copy(m_pieces.begin() + at + 1, m_pieces.begin() + std::ptrdiff_t(m_size),
              m_pieces.begin() + at);
    --m_size;
}

void SendBatch::clear()
{
    m_size = 0;
    m_bytes = 0;
    m_joinedSize = 0;
    m_latest = {};
    m_latestBuffers.clear();
}

} // namespace pushdeck
