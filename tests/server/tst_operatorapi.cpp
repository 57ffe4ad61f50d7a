// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"
#include "websocketpeer.h"
#include "wireclient.h"

#include "api/operatorapi.h"

#include <QJsonArray>
#include <QtTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

/// `/_/`: looking and steering over HTTP, and who may.
class OperatorApiTest final : public QObject
{
    Q_OBJECT

private slots:
    void health();
    void status();
    void clients();
    void topics();
    void messages();
    void messagesAreBoundedInBytes();
    void badQuery_data();
    void badQuery();
    void closing();
    void badClose_data();
    void badClose();
    void publishing();
    void badPublish_data();
    void badPublish();
    void metrics();
    void access_data();
    void access();
    void unknownAndMethods_data();
    void unknownAndMethods();
};

namespace {

WireAnswer ask(const RunningServer &server, const QByteArray &method, const QByteArray &target,
               const QByteArray &fields = {}, const QByteArray &body = {})
{
    WireClient wire(server.port());
    wire.request(method, target, fields, body);
    return wire.answer().value_or(WireAnswer());
}

QJsonObject get(const RunningServer &server, const QByteArray &target)
{
    return jsonOf(ask(server, "GET", target).body);
}

} // namespace

void OperatorApiTest::health()
{
    RunningServer server;
    const WireAnswer answer = ask(server, "GET", "/_/health", "Host: evil.example\r\n");
    QCOMPARE(answer.status, 400); // two Hosts
    QCOMPARE(get(server, "/_/health").value(u"status").toString(), u"ok"_s);
}

void OperatorApiTest::status()
{
    RunningServer server;
    server.publish("/a", "12345");
    WebSocketPeer peer(server.port(), "/a");
    const WireAnswer answer = ask(server, "GET", "/_/api/status");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("Content-Type"), QByteArray("application/json"));
    QCOMPARE(answer.field("Cache-Control"), QByteArray("no-store"));
    QVERIFY(!answer.has("Access-Control-Allow-Origin"));
    const QJsonObject status = jsonOf(answer.body);
    QCOMPARE(status.value(u"port").toInt(), int(server.port()));
    QCOMPARE(status.value(u"newest_id").toString(), u"t-1"_s);
    QCOMPARE(status.value(u"time").toInteger(), server.nowMs());
    QCOMPARE(status.value(u"clients").toObject().value(u"websocket").toInt(), 1);
    QCOMPARE(status.value(u"topics").toInt(), 1);
    QCOMPARE(status.value(u"totals").toObject().value(u"published").toInt(), 1);
    QCOMPARE(status.value(u"totals").toObject().value(u"bytes_in").toInt(), 5);
    QCOMPARE(status.value(u"history").toObject().value(u"messages").toInt(), 1);
    QVERIFY(status.value(u"addresses").toArray().size() >= 1);
    QVERIFY(status.value(u"limits").toObject().value(u"frame_bytes").toInt() > 0);
}

void OperatorApiTest::clients()
{
    RunningServer server;
    WebSocketPeer ws(server.port(), "/a?topic=/b/*", "pushdeck.v1", "User-Agent: <b>me</b>\r\n");
    WireClient poll(server.port());
    poll.request("GET", "/p?client_id=poller");
    QVERIFY(server.awaitClients(2));
    ws.sendText(R"({"type":"publish","topic":"/a","data":"x"})");
    (void)ws.text();
    (void)ws.text();
    const QJsonArray list = get(server, "/_/api/clients").value(u"clients").toArray();
    QCOMPARE(list.size(), 2);
    const QJsonObject first = list[0].toObject();
    QCOMPARE(first.value(u"transport").toString(), u"websocket"_s);
    QCOMPARE(first.value(u"subprotocol").toString(), u"pushdeck.v1"_s);
    QCOMPARE(first.value(u"format").toString(), u"json"_s);
    QCOMPARE(first.value(u"topics").toArray(), (QJsonArray{u"/a"_s, u"/b/*"_s}));
    QCOMPARE(first.value(u"address").toString(), u"127.0.0.1"_s);
    QCOMPARE(first.value(u"user_agent").toString(), u"<b>me</b>"_s);
    QCOMPARE(first.value(u"messages_in").toInt(), 1);
    QCOMPARE(first.value(u"messages_out").toInt(), 1);
    const QJsonObject second = list[1].toObject();
    QCOMPARE(second.value(u"transport").toString(), u"long-poll"_s);
    QCOMPARE(second.value(u"client_id").toString(), u"poller"_s);
    QVERIFY(second.value(u"waiting").toBool());

    const QByteArray id = QByteArray::number(second.value(u"id").toInteger());
    QJsonObject alone = get(server, "/_/api/clients/" + id);
    QVERIFY(alone.take(u"visits").toArray().isEmpty());
    QCOMPARE(alone, second);
    QCOMPARE(ask(server, "GET", "/_/api/clients/777").status, 404);
    QCOMPARE(ask(server, "GET", "/_/api/clients/x").status, 404);
}

