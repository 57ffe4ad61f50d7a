// SPDX-License-Identifier: GPL-3.0-or-later
#include "guardfixture.h"

#include <QtTest>

using namespace pushdeck;

/// What comes over the wire and what goes back, against a real QHttpServer behind the front door.
/// Connections' lives (deadlines, streams, upgrades, floods) are in tst_guardlife.
class GuardTest final : public QObject
{
    Q_OBJECT

private slots:
    void goodRequest_data();
    void goodRequest();
    void badRequest_data();
    void badRequest();
    void badRequestOnUsedConnection_data() { badRequest_data(); }
    void badRequestOnUsedConnection();
    void hostsThatQUrlDislikesStillRoute_data();
    void hostsThatQUrlDislikesStillRoute();
    void whatQtSees();
    void smuggledBodyIsNoRequest_data();
    void smuggledBodyIsNoRequest();
    void tooLargeBodyIsRefusedUnread_data();
    void tooLargeBodyIsRefusedUnread();
    void bodyOfExactlyTheLimit();
    void expectContinue();
    void noContinueOnceTheBodyComes();
    void allBodiesTogetherAreBounded();
    void headHasNoBody_data();
    void headHasNoBody();
    void responses_data();
    void responses();
    void pipelinedInOrder();
    void pipelinedBehindHeldOne();
    void pipelinedBehindLargeOnes();
    void halfClosed_data();
    void halfClosed();
    void routeThatAnswersTwice_data();
    void routeThatAnswersTwice();
};

namespace {

const QByteArray kGet = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

QByteArray post(const QByteArray &fields, const QByteArray &body = {})
{
    return "POST /echo HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n" + body;
}

} // namespace

void GuardTest::goodRequest_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("seen"); // by the route | by Qt: method | path | body
    QTest::addColumn<QByteArray>("connection");
    const auto row = [](const char *what, const QByteArray &request, const QByteArray &seen,
                        const QByteArray &connection = {}) {
        QTest::newRow(what) << request << seen << connection;
    };
    const QByteArray get = "GET /echo HTTP/1.1|get|/echo||";
    const QByteArray old = "GET /echo HTTP/1.0\r\n";
    row("plain", kGet, get);
    row("leading empty line", "\r\n" + kGet, get);
    row("query", "GET /echo?a=%20b HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /echo?a=%20b HTTP/1.1|get|/echo||");
    row("escaped path", "GET /echo/%C3%A4 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /echo/%C3%A4 HTTP/1.1|get|/echo/ä||");
    row("absolute form", "GET http://x:1/echo HTTP/1.1\r\nHost: y\r\n\r\n", get);
    row("OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS * HTTP/1.1|other|/||");
    row("unknown method", "BREW /echo HTTP/1.1\r\nHost: x\r\n\r\n",
        "BREW /echo HTTP/1.1|other|/echo||");
    row("close", "GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", get, "close");
    row("close among others", "GET /echo HTTP/1.1\r\nHost: x\r\nConnection: foo, Close\r\n\r\n",
        get, "close");
    row("HTTP/1.0", old + "\r\n", "GET /echo HTTP/1.0|get|/echo||", "close");
    row("HTTP/1.0 keep-alive", old + "Connection: keep-alive\r\n\r\n",
        "GET /echo HTTP/1.0|get|/echo||", "keep-alive");
    row("body", post("Content-Length: 5\r\n", "hello"), "POST /echo HTTP/1.1|other|/echo|hello|");
    row("empty body", post("Content-Length: 0\r\n"), "POST /echo HTTP/1.1|other|/echo||");
    row("no body at all", post(""), "POST /echo HTTP/1.1|other|/echo||");
    row("chunked body",
        post("Transfer-Encoding: chunked\r\n",
             "3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: x\r\n\r\n"),
        "POST /echo HTTP/1.1|other|/echo|hello|");
    row("body that looks like a request",
        post("Content-Length: " + QByteArray::number(kGet.size()) + "\r\n", kGet),
        "POST /echo HTTP/1.1|other|/echo|" + kGet + "|");
    row("h2c is ignored",
        "GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
        "Connection: Upgrade, HTTP2-Settings\r\n\r\n",
        get);
    row("websocket without Connection",
        "GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n", get);
    row("ninety fields",
        "GET /echo HTTP/1.1\r\nHost: x\r\n" + QByteArray("A: b\r\n").repeated(89) + "\r\n", get);
}

