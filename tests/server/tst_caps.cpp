// SPDX-License-Identifier: GPL-3.0-or-later
// How much clients may cost: at each bound a clear refusal, a count, and all is well again after
// it.
#include "serverfixture.h"
#include "websocketpeer.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QtTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class CapsTest final : public QObject
{
    Q_OBJECT

private slots:
    void connectionsOfOneAddress();
    void refusedConnectionsUseUpNothing();
    void topicsOfOneClient();
    void topicsInAll();
    void patternsInAll();
    void allBacklogsTogether();
    void aFrameThatIsNotFinished_data();
    void aFrameThatIsNotFinished();
    void slowButSteadyIsFine();
    void rateOverHttp();
    void rateOfAddresses();
    void rateOverTheEnvelope();
    void rateOfRawFrames();
    void rateChangesAtOnce();
    void theOperatorHasNoRate();
    void everyLimitIsShown();
};

namespace {

int post(const RunningServer &server, const QByteArray &target, const QByteArray &body,
         const QByteArray &fields = {})
{
    WireClient wire(server.port());
    wire.request("POST", target, fields, body);
    const auto answer = wire.answer();
    return answer ? answer->status : 0;
}

int get(const RunningServer &server, const QByteArray &target)
{
    WireClient wire(server.port());
    wire.request("GET", target);
    const auto answer = wire.answer();
    return answer ? answer->status : 0;
}

QByteArray metric(const RunningServer &server, const QByteArray &name)
{
    WireClient wire(server.port());
    wire.request("GET", "/_/metrics");
    const auto answer = wire.answer();
    const qsizetype at = answer ? answer->body.indexOf('\n' + name + ' ') : -1;
    if (at < 0)
        return "none";
    const qsizetype begin = at + name.size() + 2;
    return answer->body.mid(begin, answer->body.indexOf('\n', begin) - begin);
}

} // namespace

void CapsTest::connectionsOfOneAddress()
{
    ServerOptions options = testOptions();
    options.limits.connectionsPerLoopback = 3;
    RunningServer server(std::move(options));
    WebSocketPeer socket(server.port(), "/a");
    QCOMPARE(socket.status(), 101);
    WireClient stream(server.port());
    stream.request("GET", "/a", "Accept: text/event-stream\r\n");
    QVERIFY(stream.head());
    auto idle = std::make_unique<WireClient>(server.port());
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.openConnections == 3; }));

    WireClient fourth(server.port());
    const auto refused = fourth.answer(); // not asked anything
    QVERIFY(refused);
    QCOMPARE(refused->status, 429);
    QVERIFY(refused->field("Retry-After").toInt() > 0);
    QVERIFY(refused->body.contains("Your address"));
    QVERIFY(fourth.awaitClose());
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.totals.refusals.address == 1; }));

    // Another address is another matter.
    QTcpSocket other;
    QVERIFY(other.bind(QHostAddress(u"127.0.0.2"_s)));
    other.connectToHost(u"127.0.0.1"_s, server.port());
    other.write("GET /_/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QByteArray answer;
    QVERIFY(QTest::qWaitFor([&] { return (answer += other.readAll()).contains("200 OK"); }));

    // Those who are here go on, and who makes room is let in again, whatever the connection was.
    server.publish("/a", "still here");
    QCOMPARE(socket.text(), QByteArray("still here"));
    idle.reset();
    const auto letIn = [&server] {
        WireClient next(server.port());
        next.request("GET", "/_/health");
        const auto health = next.answer();
        return health && health->status == 200;
    };
    QVERIFY(QTest::qWaitFor(letIn));
    stream.close();
    WireClient kept(server.port());
    kept.request("GET", "/_/health");
    QVERIFY(QTest::qWaitFor(letIn));
    // Also in place of a WebSocket that closes properly, and lingers.
    WireClient another(server.port());
    another.request("GET", "/_/health");
    QVERIFY(another.answer());
    QVERIFY(QTest::qWaitFor([&] { return !letIn(); }));
    socket.sendClose(1000);
    QVERIFY(socket.closeFrame());
    QVERIFY(QTest::qWaitFor(letIn));
}