void OperatorApiTest::topics()
{
    RunningServer server;
    server.publish("/b", "1");
    server.publish("/b", "2");
    WebSocketPeer peer(server.port(), "/a");
    QVERIFY(server.awaitClients(1));
    const QJsonArray list = get(server, "/_/api/topics").value(u"topics").toArray();
    QCOMPARE(list.size(), 2);
    QCOMPARE(list[0][u"topic"].toString(), u"/a"_s);
    QCOMPARE(list[0][u"subscribers"].toInt(), 1);
    QVERIFY(list[0][u"last_id"].isNull());
    QCOMPARE(list[1][u"topic"].toString(), u"/b"_s);
    QCOMPARE(list[1][u"remembered"].toInt(), 2);
    QCOMPARE(list[1][u"published"].toInt(), 2);
    QCOMPARE(list[1][u"last_id"].toString(), u"t-2"_s);
}

void OperatorApiTest::messages()
{
    RunningServer server;
    server.publish("/a", "1");
    server.publish("/b", "2");
    server.publish("/a", "\xff");
    QJsonObject all = get(server, "/_/api/messages");
    QCOMPARE(all.value(u"messages").toArray().size(), 3);
    QCOMPARE(all.value(u"messages")[2][u"encoding"].toString(), u"base64"_s);
    QVERIFY(all.value(u"gap").isNull());
    QCOMPARE(all.value(u"cursor").toString(), u"t-3"_s);
    const QJsonObject some = get(server, "/_/api/messages?topic=/a&since=t-1");
    QCOMPARE(some.value(u"messages").toArray().size(), 1);
    const QJsonObject earlier = get(server, "/_/api/messages?since=before-1");
    QCOMPARE(earlier.value(u"gap")[u"reason"].toString(), u"restarted"_s);
}

void OperatorApiTest::messagesAreBoundedInBytes()
{
    RunningServer server;
    constexpr int kMessages = 12;
    for (int i = 0; i < kMessages; ++i)
        server.publish("/a", QByteArray::number(i) + ' ' + QByteArray(900'000, 'x'));
    QString cursor = u"t-0"_s;
    int next = 0;
    int answers = 0;
    while (next < kMessages && answers < kMessages) {
        const WireAnswer answer = ask(server, "GET", "/_/api/messages?since=" + cursor.toLatin1());
        QVERIFY(answer.body.size() < kApiMessagesBytes + 1'000'000);
        const QJsonObject page = jsonOf(answer.body);
        for (const QJsonValue &message : page.value(u"messages").toArray())
            QVERIFY(message[u"data"].toString().startsWith(QString::number(next++) + u' '));
        cursor = page.value(u"cursor").toString();
        ++answers;
    }
    QCOMPARE(next, kMessages);
    QVERIFY(answers > 1);
}

void OperatorApiTest::badQuery_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("since") << QByteArray("since=x");
    QTest::newRow("topic") << QByteArray("topic=x");
    QTest::newRow("reserved topic") << QByteArray("topic=/_/x");
    QTest::newRow("percent") << QByteArray("topic=%zz");
}

void OperatorApiTest::badQuery()
{
    QFETCH(QByteArray, query);
    RunningServer server;
    QCOMPARE(ask(server, "GET", "/_/api/messages?" + query).status, 400);
}

void OperatorApiTest::closing()
{
    RunningServer server;
    WebSocketPeer ws(server.port(), "/a");
    QVERIFY(server.awaitClients(1));
    const QByteArray id = QByteArray::number(qulonglong(server.look()->clients[0].id));
    const WireAnswer answer =
        ask(server, "DELETE", "/_/api/clients/" + id + "?code=4001&reason=enough%20now");
    QCOMPARE(answer.status, 200);
    QCOMPARE(jsonOf(answer.body).value(u"code").toInt(), 4001);
    const auto close = ws.closeFrame();
    QVERIFY(close);
    QCOMPARE(close->closeCode(), 4001);
    QCOMPARE(close->closeReason(), QByteArray("enough now"));
    QCOMPARE(ask(server, "DELETE", "/_/api/clients/" + id).status, 404);
}

void OperatorApiTest::badClose_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("reserved code") << QByteArray("code=1005");
    QTest::newRow("abnormal") << QByteArray("code=1006");
    QTest::newRow("server error") << QByteArray("code=1011");
    QTest::newRow("too high") << QByteArray("code=5000");
    QTest::newRow("overflow") << QByteArray("code=69536"); // 4000 in sixteen bits
    QTest::newRow("no number") << QByteArray("code=x");
    QTest::newRow("long reason") << "reason=" + QByteArray(124, 'x');
    QTest::newRow("not UTF-8") << QByteArray("reason=%ff");
}

