// SPDX-License-Identifier: GPL-3.0-or-later
#include "peer.h"

#include "failure.h"
#include "procstat.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cerrno>

namespace pushdeck::bench {

Peer::~Peer()
{
    if (m_descriptor >= 0)
        close(m_descriptor);
}

void Peer::open(const std::string &host, std::uint16_t port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1)
        throw Failure("'" + host + "' is no IPv4 address");
    if (m_descriptor >= 0)
        close(m_descriptor);
    m_unsent.clear();
    m_connecting = true;
    m_ready = false;
    m_descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0)
        throw systemFailure(m_name + ": socket");
    const int on = 1;
    setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    const auto *generic = reinterpret_cast<const sockaddr *>(&address);
    if (connect(m_descriptor, generic, sizeof(address)) != 0 && errno != EINPROGRESS)
        throw systemFailure(m_name + ": connect");
    m_loop.add(m_descriptor, EPOLLIN | EPOLLOUT, *this);
}

void Peer::handle(std::uint32_t events)
{
    if (m_connecting)
        finishConnecting();
    else if ((events & EPOLLOUT) != 0)
        flush();
    if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0)
        receive();
}

void Peer::finishConnecting()
{
    int error = 0;
    socklen_t size = sizeof(error);
    getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
        errno = error;
        throw systemFailure(m_name + ": connect");
    }
    m_connecting = false;
    m_loop.change(m_descriptor, EPOLLIN, *this);
    connected();
}

void Peer::send(std::string_view bytes)
{
    if (!m_unsent.empty()) {
        m_unsent.append(bytes);
        return;
    }
    const ssize_t count = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0 && errno != EAGAIN)
        throw systemFailure(m_name + ": send");
    const auto sent = static_cast<std::size_t>(count < 0 ? 0 : count);
    if (sent == bytes.size())
        return;
    m_unsent.assign(bytes.substr(sent));
    m_loop.change(m_descriptor, EPOLLIN | EPOLLOUT, *this);
}

void Peer::flush()
{
    const std::string waiting = std::move(m_unsent);
    m_unsent.clear();
    send(waiting);
    if (m_unsent.empty())
        m_loop.change(m_descriptor, EPOLLIN, *this);
}

void Peer::receive()
{
    auto &buffer = m_loop.buffer();
    for (;;) {
        const ssize_t count = recv(m_descriptor, buffer.data(), buffer.size(), 0);
        if (count < 0 && errno == EAGAIN)
            return;
        if (count < 0)
            throw systemFailure(m_name + ": recv");
        if (count == 0)
            fail("the server closed the connection");
        const auto size = static_cast<std::size_t>(count);
        received({buffer.data(), size}, nowNs());
        if (size < buffer.size() || m_connecting) // or opened anew
            return;
    }
}

void Peer::fail(const std::string &words) const
{
    throw Failure(m_name + ": " + words);
}

} // namespace pushdeck::bench
