// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"
#include "websocketpeer.h"

#include "transport/websocketsession.h"

#include <QtTest>

using namespace pushdeck;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// The WebSocket as a client meets it: upgrade, raw frames, cursors, pings and closes. The
/// subprotocols have a test of their own.
class WebSocketTest final : public QObject
{
    Q_OBJECT

private slots:
    void relaysToEveryoneTheSenderIncluded();
    void binaryStaysBinary();
    void jsonFormat();
    void severalTopicsAndPatterns();
    void cursor_data();
    void cursor();
    void gapIsLogged();
    void refusedUpgrade_data();
    void refusedUpgrade();
    void publishingNeedsTheToken();
    void withoutRelay();
    void answersPings();
    void pingsAndTimesOut();
    void aPongKeepsItOpen();
    void brokenFrame_data();
    void brokenFrame();
    void nothingFollowsTheCloseOfABrokenFrame();
    void fragmentsWithAPingBetween();
    void clientCloses_data();
    void clientCloses();
    void abnormalLossIs1006();
    void resetBeforeItIsAnswered();
    void operatorCloses_data();
    void operatorCloses();
};

void WebSocketTest::relaysToEveryoneTheSenderIncluded()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/");
    WebSocketPeer b(server.port(), "/");
    WebSocketPeer other(server.port(), "/other");
    QCOMPARE(a.status(), 101);
    QCOMPARE(a.answer().field("Sec-WebSocket-Accept"), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));

    a.sendText("héllo");
    QCOMPARE(a.text(), QByteArray("héllo"));
    QCOMPARE(b.text(), QByteArray("héllo"));
    server.publish("/other", "mine");
    QCOMPARE(other.text(), QByteArray("mine"));
}

void WebSocketTest::binaryStaysBinary()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/b");
    const QByteArray bytes("\x00\xff\x80 ok", 6);
    a.send(WebSocketPeer::Binary, bytes);
    const auto back = a.frame();
    QVERIFY(back);
    QCOMPARE(back->opcode, int(WebSocketPeer::Binary));
    QCOMPARE(back->payload, bytes);

    // Text in a binary frame leaves in one; what is not UTF-8 cannot leave in a text frame.
    a.send(WebSocketPeer::Binary, "text");
    QCOMPARE(a.frame()->opcode, int(WebSocketPeer::Binary));
    server.publish("/b", bytes);
    QCOMPARE(a.frame()->opcode, int(WebSocketPeer::Binary));
    a.send(WebSocketPeer::Text, {});
    const auto empty = a.frame();
    QVERIFY(empty);
    QCOMPARE(empty->opcode, int(WebSocketPeer::Text));
    QVERIFY(empty->payload.isEmpty());
}

void WebSocketTest::jsonFormat()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/j?format=json");
    const QByteArray id = server.publish("/j", "hé\"", QStringLiteral("news"));
    const QJsonObject message = a.json();
    QCOMPARE(message.value(u"type").toString(), u"message"_s);
    QCOMPARE(message.value(u"id").toString().toLatin1(), id);
    QCOMPARE(message.value(u"topic").toString(), u"/j"_s);
    QCOMPARE(message.value(u"event").toString(), u"news"_s);
    QCOMPARE(message.value(u"content_type").toString(), u"text/plain; charset=utf-8"_s);
    QCOMPARE(message.value(u"data").toString(), QStringLiteral("hé\""));
    QCOMPARE(message.value(u"encoding").toString(), u"utf-8"_s);
    QCOMPARE(message.value(u"time").toInteger(), server.nowMs());

    server.publish("/j", "\xff");
    const QJsonObject binary = a.json();
    QCOMPARE(binary.value(u"data").toString(), u"/w=="_s);
    QCOMPARE(binary.value(u"encoding").toString(), u"base64"_s);
    QVERIFY(binary.value(u"event").isNull());
}

