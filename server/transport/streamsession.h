// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/outbox.h"
#include "transport/presence.h"
#include "transport/session.h"
#include "transport/subscriptionrequest.h"

#include <QTcpSocket>

namespace pushdeck {

/// Bytes of backlog at which a replay from the history pauses until the client has read some.
inline constexpr qint64 kReplayBacklogBytes = 256 * 1024;

/// What WebSocket and SSE sessions share: a connection that stays open, an outbox, and a backlog
/// that is counted in bytes. A client whose backlog is over the limit is closed, after the fan-out.
class StreamSession : public Session, protected PresenceWatcher
{
    Q_OBJECT

public:
    /// `socket` must outlive the session or be its child.
    StreamSession(TransportContext &context, Client &client, QTcpSocket *socket, WireFormat format,
                  QObject *parent);

    Delivery deliver(const Message &message) final;
    void tellGap(const Gap &gap) final;
    [[nodiscard]] std::size_t wants() const final;
    void describe(ClientInfo &info) const override;
    [[nodiscard]] std::optional<Backlog> backlog() const final;
    [[nodiscard]] qint64 countPending() final { return m_outbox.countPending(); }
    void endTooSlow(EndReason reason) final;

    ~StreamSession() override;

    /// Subscribes: replays and goes live, as fast as the client reads.
    void begin(const SubscriptionRequest &request);

protected:
    [[nodiscard]] QTcpSocket *socket() const { return m_socket; }
    [[nodiscard]] Outbox &outbox() { return m_outbox; }

    /// Appends bytes as a message's; a client whose backlog is full is closed.
    Delivery offer(const QByteArray &bytes);

    /// Whether it waits to be closed for that.
    [[nodiscard]] bool isTooSlow() const { return m_tooSlow; }

    /// Appends bytes that are no message; counted as sent.
    void append(const QByteArray &bytes);

    /// Takes up a replay that paused, when the backlog allows it.
    void resumeReplay();

    /// Leaves the hub, logs the end and forgets the client. True the first time. `farewellBytes`
    /// were written to tell the end: no message waits in them.
    bool signOff(EndReason reason, int code, const QString &words, qsizetype farewellBytes = 0);

private:
    [[nodiscard]] std::uint64_t unsentAt(EndReason reason, qsizetype farewellBytes) const;

    QTcpSocket *const m_socket;
    Outbox m_outbox;
    const WireFormat m_format;
    bool m_tooSlow = false;
    std::uint64_t m_refusedFrom = 0; ///< the message that was too much; 0: none
    std::uint64_t m_unsentBytes = 0; ///< what waited when it was found to be too slow
    bool m_resuming = false;
};

} // namespace pushdeck
