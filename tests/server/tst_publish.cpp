// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"
#include "websocketpeer.h"
#include "wireclient.h"

#include <QtTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

/// Publishing by HTTP, and what browsers ask before they do.
class PublishTest final : public QObject
{
    Q_OBJECT

private slots:
    void createdOrAccepted();
    void putAndChunked();
    void eventName_data();
    void eventName();
    void contentType_data();
    void contentType();
    void refused_data();
    void refused();
    void tooLarge();
    void withoutRelay();
    void preflight();
    void restrictedOrigins();
    void otherMethods();
    void head();
};

void PublishTest::createdOrAccepted()
{
    RunningServer server;
    WireClient wire(server.port());
    wire.request("POST", "/t%C3%A9/", {}, "x");
    auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 202);
    QCOMPARE(answer->field("Content-Type"), QByteArray("application/json"));
    QCOMPARE(answer->field("Access-Control-Allow-Origin"), QByteArray("*"));
    QJsonObject receipt = jsonOf(answer->body);
    QCOMPARE(receipt.value(u"id").toString(), u"t-1"_s);
    QCOMPARE(receipt.value(u"topic").toString(), u"/té"_s);
    QCOMPARE(receipt.value(u"delivered").toInt(-1), 0);

    WebSocketPeer one(server.port(), "/t%C3%A9");
    WebSocketPeer two(server.port(), "/**");
    wire.request("POST", "/t%C3%A9", {}, "y");
    answer = wire.answer();
    QCOMPARE(answer->status, 201);
    QCOMPARE(jsonOf(answer->body).value(u"delivered").toInt(), 2);
    QCOMPARE(one.text(), QByteArray("y"));
    QCOMPARE(two.text(), QByteArray("y"));
}

void PublishTest::putAndChunked()
{
    RunningServer server;
    WebSocketPeer peer(server.port(), "/t");
    WireClient wire(server.port());
    wire.request("PUT", "/t", {}, "put");
    QCOMPARE(wire.answer()->status, 201);
    QCOMPARE(peer.text(), QByteArray("put"));
    wire.send("POST /t HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    wire.send("3;ext=1\r\none\r\n");
    wire.send("4\r\n two\r\n0\r\nTrailer: x\r\n\r\n");
    QCOMPARE(wire.answer()->status, 201);
    QCOMPARE(peer.text(), QByteArray("one two"));
    wire.request("POST", "/t");
    QCOMPARE(wire.answer()->status, 201);
    QCOMPARE(peer.text(), QByteArray(""));
}

void PublishTest::eventName_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("event");
    QTest::newRow("none") << QByteArray() << QByteArray() << 202 << QString();
    QTest::newRow("query") << QByteArray("?event=a%20b") << QByteArray() << 202 << u"a b"_s;
    QTest::newRow("header") << QByteArray() << QByteArray("X-EventSource-Event: h\r\n") << 202
                            << u"h"_s;
    QTest::newRow("query before header")
        << QByteArray("?event=q") << QByteArray("X-EventSource-Event: h\r\n") << 202 << u"q"_s;
    QTest::newRow("LF") << QByteArray("?event=a%0Ab") << QByteArray() << 400 << QString();
    QTest::newRow("CR") << QByteArray("?event=a%0Db") << QByteArray() << 400 << QString();
    QTest::newRow("NUL") << QByteArray("?event=a%00b") << QByteArray() << 400 << QString();
    QTest::newRow("not UTF-8") << QByteArray("?event=%ff") << QByteArray() << 400 << QString();
    QTest::newRow("too long") << "?event=" + QByteArray(257, 'x') << QByteArray() << 400
                              << QString();
    QTest::newRow("bad percent") << QByteArray("?event=%2") << QByteArray() << 400 << QString();
}

void PublishTest::eventName()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    QFETCH(QString, event);
    RunningServer server;
    WireClient wire(server.port());
    wire.request("POST", "/t" + query, fields, "x");
    QCOMPARE(wire.answer()->status, status);
    const auto rows = server.rows(TrafficKind::Message);
    QCOMPARE(rows.size(), status == 202 ? 1u : 0u);
    if (status == 202)
        QCOMPARE(rows[0].event, event);
    else
        QCOMPARE(server.rows(TrafficKind::Refused).size(), 1u);
}

void PublishTest::contentType_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray text("text/plain; charset=utf-8");
    QTest::newRow("none") << QByteArray() << QByteArray("x") << text;
    QTest::newRow("none, binary") << QByteArray() << QByteArray("\xff")
                                  << QByteArray("application/octet-stream");
    QTest::newRow("curl's default")
        << QByteArray("application/x-www-form-urlencoded") << QByteArray("x") << text;
    QTest::newRow("given") << QByteArray("application/json") << QByteArray("{}")
                           << QByteArray("application/json");
}

void PublishTest::contentType()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    RunningServer server;
    WireClient wire(server.port());
    wire.request("POST", "/t", sent.isEmpty() ? sent : "Content-Type: " + sent + "\r\n", body);
    QCOMPARE(wire.answer()->status, 202);
    wire.request("GET", "/t?since=all");
    const auto answer = wire.answer();
    QCOMPARE(answer->field("Content-Type"), expected);
    QCOMPARE(answer->body, body);
}

