// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/pushserver.h"

#include <QThread>

#include <memory>

namespace pushdeck {

/// The server's own thread, and the server on it. Made, started and ended by the main thread.
class ServerThread final
{
public:
    explicit ServerThread(ServerOptions options);

    /// Stops the server (clients get a proper close), then the thread. Blocks for as long as that
    /// takes: bounded by the server's own deadline.
    ~ServerThread();

    ServerThread(const ServerThread &) = delete;
    ServerThread &operator=(const ServerThread &) = delete;

    /// Steer it through this; lives as long as the thread.
    [[nodiscard]] ServerControl &control() { return *m_server; }

private:
    QThread m_thread;
    std::unique_ptr<PushServer> m_server;
};

} // namespace pushdeck
