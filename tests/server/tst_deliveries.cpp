// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"
#include "websocketpeer.h"
#include "wireclient.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QtTest>

using namespace pushdeck;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// Who got one message, who has it queued, who missed it: asked of the whole server, over sockets.
class DeliveriesTest final : public QObject
{
    Q_OBJECT

private slots:
    void deliveredToEverybody();
    void aClientThatDoesNotRead();
    void oneThatLeavesMisses();
    void oneThatLeavesWhileItWaits();
    void aSlowOneThatIsClosed();
    void replayByCursor();
    void whoComesBackIsOneClient();
    void longPollBetweenPolls();
    void longPollThatLeaves();
    void toAllAndToOne();
    void evictedAndUnknown();
    void listedByRisingId();
    void overHttp();
};

namespace {

DeliveryReportPtr ask(RunningServer &server, const QByteArray &id)
{
    QSignalSpy spy(&server.control(), &ServerControl::deliveriesTold);
    server.control().askDeliveries(QString::fromLatin1(id));
    if (spy.isEmpty() && !spy.wait(10'000))
        return std::make_shared<DeliveryReport>();
    return spy.first().first().value<DeliveryReportPtr>();
}

const ClientDelivery *rowOf(const DeliveryReport &report, std::uint64_t id)
{
    for (const ClientDelivery &row : report.clients) {
        if (row.clientId == id)
            return &row;
    }
    return nullptr;
}

/// Whether a report comes that satisfies it: kernels acknowledge when they do.
bool awaitReport(RunningServer &server, const QByteArray &id,
                 const std::function<bool(const DeliveryReport &)> &holds)
{
    return QTest::qWaitFor([&] { return holds(*ask(server, id)); }, 10'000);
}

bool awaitDelivered(RunningServer &server, const QByteArray &id, std::uint64_t count)
{
    return awaitReport(server, id, [count](const DeliveryReport &report) {
        return report.count(DeliveryState::Delivered) == count && report.total() == count;
    });
}

} // namespace

void DeliveriesTest::deliveredToEverybody()
{
    RunningServer server;
    WebSocketPeer ws(server.port(), "/f?client_id=Anna");
    WebSocketPeer pattern(server.port(), "/*");
    WebSocketPeer other(server.port(), "/other");
    WireClient sse(server.port());
    sse.request("GET", "/f", "Accept: text/event-stream\r\n");
    QVERIFY(server.awaitClients(4));
    const QByteArray id = server.publish("/f", "x");
    QVERIFY(sse.awaitText("data: x\n\n"));
    QVERIFY(awaitDelivered(server, id, 3));
    const DeliveryReportPtr report = ask(server, id);
    QCOMPARE(report->memory, DeliveryReport::Memory::Remembered);
    QCOMPARE(report->messageId, QString::fromLatin1(id));
    QCOMPARE(report->topic, u"/f"_s);
    QCOMPARE(report->publishedMs, server.nowMs());
    QCOMPARE(report->clients[0].name, u"Anna"_s);
    QCOMPARE(report->clients[0].transport, Transport::WebSocket);
    QCOMPARE(report->clients[0].why, DeliveryWhy::Live);
    QCOMPARE(report->clients[0].timeMs, server.nowMs());
    QVERIFY(report->clients[0].address.startsWith(u"127.0.0.1:"_s));
    QVERIFY(!report->clients[0].gone);
    QVERIFY(!rowOf(*report, 3)); // other topics
}

void DeliveriesTest::aClientThatDoesNotRead()
{
    RunningServer server;
    WebSocketPeer good(server.port(), "/f");
    WebSocketPeer slow(server.port(), "/f");
    slow.wire().stopReading();
    const QByteArray payload(100'000, 'x');
    const QByteArray first = server.publish("/f", payload);
    QCOMPARE(good.text().size(), payload.size());
    QByteArray last;
    SendOutcome outcome;
    for (int i = 0; i < 400 && outcome.queued == 0; ++i) {
        outcome = server.send({SendTarget::Kind::Topic, u"/f"_s, {}}, payload);
        QCOMPARE(good.text().size(), payload.size());
    }
    QCOMPARE(outcome.queued, 1u);
    last = server.publish("/f", "the last");
    QCOMPARE(good.text(), QByteArray("the last"));

    const DeliveryReportPtr report = ask(server, last);
    const ClientDelivery *row = rowOf(*report, 2);
    QVERIFY(row);
    QCOMPARE(row->state, DeliveryState::Queued);
    QCOMPARE(row->why, DeliveryWhy::InProgram);
    const std::uint64_t backlog = server.look()->clients[1].backlogBytes;
    QCOMPARE(row->programBytes, backlog);
    QCOMPARE(report->count(DeliveryState::Queued) + report->count(DeliveryState::Delivered), 2u);
    // One before it: all but the last one's ten bytes.
    const QByteArray before = outcome.messageId.toLatin1();
    QCOMPARE(rowOf(*ask(server, before), 2)->programBytes, backlog - 10);
    // The first one has left the program, and the other client is not concerned by any of it.
    QCOMPARE(rowOf(*ask(server, first), 2)->programBytes, 0u);
    QVERIFY(awaitReport(server, last, [](const DeliveryReport &one) {
        return rowOf(one, 1)->state == DeliveryState::Delivered;
    }));
    slow.wire().resumeReading();
    QVERIFY(QTest::qWaitFor(
        [&] {
            (void)slow.wire().received();
            return ask(server, last)->count(DeliveryState::Delivered) == 2;
        },
        10'000));
}

void DeliveriesTest::oneThatLeavesMisses()
{
    RunningServer server;
    WebSocketPeer stays(server.port(), "/f");
    const auto leaves = std::make_unique<WebSocketPeer>(server.port(), "/f");
    const QByteArray had = server.publish("/f", "had");
    QVERIFY(awaitDelivered(server, had, 2));
    leaves->sendClose(1000);
    QVERIFY(server.awaitClients(1));
    server.advance(5s);
    const QByteArray missed = server.publish("/f", "missed");
    QVERIFY(awaitReport(server, missed, [](const DeliveryReport &report) {
        return report.count(DeliveryState::Delivered) == 1;
    }));
    const DeliveryReportPtr report = ask(server, missed);
    QCOMPARE(report->count(DeliveryState::Missed), 1u);
    QCOMPARE(rowOf(*report, 2)->why, DeliveryWhy::LeftBefore);
    QVERIFY(rowOf(*report, 2)->gone);
    QCOMPARE(rowOf(*report, 2)->timeMs, server.nowMs() - 5000);
    // What it had it had.
    QVERIFY(awaitDelivered(server, had, 2));
    QVERIFY(rowOf(*ask(server, had), 2)->gone);
    // Long after, nobody speaks of it.
    server.advance(2min);
    const QByteArray later = server.publish("/f", "later");
    QVERIFY(awaitDelivered(server, later, 1));
}

void DeliveriesTest::oneThatLeavesWhileItWaits()
{
    RunningServer server;
    WebSocketPeer slow(server.port(), "/f");
    slow.wire().stopReading();
    const QByteArray payload(100'000, 'x');
    SendOutcome outcome;
    for (int i = 0; i < 400 && outcome.queued == 0; ++i)
        outcome = server.send({SendTarget::Kind::Topic, u"/f"_s, {}}, payload);
    QCOMPARE(outcome.queued, 1u);
    const QByteArray id = outcome.messageId.toLatin1();
    QCOMPARE(rowOf(*ask(server, id), 1)->state, DeliveryState::Queued);
    slow.wire().reset();
    QVERIFY(server.awaitClients(0));
    const DeliveryReportPtr report = ask(server, id);
    QCOMPARE(report->total(), 1u);
    QCOMPARE(report->clients[0].state, DeliveryState::Missed);
    QCOMPARE(report->clients[0].why, DeliveryWhy::LeftWaiting);
}

void DeliveriesTest::aSlowOneThatIsClosed()
{
    ServerOptions options = testOptions();
    options.limits.backlogBytes = 256 * 1024;
    RunningServer server(std::move(options));
    WireClient slow(server.port());
    slow.request("GET", "/f", "Accept: text/event-stream\r\n");
    QVERIFY(server.awaitClients(1));
    slow.stopReading();
    const QByteArray first = server.publish("/f", "first");
    QByteArray last;
    for (int i = 0; i < 400 && server.rows(TrafficKind::Disconnected).empty(); ++i) {
        last = server.publish("/f", QByteArray(60'000, 'x'));
        QCoreApplication::processEvents();
    }
    QVERIFY(server.awaitClients(0));
    const DeliveryReportPtr report = ask(server, last);
    QCOMPARE(report->total(), 1u);
    QCOMPARE(report->clients[0].state, DeliveryState::Missed);
    QCOMPARE(report->clients[0].why, DeliveryWhy::ClosedSlow);
    QCOMPARE(ask(server, first)->total(), 1u);
}

void DeliveriesTest::replayByCursor()
{
    RunningServer server;
    const QByteArray one = server.publish("/f", "one");
    const QByteArray two = server.publish("/f", "two");
    QCOMPARE(ask(server, one)->total(), 0u);
    server.advance(10s);
    WireClient late(server.port());
    late.request("GET", "/f?since=" + one, "Accept: text/event-stream\r\n");
    QVERIFY(late.awaitText("data: two\n\n"));
    QVERIFY(awaitDelivered(server, two, 1));
    const DeliveryReportPtr replayed = ask(server, two);
    QCOMPARE(replayed->clients[0].why, DeliveryWhy::Replayed);
    QCOMPARE(replayed->clients[0].timeMs, server.nowMs());
    // It did not ask for what came before its cursor.
    const DeliveryReportPtr missed = ask(server, one);
    QCOMPARE(missed->count(DeliveryState::Missed), 1u);
    QCOMPARE(missed->clients[0].why, DeliveryWhy::NotAskedFor);
}

void DeliveriesTest::whoComesBackIsOneClient()
{
    RunningServer server;
    auto first = std::make_unique<WebSocketPeer>(server.port(), "/f?client_id=anna");
    const QByteArray id = server.publish("/f", "x");
    QVERIFY(awaitDelivered(server, id, 1));
    first->sendClose(1000);
    QVERIFY(server.awaitClients(0));
    const QByteArray away = server.publish("/f", "while away");
    WebSocketPeer again(server.port(), "/f?client_id=anna&since=" + away);
    QVERIFY(server.awaitClients(1));
    const DeliveryReportPtr report = ask(server, id);
    QCOMPARE(report->total(), 1u);
    QCOMPARE(report->clients[0].clientId, 2u);
    QCOMPARE(report->clients[0].state, DeliveryState::Delivered);
    QCOMPARE(report->clients[0].why, DeliveryWhy::EarlierStay);
    QCOMPARE(ask(server, away)->count(DeliveryState::Missed), 1u);
}

void DeliveriesTest::longPollBetweenPolls()
{
    RunningServer server;
    WireClient poll(server.port());
    const QByteArray early = server.publish("/p", "early");
    poll.request("GET", "/p?since=" + early);
    QVERIFY(server.awaitClients(1));
    const QByteArray one = server.publish("/p", "one");
    const auto answer = poll.answer();
    QVERIFY(answer);
    QCOMPARE(answer->body, QByteArray("one"));
    const QByteArray two = server.publish("/p", "two");
    QVERIFY(awaitDelivered(server, one, 1));
    QCOMPARE(ask(server, early)->count(DeliveryState::Missed), 1u);
    const DeliveryReportPtr pending = ask(server, two);
    QCOMPARE(pending->total(), 1u);
    QCOMPARE(pending->clients[0].state, DeliveryState::Pending);
    QCOMPARE(pending->clients[0].why, DeliveryWhy::NextPoll);
    QCOMPARE(pending->clients[0].transport, Transport::LongPoll);
    poll.request("GET", "/p?since=" + one);
    QCOMPARE(poll.answer()->body, QByteArray("two"));
    QVERIFY(awaitDelivered(server, two, 1));
    // An empty answer changes nothing.
    poll.request("GET", "/p?timeout=0&since=" + two);
    QCOMPARE(poll.answer()->status, 204);
    QVERIFY(awaitDelivered(server, one, 1));
    QVERIFY(awaitDelivered(server, two, 1));
}

void DeliveriesTest::longPollThatLeaves()
{
    RunningServer server;
    {
        WireClient poll(server.port());
        const QByteArray cursor = server.publish("/p", "early");
        poll.request("GET", "/p?since=" + cursor);
        QVERIFY(server.awaitClients(1));
        server.publish("/p", "one");
        QVERIFY(poll.answer());
    }
    const QByteArray two = server.publish("/p", "two");
    QCOMPARE(ask(server, two)->count(DeliveryState::Pending), 1u);
    server.advance(61s);
    QVERIFY(server.awaitClients(0));
    QCOMPARE(ask(server, two)->count(DeliveryState::Missed), 1u);
    QCOMPARE(ask(server, two)->clients[0].why, DeliveryWhy::LeftWaiting);
    QCOMPARE(ask(server, "t-2")->count(DeliveryState::Delivered), 1u);
}

void DeliveriesTest::toAllAndToOne()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/a");
    WebSocketPeer b(server.port(), "/b");
    QVERIFY(server.awaitClients(2));
    const SendOutcome all = server.send({SendTarget::Kind::All, {}, {}}, "all");
    QVERIFY(awaitDelivered(server, all.messageId.toLatin1(), 2));
    const SendOutcome one = server.send({SendTarget::Kind::Clients, {}, {2}}, "one");
    QVERIFY(awaitDelivered(server, one.messageId.toLatin1(), 1));
    QCOMPARE(ask(server, one.messageId.toLatin1())->clients[0].clientId, 2u);
    b.sendClose(1000);
    QVERIFY(server.awaitClients(1));
    // Its shelf went with it, and with that what could be told.
    QCOMPARE(ask(server, one.messageId.toLatin1())->memory, DeliveryReport::Memory::Evicted);
}

void DeliveriesTest::evictedAndUnknown()
{
    ServerOptions options = testOptions();
    options.history.messagesPerTopic = 2;
    RunningServer server(std::move(options));
    WebSocketPeer ws(server.port(), "/f");
    const QByteArray first = server.publish("/f", "1");
    server.publish("/f", "2");
    server.publish("/f", "3");
    const DeliveryReportPtr evicted = ask(server, first);
    QCOMPARE(evicted->memory, DeliveryReport::Memory::Evicted);
    QCOMPARE(evicted->total(), 0u);
    QVERIFY(evicted->clients.empty());
    for (const char *id :
         {"t-4", "t-0", "other-1", "latest", "-1", "", "x y", "t-99999999999999999"})
        QCOMPARE(ask(server, id)->memory, DeliveryReport::Memory::Unknown);
    QCOMPARE(ask(server, "t-4")->messageId, u"t-4"_s);
    // Also before the first start, and when it has stopped.
    PushServer stopped(testOptions());
    QSignalSpy spy(&stopped, &ServerControl::deliveriesTold);
    stopped.askDeliveries(u"t-1"_s);
    QTRY_COMPARE(spy.count(), 1);
    QVERIFY(server.stop());
    QCOMPARE(ask(server, "t-3")->memory, DeliveryReport::Memory::Remembered);
}

void DeliveriesTest::listedByRisingId()
{
    RunningServer server;
    std::vector<std::unique_ptr<WebSocketPeer>> peers;
    for (int i = 0; i < 5; ++i)
        peers.push_back(std::make_unique<WebSocketPeer>(server.port(), "/f"));
    const QByteArray id = server.publish("/f", "x");
    QVERIFY(awaitDelivered(server, id, 5));
    QCOMPARE(ask(server, id)->clients.size(), 5u);
    for (std::size_t i = 1; i < 5; ++i)
        QVERIFY(ask(server, id)->clients[i].clientId > ask(server, id)->clients[i - 1].clientId);
}

void DeliveriesTest::overHttp()
{
    ServerOptions options = testOptions();
    options.history.messagesPerTopic = 2;
    RunningServer server(std::move(options));
    WebSocketPeer ws(server.port(), "/f?client_id=Anna");
    const QByteArray id = server.publish("/f", "x");
    QVERIFY(awaitDelivered(server, id, 1));
    WireClient wire(server.port());
    wire.request("GET", "/_/api/messages/" + id + "/deliveries");
    auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->field("Cache-Control"), QByteArray("no-store"));
    const QJsonObject report = jsonOf(answer->body);
    QCOMPARE(report.value(u"id").toString(), QString::fromLatin1(id));
    QCOMPARE(report.value(u"topic").toString(), u"/f"_s);
    QCOMPARE(report.value(u"delivered").toInt(), 1);
    QCOMPARE(report.value(u"queued").toInt(-1), 0);
    QCOMPARE(report.value(u"pending").toInt(-1), 0);
    QCOMPARE(report.value(u"missed").toInt(-1), 0);
    QCOMPARE(report.value(u"unlisted").toInt(-1), 0);
    const QJsonObject client = report.value(u"clients").toArray().first().toObject();
    QCOMPARE(client.value(u"client_id").toString(), u"Anna"_s);
    QCOMPARE(client.value(u"state").toString(), u"delivered"_s);
    QCOMPARE(client.value(u"why").toString(), u"live"_s);
    QCOMPARE(client.value(u"here").toBool(), true);

    server.publish("/f", "2");
    server.publish("/f", "3");
    const std::pair<QByteArray, int> others[] = {{"/_/api/messages/" + id + "/deliveries", 410},
                                                 {"/_/api/messages/t-9/deliveries", 404},
                                                 {"/_/api/messages/deliveries", 404},
                                                 {"/_/api/messages//deliveries", 404},
                                                 {"/_/api/messages/t-3", 404}};
    for (const auto &[path, status] : others) {
        wire.request("GET", path);
        answer = wire.answer();
        QVERIFY2(answer, path.constData());
        QCOMPARE(answer->status, status);
    }
    wire.request("POST", "/_/api/messages/t-3/deliveries", {}, "x");
    QCOMPARE(wire.answer()->status, 405);
    wire.request("GET", "/_/api/messages/t-3/deliveries", "Origin: https://elsewhere.example\r\n");
    QCOMPARE(wire.answer()->status, 403);
}

QTEST_GUILESS_MAIN(DeliveriesTest)
#include "tst_deliveries.moc"
