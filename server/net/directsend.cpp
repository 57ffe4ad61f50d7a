// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/directsend.h"

#include <QTcpSocket>

#ifdef Q_OS_LINUX
#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>
#include <cstring>
#endif

namespace pushdeck {

bool maySendDirectly(const QTcpSocket &socket)
{
#ifdef Q_OS_LINUX
    return socket.bytesToWrite() == 0 && socket.socketDescriptor() >= 0;
#else
    Q_UNUSED(socket);
    return false;
#endif
}

#ifdef Q_OS_LINUX
namespace {

/// Up to here copying together what leaves together is cheaper than to have the kernel collect it.
constexpr qsizetype kJoinedBytes = 4096;

/// The buffers' bytes one behind the other, where there is room for all; -1 where there is not.
qsizetype join(const QByteArray *buffers, qsizetype count,
               std::array<char, std::size_t(kJoinedBytes)> &joined)
{
    qsizetype size = 0;
    for (qsizetype i = 0; i < count; ++i) {
        const QByteArray &buffer = buffers[i];
        if (buffer.size() > kJoinedBytes - size)
            return -1;
        std::memcpy(joined.data() + size, buffer.constData(), size_t(buffer.size()));
        size += buffer.size();
    }
    return size;
}

} // namespace

bool isFatal(int error)
{
    return error != EAGAIN && error != EWOULDBLOCK && error != ENOBUFS;
}
#endif

DirectSend sendDirectly(qintptr descriptor, const char *bytes, qsizetype size)
{
#ifdef Q_OS_LINUX
    ssize_t sent = 0;
    do {
        sent = ::send(int(descriptor), bytes, size_t(size), kSendFlags);
    } while (sent < 0 && errno == EINTR);
    if (sent < 0)
        return {0, isFatal(errno)};
    return {sent, false};
#else
    Q_UNUSED(descriptor);
    Q_UNUSED(bytes);
    Q_UNUSED(size);
    return {};
#endif
}

DirectSend sendDirectly(qintptr descriptor, const QByteArray *buffers, qsizetype count)
{
    DirectSend result;
#ifdef Q_OS_LINUX
    if (count == 1)
        return sendDirectly(descriptor, buffers->constData(), buffers->size());
    std::array<char, std::size_t(kJoinedBytes)> joined; // not filled beforehand
    if (const qsizetype size = join(buffers, count, joined); size >= 0)
        return sendDirectly(descriptor, joined.data(), size);
    constexpr std::size_t kMostPieces = 64; // below IOV_MAX; the stack stays small
    std::array<iovec, kMostPieces> pieces;
    qsizetype at = 0;     // first buffer not sent whole
    qsizetype offset = 0; // into it
    while (at < count) {
        std::size_t used = 0;
        size_t wanted = 0;
        for (qsizetype i = at; i < count && used < kMostPieces; ++i) {
            const qsizetype skip = i == at ? offset : 0;
            const auto size = size_t(buffers[i].size() - skip);
            if (size == 0)
                continue;
            pieces[used++] = {const_cast<char *>(buffers[i].constData() + skip), size};
            wanted += size;
        }
        if (used == 0)
            break; // only empty buffers were left
        msghdr message{};
        message.msg_iov = pieces.data();
        message.msg_iovlen = used;
        const ssize_t sent = ::sendmsg(int(descriptor), &message, kSendFlags);
        if (sent < 0) {
            if (errno == EINTR)
                continue;
            result.failed = isFatal(errno);
            break;
        }
        result.sentBytes += sent;
        for (auto left = qsizetype(sent); at < count;) {
            const qsizetype rest = buffers[at].size() - offset;
            if (left < rest) {
                offset += left;
                break;
            }
            left -= rest;
            offset = 0;
            ++at;
            if (left == 0)
                break;
        }
        if (size_t(sent) < wanted)
            break; // the kernel is full: asking again would only say so
    }
#else
    Q_UNUSED(descriptor);
    Q_UNUSED(buffers);
    Q_UNUSED(count);
#endif
    return result;
}

} // namespace pushdeck
