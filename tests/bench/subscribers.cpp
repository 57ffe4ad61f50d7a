// SPDX-License-Identifier: GPL-3.0-or-later
#include "subscribers.h"

#include "pollbody.h"

namespace pushdeck::bench {

namespace {

std::string hostField(const Options &options)
{
    return "Host: " + options.host + ':' + std::to_string(options.port) + "\r\n";
}

} // namespace

std::string webSocketRequest(const Options &options, const std::string &path,
                             const std::string &subprotocol)
{
    std::string request = "GET " + path + " HTTP/1.1\r\n" + hostField(options) +
                          "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: cHVzaGRlY2stYmVuY2gtMQ==\r\n";
    if (!subprotocol.empty())
        request += "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
    return request + "\r\n";
}

Subscriber::Subscriber(Loop &loop, std::size_t number, const Options &options, Ledger &ledger)
    : Peer(loop, "client " + std::to_string(number)),
      m_number(number),
      m_options(options),
      m_ledger(ledger)
{
}

std::string Subscriber::request(const std::string &query) const
{
    return "GET " + m_options.topic + query + " HTTP/1.1\r\n" + hostField(m_options);
}

void WebSocketSubscriber::connected()
{
    send(webSocketRequest(options(), options().topic, {}));
}

void WebSocketSubscriber::received(std::string_view bytes, std::int64_t nowNs)
{
    if (!m_http.upgraded()) {
        const auto onHead = [this](const HttpHead &head) {
            if (head.status() != 101)
                fail("the server answered " + std::to_string(head.status()));
            becomeReady();
        };
        bytes.remove_prefix(m_http.feed(
            bytes, onHead, [](std::string_view) {}, [] {}));
        if (m_http.broken())
            fail("the server's answer is no HTTP");
    }
    if (!m_http.upgraded())
        return;
    const bool fine = m_frames.feed(
        bytes, [&](std::string_view payload) { deliver(payload, nowNs); },
        [this](WebSocketReader::Opcode opcode, std::string_view payload) {
            if (opcode == WebSocketReader::Ping)
                send(clientFrame(WebSocketReader::Pong, payload));
            else if (opcode == WebSocketReader::Close)
                fail("the server closed: " +
                     std::string(payload.substr(std::min<std::size_t>(2, payload.size()))));
        });
    if (!fine)
        fail("what came is no WebSocket frame");
}

void SseSubscriber::connected()
{
    send(request({}) + "Accept: text/event-stream\r\n\r\n");
}

void SseSubscriber::received(std::string_view bytes, std::int64_t nowNs)
{
    const auto onHead = [this](const HttpHead &head) {
        if (head.status() != 200 || !head.field("Content-Type").starts_with("text/event-stream"))
            fail("the server answered " + std::to_string(head.status()) + " and no event stream");
        becomeReady();
    };
    const auto onEvent = [&](std::string_view name, std::string_view data) {
        if (name == "gap")
            fail("told that messages are gone: " + std::string(data));
        deliver(data, nowNs);
    };
    m_http.feed(
        bytes, onHead, [&](std::string_view piece) { m_events.feed(piece, onEvent); },
        [this] { fail("the server ended the stream"); });
    if (m_http.broken())
        fail("the server's answer is no HTTP");
}

void PollSubscriber::connected()
{
    poll();
    if (options().pollFormat == PollFormat::Raw)
        becomeReady();
}

void PollSubscriber::poll()
{
    // What is remembered from before this run is passed over; what is published between two polls
    // must not be.
    const std::string who = "client_id=bench" + std::to_string(number());
    if (options().pollFormat == PollFormat::Json) {
        send(request("?format=json&" + who + (isReady() ? "&timeout=120" : "&timeout=0") +
                     "&since=" + (m_cursor.empty() ? "all" : m_cursor)) +
             "\r\n");
        return;
    }
    std::string text = request("?" + who + "&timeout=120" + (m_cursor.empty() ? "&since=all" : ""));
    if (!m_cursor.empty())
        text += "If-None-Match: " + m_cursor + "\r\n";
    if (!m_lastModified.empty())
        text += "If-Modified-Since: " + m_lastModified + "\r\n";
    send(text + "\r\n");
}

void PollSubscriber::received(std::string_view bytes, std::int64_t nowNs)
{
    m_http.feed(
        bytes, [this](const HttpHead &head) { begin(head); },
        [this](std::string_view piece) { m_body.append(piece); }, [&] { end(nowNs); });
    if (m_http.broken())
        fail("the server's answer is no HTTP");
}

void PollSubscriber::begin(const HttpHead &head)
{
    m_status = head.status();
    if (m_status != 200 && m_status != 204 && m_status != 304)
        fail("the server answered " + std::to_string(m_status));
    if (const auto gap = head.field("X-Gap"); !gap.empty())
        fail("told that messages are gone: " + std::string(gap));
    if (m_status == 200 && options().pollFormat == PollFormat::Raw) {
        m_cursor = head.field("ETag");
        m_lastModified = head.field("Last-Modified");
        if (m_cursor.empty())
            fail("a message came without an entity tag");
    }
}

void PollSubscriber::end(std::int64_t nowNs)
{
    if (m_status == 200 && options().pollFormat == PollFormat::Raw) {
        deliver(m_body, nowNs);
    } else if (m_status == 200) {
        if (m_body.find("\"type\":\"gap\"") != std::string::npos)
            fail("told that messages are gone: " + m_body.substr(0, 200));
        m_cursor = readPollBody(m_body, [&](std::string_view data) { deliver(data, nowNs); });
        if (m_cursor.empty())
            fail("an answer without a cursor: " + m_body.substr(0, 200));
    }
    m_body.clear();
    becomeReady();
    poll();
}

std::unique_ptr<Subscriber> makeSubscriber(Loop &loop, std::size_t number, const Options &options,
                                           Ledger &ledger)
{
    switch (options.transport) {
        case Transport::WebSocket:
            return std::make_unique<WebSocketSubscriber>(loop, number, options, ledger);
        case Transport::Sse:
            return std::make_unique<SseSubscriber>(loop, number, options, ledger);
        case Transport::Poll:
            break;
    }
    return std::make_unique<PollSubscriber>(loop, number, options, ledger);
}

} // namespace pushdeck::bench
