// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

namespace pushdeck::bench {

enum class Transport : std::uint8_t { WebSocket, Sse, Poll };
enum class PollFormat : std::uint8_t { Json, Raw };

/// How messages get to the server.
enum class PublishBy : std::uint8_t {
    WebSocket,    ///< `pushdeck.v1` over a WebSocket that subscribes to another topic
    Http,         ///< POST over one kept connection, one at a time
    RawWebSocket, ///< frames over a WebSocket of the topic itself: for servers that relay
    Grip          ///< POST of GRIP items, a connection each: for pushpin
};

/// What is measured, as the command line says it.
struct Options
{
    Transport transport = Transport::WebSocket;
    PollFormat pollFormat = PollFormat::Json;
    PublishBy publishBy = PublishBy::WebSocket;
    std::size_t subscribers = 1000;
    std::size_t messages = 1000; ///< measured, after those to warm up
    std::size_t warmUp = 20;
    std::size_t window = 1;       ///< messages in flight; not with a rate
    double rate = 0;              ///< messages a second; 0: by window
    bool sleeps = false;          ///< with a rate: leaves the CPU between messages
    std::size_t bytes = 100;      ///< of a payload
    std::size_t connecting = 256; ///< connections in handshake at a time
    std::size_t history = 1000;   ///< given to the server
    std::string topic = "/bench";
    std::string publishPath;       ///< where the publisher goes, if not to the topic
    std::string publishHost;       ///< and whom it goes to, if not to `host`
    std::uint16_t publishPort = 0; ///< 0: to `port`
    std::string server;            ///< program to start; empty: the one at `port`
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;
    int pid = 0;       ///< of an external server; 0: its use of CPU and memory is not known
    int serverCpu = 0; ///< -1: not pinned
    int benchCpu = 1;
    double idleSeconds = 2;
    bool json = false;
};

/// The options, or what is wrong with the command line. `--help` is a text to print and no error.
struct HelpText
{
    std::string text;
};
struct WrongUse
{
    std::string words;
};
[[nodiscard]] std::variant<Options, HelpText, WrongUse> parseOptions(int argc,
                                                                     const char *const *argv);

[[nodiscard]] const char *nameOf(Transport transport);
[[nodiscard]] const char *nameOf(PublishBy by);

} // namespace pushdeck::bench
