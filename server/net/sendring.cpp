// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/sendring.h"

#ifdef PUSHDECK_URING
#include <liburing.h>

#include <cerrno>

#include <sys/socket.h>
#else
struct io_uring
{
};
#endif

namespace pushdeck {

SendRing::SendRing(std::unique_ptr<io_uring> ring) : m_ring(std::move(ring)) {}

#ifdef PUSHDECK_URING
namespace {

bool canSend(io_uring &ring)
{
    io_uring_probe *probe = io_uring_get_probe_ring(&ring);
    const bool can = probe && io_uring_opcode_supported(probe, IORING_OP_SEND);
    io_uring_free_probe(probe);
    return can;
}

DirectSend resultOf(const io_uring_cqe &completion)
{
    if (completion.res >= 0)
        return {completion.res, false};
    // Interrupted before anything left is as if the kernel had no room: the rest is tried again.
    return {0, completion.res != -EINTR && isFatal(-completion.res)};
}

} // namespace

std::unique_ptr<SendRing> SendRing::open()
{
    auto ring = std::make_unique<io_uring>();
    // Nobody needs to be interrupted for what ends before the call returns. Linux 6.0 knows both.
    for (const unsigned flags : {IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_COOP_TASKRUN, 0U}) {
        if (io_uring_queue_init(kMost, ring.get(), flags) != 0)
            continue;
        if (canSend(*ring))
            return std::unique_ptr<SendRing>(new SendRing(std::move(ring)));
        io_uring_queue_exit(ring.get());
        break;
    }
    return nullptr;
}

SendRing::~SendRing()
{
    io_uring_queue_exit(m_ring.get());
}

bool SendRing::send(std::span<PieceToSend> pieces)
{
    for (PieceToSend &piece : pieces) {
        io_uring_sqe *entry = io_uring_get_sqe(m_ring.get()); // there are kMost, all free
        io_uring_prep_send(entry, int(piece.descriptor), piece.bytes, std::size_t(piece.size),
                           kSendFlags);
        io_uring_sqe_set_data(entry, &piece);
    }
    std::size_t begun = 0;
    while (begun < pieces.size()) {
        const int taken = io_uring_submit(m_ring.get());
        if (taken > 0)
            begun += std::size_t(taken);
        else if (taken != -EINTR)
            break;
    }
    // Each has ended already, since none may wait. The bytes must outlive them in any case.
    for (std::size_t i = 0; i < begun; ++i) {
        io_uring_cqe *completion = nullptr;
        int waited = 0;
        do {
            waited = io_uring_wait_cqe(m_ring.get(), &completion);
        } while (waited == -EINTR);
        if (waited != 0)
            qFatal("io_uring does not tell what became of what it was given: error %d", -waited);
        auto *piece = static_cast<PieceToSend *>(io_uring_cqe_get_data(completion));
        piece->result = resultOf(*completion);
        piece->isDone = true;
        io_uring_cqe_seen(m_ring.get(), completion);
    }
    return begun == pieces.size();
}
#else
std::unique_ptr<SendRing> SendRing::open()
{
    return nullptr;
}

SendRing::~SendRing() = default;

bool SendRing::send(std::span<PieceToSend>)
{
    return false;
}
#endif

} // namespace pushdeck