void CapsTest::refusedConnectionsUseUpNothing()
{
    ServerOptions options = testOptions();
    options.limits.connectionsPerLoopback = 2;
    options.limits.connections = 500;
    RunningServer server(std::move(options));
    WireClient a(server.port());
    WireClient b(server.port());
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.openConnections == 2; }));
    std::vector<std::unique_ptr<WireClient>> flood;
    for (int i = 0; i < 300; ++i)
        flood.push_back(std::make_unique<WireClient>(server.port()));
    // Most are closed without a word: refusing takes a socket for a second.
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.totals.connections >= 302; }));
    const auto snapshot = server.look();
    QVERIFY2(snapshot->openConnections <= 2 + 64,
             QByteArray::number(snapshot->openConnections).constData());
    a.request("GET", "/_/health");
    QCOMPARE(a.answer()->status, 200);
    flood.clear();
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.openConnections == 2; }));
}

void CapsTest::topicsOfOneClient()
{
    ServerOptions options = testOptions();
    options.limits.topicsPerClient = 2;
    RunningServer server(std::move(options));
    QCOMPARE(get(server, "/a?topic=/b&timeout=0"), 204);
    QCOMPARE(get(server, "/a?topic=/b&topic=/c&timeout=0"), 400);
    QCOMPARE(get(server, "/a?topic=/b&topic=/b&topic=/a&timeout=0"), 204); // counted once
    WebSocketPeer refused(server.port(), "/a?topic=/b&topic=/c");
    QCOMPARE(refused.status(), 400);

    WebSocketPeer peer(server.port(), "/a", "pushdeck.v1");
    peer.sendText(R"({"type":"subscribe","topic":"/b","ref":1})");
    QCOMPARE(peer.json().value(u"type").toString(), u"ack"_s);
    peer.sendText(R"({"type":"subscribe","topic":"/c","ref":2})");
    QCOMPARE(peer.json().value(u"status").toInt(), 429);
    peer.sendText(R"({"type":"subscribe","topics":["/x","/y","/z"],"ref":3})");
    QCOMPARE(peer.json().value(u"status").toInt(), 400);
    peer.sendText(R"({"type":"unsubscribe","topic":"/b","ref":4})");
    QCOMPARE(peer.json().value(u"type").toString(), u"ack"_s);
    peer.sendText(R"({"type":"subscribe","topic":"/c","ref":5})");
    QCOMPARE(peer.json().value(u"type").toString(), u"ack"_s);
    for (const char *topic : {"/a", "/b", "/c"})
        peer.sendText(QByteArray(R"({"type":"presence","ref":6,"topic":")") + topic + "\"}");
    int refusals = 0;
    for (int i = 0; i < 5; ++i)
        refusals += peer.json().value(u"status").toInt() == 429;
    QCOMPARE(refusals, 1);
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.totals.refusals.topics == 5; }));
}

void CapsTest::topicsInAll()
{
    ServerOptions options = testOptions();
    options.limits.topicsSubscribed = 2;
    RunningServer server(std::move(options));
    WebSocketPeer a(server.port(), "/a", "pushdeck.v1");
    auto b = std::make_unique<WebSocketPeer>(server.port(), "/b");
    QVERIFY(server.awaitClients(2));
    QCOMPARE(get(server, "/c?timeout=0"), 503);
    QCOMPARE(WebSocketPeer(server.port(), "/c").status(), 503);
    WireClient stream(server.port());
    stream.request("GET", "/c", "Accept: text/event-stream\r\n");
    QCOMPARE(stream.answer()->status, 503);
    a.sendText(R"({"type":"subscribe","topic":"/c","ref":1})");
    QCOMPARE(a.json().value(u"status").toInt(), 503);
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.totals.refusals.topics == 4; }));
    // What is subscribed to by others takes nothing more, and publishing is not subscribing.
    QCOMPARE(get(server, "/a?topic=/b&timeout=0"), 204);
    QCOMPARE(post(server, "/c", "x"), 202);
    b.reset();
    QVERIFY(server.awaitClients(2)); // the poller is one, until it stays away
    QVERIFY(QTest::qWaitFor([&] { return get(server, "/c?timeout=0") == 204; }));
    QCOMPARE(metric(server, "pushdeck_refusals_by_cause_total{cause=\"topics\"}").isEmpty(), false);
    QCOMPARE(metric(server, "pushdeck_topics_subscribed"), QByteArray("1"));
}