void GuardTest::goodRequest()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, seen);
    QFETCH(QByteArray, connection);
    Guarded guarded;
    for (const bool byteByByte : {false, true}) {
        RawClient client(guarded.port());
        for (qsizetype at = 0; byteByByte && at < request.size(); ++at) {
            client.send(request.mid(at, 1));
            QCoreApplication::processEvents();
        }
        if (!byteByByte)
            client.send(request);
        const auto response = client.response();
        QVERIFY(response);
        QCOMPARE(response->status, 200);
        QVERIFY2(response->body.startsWith(seen), response->body.constData());
        QCOMPARE(response->field("Connection"), connection);
        if (connection == "close") {
            QVERIFY(client.awaitClose());
        } else {
            client.send("GET /echo?2 HTTP/1.1\r\nHost: x\r\n\r\n");
            const auto second = client.response();
            QVERIFY(second);
            QCOMPARE(second->status, 200);
        }
    }
    QVERIFY(guarded.refusals.empty());
}

/// One of each kind; the parser's own table is in tst_requesthead.
void GuardTest::badRequest_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto row = [](const char *what, const QByteArray &request, int status) {
        QTest::newRow(what) << request << status;
    };
    const QByteArray start = "GET /echo HTTP/1.1\r\nHost: x\r\n";
    row("head over 16 KiB", start + "A: " + QByteArray(17'000, 'a') + "\r\n\r\n", 431);
    row("endless head", start + QByteArray("A: " + QByteArray(1000, 'a') + "\r\n").repeated(200),
        431);
    row("over 100 fields", start + QByteArray("A: b\r\n").repeated(120) + "\r\n", 431);
    row("long target", "GET /" + QByteArray(9000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414);
    row("conflicting lengths", post("Content-Length: 1\r\nContent-Length: 2\r\n", "ab"), 400);
    row("absurd length", post("Content-Length: 99999999999999999999\r\n"), 400);
    row("length over 2^63", post("Content-Length: 9223372036854775808\r\n"), 400);
    row("signed length", post("Content-Length: -1\r\n"), 400);
    row("length and coding",
        post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
    row("unknown coding", post("Transfer-Encoding: gzip, chunked\r\n"), 501);
    row("malformed chunk", post("Transfer-Encoding: chunked\r\n", "x\r\n"), 400);
    row("NUL", start + "A: " + QByteArray(1, '\0') + "\r\n\r\n", 400);
    row("bare LF", "GET /echo HTTP/1.1\nHost: x\n\n", 400);
    row("bare LF, unfinished", "GET /echo HTTP/1.1\n", 400);
    row("folded", start + " A: b\r\n\r\n", 400);
    row("space before the colon", start + "A : b\r\n\r\n", 400);
    row("no host", "GET /echo HTTP/1.1\r\n\r\n", 400);
    row("two hosts", start + "Host: y\r\n\r\n", 400);
    row("// target", "GET //evil/echo HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    row("garbage", "\x01\x02\x03", 400);
    row("other expectation", post("Content-Length: 1\r\nExpect: tea\r\n"), 417);
    row("body over the limit", post("Content-Length: 1048577\r\n"), 413);
}

void GuardTest::badRequest()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(request + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto response = client.response();
    QVERIFY(response);
    QCOMPARE(response->status, status);
    QVERIFY(response->body.endsWith(".\n") || response->body.endsWith(").\n"));
    QCOMPARE(response->field("Connection"), "close");
    QCOMPARE(response->field("Content-Type"), "text/plain; charset=utf-8");
    QCOMPARE(response->field("Access-Control-Allow-Origin"), "*");
    QVERIFY(client.awaitClose());
    QVERIFY(client.received().isEmpty());
    QVERIFY(guarded.served.empty());
    QCOMPARE(guarded.refusals.size(), std::size_t(1));
    QCOMPARE(guarded.refusals[0].status, status);
    QCOMPARE(guarded.refusals[0].sentence + u'\n', QString::fromUtf8(response->body));
    QVERIFY(guarded.refusals[0].peer.startsWith(QStringLiteral("127.0.0.1:")));
    QCOMPARE(guarded.door->refusedTotal(), quint64(1));
    QVERIFY(guarded.serves());
}

void GuardTest::badRequestOnUsedConnection()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(kGet + kGet);
    QVERIFY(client.response());
    QVERIFY(client.response());
    client.send(kGet + request);
    QCOMPARE(client.response().value_or(Response()).status, 200);
    QCOMPARE(client.response().value_or(Response()).status, status);
    QVERIFY(client.awaitClose());
    QCOMPARE(guarded.served.size(), std::size_t(3));
    QVERIFY(guarded.serves());
    QTRY_COMPARE(guarded.door->openConnections(), 0);
}

/// What QUrl cannot take for a host must not cost the path.
void GuardTest::hostsThatQUrlDislikesStillRoute_data()
{
    QTest::addColumn<QByteArray>("host");
    for (const char *host : {"", "a..b", "-", ".", "1.2.3.4.5", "[::1]", "[1:2]", "[:::]", "xn--a",
                             "x:", ":80", "999.1.1.1", "a_b", "~", "[fe80::1]:65535"})
        QTest::addRow("%s", *host ? host : "empty") << QByteArray(host);
    QTest::newRow("long") << QByteArray(300, 'a');
}

void GuardTest::hostsThatQUrlDislikesStillRoute()
{
    QFETCH(QByteArray, host);
    Guarded guarded;
    RawClient client(guarded.port());
    client.send("GET /echo?q HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    const auto response = client.response();
    QVERIFY(response);
    QVERIFY2(response->body.startsWith("GET /echo?q HTTP/1.1|get|/echo||"),
             response->body.constData());
}

void GuardTest::whatQtSees()
{
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(
        "POST /echo HTTP/1.1\r\nHost: x\r\nX-Test: kept\r\nx-pushdeck-CONNECTION: 4711\r\n"
        "Connection: keep-alive, Upgrade\r\nUpgrade: foo\r\nTE: trailers\r\nKeep-Alive: 5\r\n"
        "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n");
    const auto response = client.response();
    QVERIFY(response);
    QList<QByteArray> seen = response->body.split('|');
    QCOMPARE(seen.size(), 6);
    QCOMPARE(seen[4], "kept"); // by the route, in request()
    QList<QByteArray> names = seen[5].split(',');
    names.removeAll(QByteArray());
    std::sort(names.begin(), names.end());
    QCOMPARE(names, (QList<QByteArray>{"content-length", "x-pushdeck-connection"}));
}

void GuardTest::smuggledBodyIsNoRequest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray evil = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    QTest::newRow("CL.TE") << post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
                                   "0\r\n\r\n" + evil);
    QTest::newRow("TE.CL") << post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
                                   "5c\r\n" + evil + "\r\n0\r\n\r\n");
    QTest::newRow("TE.TE") << post("Transfer-Encoding: chunked\r\nTransfer-encoding: x\r\n",
                                   "0\r\n\r\n" + evil);
    QTest::newRow("TE with a space") << post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n" + evil);
    QTest::newRow("TE folded") << post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n" + evil);
    QTest::newRow("TE behind a bare LF")
        << post("A: b\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + evil);
    QTest::newRow("chunk size overflow")
        << post("Transfer-Encoding: chunked\r\n", "10000000000000005\r\nhello\r\n0\r\n\r\n" + evil);
    QTest::newRow("chunk size with LF")
        << post("Transfer-Encoding: chunked\r\n", "5\nhello\r\n0\r\n\r\n" + evil);
    QTest::newRow("chunk longer than its size")
        << post("Transfer-Encoding: chunked\r\n", "2\r\nhello\r\n0\r\n\r\n" + evil);
    QTest::newRow("101 fields hide a length")
        << "POST /echo HTTP/1.1\r\nHost: x\r\n" + QByteArray("A: b\r\n").repeated(100) +
               "Content-Length: " + QByteArray::number(evil.size()) + "\r\n\r\n" + evil;
    QTest::newRow("HTTP/1.0 chunked")
        << "POST /echo HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n"
           "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
               evil;
}

void GuardTest::smuggledBodyIsNoRequest()
{
    QFETCH(QByteArray, bytes);
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(bytes);
    const auto response = client.response();
    QVERIFY(response);
    QVERIFY(response->status >= 400);
    QVERIFY(client.awaitClose());
    QVERIFY(guarded.served.empty());
    QVERIFY(guarded.serves());
}

void GuardTest::tooLargeBodyIsRefusedUnread_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("length") << post("Content-Length: 101\r\n");
    QTest::newRow("length, expecting") << post("Content-Length: 101\r\nExpect: 100-continue\r\n");
    QTest::newRow("chunk announced") << post("Transfer-Encoding: chunked\r\n", "65\r\n");
    QTest::newRow("chunks add up")
        << post("Transfer-Encoding: chunked\r\n", "32\r\n" + QByteArray(50, 'a') + "\r\n33\r\n");
    QTest::newRow("a flood behind it")
        << post("Content-Length: 20000000\r\n", QByteArray(20'000'000, 'a'));
}

void GuardTest::tooLargeBodyIsRefusedUnread()
{
    QFETCH(QByteArray, request);
    Limits limits;
    limits.bodyBytes = 100;
    Guarded guarded(limits);
    RawClient client(guarded.port());
    client.send(request);
    const auto response = client.response();
    QVERIFY(response);
    QCOMPARE(response->status, 413);
    QVERIFY(client.awaitClose());
    QVERIFY(guarded.served.empty());
    QVERIFY(guarded.serves());
}

void GuardTest::bodyOfExactlyTheLimit()
{
    Guarded guarded;
    RawClient client(guarded.port());
    const QByteArray body(1024 * 1024, 'a');
    client.send(post("Content-Length: 1048576\r\n", body));
    QCOMPARE(client.response().value_or(Response()).status, 200);
    QCOMPARE(guarded.bodies.back(), body);
    client.send(post("Transfer-Encoding: chunked\r\n", "100000\r\n" + body + "\r\n0\r\n\r\n"));
    QCOMPARE(client.response().value_or(Response()).status, 200);
    QCOMPARE(guarded.bodies.back(), body);
}

void GuardTest::expectContinue()
{
    Guarded guarded;
    RawClient client(guarded.port());
    for (int i = 0; i < 2; ++i) {
        client.send(post("Content-Length: 5\r\nExpect: 100-continue\r\n"));
        const auto interim = client.response();
        QVERIFY(interim);
        QCOMPARE(interim->status, 100);
        client.send("hello");
        const auto response = client.response();
        QVERIFY(response);
        QCOMPARE(response->status, 200);
        QCOMPARE(guarded.bodies.back(), "hello");
    }
    client.send(post("Content-Length: 0\r\nExpect: 100-continue\r\n"));
    QCOMPARE(client.response().value_or(Response()).status, 200);
}

void GuardTest::noContinueOnceTheBodyComes()
{
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(post("Content-Length: 5\r\nExpect: 100-continue\r\n", "he"));
    client.send("llo");
    QCOMPARE(client.response().value_or(Response()).status, 200);
    client.send("POST /echo HTTP/1.0\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n");
    client.send("x");
    QCOMPARE(client.response().value_or(Response()).status, 200);
}

void GuardTest::allBodiesTogetherAreBounded()
{
    Limits limits;
    limits.bodiesBytesTotal = 1000;
    Guarded guarded(limits);
    RawClient first(guarded.port());
    first.send(post("Content-Length: 900\r\n", QByteArray(600, 'a')));
    RawClient second(guarded.port());
    QTest::qWait(0);
    second.send(post("Content-Length: 900\r\n", QByteArray(600, 'b')));
    const auto refusal = second.response();
    QVERIFY(refusal);
    QCOMPARE(refusal->status, 503);
    first.send(QByteArray(300, 'a'));
    QCOMPARE(first.response().value_or(Response()).status, 200);
    // What was used is free again, however it ended.
    for (int i = 0; i < 5; ++i) {
        RawClient gone(guarded.port());
        gone.send(post("Content-Length: 900\r\n", QByteArray(800, 'c')));
        QTRY_VERIFY(guarded.door->openConnections() >= 1);
        gone.abort();
        QTRY_VERIFY(guarded.door->openConnections() <= 1);
    }
    first.send(post("Content-Length: 1000\r\n", QByteArray(1000, 'd')));
    QCOMPARE(first.response().value_or(Response()).status, 200);
}

void GuardTest::headHasNoBody_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::newRow("short") << QByteArray("/echo") << 200;
    QTest::newRow("large") << QByteArray("/big") << 200;
    QTest::newRow("chunked") << QByteArray("/chunked") << 200;
    QTest::newRow("in parts") << QByteArray("/parts") << 200;
    QTest::newRow("204") << QByteArray("/empty") << 204;
    QTest::newRow("refused") << QByteArray("//") << 400;
}

