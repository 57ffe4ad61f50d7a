// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loop.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace pushdeck::bench {

/// One connection to the server. What goes wrong with it is a Failure: nothing may.
class Peer : public Source
{
public:
    /// `name` is for words: "client 12".
    Peer(Loop &loop, std::string name) : m_loop(loop), m_name(std::move(name)) {}
    ~Peer() override;

    /// Anew where it is open already: then what was not sent yet is dropped.
    void open(const std::string &host, std::uint16_t port);

    /// Connected, and greeted by the server where the transport has a greeting.
    [[nodiscard]] bool isReady() const { return m_ready; }

    void handle(std::uint32_t events) final;

protected:
    /// The connection stands.
    virtual void connected() = 0;

    /// Bytes came; `nowNs` is when.
    virtual void received(std::string_view bytes, std::int64_t nowNs) = 0;

    /// Sends, or keeps what the socket does not take yet.
    void send(std::string_view bytes);

    void becomeReady() { m_ready = true; }
    [[noreturn]] void fail(const std::string &words) const;

private:
    void finishConnecting();
    void flush();
    void receive();

    Loop &m_loop;
    std::string m_name;
    std::string m_unsent;
    int m_descriptor = -1;
    bool m_connecting = true;
    bool m_ready = false;
};

} // namespace pushdeck::bench
