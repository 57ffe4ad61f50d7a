// SPDX-License-Identifier: GPL-3.0-or-later
#include "options.h"

#include "payload.h"

#include <charconv>
#include <filesystem>
#include <functional>
#include <map>
#include <string_view>

namespace pushdeck::bench {

namespace {

constexpr char kHelp[] = R"(Usage: pushdeck-bench [options]

Subscribes many clients to one topic, publishes, and says what it cost the server. Every client must
get every message exactly once and in order, or there is no result.

  --transport ws|sse|poll  how the clients are connected (ws)
  --subs N                 clients (1000)
  --messages M             messages, after --warmup ones that do not count (1000)
  --warmup M               (20)
  --window W               messages in flight: one is sent when all clients have the W-th before (1)
  --rate R                 messages a second, instead of a window
  --sleep                  with a rate: sleep between messages and send those due each millisecond
                           at once, where the CPU is shared with what is measured
  --size BYTES             of a message (100)
  --topic PATH             (/bench)
  --publish ws|http|raw|grip
                           pushdeck.v1 over a WebSocket, POST, frames on the topic itself, or POST
                           of GRIP items, as pushpin takes them (ws)
  --publish-path PATH      where http, raw and grip publish, if not at the topic or at /publish/
  --publish-url http://IP:PORT
                           the server they publish to, if not that of --url
  --poll json|raw          batches by cursor, or single messages by ETag (json)
  --connecting N           connections in handshake at a time (256)
  --idle SECONDS           how long the idle server is watched (2)

  --server PATH            the program to start (pushdeck beside this one)
  --history N              messages it remembers a topic (1000)
  --url http://IP:PORT     a server that runs already, and
  --pid PID                its process, to see what it and those it started cost
  --server-cpu N           where it runs (0), -1: anywhere
  --bench-cpu N            where this program runs (1), -1: anywhere

  --json                   the result as one JSON object
  --help                   this text
)";

template <typename Number>
bool toNumber(std::string_view text, Number least, Number most, Number &value)
{
    Number parsed{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed);
    if (error != std::errc() || end != text.data() + text.size() || parsed < least || parsed > most)
        return false;
    value = parsed;
    return true;
}

template <typename Choice>
bool toChoice(std::string_view text, const std::map<std::string_view, Choice> &choices,
              Choice &value)
{
    const auto found = choices.find(text);
    if (found != choices.end())
        value = found->second;
    return found != choices.end();
}

/// `http://IPV4:PORT`, with or without a slash at its end.
bool toAddress(std::string_view url, std::string &host, std::uint16_t &port)
{
    constexpr std::string_view kScheme = "http://";
    if (!url.starts_with(kScheme))
        return false;
    url.remove_prefix(kScheme.size());
    if (url.ends_with('/'))
        url.remove_suffix(1);
    const std::size_t colon = url.find(':');
    if (colon == std::string_view::npos)
        return false;
    host = url.substr(0, colon);
    if (host == "localhost")
        host = "127.0.0.1";
    return toNumber<std::uint16_t>(url.substr(colon + 1), 1, 65535, port);
}

bool toPath(std::string_view text, std::string &path)
{
    path = text;
    return text.starts_with('/') && text.find_first_of(" \r\n#\"\\") == std::string_view::npos;
}

std::string besideThis(const char *program)
{
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    return (self.parent_path() / program).string();
}

} // namespace

