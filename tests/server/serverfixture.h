// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/pushserver.h"

#include <QJsonObject>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace pushdeck {

/// Options for tests: a known epoch, so that ids read "t-1", "t-2", …
[[nodiscard]] ServerOptions testOptions();

/// A whole server on a free port of 127.0.0.1, on the test's own thread, with a clock that moves
/// only when it is told to. What it awaits it awaits for ten seconds.
class RunningServer final
{
public:
    explicit RunningServer(ServerOptions options = testOptions());
    ~RunningServer();
    RunningServer(const RunningServer &) = delete;
    RunningServer &operator=(const RunningServer &) = delete;

    /// False, and the test fails, where the signal does not come.
    bool start(std::uint16_t port = 0);
    bool stop();

    [[nodiscard]] std::uint16_t port() const { return m_port; }
    [[nodiscard]] PushServer &control() { return *m_server; }
    /// Deletes the server as it is, clients and all.
    void destroy() { m_server.reset(); }

    void advance(std::chrono::milliseconds by) { *m_nowMs += by.count(); }
    [[nodiscard]] std::int64_t nowMs() const { return *m_nowMs; }

    /// Sends as the operator.
    SendOutcome send(const SendTarget &target, const QByteArray &data, const QString &event = {});

    /// Publishes to a topic as the operator; its id.
    QByteArray publish(const QByteArray &topic, const QByteArray &data, const QString &event = {});

    /// A snapshot that is younger than the call.
    std::shared_ptr<const Snapshot> look();
    /// Waits until a snapshot that is younger than the call satisfies it.
    bool awaitSnapshot(const std::function<bool(const Snapshot &)> &holds);
    bool awaitClients(std::size_t count);

    /// Rows of the traffic log of one kind, oldest first.
    [[nodiscard]] std::vector<TrafficEvent> rows(TrafficKind kind) const;
    bool awaitRows(TrafficKind kind, std::size_t count);

private:
    std::shared_ptr<std::int64_t> m_nowMs;
    std::unique_ptr<PushServer> m_server;
    std::uint16_t m_port = 0;
    std::uint64_t m_ref = 0;
};

/// Parses an object; an empty one, and a failed test, where it is none.
[[nodiscard]] QJsonObject jsonOf(const QByteArray &utf8);

} // namespace pushdeck
