// SPDX-License-Identifier: GPL-3.0-or-later
#include "publisher.h"

#include "gripitem.h"
#include "subscribers.h"

namespace pushdeck::bench {

namespace {

std::string pathOf(const Options &options)
{
    if (!options.publishPath.empty())
        return options.publishPath;
    return options.publishBy == PublishBy::Grip ? "/publish/" : options.topic;
}

std::uint16_t portOf(const Options &options)
{
    return options.publishPort != 0 ? options.publishPort : options.port;
}

const std::string &hostOf(const Options &options)
{
    return options.publishPort != 0 ? options.publishHost : options.host;
}

std::string post(const Options &options, const std::string &type, std::string_view body)
{
    std::string request = "POST " + pathOf(options) + " HTTP/1.1\r\nHost: " + hostOf(options) +
                          ':' + std::to_string(portOf(options)) + "\r\nContent-Type: " + type +
                          "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    return request.append(body);
}

} // namespace

void Publisher::start()
{
    open(hostOf(m_options), portOf(m_options));
}

void WebSocketPublisher::connected()
{
    if (options().publishBy == PublishBy::RawWebSocket)
        send(webSocketRequest(options(), pathOf(options()), {}));
    else
        send(webSocketRequest(options(), "/pushdeck-bench/publisher", "pushdeck.v1"));
}

void WebSocketPublisher::publish(std::string_view payload)
{
    if (options().publishBy == PublishBy::RawWebSocket) {
        send(clientFrame(WebSocketReader::Text, payload));
        return;
    }
    std::string json = R"({"type":"publish","topic":")" + options().topic + R"(","data":")";
    json.append(payload).append("\"}");
    send(clientFrame(WebSocketReader::Text, json));
}

void WebSocketPublisher::received(std::string_view bytes, std::int64_t)
{
    if (!m_http.upgraded()) {
        const auto onHead = [this](const HttpHead &head) {
            if (head.status() != 101)
                fail("the server answered " + std::to_string(head.status()));
            if (options().publishBy == PublishBy::WebSocket &&
                head.field("Sec-WebSocket-Protocol") != "pushdeck.v1")
                fail("the server does not speak pushdeck.v1; try --publish http or raw");
            becomeReady();
        };
        bytes.remove_prefix(m_http.feed(
            bytes, onHead, [](std::string_view) {}, [] {}));
    }
    if (!m_http.upgraded())
        return;
    const auto onMessage = [this](std::string_view text) {
        if (options().publishBy == PublishBy::WebSocket &&
            text.find("\"type\":\"error\"") != std::string_view::npos)
            fail("refused: " + std::string(text.substr(0, 200)));
    };
    const auto onControl = [this](WebSocketReader::Opcode opcode, std::string_view payload) {
        if (opcode == WebSocketReader::Ping)
            send(clientFrame(WebSocketReader::Pong, payload));
        else if (opcode == WebSocketReader::Close)
            fail("the server closed the connection");
    };
    if (!m_frames.feed(bytes, onMessage, onControl))
        fail("what came is no WebSocket frame");
}

void HttpPublisher::publish(std::string_view payload)
{
    if (options().publishBy == PublishBy::Grip)
        send(post(options(), "application/json",
                  gripItems(options().transport, options().topic, payload)));
    else
        send(post(options(), "text/plain", payload));
    m_waiting = true;
}

void HttpPublisher::received(std::string_view bytes, std::int64_t)
{
    m_http.feed(
        bytes,
        [this](const HttpHead &head) {
            if (head.status() < 200 || head.status() > 299)
                fail("the server answered " + std::to_string(head.status()));
        },
        [](std::string_view) {}, [this] { m_waiting = false; });
    if (m_http.broken())
        fail("the server's answer is no HTTP");
    if (!m_waiting && options().publishBy == PublishBy::Grip)
        start();
}

std::unique_ptr<Publisher> makePublisher(Loop &loop, const Options &options)
{
    if (options.publishBy == PublishBy::Http || options.publishBy == PublishBy::Grip)
        return std::make_unique<HttpPublisher>(loop, options);
    return std::make_unique<WebSocketPublisher>(loop, options);
}

} // namespace pushdeck::bench