void WebSocketTest::severalTopicsAndPatterns()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/a?topic=/b&topic=/orders/*&topic=/deep/**");
    server.publish("/a", "1");
    server.publish("/b", "2");
    server.publish("/orders/x", "3");
    server.publish("/orders/x/y", "no");
    server.publish("/deep/x/y", "4");
    for (const char *expected : {"1", "2", "3", "4"})
        QCOMPARE(a.text(), QByteArray(expected));
    a.sendText("to the first");
    QCOMPARE(a.text(), QByteArray("to the first"));
    QCOMPARE(server.rows(TrafficKind::Message).back().topic, u"/a"_s);
}

void WebSocketTest::cursor_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArrayList>("expected");
    const QByteArrayList all{"one", "two", "three"};
    QTest::newRow("none") << QByteArray() << QByteArray() << QByteArrayList{};
    QTest::newRow("latest") << QByteArray("?since=latest") << QByteArray() << QByteArrayList{};
    QTest::newRow("all") << QByteArray("?since=all") << QByteArray() << all;
    QTest::newRow("last two") << QByteArray("?since=-2") << QByteArray() << all.mid(1);
    QTest::newRow("id") << QByteArray("?since=t-2") << QByteArray() << all.mid(2);
    QTest::newRow("last_event_id before since")
        << QByteArray("?since=all&last_event_id=t-1") << QByteArray() << all.mid(1);
    QTest::newRow("header before the rest") << QByteArray("?since=all&last_event_id=t-1")
                                            << QByteArray("Last-Event-ID: t-2\r\n") << all.mid(2);
    QTest::newRow("age") << QByteArray("?since=10s") << QByteArray() << all.mid(1);
}

void WebSocketTest::cursor()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, fields);
    QFETCH(QByteArrayList, expected);
    RunningServer server;
    server.publish("/c", "one");
    server.advance(60s);
    server.publish("/c", "two");
    server.publish("/c", "three");
    WebSocketPeer a(server.port(), "/c" + query, {}, fields);
    server.publish("/c", "live");
    for (const QByteArray &text : std::as_const(expected))
        QCOMPARE(a.text(), text);
    QCOMPARE(a.text(), QByteArray("live"));
}

void WebSocketTest::gapIsLogged()
{
    ServerOptions options = testOptions();
    options.history.messagesPerTopic = 2;
    RunningServer server(std::move(options));
    for (const char *text : {"1", "2", "3", "4"})
        server.publish("/g", text);
    WebSocketPeer raw(server.port(), "/g?since=t-1");
    QCOMPARE(raw.text(), QByteArray("3"));
    WebSocketPeer json(server.port(), "/g?since=t-1&format=json");
    const QJsonObject gap = json.json();
    QCOMPARE(gap.value(u"type").toString(), u"gap"_s);
    QCOMPARE(gap.value(u"lost").toInt(), 1);
    QCOMPARE(gap.value(u"reason").toString(), u"evicted"_s);
    QCOMPARE(gap.value(u"resumed_at").toString(), u"t-2"_s);
    QCOMPARE(json.json().value(u"data").toString(), u"3"_s);
    WebSocketPeer old(server.port(), "/g?since=before-7&format=json");
    const QJsonObject restarted = old.json();
    QCOMPARE(restarted.value(u"reason").toString(), u"restarted"_s);
    QVERIFY(restarted.value(u"lost").isNull());

    const auto rows = server.rows(TrafficKind::Gap);
    QCOMPARE(rows.size(), 3u);
    QVERIFY2(rows[0].text.contains(u"no room"), qPrintable(rows[0].text));
    QVERIFY2(!rows[1].text.contains(u"no room"), qPrintable(rows[1].text));
}

void WebSocketTest::refusedUpgrade_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    QTest::newRow("cursor") << QByteArray("/x?token=s&since=yesterday") << QByteArray() << 400;
    QTest::newRow("format") << QByteArray("/x?token=s&format=xml") << QByteArray() << 400;
    QTest::newRow("percent") << QByteArray("/x%zz?token=s") << QByteArray() << 400;
    QTest::newRow("reserved") << QByteArray("/_/api?token=s") << QByteArray() << 400;
    QTest::newRow("no token") << QByteArray("/x") << QByteArray() << 401;
    QTest::newRow("wrong token") << QByteArray("/x?token=t") << QByteArray() << 401;
    QTest::newRow("bearer") << QByteArray("/x") << QByteArray("Authorization: Bearer s\r\n") << 101;
    QTest::newRow("origin") << QByteArray("/x?token=s") << QByteArray("Origin: http://evil\r\n")
                            << 403;
    QTest::newRow("good origin") << QByteArray("/x?token=s")
                                 << QByteArray("Origin: http://good\r\n") << 101;
}

void WebSocketTest::refusedUpgrade()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    ServerOptions options = testOptions();
    options.access.subscribeToken = "s";
    options.access.origins = {"http://good"};
    RunningServer server(std::move(options));
    WebSocketPeer peer(server.port(), target, {}, fields);
    QCOMPARE(peer.status(), status);
    if (status == 101)
        return;
    QVERIFY(peer.wire().awaitText("\n")); // a sentence
    QVERIFY(peer.wire().awaitClose());
    QCOMPARE(server.rows(TrafficKind::Refused).size(), 1u);
    QCOMPARE(server.rows(TrafficKind::Refused)[0].code, status);
    if (status == 401)
        QCOMPARE(peer.answer().field("WWW-Authenticate"), QByteArray("Bearer"));
}

void WebSocketTest::publishingNeedsTheToken()
{
    ServerOptions options = testOptions();
    options.access.publishToken = "p";
    RunningServer server(std::move(options));
    WebSocketPeer without(server.port(), "/x");
    WebSocketPeer with(server.port(), "/x?token=p");
    with.sendText("allowed");
    QCOMPARE(without.text(), QByteArray("allowed"));
    without.sendText("not allowed");
    const auto close = without.closeFrame();
    QVERIFY(close);
    QCOMPARE(close->closeCode(), 1008);
    QVERIFY2(close->closeReason().contains("token"), close->closeReason().constData());
    QVERIFY(server.awaitClients(1));
    QCOMPARE(server.rows(TrafficKind::Message).size(), 1u);
}

void WebSocketTest::withoutRelay()
{
    ServerOptions options = testOptions();
    options.access.relay = false;
    RunningServer server(std::move(options));
    WebSocketPeer a(server.port(), "/x");
    a.sendText("for the operator");
    QVERIFY(server.awaitRows(TrafficKind::Message, 1));
    const TrafficEvent row = server.rows(TrafficKind::Message)[0];
    QCOMPARE(row.payload, QByteArray("for the operator"));
    QCOMPARE(row.fanOut, 0u);
    QVERIFY(row.messageId.isEmpty());
    server.publish("/x", "next");
    QCOMPARE(a.text(), QByteArray("next"));
}

void WebSocketTest::answersPings()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/x");
    a.send(WebSocketPeer::Ping, "payload");
    const auto pong = a.frame();
    QVERIFY(pong);
    QCOMPARE(pong->opcode, int(WebSocketPeer::Pong));
    QCOMPARE(pong->payload, QByteArray("payload"));
}

void WebSocketTest::pingsAndTimesOut()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/x");
    for (int i = 0; i < 2; ++i) {
        server.advance(kPingInterval);
        const auto ping = a.frame();
        QVERIFY(ping);
        QCOMPARE(ping->opcode, int(WebSocketPeer::Ping));
    }
    server.advance(kPingInterval);
    const auto close = a.closeFrame();
    QVERIFY(close);
    QCOMPARE(close->closeCode(), 1001);
    QVERIFY(server.awaitRows(TrafficKind::Disconnected, 1));
    QCOMPARE(server.rows(TrafficKind::Disconnected)[0].code, 1001);
}

void WebSocketTest::aPongKeepsItOpen()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/x");
    for (int i = 0; i < 5; ++i) {
        server.advance(kPingInterval);
        const auto ping = a.frame();
        QVERIFY(ping);
        QCOMPARE(ping->opcode, int(WebSocketPeer::Ping));
        a.send(WebSocketPeer::Pong, ping->payload);
        const std::int64_t now = server.nowMs();
        QVERIFY(server.awaitSnapshot([now](const Snapshot &s) {
            return s.clients.size() == 1 && s.clients[0].lastActivityMs == now;
        }));
    }
}

void WebSocketTest::brokenFrame_data()
{
    QTest::addColumn<int>("firstByte");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("code");
    QTest::newRow("over the limit") << 0x81 << QByteArray(4097, 'x') << 1009;
    QTest::newRow("binary over the limit") << 0x82 << QByteArray(1 << 20, 'x') << 1009;
    QTest::newRow("not UTF-8") << 0x81 << QByteArray("\xc3\x28") << 1007;
    QTest::newRow("cut UTF-8") << 0x81 << QByteArray("\xe2\x82") << 1007;
    QTest::newRow("surrogate") << 0x81 << QByteArray("\xed\xa0\x80") << 1007;
    QTest::newRow("reserved bit 1") << 0xc1 << QByteArray("x") << 1002;
    QTest::newRow("reserved bit 3") << 0x91 << QByteArray("x") << 1002;
    QTest::newRow("reserved opcode") << 0x83 << QByteArray("x") << 1002;
    QTest::newRow("reserved control opcode") << 0x8b << QByteArray("x") << 1002;
    QTest::newRow("continuation of nothing") << 0x80 << QByteArray("x") << 1002;
    QTest::newRow("long ping") << 0x89 << QByteArray(126, 'x') << 1002;
    QTest::newRow("fragmented ping") << 0x09 << QByteArray("x") << 1002;
    QTest::newRow("close with one byte") << 0x88 << QByteArray("x") << 1002;
    QTest::newRow("close with 1005") << 0x88 << QByteArray("\x03\xed") << 1002;
}

void WebSocketTest::brokenFrame()
{
    QFETCH(int, firstByte);
    QFETCH(QByteArray, payload);
    QFETCH(int, code);
    ServerOptions options = testOptions();
    options.limits.frameBytes = 4096;
    RunningServer server(std::move(options));
    WebSocketPeer bystander(server.port(), "/x");
    WebSocketPeer a(server.port(), "/x");
    a.sendRaw(static_cast<std::uint8_t>(firstByte), payload, 0xa1b2c3d4);
    const auto close = a.closeFrame();
    QVERIFY(close);
    QCOMPARE(close->closeCode(), code);
    QVERIFY(server.awaitRows(TrafficKind::Disconnected, 1));
    const TrafficEvent row = server.rows(TrafficKind::Disconnected)[0];
    QCOMPARE(row.code, code);
    QVERIFY(!row.text.isEmpty());
    // Nobody else notices.
    server.publish("/x", "still here");
    QCOMPARE(bystander.text(), QByteArray("still here"));
}

void WebSocketTest::nothingFollowsTheCloseOfABrokenFrame()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/x");
    a.sendRaw(0x83, "x", 0xa1b2c3d4);
    QVERIFY(server.awaitClients(0));
    QCOMPARE(server.send({SendTarget::Kind::Topic, QStringLiteral("/x"), {}}, "late").delivered,
             0u);
    QVERIFY(a.closeFrame());
    QVERIFY(a.wire().awaitClose());
    QVERIFY(a.wire().received().isEmpty());
}

void WebSocketTest::fragmentsWithAPingBetween()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/x");
    a.send(WebSocketPeer::Text, "one ", false);
    a.send(WebSocketPeer::Ping, "p");
    a.send(WebSocketPeer::Continuation, "two ", false);
    a.send(WebSocketPeer::Continuation, "three");
    QCOMPARE(a.frame()->opcode, int(WebSocketPeer::Pong));
    QCOMPARE(a.text(), QByteArray("one two three"));
}

void WebSocketTest::clientCloses_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<int>("logged");
    QTest::newRow("normal") << 1000 << QByteArray() << 1000;
    QTest::newRow("with a reason") << 1001 << QByteArray("leaving the page") << 1001;
    QTest::newRow("own code") << 4321 << QByteArray("mine") << 4321;
    QTest::newRow("the client's own failure") << 1002 << QByteArray("you broke it") << 1002;
    QTest::newRow("without a code") << 0 << QByteArray() << 1000;
}

void WebSocketTest::clientCloses()
{
    QFETCH(int, code);
    QFETCH(QByteArray, reason);
    QFETCH(int, logged);
    RunningServer server;
    WebSocketPeer a(server.port(), "/x");
    if (code)
        a.sendClose(code, reason);
    else
        a.send(WebSocketPeer::Close, {});
    const auto close = a.closeFrame();
    QVERIFY(close);
    if (code)
        QCOMPARE(close->closeCode(), code);
    QVERIFY(a.wire().awaitClose());
    QVERIFY(server.awaitRows(TrafficKind::Disconnected, 1));
    const TrafficEvent row = server.rows(TrafficKind::Disconnected)[0];
    QCOMPARE(row.code, logged);
    QCOMPARE(row.transport, Transport::WebSocket);
    if (!reason.isEmpty())
        QCOMPARE(row.text, QString::fromUtf8(reason));
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.openConnections == 0; }));
}

void WebSocketTest::abnormalLossIs1006()
{
    RunningServer server;
    WebSocketPeer finished(server.port(), "/x");
    finished.wire().close();
    QVERIFY(server.awaitRows(TrafficKind::Disconnected, 1));
    WebSocketPeer reset(server.port(), "/x");
    reset.wire().reset();
    QVERIFY(server.awaitRows(TrafficKind::Disconnected, 2));
    for (const TrafficEvent &row : server.rows(TrafficKind::Disconnected)) {
        QCOMPARE(row.code, 1006);
        QCOMPARE(row.text, u"the connection broke"_s);
    }
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.openConnections == 0; }));
}

void WebSocketTest::resetBeforeItIsAnswered()
{
    RunningServer server;
    {
        WireClient gone(server.port());
        gone.request("GET", "/x",
                     "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        gone.reset();
    }
    WebSocketPeer next(server.port(), "/x");
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.openConnections == 1; }));
    QCOMPARE(server.rows(TrafficKind::Connected).size(), 1u);
    server.publish("/x", "to those who stayed");
    QCOMPARE(next.text(), QByteArray("to those who stayed"));
}

void WebSocketTest::operatorCloses_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<int>("sentCode");
    QTest::addColumn<QByteArray>("sentReason");
    QTest::newRow("own code") << 4000 << u"bye"_s << 4000 << QByteArray("bye");
    QTest::newRow("normal") << 1000 << QString() << 1000 << QByteArray();
    QTest::newRow("reason cut at a character")
        << 1001 << QString(100, u'é') << 1001 << QString(61, u'é').toUtf8();
    QTest::newRow("a code that must not be sent") << 1006 << u"x"_s << 1000 << QByteArray("x");
    QTest::newRow("no code") << 0 << u"x"_s << 1000 << QByteArray("x");
}

void WebSocketTest::operatorCloses()
{
    QFETCH(int, code);
    QFETCH(QString, reason);
    QFETCH(int, sentCode);
    QFETCH(QByteArray, sentReason);
    RunningServer server;
    WebSocketPeer a(server.port(), "/x");
    QVERIFY(server.awaitClients(1));
    server.control().closeClient(server.look()->clients[0].id, static_cast<std::uint16_t>(code),
                                 reason);
    const auto close = a.closeFrame();
    QVERIFY(close);
    QCOMPARE(close->closeCode(), sentCode);
    QCOMPARE(close->closeReason(), sentReason);
    QVERIFY(a.wire().awaitClose());
    QVERIFY(server.awaitClients(0));
    QCOMPARE(server.rows(TrafficKind::Disconnected)[0].code, sentCode);
    server.control().closeClient(4711, 1000, QStringLiteral("nobody")); // harmless
}

QTEST_GUILESS_MAIN(WebSocketTest)
#include "tst_websocket.moc"
