// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"
#include "wireclient.h"

#include "transport/ssesession.h"

#include <QtTest>

using namespace pushdeck;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr char kAccept[] = "Accept: text/event-stream\r\n";

/// An event stream, read event by event.
class Stream final
{
public:
    explicit Stream(quint16 port, const QByteArray &target, const QByteArray &fields = {})
        : wire(port)
    {
        wire.request("GET", target, kAccept + fields);
        head = wire.head().value_or(WireAnswer());
    }

    /// One chunk's body; null at the end of the stream.
    QByteArray chunk()
    {
        const qsizetype size = wire.takeUntil("\r\n").toLongLong(nullptr, 16);
        const QByteArray body = size > 0 ? wire.takeBytes(size) : QByteArray();
        return wire.awaitText("\r\n") ? body : QByteArray("no end of the chunk");
    }

    WireClient wire;
    WireAnswer head;
};

} // namespace

/// Server-Sent Events as they stand on the wire.
class SseTest final : public QObject
{
    Q_OBJECT

private slots:
    void head();
    void events_data();
    void events();
    void jsonHasNoEventName();
    void heartbeat();
    void messagesAreHeartbeats();
    void cursor_data();
    void cursor();
    void gapComesFirst();
    void http10IsNotChunked();
    void refused_data();
    void refused();
    void leavingIsNoticed();
    void halfCloseIsLeaving();
    void whatTheClientSendsIsNoMatter();
    void operatorCloses();
};

void SseTest::head()
{
    RunningServer server;
    Stream stream(server.port(), "/s");
    QCOMPARE(stream.head.status, 200);
    QCOMPARE(stream.head.field("Content-Type"), QByteArray("text/event-stream"));
    QCOMPARE(stream.head.field("Cache-Control"), QByteArray("no-store"));
    QCOMPARE(stream.head.field("X-Accel-Buffering"), QByteArray("no"));
    QCOMPARE(stream.head.field("Access-Control-Allow-Origin"), QByteArray("*"));
    QVERIFY(stream.head.chunked);
    QVERIFY(!stream.head.has("Content-Length"));
    const QByteArray first = stream.chunk();
    QVERIFY2(first.startsWith(':'), first.constData());
    // The position is known before there is a message to carry it.
    QVERIFY2(first.endsWith("\nid: t-0\nretry: 2000\n\n"), first.constData());
    QVERIFY(server.awaitClients(1));
    QCOMPARE(server.look()->clients[0].transport, Transport::Sse);
}

void SseTest::events_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QString>("event");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("text") << QByteArray("hé") << QString() << QByteArray("id: t-1\ndata: hé\n\n");
    QTest::newRow("event") << QByteArray("x") << u"news"_s
                           << QByteArray("id: t-1\nevent: news\ndata: x\n\n");
    QTest::newRow("lines") << QByteArray("a\nb\r\nc\rd") << QString()
                           << QByteArray("id: t-1\ndata: a\ndata: b\ndata: c\ndata: d\n\n");
    QTest::newRow("line at the end")
        << QByteArray("a\n") << QString() << QByteArray("id: t-1\ndata: a\ndata: \n\n");
    QTest::newRow("empty") << QByteArray() << QString() << QByteArray("id: t-1\ndata: \n\n");
    QTest::newRow("looks like a field") << QByteArray("x\n\nid: 5") << QString()
                                        << QByteArray("id: t-1\ndata: x\ndata: \ndata: id: 5\n\n");
    QTest::newRow("binary") << QByteArray("\xff\xfe") << QString()
                            << QByteArray("id: t-1\ndata: //4=\n\n");
}

void SseTest::events()
{
    QFETCH(QByteArray, data);
    QFETCH(QString, event);
    QFETCH(QByteArray, expected);
    RunningServer server;
    Stream stream(server.port(), "/s");
    (void)stream.chunk();
    server.publish("/s", data, event);
    QCOMPARE(stream.chunk(), expected);
}

