// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QtTest>

namespace pushdeck {

namespace {

constexpr int kPatienceMs = 10'000;

} // namespace

ServerOptions testOptions()
{
    ServerOptions options;
    options.epoch = "t";
    return options;
}

RunningServer::RunningServer(ServerOptions options)
    : m_nowMs(std::make_shared<std::int64_t>(1'700'000'000'000))
{
    options.clock = [now = m_nowMs] { return *now; };
    m_server = std::make_unique<PushServer>(std::move(options));
    start();
}

RunningServer::~RunningServer()
{
    if (m_server && m_server->snapshots().latest()->state == ServerState::Running)
        stop();
}

bool RunningServer::start(std::uint16_t port)
{
    QSignalSpy started(m_server.get(), &PushServer::started);
    m_server->start({QStringLiteral("127.0.0.1"), port});
    if (!QTest::qWaitFor([&] { return !started.isEmpty(); }, kPatienceMs)) {
        QTest::qFail("The server did not start.", __FILE__, __LINE__);
        return false;
    }
    m_port = started.first().first().value<quint16>();
    return true;
}

bool RunningServer::stop()
{
    QSignalSpy stopped(m_server.get(), &PushServer::stopped);
    m_server->stop();
    if (!QTest::qWaitFor([&] { return !stopped.isEmpty(); }, kPatienceMs)) {
        QTest::qFail("The server did not stop.", __FILE__, __LINE__);
        return false;
    }
    return true;
}

SendOutcome RunningServer::send(const SendTarget &target, const QByteArray &data,
                                const QString &event)
{
    QSignalSpy sent(m_server.get(), &PushServer::sent);
    m_server->send({++m_ref, target, data, {}, event});
    if (!QTest::qWaitFor([&] { return !sent.isEmpty(); }, kPatienceMs))
        return {};
    return sent.first().first().value<SendOutcome>();
}

QByteArray RunningServer::publish(const QByteArray &topic, const QByteArray &data,
                                  const QString &event)
{
    return send({SendTarget::Kind::Topic, QString::fromUtf8(topic), {}}, data, event)
        .messageId.toLatin1();
}

std::shared_ptr<const Snapshot> RunningServer::look()
{
    const std::uint64_t before = m_server->snapshots().latest()->revision;
    std::shared_ptr<const Snapshot> latest;
    (void)QTest::qWaitFor(
        [&] {
            latest = m_server->snapshots().latest();
            return latest->revision > before;
        },
        kPatienceMs);
    return latest;
}

bool RunningServer::awaitSnapshot(const std::function<bool(const Snapshot &)> &holds)
{
    const std::uint64_t before = m_server->snapshots().latest()->revision;
    return QTest::qWaitFor(
        [&] {
            const auto latest = m_server->snapshots().latest();
            return latest->revision > before && holds(*latest);
        },
        kPatienceMs);
}

bool RunningServer::awaitClients(std::size_t count)
{
    return awaitSnapshot([count](const Snapshot &s) { return s.clients.size() == count; });
}

std::vector<TrafficEvent> RunningServer::rows(TrafficKind kind) const
{
    std::vector<TrafficEvent> found;
    for (const TrafficRow &row : m_server->log().since(0).events) {
        if (row->kind == kind)
            found.push_back(*row);
    }
    return found;
}

bool RunningServer::awaitRows(TrafficKind kind, std::size_t count)
{
    return QTest::qWaitFor([&] { return rows(kind).size() >= count; }, kPatienceMs);
}

QJsonObject jsonOf(const QByteArray &utf8)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(utf8, &error);
    if (!document.isObject())
        QTest::qFail(("Not a JSON object: " + utf8.left(200)).constData(), __FILE__, __LINE__);
    return document.object();
}

} // namespace pushdeck
