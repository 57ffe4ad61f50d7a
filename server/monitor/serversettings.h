// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace pushdeck {

/// What an operator may set of a server, as a plain value that crosses threads. What each means,
/// and what happens beyond it, stands where it is obeyed: policy/accesspolicy.h, net/limits.h,
/// core/history.h. `…Bytes` are bytes, times are std::chrono, the rest are counts.
struct ServerSettings
{
    /// Who may do what; holds for whoever asks from now on, clients that are connected stay.
    struct Access
    {
        QByteArray operatorToken;
        QByteArray publishToken;
        QByteArray subscribeToken;
        QByteArrayList origins; ///< empty: any
        bool relay = true;
        QByteArray topicRules; ///< one a line; see policy/topicrules.h
        QByteArray jwtKey;     ///< a secret, a public key as PEM, or `@` and a file that holds one

        bool operator==(const Access &) const = default;
    };

    /// What one publisher may send; see policy/publishrates.h. Holds at once.
    struct Rates
    {
        std::int64_t messagesPerSecond = 0; ///< 0: any number
        std::int64_t burst = 100;           ///< messages at once
        std::int64_t bytesPerSecond = 0;    ///< 0: any number

        bool operator==(const Rates &) const = default;
    };

    /// What is remembered. Holds at once: what is too much goes.
    struct History
    {
        std::size_t messagesPerTopic = 1000;
        std::size_t bytesPerTopic = 16ull * 1024 * 1024;
        std::size_t messages = 200'000;
        std::size_t bytes = 64ull * 1024 * 1024;

        bool operator==(const History &) const = default;
    };

    /// The bounds of the traffic log. Holds at once.
    struct Log
    {
        std::size_t events = 200'000;
        std::size_t bytes = 64ull * 1024 * 1024;

        bool operator==(const Log &) const = default;
    };

    /// Holds from the server's next start.
    struct Limits
    {
        std::int64_t headBytes = 16 * 1024;
        int headFields = 90;
        std::int64_t targetBytes = 8 * 1024;
        std::int64_t bodyBytes = 1024 * 1024;
        std::int64_t bodiesBytesTotal = 64ll * 1024 * 1024;
        std::int64_t frameBytes = 1024 * 1024;
        int connections = 20'000;
        int connectionsPerAddress = 4'000;
        int connectionsPerLoopback = 0;
        int listenBacklog = 4096;
        std::chrono::milliseconds headDeadline = std::chrono::seconds(10);
        std::chrono::milliseconds bodyDeadline = std::chrono::seconds(30);
        std::chrono::milliseconds handshakeDeadline = std::chrono::seconds(10);
        std::chrono::milliseconds keepAliveIdle = std::chrono::seconds(75);
        std::chrono::milliseconds handlerDeadline = std::chrono::seconds(150);
        std::chrono::milliseconds writeStall = std::chrono::seconds(30);
        std::chrono::milliseconds lingerDeadline = std::chrono::seconds(1);
        std::chrono::milliseconds frameDeadline = std::chrono::seconds(30);
        std::chrono::milliseconds unacknowledged = std::chrono::seconds(60);
        std::int64_t unreadWhilePendingBytes = 32 * 1024;
        std::int64_t backlogBytes = 8ll * 1024 * 1024;
        std::int64_t backlogBytesTotal = 1024ll * 1024 * 1024;
        int topicsPerClient = 64;
        int topicsSubscribed = 50'000;
        int patternsSubscribed = 256;

        bool operator==(const Limits &) const = default;
    };

    /// How clients may reach it encrypted; plain connections share the port. Holds at once, for
    /// connections from now on. See server/encryption.h.
    struct Encryption
    {
        enum class Source : std::uint8_t {
            Off,
            Files, ///< the operator's own certificate
            Made   ///< one that Pushdeck makes and signs
        };
        Source source = Source::Off;
        QString certificateFile; ///< PEM, for Files
        QString keyFile;         ///< PEM, for Files
        QString folder;          ///< for Made: where the authority is kept
        bool only = false;       ///< who comes without is sent to https, or away

        bool operator==(const Encryption &) const = default;
    };

    Access access;
    Rates rates;
    History history;
    Log log;
    Limits limits;
    Encryption encryption;
    QString wwwFolder;   ///< empty: none. Holds from the server's next start
    QString historyFile; ///< empty: none. Holds from the program's next start

    bool operator==(const ServerSettings &) const = default;
};

} // namespace pushdeck
