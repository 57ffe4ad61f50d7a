// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace pushdeck {

/// Every limit of the server in one place. A value: copied at construction by what obeys it, never
/// changed while the server runs. `…Bytes` are bytes, times are std::chrono, the rest are counts.
struct Limits
{
    // ---- one request's head (RFC 9112, 2 and 3)

    /// Request line and fields together, CRLFs included. Over it: 431.
    qint64 headBytes = 16 * 1024;

    /// Fields in a head. Over it: 431. Must stay below 100: QHttpServer drops *every* field of a
    /// head that has more than 100, the connection's own id included, and ours come on top.
    int headFields = 90;

    /// The request target. Over it: 414.
    qint64 targetBytes = 8 * 1024;

    // ---- bodies and frames

    /// One request's body, decoded. Over it: 413, as soon as the length is known, and closed.
    qint64 bodyBytes = 1024 * 1024;

    /// All bodies being collected at one time. Over it: 503 for the request that asks for more.
    qint64 bodiesBytesTotal = 64ll * 1024 * 1024;

    /// One WebSocket message, and one frame of it. Over it: close code 1009.
    qint64 frameBytes = 1024 * 1024;

    // ---- connections

    /// Open sockets, whatever they became (request, stream, WebSocket). Over it: 503 and closed.
    int connections = 20'000;

    /// Open sockets from one address, for IPv6 one /64 network: a household or a school behind one
    /// router is one address. Over it: 429 and closed. 0: as many as there may be.
    int connectionsPerAddress = 4'000;

    /// The same for each address of this machine's loopback: load tests come from there. 0: as many
    /// as there may be.
    int connectionsPerLoopback = 0;

    /// Connections the kernel may hold that were not accepted yet. Over it: the kernel drops SYNs,
    /// clients try again after a second.
    int listenBacklog = 4096;

    // ---- deadlines. None of them is exact: late by up to an eighth, at most 250 ms.

    /// From accept (or a later head's first byte) to the head's end. Over it: 408; a connection
    /// that never sent a byte is closed without a word.
    std::chrono::milliseconds headDeadline = std::chrono::seconds(10);

    /// From the head's end to the body's end. Over it: 408.
    std::chrono::milliseconds bodyDeadline = std::chrono::seconds(30);

    /// From accept to an upgrade's 101 (and, with TLS, to the end of its handshake). Over it:
    /// closed.
    std::chrono::milliseconds handshakeDeadline = std::chrono::seconds(10);

    /// A connection between two requests. Over it: closed without a word (RFC 9112, 9.5).
    std::chrono::milliseconds keepAliveIdle = std::chrono::seconds(75);

    /// A request that no handler has answered. Over it: 503 and closed. Must exceed the longest
    /// long-poll (120 s).
    std::chrono::milliseconds handlerDeadline = std::chrono::seconds(150);

    /// A response of which not one byte leaves: the client does not read. Over it: aborted.
    std::chrono::milliseconds writeStall = std::chrono::seconds(30);

    /// After the last response: how long what the client still sends is read and thrown away, so
    /// that closing does not reset the connection and take the response with it (RFC 9112, 9.6).
    std::chrono::milliseconds lingerDeadline = std::chrono::seconds(1);

    /// From a WebSocket message's first byte to its last, fragments included (RFC 6455, 5.4). Over
    /// it: close code 1008.
    std::chrono::milliseconds frameDeadline = std::chrono::seconds(30);

    /// Sent bytes that the peer's kernel does not acknowledge (TCP_USER_TIMEOUT, where there is
    /// one). Over it: the kernel drops the connection, as if reset.
    std::chrono::milliseconds unacknowledged = std::chrono::seconds(60);

    // ---- backlogs

    /// Input that arrives while a response is held. Over it: aborted, since a full read buffer
    /// would hide that the client has left.
    qint64 unreadWhilePendingBytes = 32 * 1024;

    /// Bytes waiting for one subscriber. Over it: the subscriber is closed as too slow.
    qint64 backlogBytes = 8ll * 1024 * 1024;

    /// All backlogs together. Over it: those with the biggest are closed (1013) until it is less.
    qint64 backlogBytesTotal = 1024ll * 1024 * 1024;

    // ---- topics

    /// Topics and patterns one client is subscribed to. Over it: 400; in `pushdeck.v1` an error.
    int topicsPerClient = 64;

    /// Topics with a subscriber, in all. Over it: 503 for a subscription that would bring another;
    /// close code 1013 where it is too late for that.
    int topicsSubscribed = 50'000;

    /// Different patterns subscribed to, in all: each is looked at for every message. As above.
    int patternsSubscribed = 256;
};

} // namespace pushdeck
