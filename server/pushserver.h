// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/mailbox.h"
#include "monitor/servercontrol.h"
#include "server/serveroptions.h"

#include <QDeadlineTimer>
#include <QTimer>

#include <memory>
#include <optional>

namespace pushdeck {

class Encryption;
struct Listening;
struct ServerParts;

/// The whole server: builds the parts below it, and is what the window steers. The hub, its history
/// and the log live as long as this object; listening sockets and sessions from start to stop.
///
/// Thread: lives on one thread with an event loop (the server's own in the program, the main one in
/// tests); the ServerControl commands may be called from any. Lifetime: stop, and wait for
/// stopped(), before deleting it: then every client got a proper close.
class PushServer final : public ServerControl
{
    Q_OBJECT

public:
    explicit PushServer(ServerOptions options, QObject *parent = nullptr);
    ~PushServer() override;

    void start(const ListenRequest &request) override;
    void stop() override;
    void send(const SendRequest &request) override;
    void closeClient(std::uint64_t clientId, std::uint16_t code, const QString &reason) override;
    void configure(const ServerSettings &settings) override;
    void reloadCertificates() override;
    void askDeliveries(const QString &messageId) override;
    [[nodiscard]] const TrafficLog &log() const override { return m_log; }
    [[nodiscard]] const SnapshotBox &snapshots() const override { return m_box; }

private:
    void startNow(const ListenRequest &request);
    [[nodiscard]] std::optional<Error> openHistoryFile();
    void stopNow();
    void finishStop();
    void sendNow(const SendRequest &request);
    void configureNow(const ServerSettings &settings);
    /// What connections are encrypted with has changed.
    void encryptionChanged();
    void tick();
    void putSnapshot();
    [[nodiscard]] Snapshot look() const;
    [[nodiscard]] std::uint16_t freePortNear(const ListenRequest &request) const;

    ServerOptions m_options;                  ///< what holds
    std::optional<ServerOptions> m_fromStart; ///< what will, from the next start
    TrafficLog m_log;
    SnapshotBox m_box;
    std::unique_ptr<ServerParts> m_parts;
    std::unique_ptr<Encryption> m_encryption; ///< made at the first start, on the server's thread
    std::unique_ptr<Listening> m_listening;
    std::optional<ListenRequest> m_startAfterStop;
    ServerState m_state = ServerState::Stopped;
    std::uint64_t m_revision = 0;
    QDeadlineTimer m_nextSnapshot;
    std::int64_t m_nextAwayMs = 0; ///< steady
    QDeadlineTimer m_stopDeadline;
    Mailbox m_mailbox;
    QTimer m_ticker;
};

} // namespace pushdeck
