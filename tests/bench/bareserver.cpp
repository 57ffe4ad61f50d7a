// SPDX-License-Identifier: GPL-3.0-or-later
// The least a WebSocket relay can do: epoll, a frame encoded once, one send for each client. What a
// real server costs more than this is what it does more.
//   pushdeck-bareserver PORT
#include <QCryptographicHash>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

struct Client
{
    int descriptor = -1;
    bool isOpen = false; ///< the handshake is over
    std::string in;
    std::string out; ///< what the kernel did not take
};

int epollDescriptor = -1;
std::unordered_map<int, std::unique_ptr<Client>> clients;

void watch(const Client &client, int operation)
{
    epoll_event event{};
    event.events = client.out.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT;
    event.data.fd = client.descriptor;
    ::epoll_ctl(epollDescriptor, operation, client.descriptor, &event);
}

void sendTo(Client &client, const std::string &bytes)
{
    std::size_t sent = 0;
    if (client.out.empty()) {
        const ssize_t taken =
            ::send(client.descriptor, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        sent = taken > 0 ? static_cast<std::size_t>(taken) : 0;
    }
    if (sent == bytes.size())
        return;
    const bool isFirst = client.out.empty();
    client.out.append(bytes, sent);
    if (isFirst)
        watch(client, EPOLL_CTL_MOD);
}

void sendRest(Client &client)
{
    const ssize_t taken = ::send(client.descriptor, client.out.data(), client.out.size(),
                                 MSG_DONTWAIT | MSG_NOSIGNAL);
    if (taken > 0)
        client.out.erase(0, static_cast<std::size_t>(taken));
    if (client.out.empty())
        watch(client, EPOLL_CTL_MOD);
}

/// An unmasked, final frame (RFC 6455, 5.2).
std::string framed(char opcode, const std::string &payload)
{
    std::string frame(1, static_cast<char>(0x80 | opcode));
    const std::size_t size = payload.size();
    if (size < 126) {
        frame += static_cast<char>(size);
    } else {
        const int bytes = size < 65536 ? 2 : 8;
        frame += static_cast<char>(bytes == 2 ? 126 : 127);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            frame += static_cast<char>(size >> shift & 0xff);
    }
    return frame + payload;
}

void upgrade(Client &client)
{
    const std::size_t end = client.in.find("\r\n\r\n");
    const std::string name = "Sec-WebSocket-Key: ";
    const std::size_t key = client.in.find(name);
    if (end == std::string::npos || key == std::string::npos)
        return;
    const std::size_t from = key + name.size();
    const std::string given = client.in.substr(from, client.in.find("\r\n", from) - from);
    const QByteArray accept =
        QCryptographicHash::hash(
            QByteArray::fromStdString(given + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"),
            QCryptographicHash::Sha1)
            .toBase64();
    client.in.erase(0, end + 4);
    client.isOpen = true;
    sendTo(client,
           "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
           "Connection: Upgrade\r\nSec-WebSocket-Accept: " +
               accept.toStdString() + "\r\n\r\n");
}

/// Takes one masked frame off the front; false where it is not there whole.
bool takeFrame(std::string &in, char &opcode, std::string &payload)
{
    const auto byte = [&in](std::size_t at) { return static_cast<unsigned char>(in[at]); };
    if (in.size() < 2)
        return false;
    std::size_t size = byte(1) & 0x7f;
    std::size_t at = 2;
    const std::size_t lengthBytes = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (in.size() < at + lengthBytes + 4)
        return false;
    if (lengthBytes > 0) {
        size = 0;
        for (std::size_t i = 0; i < lengthBytes; ++i)
            size = size << 8 | byte(at++);
    }
    if (in.size() < at + 4 + size)
        return false;
    opcode = static_cast<char>(byte(0) & 0x0f);
    payload = in.substr(at + 4, size);
    for (std::size_t i = 0; i < size; ++i)
        payload[i] = static_cast<char>(payload[i] ^ in[at + i % 4]);
    in.erase(0, at + 4 + size);
    return true;
}

/// False where the client has gone.
bool readFrom(Client &client)
{
    std::array<char, 65536> buffer;
    const ssize_t got = ::recv(client.descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0)
        return errno == EAGAIN;
    if (got == 0)
        return false;
    client.in.append(buffer.data(), static_cast<std::size_t>(got));
    if (!client.isOpen)
        upgrade(client);
    char opcode = 0;
    std::string payload;
    while (client.isOpen && takeFrame(client.in, opcode, payload)) {
        if (opcode == 8)
            return false;
        if (opcode == 9)
            sendTo(client, framed(10, payload));
        if (opcode != 1 && opcode != 2)
            continue;
        const std::string frame = framed(opcode, payload);
        for (auto &[descriptor, other] : clients) {
            if (other->isOpen)
                sendTo(*other, frame);
        }
    }
    return true;
}

void acceptAll(int listening)
{
    for (;;) {
        const int descriptor = ::accept4(listening, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0)
            return;
        const int on = 1;
        ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        auto client = std::make_unique<Client>();
        client->descriptor = descriptor;
        watch(*client, EPOLL_CTL_ADD);
        clients[descriptor] = std::move(client);
    }
}

int listenOn(std::uint16_t port)
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
        ::listen(descriptor, 4096) != 0)
        return -1;
    return descriptor;
}

} // namespace

int main(int argc, char **argv)
{
    const int port = argc == 2 ? std::atoi(argv[1]) : 0;
    const int listening = port > 0 ? listenOn(static_cast<std::uint16_t>(port)) : -1;
    if (listening < 0) {
        std::fputs("Usage: pushdeck-bareserver PORT (a free one)\n", stderr);
        return 2;
    }
    epollDescriptor = ::epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = listening;
    ::epoll_ctl(epollDescriptor, EPOLL_CTL_ADD, listening, &event);
    std::array<epoll_event, 256> events;
    for (;;) {
        const int count = ::epoll_wait(epollDescriptor, events.data(), int(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            const epoll_event &one = events[static_cast<std::size_t>(i)];
            if (one.data.fd == listening) {
                acceptAll(listening);
                continue;
            }
            const auto it = clients.find(one.data.fd);
            if (it == clients.end())
                continue;
            if (one.events & EPOLLOUT)
                sendRest(*it->second);
            if ((one.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) && !readFrom(*it->second)) {
                ::close(one.data.fd);
                clients.erase(it);
            }
        }
    }
}
