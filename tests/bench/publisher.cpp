// SPDX-License-Identifier: GPL-3.0-or-later
#include "publisher.h"

#include "subscribers.h"

namespace pushdeck::bench {

namespace {

const std::string &pathOf(const Options &options)
{
    return options.publishPath.empty() ? options.topic : options.publishPath;
}

} // namespace

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
    std::string request =
        "POST " + pathOf(options()) + " HTTP/1.1\r\nHost: " + options().host + ':' +
        std::to_string(options().port) +
        "\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(payload.size()) +
        "\r\n\r\n";
    send(request.append(payload));
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
}

std::unique_ptr<Publisher> makePublisher(Loop &loop, const Options &options)
{
    if (options.publishBy == PublishBy::Http)
        return std::make_unique<HttpPublisher>(loop, options);
    return std::make_unique<WebSocketPublisher>(loop, options);
}

} // namespace pushdeck::bench