void GuardTest::headHasNoBody()
{
    QFETCH(QByteArray, target);
    QFETCH(int, status);
    Guarded guarded;
    RawClient client(guarded.port());
    client.send("HEAD " + target + " HTTP/1.1\r\nHost: x\r\n\r\n" + kGet);
    const auto response = client.response(true);
    QVERIFY(response);
    QCOMPARE(response->status, status);
    if (status == 400) {
        QVERIFY(client.awaitClose());
        QVERIFY(client.received().isEmpty());
        return;
    }
    if (status == 200)
        QVERIFY(response->has("Content-Length") || response->has("Transfer-Encoding"));
    const auto next = client.response();
    QVERIFY(next);
    QVERIFY(next->body.startsWith("GET /echo HTTP/1.1|get|"));
    client.send("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(client.response(true));
}

void GuardTest::responses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("length");
    QTest::addColumn<bool>("closes");
    const auto get = [](const char *target, const char *version = "1.1") {
        return QByteArray("GET ") + target + " HTTP/" + version + "\r\nHost: x\r\n\r\n";
    };
    QTest::newRow("204") << get("/empty") << 204 << QByteArray() << QByteArray() << false;
    QTest::newRow("304") << get("/notmodified") << 304 << QByteArray() << QByteArray() << false;
    QTest::newRow("in parts") << get("/parts") << 200 << QByteArray("onetwo") << QByteArray("6")
                              << false;
    QTest::newRow("large") << get("/big") << 200 << QByteArray(8 * 1024 * 1024, 'b')
                           << QByteArray("8388608") << false;
    QTest::newRow("large, 1.0") << get("/big", "1.0") << 200 << QByteArray(8 * 1024 * 1024, 'b')
                                << QByteArray("8388608") << true;
    QTest::newRow("chunked") << get("/chunked") << 200
                             << QByteArray("3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n") << QByteArray()
                             << false;
    QTest::newRow("chunked, 1.0") << get("/chunked", "1.0") << 200 << QByteArray("onetwo")
                                  << QByteArray() << true;
}