std::variant<Options, HelpText, WrongUse> parseOptions(int argc, const char *const *argv)
{
    Options options;
    using Value = std::string_view;
    const auto number = [](std::size_t &target, std::size_t least, std::size_t most) {
        return [&target, least, most](Value value) { return toNumber(value, least, most, target); };
    };
    const auto cpu = [](int &target) {
        return [&target](Value value) { return toNumber(value, -1, 1023, target); };
    };
    const std::map<Value, std::function<bool(Value)>> known{
        {"--transport",
         [&](Value value) {
             return toChoice<Transport>(
                 value,
                 {{"ws", Transport::WebSocket}, {"sse", Transport::Sse}, {"poll", Transport::Poll}},
                 options.transport);
         }},
        {"--publish",
         [&](Value value) {
             return toChoice<PublishBy>(value,
                                        {{"ws", PublishBy::WebSocket},
                                         {"http", PublishBy::Http},
                                         {"raw", PublishBy::RawWebSocket},
                                         {"grip", PublishBy::Grip}},
                                        options.publishBy);
         }},
        {"--poll",
         [&](Value value) {
             return toChoice<PollFormat>(
                 value, {{"json", PollFormat::Json}, {"raw", PollFormat::Raw}}, options.pollFormat);
         }},
        {"--subs", number(options.subscribers, 1, 1'000'000)},
        {"--messages", number(options.messages, 1, 100'000'000)},
        {"--warmup", number(options.warmUp, 0, 1'000'000)},
        {"--window", number(options.window, 1, 1'000'000)},
        {"--size", number(options.bytes, kStampBytes, 16 * 1024 * 1024)},
        {"--connecting", number(options.connecting, 1, 65536)},
        {"--history", number(options.history, 0, 100'000'000)},
        {"--rate", [&](Value value) { return toNumber(value, 0.001, 1e7, options.rate); }},
        {"--idle", [&](Value value) { return toNumber(value, 0.0, 3600.0, options.idleSeconds); }},
        {"--pid", [&](Value value) { return toNumber(value, 1, 1 << 30, options.pid); }},
        {"--server-cpu", cpu(options.serverCpu)},
        {"--bench-cpu", cpu(options.benchCpu)},
        {"--topic", [&](Value value) { return toPath(value, options.topic); }},
        {"--publish-path", [&](Value value) { return toPath(value, options.publishPath); }},
        {"--url", [&](Value value) { return toAddress(value, options.host, options.port); }},
        {"--publish-url",
         [&](Value value) { return toAddress(value, options.publishHost, options.publishPort); }},
        {"--server",
         [&](Value value) {
             options.server = value;
             return !value.empty();
         }},
    };

    for (int i = 1; i < argc; ++i) {
        Value name(argv[i]);
        if (name == "--help" || name == "-h")
            return HelpText{kHelp};
        if (name == "--json") {
            options.json = true;
            continue;
        }
        if (name == "--sleep") {
            options.sleeps = true;
            continue;
        }
        Value value;
        const std::size_t equals = name.find('=');
        if (equals != Value::npos) {
            value = name.substr(equals + 1);
            name = name.substr(0, equals);
        }
        const auto option = known.find(name);
        if (option == known.end())
            return WrongUse{"there is no option '" + std::string(name) + "'; see --help"};
        if (equals == Value::npos) {
            if (++i == argc)
                return WrongUse{std::string(name) + " needs a value; see --help"};
            value = argv[i];
        }
        if (!option->second(value))
            return WrongUse{std::string(name) + " cannot be '" + std::string(value) +
                            "'; see --help"};
    }
    if (options.port != 0 && !options.server.empty())
        return WrongUse{"--url is a server that runs, --server one to start: give one of them"};
    if (options.pid != 0 && options.port == 0)
        return WrongUse{"--pid goes with --url"};
    if (options.publishPort != 0 && options.port == 0)
        return WrongUse{"--publish-url goes with --url"};
    if (options.publishBy == PublishBy::Grip && options.transport == Transport::Poll)
        return WrongUse{"--publish grip is for streams: polls would need an origin that remembers"};
    if (options.port == 0 && options.server.empty())
        options.server = besideThis("pushdeck");
    return options;
}

const char *nameOf(Transport transport)
{
    switch (transport) {
        case Transport::WebSocket:
            return "ws";
        case Transport::Sse:
            return "sse";
        case Transport::Poll:
            break;
    }
    return "poll";
}

const char *nameOf(PublishBy by)
{
    switch (by) {
        case PublishBy::WebSocket:
            return "ws";
        case PublishBy::Http:
            return "http";
        case PublishBy::Grip:
            return "grip";
        case PublishBy::RawWebSocket:
            break;
    }
    return "raw";
}

} // namespace pushdeck::bench