void OperatorApiTest::badClose()
{
    QFETCH(QByteArray, query);
    RunningServer server;
    WebSocketPeer ws(server.port(), "/a");
    QVERIFY(server.awaitClients(1));
    const QByteArray id = QByteArray::number(qulonglong(server.look()->clients[0].id));
    QCOMPARE(ask(server, "DELETE", "/_/api/clients/" + id + '?' + query).status, 400);
    QCOMPARE(server.look()->clients.size(), 1u);
}

void OperatorApiTest::publishing()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/a?format=json");
    QVERIFY(server.awaitClients(1));
    const QByteArray id = QByteArray::number(qulonglong(server.look()->clients[0].id));
    const auto post = [&](const QByteArray &json) {
        return ask(server, "POST", "/_/api/publish", {}, json);
    };
    WireAnswer answer = post(R"({"topic":"/a","event":"e","data":[1,"x"]})");
    QCOMPARE(answer.status, 201);
    QCOMPARE(jsonOf(answer.body).value(u"delivered").toInt(), 1);
    QJsonObject message = a.json();
    QCOMPARE(message.value(u"data").toString(), u"[1,\"x\"]"_s);
    QCOMPARE(message.value(u"event").toString(), u"e"_s);
    for (const QByteArray &to : {id, '"' + id + '"', QByteArray("\"all\"")}) {
        QCOMPARE(post("{\"to\":" + to + ",\"data\":\"you\"}").status, 201);
        QCOMPARE(a.json().value(u"data").toString(), u"you"_s);
    }
    QCOMPARE(post(R"({"topic":"/nobody","data":null})").status, 202);
    QCOMPARE(post(R"({"to":99,"data":"x"})").status, 404);
}

