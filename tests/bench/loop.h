// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pushdeck::bench {

/// Something with a descriptor that a Loop waits for.
class Source
{
public:
    Source() = default;
    Source(const Source &) = delete;
    Source &operator=(const Source &) = delete;
    virtual ~Source() = default;

    /// `events` as epoll_wait(2) gives them.
    virtual void handle(std::uint32_t events) = 0;
};

/// A bare epoll loop, with the one buffer everything is received into.
class Loop final
{
public:
    Loop();
    ~Loop();
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    /// The source must outlive the loop, or close its descriptor before it ends.
    void add(int descriptor, std::uint32_t events, Source &source);
    void change(int descriptor, std::uint32_t events, Source &source);

    /// Waits, and handles what is there.
    void turn(int timeoutMs);

    [[nodiscard]] std::vector<char> &buffer() { return m_buffer; }

private:
    void control(int operation, int descriptor, std::uint32_t events, Source &source);

    int m_descriptor;
    std::vector<char> m_buffer;
};

} // namespace pushdeck::bench