void CapsTest::patternsInAll()
{
    ServerOptions options = testOptions();
    options.limits.patternsSubscribed = 1;
    RunningServer server(std::move(options));
    auto a = std::make_unique<WebSocketPeer>(server.port(), "/a/*");
    WebSocketPeer same(server.port(), "/a/*");
    QVERIFY(server.awaitClients(2));
    QCOMPARE(same.status(), 101);
    QCOMPARE(get(server, "/b/*?timeout=0"), 503);
    QCOMPARE(get(server, "/b?timeout=0"), 204);
    a.reset();
    QVERIFY(QTest::qWaitFor([&] { return get(server, "/b/*?timeout=0") == 503; }));
    same.wire().close();
    QVERIFY(QTest::qWaitFor([&] { return get(server, "/b/*?timeout=0") == 204; }));
}

void CapsTest::allBacklogsTogether()
{
    ServerOptions options = testOptions();
    options.limits.backlogBytes = 512ll * 1024 * 1024; // nobody's own
    options.limits.backlogBytesTotal = 3 * 1024 * 1024;
    RunningServer server(std::move(options));
    WebSocketPeer good(server.port(), "/big");
    WebSocketPeer small(server.port(), "/small");
    WireClient big(server.port());
    big.request("GET", "/big", "Accept: text/event-stream\r\n");
    QVERIFY(big.head());
    QVERIFY(server.awaitClients(3));
    small.wire().stopReading();
    big.stopReading();
    const QByteArray payload(60'000, 'x');
    // The one falls behind first, and then the other further.
    const auto backlogOf = [&server](const QString &topic) {
        for (const ClientInfo &client : server.look()->clients) {
            if (client.topics == QStringList{topic} && client.backlogBytes > 0)
                return client.backlogBytes;
        }
        return std::uint64_t(0);
    };
    for (int i = 0; i < 600 && backlogOf(u"/small"_s) < 600'000; i += 20) {
        for (int k = 0; k < 20; ++k)
            server.send({SendTarget::Kind::Topic, u"/small"_s, {}}, payload);
    }
    QVERIFY(backlogOf(u"/small"_s) >= 600'000);
    QVERIFY(server.rows(TrafficKind::Disconnected).empty());
    for (int i = 0; i < 600 && server.rows(TrafficKind::Disconnected).empty(); ++i) {
        server.send({SendTarget::Kind::Topic, u"/big"_s, {}}, payload);
        QCOMPARE(good.text().size(), payload.size());
        QCoreApplication::processEvents();
    }
    const auto rows = server.rows(TrafficKind::Disconnected);
    QCOMPARE(rows.size(), std::size_t(1));
    QCOMPARE(rows[0].topic, u"/big"_s);
    QCOMPARE(rows[0].code, 1013);
    QVERIFY2(rows[0].text.contains(u"all together"), qPrintable(rows[0].text));
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) {
        return s.clients.size() == 2 && s.totals.closedSlow == 1 && s.openConnections == 2;
    }));
    QCOMPARE(metric(server, "pushdeck_clients_ended_total{reason=\"backlog_total\"}"),
             QByteArray("1"));
    // The other one stays, and gets all that waits for it.
    small.wire().resumeReading();
    server.publish("/small", "the end");
    QByteArray last;
    while (last != "the end") {
        last = small.text();
        QVERIFY(!last.isNull());
    }
}

void CapsTest::aFrameThatIsNotFinished_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("ends");
    const QByteArray mask(4, '\0');
    QTest::newRow("part of the payload") << "\x81\x8a" + mask + "12345" << true;
    QTest::newRow("one byte of a large one")
        << QByteArray("\x81\xff\x00\x00\x00\x00\x00\x01\x00\x00", 10) + mask + "1" << true;
    QTest::newRow("fragments without an end")
        << "\x01\x82" + mask + "ab" + QByteArray("\x00\x82", 2) + mask + "cd" << true;
    QTest::newRow("a ping between fragments") << "\x01\x82" + mask + "ab\x89\x80" + mask << true;
    QTest::newRow("half a head") << QByteArray("\x81") << true;
    QTest::newRow("a head alone") << "\x81\x8a" + mask << true;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("a whole one") << "\x81\x82" + mask + "ab" << false;
    QTest::newRow("fragments with an end")
        << "\x01\x82" + mask + "ab\x80\x82" + mask + "cd" << false;
}