void OperatorApiTest::badPublish_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("no target") << QByteArray(R"({"data":"x"})");
    QTest::newRow("two targets") << QByteArray(R"({"data":"x","topic":"/a","to":1})");
    QTest::newRow("no data") << QByteArray(R"({"topic":"/a"})");
    QTest::newRow("pattern") << QByteArray(R"({"topic":"/**","data":"x"})");
    QTest::newRow("event") << QByteArray(R"({"topic":"/a","data":"x","event":"a\rb"})");
    QTest::newRow("event is a number") << QByteArray(R"({"topic":"/a","data":"x","event":1})");
}

void OperatorApiTest::badPublish()
{
    QFETCH(QByteArray, json);
    RunningServer server;
    const WireAnswer answer = ask(server, "POST", "/_/api/publish", {}, json);
    QCOMPARE(answer.status, 400);
    QVERIFY(!answer.body.isEmpty());
}

void OperatorApiTest::metrics()
{
    RunningServer server;
    server.publish("/a", "x");
    WebSocketPeer peer(server.port(), "/a");
    const WireAnswer answer = ask(server, "GET", "/_/metrics");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.field("Content-Type"), QByteArray("text/plain; version=0.0.4; charset=utf-8"));
    for (const char *line : {"\npushdeck_messages_published_total 1\n",
                             "\npushdeck_clients{transport=\"websocket\"} 1\n",
                             "\npushdeck_clients_ended_total{reason=\"slow_client\"} 0\n",
                             "\n# TYPE pushdeck_clients gauge\n"})
        QVERIFY2(answer.body.contains(line), line);
}

void OperatorApiTest::access_data()
{
    QTest::addColumn<QByteArray>("fields"); // the Host among them
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *fields, int status) {
        QTest::newRow(name) << QByteArray(fields) << status;
    };
    row("curl", "Host: 127.0.0.1\r\n", 200);
    row("own page", "Host: localhost:1\r\nOrigin: http://localhost:1\r\n", 200);
    row("own page, fetch metadata", "Host: localhost\r\nSec-Fetch-Site: same-origin\r\n", 200);
    row("typed in", "Host: localhost\r\nSec-Fetch-Site: none\r\n", 200);
    row("foreign origin", "Host: localhost\r\nOrigin: http://evil.example\r\n", 403);
    row("other port of this host", "Host: localhost:1\r\nOrigin: http://localhost:2\r\n", 403);
    row("null origin", "Host: localhost\r\nOrigin: null\r\n", 403);
    row("cross-site", "Host: localhost\r\nSec-Fetch-Site: cross-site\r\n", 403);
    row("same-site", "Host: localhost\r\nSec-Fetch-Site: same-site\r\n", 403);
    row("DNS rebinding", "Host: evil.example\r\nOrigin: http://evil.example\r\n", 403);
    row("DNS rebinding, no origin", "Host: evil.example\r\n", 403);
    row("dot at the end", "Host: evil.example.\r\n", 403);
    row("name of this network", "Host: desk.local\r\n", 200);
    row("IPv6", "Host: [::1]:8080\r\n", 200);
    row("foreign name with the token", "Host: desk.example\r\nAuthorization: Bearer op\r\n", 200);
    row("foreign page with the token",
        "Host: localhost\r\nAuthorization: Bearer op\r\nOrigin: http://evil.example\r\n", 403);
    // A proxy on this machine that says so speaks for somebody else.
    row("forwarded", "Host: 127.0.0.1\r\nX-Forwarded-For: 203.0.113.9\r\n", 401);
    row("forwarded, RFC 7239", "Host: 127.0.0.1\r\nForwarded: for=127.0.0.1\r\n", 401);
    row("through a gateway", "Host: localhost\r\nVia: 1.1 desk\r\n", 401);
    row("forwarded with the token",
        "Host: 127.0.0.1\r\nX-Real-IP: 203.0.113.9\r\nAuthorization: Bearer op\r\n", 200);
    row("wrong token", "Host: desk.example\r\nAuthorization: Bearer no\r\n", 403);
}

void OperatorApiTest::access()
{
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    ServerOptions options = testOptions();
    options.access.operatorToken = "op";
    RunningServer server(std::move(options));
    WireClient wire(server.port());
    for (const char *target : {"/_/api/status", "/_/metrics", "/_/api/clients/1"}) {
        wire.send(QByteArray("GET ") + target + " HTTP/1.1\r\n" + fields + "\r\n");
        const auto answer = wire.answer();
        QVERIFY(answer);
        const bool noSuchClient = answer->status == 404 && QByteArray(target).endsWith("/1");
        QCOMPARE(noSuchClient ? 200 : answer->status, status);
        QVERIFY(!answer->has("Access-Control-Allow-Origin"));
    }
}

void OperatorApiTest::unknownAndMethods_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    const auto row = [](const char *method, const char *target, int status) {
        QTest::addRow("%s %s", method, target)
            << QByteArray(method) << QByteArray(target) << status;
    };
    row("GET", "/_/api/", 404);
    row("GET", "/_/api/nothing", 404);
    row("GET", "/_/nothing", 404);
    row("GET", "/_", 404);
    row("GET", "/.well-known/x", 404);
    row("POST", "/_/api/status", 405);
    row("GET", "/_/api/publish", 405);
    row("PUT", "/_/api/clients/1", 404);
    row("DELETE", "/_/health", 405);
    row("HEAD", "/_/api/status", 200);
    row("GET", "/%5f/api/status", 404); // reserved all the same, and no other way in
}

void OperatorApiTest::unknownAndMethods()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(int, status);
    RunningServer server;
    WireClient wire(server.port());
    wire.request(method, target);
    const auto answer = wire.answer(method == "HEAD");
    QVERIFY(answer);
    QCOMPARE(answer->status, status);
}

QTEST_GUILESS_MAIN(OperatorApiTest)
#include "tst_operatorapi.moc"
