// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "httpreader.h"
#include "options.h"
#include "peer.h"
#include "websocketreader.h"

#include <memory>

namespace pushdeck::bench {

/// Publishes to the topic over one connection.
class Publisher : public Peer
{
public:
    Publisher(Loop &loop, const Options &options) : Peer(loop, "the publisher"), m_options(options)
    {
    }

    /// Opens the connection to where the options say.
    void start();

    /// False while another message must wait.
    [[nodiscard]] virtual bool isFree() const = 0;

    /// Only while isFree().
    virtual void publish(std::string_view payload) = 0;

protected:
    [[nodiscard]] const Options &options() const { return m_options; }

private:
    const Options &m_options;
};

/// Frames of `pushdeck.v1` on a topic of its own, or raw ones on the topic.
class WebSocketPublisher final : public Publisher
{
public:
    using Publisher::Publisher;

    [[nodiscard]] bool isFree() const override { return isReady(); }
    void publish(std::string_view payload) override;

private:
    void connected() override;
    void received(std::string_view bytes, std::int64_t nowNs) override;

    HttpReader m_http;
    WebSocketReader m_frames;
};

/// POST, one at a time: over a kept connection, or of GRIP items, where pushpin closes after each
/// answer. There the next connection is opened at once, so that the next message finds it.
class HttpPublisher final : public Publisher
{
public:
    using Publisher::Publisher;

    [[nodiscard]] bool isFree() const override { return isReady() && !m_waiting; }
    void publish(std::string_view payload) override;

private:
    void connected() override { becomeReady(); }
    void received(std::string_view bytes, std::int64_t nowNs) override;

    HttpReader m_http;
    bool m_waiting = false;
};

[[nodiscard]] std::unique_ptr<Publisher> makePublisher(Loop &loop, const Options &options);

} // namespace pushdeck::bench