void CapsTest::aFrameThatIsNotFinished()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, ends);
    ServerOptions options = testOptions();
    options.limits.frameDeadline = 600ms;
    RunningServer server(std::move(options));
    WebSocketPeer peer(server.port(), "/a");
    WebSocketPeer other(server.port(), "/b");
    QVERIFY(server.awaitClients(2));
    QElapsedTimer timer;
    timer.start();
    peer.wire().send(bytes);
    if (!ends) {
        QTest::qWait(1500);
        QCOMPARE(server.look()->clients.size(), std::size_t(2));
        return;
    }
    std::optional<WireFrame> close = peer.frame();
    while (close && close->opcode != WebSocketPeer::Close)
        close = peer.frame(); // a pong
    QVERIFY(close);
    QCOMPARE(close->closeCode(), 1008);
    QVERIFY(close->closeReason().contains("too long"));
    QVERIFY(timer.elapsed() >= 500);
    QVERIFY(server.awaitClients(1));
    QCOMPARE(metric(server, "pushdeck_clients_ended_total{reason=\"frame_too_slow\"}"),
             QByteArray("1"));
}

void CapsTest::slowButSteadyIsFine()
{
    ServerOptions options = testOptions();
    options.limits.frameDeadline = 700ms;
    RunningServer server(std::move(options));
    WebSocketPeer peer(server.port(), "/a");
    // Each message is finished in time, and the next is begun in the same breath: whenever somebody
    // looks there is part of one.
    const QByteArray frame = "\x81\x82" + QByteArray(4, '\0') + "ab";
    peer.wire().send(frame.first(7));
    for (int i = 0; i < 8; ++i) {
        QTest::qWait(300);
        peer.wire().send(frame.mid(7) + frame.first(7));
        QCOMPARE(peer.text(), QByteArray("ab"));
    }
    QCOMPARE(server.look()->clients.size(), std::size_t(1));
}

void CapsTest::rateOverHttp()
{
    ServerOptions options = testOptions();
    options.rate = {1, 3, 0};
    RunningServer server(std::move(options));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(post(server, "/r", "x"), 202);
    WireClient wire(server.port());
    wire.request("POST", "/r", {}, "x");
    const auto refused = wire.answer();
    QVERIFY(refused);
    QCOMPARE(refused->status, 429);
    QCOMPARE(refused->field("Retry-After"), QByteArray("1"));
    QCOMPARE(refused->body,
             QByteArray("Too many messages: a client may send 1 messages a second, 3 at "
                        "once.\n"));
    // Whatever the connection; and reading is not bounded.
    wire.request("POST", "/other", {}, "x");
    QCOMPARE(wire.answer()->status, 429);
    QCOMPARE(get(server, "/r?since=all&timeout=0"), 200);
    QVERIFY(server.awaitSnapshot(
        [](const Snapshot &s) { return s.totals.refusals.rate == 2 && s.totals.published == 3; }));
    QCOMPARE(metric(server, "pushdeck_refusals_by_cause_total{cause=\"rate\"}"), QByteArray("2"));
    QVERIFY(QTest::qWaitFor([&] { return post(server, "/r", "x") == 202; }));
}

void CapsTest::rateOfAddresses()
{
    ServerOptions options = testOptions();
    options.rate = {1, 1, 0};
    RunningServer server(std::move(options));
    QCOMPARE(post(server, "/r", "x"), 202);
    QCOMPARE(post(server, "/r", "x"), 429);
    QTcpSocket other;
    QVERIFY(other.bind(QHostAddress(u"127.0.0.2"_s)));
    other.connectToHost(u"127.0.0.1"_s, server.port());
    other.write("POST /r HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx");
    QByteArray answer;
    QVERIFY(QTest::qWaitFor([&] { return (answer += other.readAll()).contains("202"); }));
}

void CapsTest::rateOverTheEnvelope()
{
    ServerOptions options = testOptions();
    options.rate = {1, 2, 0};
    RunningServer server(std::move(options));
    WebSocketPeer peer(server.port(), "/r", "pushdeck.v1");
    QJsonObject refused;
    for (int ref = 1; ref <= 3; ++ref) {
        peer.sendJson({{u"type"_s, u"publish"_s},
                       {u"topic"_s, u"/elsewhere"_s},
                       {u"data"_s, u"x"_s},
                       {u"ref"_s, ref}});
        refused = peer.json();
        QCOMPARE(refused.value(u"type").toString(), ref < 3 ? u"ack"_s : u"error"_s);
        QCOMPARE(refused.value(u"ref").toInt(), ref);
    }
    QCOMPARE(refused.value(u"status").toInt(), 429);
    const double after = refused.value(u"retry_after").toDouble();
    QVERIFY2(after > 0 && after <= 1, QByteArray::number(after).constData());
    // It is told, and goes on; another connection has its own.
    WebSocketPeer other(server.port(), "/r", "pushdeck.v1");
    other.sendText(R"({"type":"publish","data":"y"})");
    QCOMPARE(other.json().value(u"type").toString(), u"message"_s);
    QCOMPARE(peer.json().value(u"type").toString(), u"message"_s);
    QTest::qWait(int(after * 1000) + 20);
    peer.sendText(R"({"type":"publish","topic":"/elsewhere","data":"z","ref":9})");
    QCOMPARE(peer.json().value(u"ref").toInt(), 9);
    QCOMPARE(server.look()->totals.refusals.rate, std::uint64_t(1));
}

