// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/mailbox.h"
#include "server/pushserver.h"

#include <QThread>

#include <atomic>
#include <memory>

namespace pushdeck {

/// What the server's thread waits with.
enum class EventLoop {
    Epoll, ///< our own, where there is epoll: a wakeup costs the same however many sockets idle
    Qt     ///< Qt's
};

/// The server's own thread and the server on it, as the main thread sees them: commands go there
/// and signals come back through mailboxes, so that nothing but values is ever on both sides. Made,
/// used and ended by one thread.
class ServerThread final : public ServerControl
{
    Q_OBJECT

public:
    explicit ServerThread(ServerOptions options, EventLoop eventLoop = EventLoop::Epoll,
                          QObject *parent = nullptr);

    /// Stops the server (clients get a proper close), then the thread. Blocks for as long as that
    /// takes: bounded by the server's own deadline.
    ~ServerThread() override;

    void start(const ListenRequest &request) override { m_server->start(request); }
    void stop() override { m_server->stop(); }
    void send(const SendRequest &request) override { m_server->send(request); }
    void closeClient(std::uint64_t clientId, std::uint16_t code, const QString &reason) override
    {
        m_server->closeClient(clientId, code, reason);
    }
    void configure(const ServerSettings &settings) override { m_server->configure(settings); }
    void reloadCertificates() override { m_server->reloadCertificates(); }
    void askDeliveries(const QString &messageId) override { m_server->askDeliveries(messageId); }
    [[nodiscard]] const TrafficLog &log() const override { return m_server->log(); }
    [[nodiscard]] const SnapshotBox &snapshots() const override { return m_server->snapshots(); }

private:
    template <typename... Values>
    void forward(void (ServerControl::*signal)(Values...));

    QThread m_thread;
    std::atomic<bool> m_ended = false; ///< the thread has done its last work
    Mailbox m_inbox;
    std::unique_ptr<PushServer> m_server;
};

} // namespace pushdeck