void PublishTest::refused_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    const QByteArray none;
    QTest::newRow("star") << QByteArray("/orders/*?token=p") << none << 400;
    QTest::newRow("two stars") << QByteArray("/**?token=p") << none << 400;
    QTest::newRow("encoded star") << QByteArray("/%2a?token=p") << none << 400;
    QTest::newRow("star in a segment") << QByteArray("/a*?token=p") << none << 202;
    QTest::newRow("control character") << QByteArray("/a%07?token=p") << none << 400;
    QTest::newRow("not UTF-8") << QByteArray("/%ff?token=p") << none << 400;
    QTest::newRow("too long") << "/" + QByteArray(256, 'x') + "?token=p" << none << 400;
    QTest::newRow("longest") << "/" + QByteArray(255, 'x') + "?token=p" << none << 202;
    QTest::newRow("reserved") << QByteArray("/.well-known/x?token=p") << none << 404;
    QTest::newRow("no token") << QByteArray("/t") << none << 401;
    QTest::newRow("bearer") << QByteArray("/t") << QByteArray("Authorization: bearer p\r\n") << 202;
    QTest::newRow("basic") << QByteArray("/t") << QByteArray("Authorization: Basic p\r\n") << 401;
}

void PublishTest::refused()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    ServerOptions options = testOptions();
    options.access.publishToken = "p";
    RunningServer server(std::move(options));
    WireClient wire(server.port());
    wire.request("POST", target, fields, "x");
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, status);
    QVERIFY(!answer->body.isEmpty());
    QCOMPARE(server.rows(TrafficKind::Message).size(), status == 202 ? 1u : 0u);
    if (status == 401)
        QCOMPARE(answer->field("WWW-Authenticate"), QByteArray("Bearer"));
}

void PublishTest::tooLarge()
{
    ServerOptions options = testOptions();
    options.limits.bodyBytes = 1000;
    RunningServer server(std::move(options));
    WireClient wire(server.port());
    wire.request("POST", "/t", {}, QByteArray(1000, 'x'));
    QCOMPARE(wire.answer()->status, 202);
    wire.request("POST", "/t", {}, QByteArray(1001, 'x'));
    QCOMPARE(wire.answer()->status, 413);
    QVERIFY(wire.awaitClose());
    QCOMPARE(server.rows(TrafficKind::Refused).size(), 1u);
}

void PublishTest::withoutRelay()
{
    ServerOptions options = testOptions();
    options.access.relay = false;
    RunningServer server(std::move(options));
    WireClient wire(server.port());
    wire.request("POST", "/t", {}, "x");
    QCOMPARE(wire.answer()->status, 403);
}

void PublishTest::preflight()
{
    RunningServer server;
    WireClient wire(server.port());
    wire.request("OPTIONS", "/t",
                 "Origin: http://app.test\r\nAccess-Control-Request-Method: POST\r\n"
                 "Access-Control-Request-Headers: content-type, x-eventsource-event\r\n");
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 204);
    QCOMPARE(answer->field("Access-Control-Allow-Origin"), QByteArray("*"));
    QVERIFY(answer->field("Access-Control-Allow-Methods").contains("POST"));
    QCOMPARE(answer->field("Access-Control-Allow-Headers"),
             QByteArray("content-type, x-eventsource-event"));
    // The operator's interface grants no other site anything.
    wire.request("OPTIONS", "/_/api/publish",
                 "Origin: http://app.test\r\nAccess-Control-Request-Method: POST\r\n");
    QVERIFY(!wire.answer()->has("Access-Control-Allow-Origin"));
}

void PublishTest::restrictedOrigins()
{
    ServerOptions options = testOptions();
    options.access.origins = {"http://good"};
    RunningServer server(std::move(options));
    WireClient wire(server.port());
    wire.request("POST", "/t", "Origin: http://good\r\n", "x");
    auto answer = wire.answer();
    QCOMPARE(answer->status, 202);
    QCOMPARE(answer->field("Access-Control-Allow-Origin"), QByteArray("http://good"));
    QCOMPARE(answer->field("Vary"), QByteArray("Origin"));
    wire.request("POST", "/t", "Origin: http://evil\r\n", "x");
    answer = wire.answer();
    QCOMPARE(answer->status, 403);
    QVERIFY(!answer->has("Access-Control-Allow-Origin"));
    wire.request("POST", "/t", {}, "x"); // curl has no origin
    QCOMPARE(wire.answer()->status, 202);
}

void PublishTest::otherMethods()
{
    RunningServer server;
    WireClient wire(server.port());
    for (const char *method : {"DELETE", "PATCH"}) {
        wire.request(method, "/t");
        const auto answer = wire.answer();
        QVERIFY(answer);
        QCOMPARE(answer->status, 405);
        QCOMPARE(answer->field("Allow"), QByteArray("GET, HEAD, POST, PUT, OPTIONS"));
    }
}

void PublishTest::head()
{
    RunningServer server;
    server.publish("/t", "x");
    WireClient wire(server.port());
    wire.request("HEAD", "/t?since=all");
    const auto poll = wire.answer(true);
    QVERIFY(poll);
    QCOMPARE(poll->status, 204);
    QCOMPARE(poll->field("ETag"), QByteArray("\"t-1\""));
    wire.request("HEAD", "/t", "Accept: text/event-stream\r\n");
    const auto stream = wire.answer(true);
    QVERIFY(stream);
    QCOMPARE(stream->status, 200);
    QCOMPARE(stream->field("Content-Type"), QByteArray("text/event-stream"));
    QVERIFY(server.look()->clients.empty());
}

QTEST_GUILESS_MAIN(PublishTest)
#include "tst_publish.moc"