void CapsTest::rateOfRawFrames()
{
    ServerOptions options = testOptions();
    options.rate = {1, 5, 0};
    RunningServer server(std::move(options));
    WebSocketPeer peer(server.port(), "/r");
    WebSocketPeer reader(server.port(), "/r");
    QVERIFY(server.awaitClients(2));
    // The burst is forgiven; after it the close says why, and nothing was dropped before it.
    for (int i = 0; i < 50; ++i)
        peer.sendText(QByteArray::number(i));
    for (int i = 0; i < 5; ++i)
        QCOMPARE(reader.text(), QByteArray::number(i));
    std::optional<WireFrame> close = peer.frame();
    while (close && close->opcode != WebSocketPeer::Close)
        close = peer.frame();
    QVERIFY(close);
    QCOMPARE(close->closeCode(), 1008);
    QCOMPARE(close->closeReason(),
             QByteArray("Too many messages: a client may send 1 messages a second, 5 at once."));
    QVERIFY(server.awaitClients(1));
    QCOMPARE(metric(server, "pushdeck_clients_ended_total{reason=\"too_many_messages\"}"),
             QByteArray("1"));
    QCOMPARE(server.look()->totals.published, std::uint64_t(5));
    WebSocketPeer again(server.port(), "/r");
    again.sendText("again");
    QCOMPARE(reader.text(), QByteArray("again"));
}

void CapsTest::rateChangesAtOnce()
{
    RunningServer server;
    WebSocketPeer peer(server.port(), "/r");
    for (int i = 0; i < 200; ++i)
        peer.sendText("x");
    for (int i = 0; i < 200; ++i)
        QCOMPARE(peer.text(), QByteArray("x"));
    ServerSettings settings;
    settings.rates = {1, 1, 0};
    server.control().configure(settings);
    peer.sendText("first");
    peer.sendText("second");
    QCOMPARE(peer.text(), QByteArray("first"));
    QVERIFY(peer.closeFrame());
    QCOMPARE(post(server, "/r", "x"), 202);
    QCOMPARE(post(server, "/r", "x"), 429);
    server.control().configure({});
    QCOMPARE(post(server, "/r", "x"), 202);
    QCOMPARE(post(server, "/r", "x"), 202);
}

void CapsTest::theOperatorHasNoRate()
{
    ServerOptions options = testOptions();
    options.rate = {1, 1, 1};
    RunningServer server(std::move(options));
    for (int i = 0; i < 20; ++i) {
        QVERIFY(!server.publish("/r", "hello").isEmpty());
        QCOMPARE(post(server, "/_/api/publish", R"({"topic":"/r","data":"x"})"), 202);
    }
}

void CapsTest::everyLimitIsShown()
{
    ServerOptions options = testOptions();
    options.limits.connectionsPerAddress = 77;
    options.limits.frameDeadline = 1234ms;
    options.rate = {5, 6, 7};
    RunningServer server(std::move(options));
    WireClient wire(server.port());
    wire.request("GET", "/_/api/status");
    const QJsonObject status = jsonOf(wire.answer()->body);
    const QJsonObject limits = status.value(u"limits").toObject();
    QCOMPARE(limits.value(u"connections_per_address").toInt(), 77);
    QCOMPARE(limits.value(u"frame_deadline_ms").toInt(), 1234);
    QCOMPARE(limits.size(), 25);
    const QJsonObject access = status.value(u"access").toObject();
    QCOMPARE(access.value(u"messages_per_second").toInt(), 5);
    QCOMPARE(access.value(u"burst").toInt(), 6);
    QCOMPARE(access.value(u"bytes_per_second").toInt(), 7);
    QCOMPARE(status.value(u"totals").toObject().value(u"refused_by").toObject().size(), 9);
}

QTEST_GUILESS_MAIN(CapsTest)
#include "tst_caps.moc"
