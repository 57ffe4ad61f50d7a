// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httpreader.h"
#include "ledger.h"
#include "options.h"
#include "peer.h"
#include "ssereader.h"
#include "websocketreader.h"

#include <memory>

namespace pushdeck::bench {

/// A client that subscribes to the topic and enters what it gets into the ledger.
class Subscriber : public Peer
{
public:
    Subscriber(Loop &loop, std::size_t number, const Options &options, Ledger &ledger);

protected:
    /// The request line and the fields all clients send, without the empty line.
    [[nodiscard]] std::string request(const std::string &query) const;
    void deliver(std::string_view payload, std::int64_t nowNs)
    {
        m_ledger.deliver(m_number, payload, nowNs);
    }
    [[nodiscard]] std::size_t number() const { return m_number; }
    [[nodiscard]] const Options &options() const { return m_options; }

private:
    const std::size_t m_number;
    const Options &m_options;
    Ledger &m_ledger;
};

class WebSocketSubscriber final : public Subscriber
{
public:
    using Subscriber::Subscriber;

private:
    void connected() override;
    void received(std::string_view bytes, std::int64_t nowNs) override;

    HttpReader m_http;
    WebSocketReader m_frames;
};

class SseSubscriber final : public Subscriber
{
public:
    using Subscriber::Subscriber;

private:
    void connected() override;
    void received(std::string_view bytes, std::int64_t nowNs) override;

    HttpReader m_http;
    SseReader m_events;
};

/// Polls over one kept connection. In JSON it asks once with timeout 0 to be ready, then holds; in
/// raw it holds at once, as that is all that other servers know.
class PollSubscriber final : public Subscriber
{
public:
    using Subscriber::Subscriber;

private:
    void connected() override;
    void received(std::string_view bytes, std::int64_t nowNs) override;
    void poll();
    void begin(const HttpHead &head);
    void end(std::int64_t nowNs);

    HttpReader m_http;
    std::string m_body;
    std::string m_cursor; ///< of JSON, or the entity tag
    std::string m_lastModified;
    int m_status = 0;
};

[[nodiscard]] std::unique_ptr<Subscriber> makeSubscriber(Loop &loop, std::size_t number,
                                                         const Options &options, Ledger &ledger);

/// The request that opens a WebSocket, whole.
[[nodiscard]] std::string webSocketRequest(const Options &options, const std::string &path,
                                           const std::string &subprotocol);

} // namespace pushdeck::bench
