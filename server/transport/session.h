// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endreason.h"
#include "core/subscriber.h"
#include "net/deadlines.h"
#include "transport/client.h"
#include "transport/transportcontext.h"

#include <QObject>

#include <cstdint>
#include <optional>

namespace pushdeck {

/// A moment of the context's steady clock, as its `sessionTimes` has it.
[[nodiscard]] Deadlines::Clock::time_point timeOf(std::int64_t steadyMs);

/// What waits for a client on one connection, and in which form.
struct Backlog
{
    WireFormat format = WireFormat::WebSocketRaw;
    std::uint64_t programBytes = 0;
    std::optional<std::uint64_t> kernelBytes; ///< not acknowledged, where the kernel tells

    [[nodiscard]] std::uint64_t total() const { return programBytes + kernelBytes.value_or(0); }
};

/// A subscriber with a connection. Belongs to its Client while it is open; deletes itself (later)
/// once it has ended. Server's thread.
class Session : public QObject, public Subscriber, private Deadlines::Entry
{
    Q_OBJECT

public:
    /// Registers itself with the client.
    Session(TransportContext &context, Client &client, QObject *parent);
    ~Session() override;

    /// Ends the subscription now and the connection in bounded time. `code` and `words` are what
    /// the client and the log are told, where its transport can tell. A second call changes
    /// nothing.
    virtual void end(EndReason reason, std::uint16_t code, const QString &words) = 0;

    /// With the code and words of the table.
    void end(EndReason reason);

    /// Fills in what changes from moment to moment: backlog, round-trip time. Adds to what is
    /// there.
    virtual void describe(ClientInfo &info) const = 0;

    /// Nothing for a session whose answers leave at once.
    [[nodiscard]] virtual std::optional<Backlog> backlog() const { return std::nullopt; }

    /// Bytes that wait in the program, counted anew; cheaper than backlog().
    [[nodiscard]] virtual qint64 countPending() { return 0; }

    /// Ends it, and what waits is dropped.
    virtual void endTooSlow(EndReason reason) { end(reason); }

    [[nodiscard]] std::uint64_t clientId() const { return m_clientId; }

protected:
    [[nodiscard]] TransportContext &context() const { return m_context; }

    /// The client; only while the session is open.
    [[nodiscard]] Client &client() const { return *m_client; }
    [[nodiscard]] bool isOpen() const { return m_client != nullptr; }

    /// Notes where the client came back, and what it was told it missed.
    void noteCursor(const Cursor &cursor);
    void noteGap(const Gap &gap);

    /// Called at the time it asked for last with lookAt(), or up to half a second later:
    /// heartbeats, pings, deadlines. An idle session costs nothing else. `nowMs` is of the
    /// context's steady clock.
    virtual void look(std::int64_t nowMs) = 0;
    void lookAt(std::int64_t steadyMs);

    /// Opens anew, after pause(), for the client it is of. Its subscription still rests.
    void enter(Client &client);

    /// Leaves the client; what it is subscribed to rests, see Hub::rest(). True the first time.
    bool pause();

    /// Leaves the hub and the client. True the first time.
    bool leave();

private:
    void expired() final { look(m_context.steady()); }

    TransportContext &m_context;
    Client *m_client;
    const std::uint64_t m_clientId;
};

} // namespace pushdeck