void GuardTest::responses()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, body);
    QFETCH(bool, closes);
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(request);
    const auto response = client.response();
    QVERIFY(response);
    QTEST(response->status, "status");
    QVERIFY(response->body == body);
    QTEST(response->field("Content-Length"), "length");
    QVERIFY(!response->head.contains("x-empty"));
    if (closes) {
        QCOMPARE(response->field("Connection"), "close");
        QVERIFY(client.awaitClose());
    } else {
        client.send(kGet);
        QVERIFY(client.response());
    }
}

void GuardTest::pipelinedInOrder()
{
    Guarded guarded;
    RawClient client(guarded.port());
    QByteArray all;
    constexpr int kCount = 500;
    for (int i = 0; i < kCount; ++i) {
        all += i % 3 == 0 ? "POST /echo?" + QByteArray::number(i) +
                                " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nGET /"
                          : "GET /echo?" + QByteArray::number(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }
    client.send(all);
    for (int i = 0; i < kCount; ++i) {
        const auto response = client.response();
        QVERIFY(response);
        QVERIFY(response->body.contains(" /echo?" + QByteArray::number(i) + " "));
    }
    QCOMPARE(guarded.served.size(), std::size_t(kCount));
}

void GuardTest::pipelinedBehindHeldOne()
{
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(kGet + "GET /hold HTTP/1.1\r\nHost: x\r\n\r\n" +
                "GET /hold?2 HTTP/1.1\r\nHost: x\r\n\r\n" + kGet);
    QVERIFY(client.response());
    QTRY_COMPARE(guarded.held.size(), std::size_t(1));
    QCoreApplication::processEvents();
    QCOMPARE(guarded.served.size(), std::size_t(2)); // the rest waits
    QCOMPARE(guarded.held[0].connection->request().target, "/hold");
    guarded.answerHeld("first");
    QCOMPARE(guarded.served.size(), std::size_t(2)); // not within the responder's write()
    QCOMPARE(client.response().value_or(Response()).body, "first");
    QTRY_COMPARE(guarded.held.size(), std::size_t(1));
    QCOMPARE(guarded.held[0].connection->request().target, "/hold?2");
    guarded.answerHeld("second");
    QCOMPARE(client.response().value_or(Response()).body, "second");
    QVERIFY(client.response().value_or(Response()).body.startsWith("GET /echo "));
    QCOMPARE(guarded.heldLeft, 0);
}

/// A client that asks for much and reads nothing gets no more work done than it takes away.
void GuardTest::pipelinedBehindLargeOnes()
{
    Guarded guarded;
    RawClient client(guarded.port());
    client.socket().setReadBufferSize(1024);
    client.send(QByteArray("GET /big HTTP/1.1\r\nHost: x\r\n\r\n").repeated(20));
    QTRY_VERIFY(!guarded.served.empty());
    for (int i = 0; i < 50; ++i)
        QCoreApplication::processEvents();
    QCOMPARE(guarded.served.size(), std::size_t(1));
    client.socket().setReadBufferSize(0);
    for (int i = 0; i < 20; ++i) {
        const auto response = client.response();
        QVERIFY(response);
        QCOMPARE(response->body.size(), 8 * 1024 * 1024);
    }
}

void GuardTest::halfClosed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("responses");
    const QByteArray big = "GET /big HTTP/1.1\r\nHost: x\r\n\r\n";
    QTest::newRow("one") << kGet << 1;
    QTest::newRow("closing") << QByteArray("GET /echo HTTP/1.0\r\n\r\n") << 1;
    QTest::newRow("body") << post("Content-Length: 5\r\n", "hello") << 1;
    QTest::newRow("large body") << post("Content-Length: 900000\r\n", QByteArray(900'000, 'a'))
                                << 1;
    QTest::newRow("large response") << big << 1;
    QTest::newRow("large closing response")
        << QByteArray("GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") << 1;
    QTest::newRow("pipelined") << kGet + kGet + kGet << 3;
    QTest::newRow("pipelined large ones") << big + kGet + big + kGet << 4;
    QTest::newRow("refused") << QByteArray("GET //x HTTP/1.1\r\n") << 1;
}

/// `printf … | nc -N`: the client has said all it wants to, and listens.
void GuardTest::halfClosed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, responses);
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(bytes);
    client.shutDownWriting();
    for (int i = 0; i < responses; ++i)
        QVERIFY(client.response());
    QVERIFY(client.awaitClose());
    QTRY_COMPARE(guarded.door->openConnections(), 0);
}

void GuardTest::routeThatAnswersTwice_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("two responses") << QByteArray("/twice");
    QTest::newRow("more than announced") << QByteArray("/tooLong");
}

/// A mistake of ours must not become an answer to the client's next question.
void GuardTest::routeThatAnswersTwice()
{
    QFETCH(QByteArray, target);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("no proper response")));
    Guarded guarded;
    RawClient client(guarded.port());
    client.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n" + kGet);
    QCOMPARE(client.response().value_or(Response()).status, 200);
    QVERIFY(client.awaitClose());
    QVERIFY(client.received().isEmpty());
    QVERIFY(guarded.serves());
}

QTEST_GUILESS_MAIN(GuardTest)
#include "tst_guard.moc"
