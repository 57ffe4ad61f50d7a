// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/sendring.h"

#include <QByteArray>
#include <QVarLengthArray>

#include <array>
#include <memory>
#include <vector>

namespace pushdeck {

/// What leaves together for several sockets: one system call where the kernel has io_uring, one
/// after the other where it has not. Of who gets the same as the one before, the buffers are joined
/// once for both.
///
/// Thread: one.
class SendBatch final
{
public:
    static constexpr std::size_t kMost = SendRing::kMost;

    /// A batch with this many bytes is full: large ones would hold up everybody else.
    static constexpr qsizetype kMostBytes = 256 * 1024;

    /// Buffers that are more than this together are not joined.
    static constexpr qsizetype kMostJoinedBytes = 16 * 1024;

    /// Who sends.
    class Sender
    {
    public:
        /// The kernel took the first `sent.sentBytes` of `bytes`.
        virtual void sent(const DirectSend &sent, QByteArrayView bytes) = 0;

    protected:
        ~Sender() = default;
    };

    SendBatch() = default;
    SendBatch(const SendBatch &) = delete;
    SendBatch &operator=(const SendBatch &) = delete;

    /// Without io_uring from here on, whatever the kernel has.
    void useNoRing();

    /// Sends go through io_uring; known once there was a batch of two.
    [[nodiscard]] bool hasRing() const { return m_ring != nullptr; }

    /// Takes the buffers in, for a socket that maySendDirectly() and to which nothing else is
    /// written until send(). Several are joined; a single one is not copied, and must live until
    /// then. False: they are too large to be joined, so whoever has them sends them. The batch must
    /// not be full.
    [[nodiscard]] bool add(Sender &sender, qintptr descriptor, const QByteArray *buffers,
                           qsizetype count);

    [[nodiscard]] bool isFull() const
    {
        return m_size == kMost || m_bytes >= kMostBytes ||
               m_joinedSize > kRoomBytes - kMostJoinedBytes;
    }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }

    /// Sends what was taken in and tells each sender, in order.
    void send();
    /// Senders are being told.
    [[nodiscard]] bool isSending() const { return m_sends; }

    /// The sender goes, or sends by itself: what was taken in for it is not sent, or if that has
    /// happened it is not told.
    void forget(const Sender &sender);

private:
    /// For a few that cannot share what is joined.
    static constexpr qsizetype kRoomBytes = 8 * kMostJoinedBytes;

    [[nodiscard]] QByteArrayView join(const QByteArray *buffers, qsizetype count);
    [[nodiscard]] bool isAsBefore(const QByteArray *buffers, qsizetype count) const;
    void sendPieces(std::span<PieceToSend> pieces);
    void clear();

    std::array<PieceToSend, kMost> m_pieces;
    std::array<Sender *, kMost> m_senders{};
    std::size_t m_size = 0;
    qsizetype m_bytes = 0;

    std::vector<char> m_joined;
    qsizetype m_joinedSize = 0;
    QByteArrayView m_latest;                        ///< in m_joined
    QVarLengthArray<QByteArray, 8> m_latestBuffers; ///< what it was joined from

    std::unique_ptr<SendRing> m_ring;
    bool m_triesRing = true;
    bool m_sends = false;
};

} // namespace pushdeck
