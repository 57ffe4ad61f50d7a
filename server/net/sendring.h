// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/directsend.h"

#include <memory>
#include <span>

struct io_uring;

namespace pushdeck {

/// One send to one socket.
struct PieceToSend
{
    qintptr descriptor = -1;
    const char *bytes = nullptr;
    qsizetype size = 0;
    DirectSend result;
    bool isDone = false; ///< `result` is there
};

/// Does many sends in one system call, by Linux's io_uring (io_uring_enter(2)). A send to a client
/// is short; going to the kernel and back for each is a tenth of what it costs.
///
/// Thread: made and used on the same one.
class SendRing final
{
public:
    /// Sends of one call.
    static constexpr std::size_t kMost = 32;

    /// None where the kernel has no io_uring that sends (before Linux 5.6), or does not allow it,
    /// as in many containers, or where Pushdeck is built without liburing.
    [[nodiscard]] static std::unique_ptr<SendRing> open();

    ~SendRing();
    SendRing(const SendRing &) = delete;
    SendRing &operator=(const SendRing &) = delete;

    /// At most kMost pieces, each without blocking or SIGPIPE, as sendDirectly() does one. All have
    /// ended when it returns. False: the ring is of no use any more, and the pieces that are not
    /// done were not begun.
    [[nodiscard]] bool send(std::span<PieceToSend> pieces);

private:
    explicit SendRing(std::unique_ptr<io_uring> ring);

    std::unique_ptr<io_uring> m_ring;
};

} // namespace pushdeck
