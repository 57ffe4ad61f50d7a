// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"
#include "websocketpeer.h"

#include "transport/clientregistry.h"
#include "transport/ssesession.h"
#include "transport/websocketsession.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace pushdeck;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// What one client can cost the server, and what a clock that is set can: little, each.
class BoundsTest final : public QObject
{
    Q_OBJECT

private slots:
    void aMessageHasItsTime();
    void eachMessageHasItsOwnTime();
    void messagesUnderWayAreBounded();
    void whoDoesNotReadIsNotAnswered();
    void whoNeverReadsIsClosed();
    void theWallClockIsSet_data();
    void theWallClockIsSet();

private:
    static ServerOptions withLimits(const std::function<void(Limits &)> &set)
    {
        ServerOptions options = testOptions();
        set(options.limits);
        return options;
    }
};

namespace {

/// The frame of a masked binary message (the mask is zero), whole.
QByteArray binaryFrame(const QByteArray &payload)
{
    QByteArray frame = "\x82\xfe";
    frame += char(payload.size() >> 8);
    frame += char(payload.size() & 0xff);
    return frame + QByteArray(4, '\0') + payload;
}

} // namespace

void BoundsTest::aMessageHasItsTime()
{
    RunningServer server(withLimits([](Limits &limits) { limits.frameDeadline = 200ms; }));
    WebSocketPeer bystander(server.port(), "/x");
    WebSocketPeer slow(server.port(), "/x");
    const QByteArray frame = binaryFrame(QByteArray(1000, 'a'));
    QElapsedTimer timer;
    timer.start();
    // Each byte comes soon after the one before; the message does not.
    for (int at = 0; slow.wire().isOpen() && timer.elapsed() < 5000; at = (at + 1) % 900) {
        slow.wire().send(frame.mid(at, 1));
        QTest::qWait(10);
    }
    const auto close = slow.closeFrame();
    QVERIFY(close);
    QCOMPARE(close->closeCode(), 1008);
    QVERIFY(close->closeReason().contains("too long"));
    QVERIFY(server.awaitRows(TrafficKind::Disconnected, 1));
    server.publish("/x", "still here");
    QCOMPARE(bystander.text(), QByteArray("still here"));
}

void BoundsTest::eachMessageHasItsOwnTime()
{
    RunningServer server(withLimits([](Limits &limits) { limits.frameDeadline = 500ms; }));
    WebSocketPeer peer(server.port(), "/x");
    const QByteArray frame = binaryFrame(QByteArray(200, 'a'));
    // Always one under way, for longer than one may take.
    peer.wire().send(frame.first(100));
    for (int i = 0; i < 12; ++i) {
        QTest::qWait(100);
        peer.wire().send(frame.sliced(100) + frame.first(100));
        const auto echo = peer.frame();
        QVERIFY(echo);
        QCOMPARE(echo->payload.size(), 200);
    }
}

