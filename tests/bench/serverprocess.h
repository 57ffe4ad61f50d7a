// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "options.h"

#include <cstdint>
#include <string>

namespace pushdeck::bench {

/// The server under test, started without a window on a free port of this machine, and ended with
/// this object: SIGTERM, and SIGKILL where that did not help within 5 s.
class ServerProcess final
{
public:
    /// Returns once it listens. Throws Failure where it does not within 10 s.
    explicit ServerProcess(const Options &options);
    ~ServerProcess();
    ServerProcess(const ServerProcess &) = delete;
    ServerProcess &operator=(const ServerProcess &) = delete;

    [[nodiscard]] int pid() const { return m_pid; }
    [[nodiscard]] std::uint16_t port() const { return m_port; }

    /// Ends it and says whether it ended by itself with status 0.
    bool end();

private:
    void start(const Options &options);
    void awaitPort();

    int m_pid = -1;
    int m_output = -1;
    std::uint16_t m_port = 0;
};

} // namespace pushdeck::bench