void SseTest::jsonHasNoEventName()
{
    RunningServer server;
    Stream stream(server.port(), "/s?format=json");
    (void)stream.chunk();
    server.publish("/s", "x", u"news"_s);
    const QByteArray event = stream.chunk();
    QVERIFY2(event.startsWith("id: t-1\ndata: {\"type\":\"message\""), event.constData());
    QVERIFY(!event.contains("\nevent:"));
    const QJsonObject message = jsonOf(event.mid(event.indexOf('{')));
    QCOMPARE(message.value(u"event").toString(), u"news"_s);
}

void SseTest::heartbeat()
{
    RunningServer server;
    Stream stream(server.port(), "/s");
    (void)stream.chunk();
    for (int i = 0; i < 2; ++i) {
        server.advance(kSseHeartbeat);
        QCOMPARE(stream.chunk(), QByteArray(":\n\n"));
    }
}

void SseTest::messagesAreHeartbeats()
{
    RunningServer server;
    Stream stream(server.port(), "/s");
    (void)stream.chunk();
    server.advance(kSseHeartbeat - 1s);
    server.publish("/s", "x");
    (void)stream.chunk();
    (void)server.look(); // a tick has passed
    server.advance(2s);
    (void)server.look();
    server.publish("/s", "y");
    QCOMPARE(stream.chunk(), QByteArray("id: t-2\ndata: y\n\n"));
}

void SseTest::cursor_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("first");
    QTest::newRow("latest") << QByteArray() << QByteArray() << 4;
    QTest::newRow("since") << QByteArray("?since=t-1") << QByteArray() << 2;
    QTest::newRow("header beats since")
        << QByteArray("?since=all") << QByteArray("Last-Event-ID: t-2\r\n") << 3;
    QTest::newRow("header beats last_event_id")
        << QByteArray("?last_event_id=t-1") << QByteArray("Last-Event-ID: t-3\r\n") << 4;
    QTest::newRow("empty header counts for nothing")
        << QByteArray("?since=all") << QByteArray("Last-Event-ID:\r\n") << 1;
    QTest::newRow("age") << QByteArray("?since=2h") << QByteArray() << 1;
}

void SseTest::cursor()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, fields);
    QFETCH(int, first);
    RunningServer server;
    for (const char *text : {"1", "2", "3"})
        server.publish("/s", text);
    Stream stream(server.port(), "/s" + query, fields);
    (void)stream.chunk();
    server.publish("/s", "4");
    for (int i = first; i <= 4; ++i) {
        const QByteArray n = QByteArray::number(i);
        QCOMPARE(stream.chunk(), "id: t-" + n + "\ndata: " + n + "\n\n");
    }
}

void SseTest::gapComesFirst()
{
    ServerOptions options = testOptions();
    options.history.messagesPerTopic = 2;
    RunningServer server(std::move(options));
    for (const char *text : {"1", "2", "3", "4"})
        server.publish("/s", text);
    Stream evicted(server.port(), "/s", "Last-Event-ID: t-1\r\n");
    (void)evicted.chunk();
    const QByteArray gap = evicted.chunk();
    QVERIFY2(gap.startsWith("id: t-2\nevent: gap\ndata: {"), gap.constData());
    const QJsonObject lost = jsonOf(gap.mid(gap.indexOf('{')));
    QCOMPARE(lost.value(u"lost").toInt(), 1);
    QCOMPARE(lost.value(u"reason").toString(), u"evicted"_s);
    QCOMPARE(lost.value(u"resumed_at").toString(), u"t-2"_s);
    QCOMPARE(evicted.chunk(), QByteArray("id: t-3\ndata: 3\n\n"));

    Stream restarted(server.port(), "/s", "Last-Event-ID: earlier-9\r\n");
    (void)restarted.chunk();
    const QByteArray again = restarted.chunk();
    QVERIFY2(again.contains("event: gap\n") && again.contains("\"reason\":\"restarted\""),
             again.constData());
    QCOMPARE(server.rows(TrafficKind::Gap).size(), 2u);
}

