// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/servercontrol.h"

#include <vector>

namespace pushdeck {

/// A server that only keeps books: what it was told, and what the test lets happen. Log and
/// snapshots are the real ones.
class FakeServerControl final : public ServerControl
{
    Q_OBJECT

public:
    struct Closed
    {
        std::uint64_t id;
        std::uint16_t code;
        QString reason;
    };

    explicit FakeServerControl(TrafficLogLimits limits = {}) : m_log(limits) {}

    void start(const ListenRequest &request) override
    {
        starts.push_back(request);
        if (request.port != 0 && request.port == busyPort) {
            ListenFailure failure;
            failure.request = request;
            failure.portBusy = true;
            failure.suggestedPort = static_cast<std::uint16_t>(busyPort + 1);
            failure.words = QStringLiteral("in use");
            emit startFailed(failure);
            return;
        }
        snapshot.state = ServerState::Running;
        snapshot.port = request.port;
        snapshot.addresses = {{QStringLiteral("http://192.168.1.14:%1").arg(request.port),
                               QStringLiteral("wlan0"), false, true, false},
                              {QStringLiteral("http://127.0.0.1:%1").arg(request.port),
                               QStringLiteral("this machine"), true, false, false},
                              {QStringLiteral("http://172.17.0.1:%1").arg(request.port),
                               QStringLiteral("docker0"), false, false, true}};
        snapshot.startedAtMs = snapshot.timeMs;
        publish();
        emit started(request.port);
    }

    void stop() override
    {
        ++stops;
        snapshot.state = ServerState::Stopped;
        snapshot.clients.clear();
        snapshot.addresses.clear();
        publish();
        emit stopped();
    }

    void send(const SendRequest &request) override
    {
        sends.push_back(request);
        SendOutcome outcome = nextOutcome;
        outcome.ref = request.ref;
        if (answersSends)
            emit sent(outcome);
    }

    void closeClient(std::uint64_t id, std::uint16_t code, const QString &reason) override
    {
        closes.push_back({id, code, reason});
    }

    void configure(const ServerSettings &settings) override
    {
        configured.push_back(settings);
        m_log.setLimits({settings.log.events, settings.log.bytes});
        snapshot.tokenRequired =
            !settings.access.publishToken.isEmpty() || !settings.access.subscribeToken.isEmpty();
        publish();
    }
    void reloadCertificates() override { ++reloads; }
    void askDeliveries(const QString &messageId) override
    {
        asks.push_back(messageId);
        if (!answersAsks)
            return;
        auto report = std::make_shared<DeliveryReport>(deliveries);
        report->messageId = messageId;
        for (const ClientDelivery &client : report->clients)
            ++report->counts[static_cast<std::size_t>(client.state)];
        emit deliveriesTold(report);
    }

    [[nodiscard]] const TrafficLog &log() const override { return m_log; }
    [[nodiscard]] const SnapshotBox &snapshots() const override { return m_box; }

    TrafficLog &writableLog() { return m_log; }

    /// Puts a copy of `snapshot` where the window finds it.
    void publish()
    {
        ++snapshot.revision;
        m_box.put(std::make_shared<const Snapshot>(snapshot));
    }

    ClientInfo &addClient(Transport transport, const QString &topic)
    {
        ClientInfo client;
        client.id = ++m_lastId;
        client.transport = transport;
        client.topics = {topic};
        client.address = QStringLiteral("192.168.1.%1").arg(20 + m_lastId % 200);
        client.port = static_cast<std::uint16_t>(40'000 + m_lastId % 20'000);
        client.identity = QStringLiteral("who-%1").arg(m_lastId);
        client.connectedAtMs = snapshot.timeMs;
        client.lastActivityMs = snapshot.timeMs;
        snapshot.clients.push_back(client);
        return snapshot.clients.back();
    }

    std::uint64_t message(const QString &topic, const QByteArray &payload)
    {
        TrafficEvent event;
        event.kind = TrafficKind::Message;
        event.direction = Direction::In;
        event.timeMs = snapshot.timeMs;
        event.topic = topic;
        event.payload = payload;
        return m_log.append(event);
    }

    Snapshot snapshot;
    std::vector<ListenRequest> starts;
    std::vector<SendRequest> sends;
    std::vector<Closed> closes;
    std::vector<ServerSettings> configured;
    std::vector<QString> asks;
    bool answersAsks = true;
    DeliveryReport deliveries; ///< the answer to any ask; `counts` is what `clients` do not list
    int stops = 0;
    int reloads = 0;
    std::uint16_t busyPort = 0;
    bool answersSends = true;
    SendOutcome nextOutcome{0, true, {}, QStringLiteral("e-1"), 13, 1};

private:
    TrafficLog m_log;
    SnapshotBox m_box;
    std::uint64_t m_lastId = 0;
};

} // namespace pushdeck