void BoundsTest::messagesUnderWayAreBounded()
{
    RunningServer server(withLimits([](Limits &limits) {
        limits.frameBytes = 60'000;
        limits.bodiesBytesTotal = 100'000;
    }));
    const QByteArray frame = binaryFrame(QByteArray(50'000, 'a'));
    WebSocketPeer first(server.port(), "/x");
    first.wire().send(frame.chopped(1));
    QVERIFY(server.awaitClients(1));
    WebSocketPeer second(server.port(), "/x");
    second.wire().send(frame.chopped(1));
    WebSocketPeer third(server.port(), "/x");
    third.wire().send(frame.chopped(1));
    const auto close = third.closeFrame();
    QVERIFY(close);
    QCOMPARE(close->closeCode(), 1013);
    // What was held for it is free again, and the others go on.
    first.wire().send(frame.right(1));
    QCOMPARE(first.frame()->payload.size(), 50'000);
    WireClient http(server.port());
    http.request("POST", "/y", {}, QByteArray(40'000, 'b'));
    const auto answer = http.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 202);
}

void BoundsTest::whoDoesNotReadIsNotAnswered()
{
    RunningServer server;
    WebSocketPeer asker(server.port(), "/x", "pushdeck.v1");
    asker.wire().stopReading();
    constexpr int kQuestions = 30'000;
    const QByteArray padding(1000, 'p');
    for (int i = 0; i < kQuestions; ++i)
        asker.sendJson({{u"type"_s, u"ping"_s},
                        {u"ref"_s, QString::number(i) + QString::fromLatin1(padding)}});
    // 30 MB of questions, and as many of answers: neither waits here.
    const auto backlog = [](const Snapshot &s) {
        return s.clients.empty() ? 0 : s.clients[0].backlogBytes;
    };
    QVERIFY(server.awaitSnapshot([&](const Snapshot &s) { return backlog(s) > 0; }));
    for (int i = 0; i < 20; ++i) {
        QTest::qWait(20);
        QVERIFY(backlog(*server.look()) <= std::uint64_t(kAnswersWaitingBytes) + 16 * 1024);
    }
    asker.wire().resumeReading();
    for (int i = 0; i < kQuestions; ++i) {
        const QJsonObject answer = asker.json();
        QCOMPARE(answer.value(u"type"), QJsonValue(u"ack"_s));
        QVERIFY(answer.value(u"ref").toString().startsWith(QString::number(i) + u'p'));
    }
}

void BoundsTest::whoNeverReadsIsClosed()
{
    RunningServer server;
    WebSocketPeer asker(server.port(), "/x", "pushdeck.v1");
    asker.wire().stopReading();
    for (int i = 0; i < 30'000; ++i)
        asker.sendJson({{u"type"_s, u"ping"_s}, {u"ref"_s, QString(1000, u'p')}});
    QVERIFY(server.awaitSnapshot(
        [](const Snapshot &s) { return !s.clients.empty() && s.clients[0].backlogBytes > 0; }));
    // The kernels take some seconds' worth, on a slow machine in several goes.
    for (int goes = 0; goes < 20 && server.rows(TrafficKind::Disconnected).empty(); ++goes) {
        QTest::qWait(300);
        server.advance(Limits().writeStall + 1s);
    }
    QVERIFY(server.awaitRows(TrafficKind::Disconnected, 1));
    QCOMPARE(server.rows(TrafficKind::Disconnected)[0].code, 1013);
}

void BoundsTest::theWallClockIsSet_data()
{
    QTest::addColumn<int>("hours");
    QTest::newRow("forth") << 5;
    QTest::newRow("back") << -5;
}

void BoundsTest::theWallClockIsSet()
{
    QFETCH(int, hours);
    ServerOptions options = testOptions();
    const auto steadyMs = std::make_shared<std::int64_t>(1'000'000);
    options.steady = [steadyMs] { return *steadyMs; };
    RunningServer server(std::move(options));
    WebSocketPeer ws(server.port(), "/x");
    WireClient sse(server.port());
    sse.request("GET", "/x", "Accept: text/event-stream\r\n");
    QVERIFY(sse.awaitText("retry: "));
    WireClient held(server.port());
    held.request("GET", "/x?timeout=30&client_id=held");
    WireClient away(server.port());
    away.request("GET", "/x?timeout=0&client_id=away");
    QVERIFY(away.answer());
    QVERIFY(server.awaitClients(4));

    server.advance(std::chrono::hours(hours));
    server.publish("/y", "what nobody hears moves the loop");
    QTest::qWait(600); // two ticks
    QVERIFY(held.received().isEmpty());
    QCOMPARE(server.look()->clients.size(), 4u);

    *steadyMs += std::chrono::milliseconds(kPingInterval).count();
    const auto ping = ws.frame();
    QVERIFY(ping);
    QCOMPARE(ping->opcode, int(WebSocketPeer::Ping));
    QVERIFY(sse.awaitText(":\n\n"));
    *steadyMs += 10'000;
    const auto answer = held.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 204);
    *steadyMs += std::chrono::milliseconds(kPollerGone).count();
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) {
        return std::none_of(s.clients.begin(), s.clients.end(),
                            [](const ClientInfo &client) { return client.name == u"away"; });
    }));
}

QTEST_GUILESS_MAIN(BoundsTest)
#include "tst_bounds.moc"