void SseTest::http10IsNotChunked()
{
    RunningServer server;
    server.publish("/s", "1");
    WireClient wire(server.port());
    wire.send("GET /s?since=all HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n");
    const auto head = wire.head();
    QVERIFY(head);
    QVERIFY(!head->chunked);
    QCOMPARE(head->field("Connection"), QByteArray("close"));
    QVERIFY(wire.awaitText("retry: 2000\n\nid: t-1\ndata: 1\n\n"));
    (void)server.look(); // a tick has passed
    server.advance(kSseHeartbeat);
    QVERIFY(wire.awaitText(":\n\n"));
    server.stop();
    QVERIFY(wire.awaitClose());
    QVERIFY(!wire.received().contains("0\r\n\r\n"));
}

void SseTest::refused_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    QTest::newRow("cursor") << QByteArray("/s?since=x&token=s") << QByteArray() << 400;
    QTest::newRow("cursor in the header")
        << QByteArray("/s?token=s") << QByteArray("Last-Event-ID: x\r\n") << 400;
    QTest::newRow("format") << QByteArray("/s?format=xml&token=s") << QByteArray() << 400;
    QTest::newRow("name") << QByteArray("/s%00?token=s") << QByteArray() << 400;
    QTest::newRow("token") << QByteArray("/s") << QByteArray() << 401;
    QTest::newRow("origin") << QByteArray("/s?token=s") << QByteArray("Origin: http://evil\r\n")
                            << 403;
}

void SseTest::refused()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    ServerOptions options = testOptions();
    options.access.subscribeToken = "s";
    options.access.origins = {"http://good"};
    RunningServer server(std::move(options));
    WireClient wire(server.port());
    wire.request("GET", target, kAccept + fields);
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, status);
    QVERIFY(!answer->body.isEmpty());
    QVERIFY(answer->field("Content-Type").startsWith("text/plain"));
    QCOMPARE(server.rows(TrafficKind::Refused).size(), 1u);
    QVERIFY(server.rows(TrafficKind::Connected).empty());
}

void SseTest::leavingIsNoticed()
{
    RunningServer server;
    {
        Stream a(server.port(), "/s");
        Stream b(server.port(), "/s");
        QVERIFY(server.awaitClients(2));
        a.wire.close();
        b.wire.reset();
    }
    QVERIFY(server.awaitSnapshot(
        [](const Snapshot &s) { return s.clients.empty() && s.openConnections == 0; }));
    QCOMPARE(server.rows(TrafficKind::Disconnected).size(), 2u);
    QCOMPARE(server.send({SendTarget::Kind::Topic, u"/s"_s, {}}, "x").delivered, 0u);
}

void SseTest::halfCloseIsLeaving()
{
    RunningServer server;
    Stream a(server.port(), "/s");
    QVERIFY(server.awaitClients(1));
    a.wire.shutDownWriting();
    QVERIFY(server.awaitClients(0));
}

void SseTest::whatTheClientSendsIsNoMatter()
{
    RunningServer server;
    Stream a(server.port(), "/s");
    (void)a.chunk();
    a.wire.send(QByteArray(300'000, 'x'));
    server.publish("/s", "1");
    QCOMPARE(a.chunk(), QByteArray("id: t-1\ndata: 1\n\n"));
    a.wire.close();
    QVERIFY(server.awaitClients(0));
}

void SseTest::operatorCloses()
{
    RunningServer server;
    Stream a(server.port(), "/s");
    (void)a.chunk();
    QVERIFY(server.awaitClients(1));
    server.control().closeClient(server.look()->clients[0].id, 1000, u"two\r\nlines"_s);
    QCOMPARE(a.chunk(), QByteArray(": closing 1000: two  lines\n\n"));
    QVERIFY(a.chunk().isNull());
    QVERIFY(a.wire.awaitClose());
    QVERIFY(server.awaitClients(0));
}

QTEST_GUILESS_MAIN(SseTest)
#include "tst_sse.moc"
