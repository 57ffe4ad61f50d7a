// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"
#include "websocketpeer.h"

#include <QJsonArray>
#include <QtTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

/// `pushdeck.v1` and `ws+meta.nchan` over the wire.
class SubprotocolsTest final : public QObject
{
    Q_OBJECT

private slots:
    void nchanBytes();
    void choosesWhatItKnows();
    void pingAndRef_data();
    void pingAndRef();
    void publishIsAcknowledged();
    void subscribeReplaysAfterTheAck();
    void unsubscribe();
    void unsubscribeIsAllOrNone();
    void topicsAreCountedOnce();
    void error_data();
    void error();
    void binaryFramesAreRefused();
    void publishingNeedsTheToken();
    void withoutRelay();
};

void SubprotocolsTest::nchanBytes()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/n", "ws+meta.nchan");
    QCOMPARE(a.answer().field("Sec-WebSocket-Protocol"), QByteArray("ws+meta.nchan"));
    a.sendText("hi");
    QCOMPARE(a.text(), QByteArray("id: t-1\ncontent-type: text/plain; charset=utf-8\n\nhi"));
    a.send(WebSocketPeer::Binary, "\xff");
    const auto binary = a.frame();
    QVERIFY(binary);
    QCOMPARE(binary->opcode, int(WebSocketPeer::Binary));
    QCOMPARE(binary->payload,
             QByteArray("id: t-2\ncontent-type: application/octet-stream\n\n\xff"));
}

void SubprotocolsTest::choosesWhatItKnows()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/n", "soap, pushdeck.v1");
    QCOMPARE(a.answer().field("Sec-WebSocket-Protocol"), QByteArray("pushdeck.v1"));
    WebSocketPeer none(server.port(), "/n", "soap");
    QCOMPARE(none.status(), 101);
    QVERIFY(!none.answer().has("Sec-WebSocket-Protocol"));
}

void SubprotocolsTest::pingAndRef_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QJsonValue>("ref");
    QTest::newRow("number") << QByteArray(R"({"type":"ping","ref":7})") << QJsonValue(7);
    QTest::newRow("text") << QByteArray(R"({"type":"ping","ref":"x\u00e9"})")
                          << QJsonValue(u"xé"_s);
    QTest::newRow("object") << QByteArray(R"({"type":"ping","ref":{"a":[1]}})")
                            << QJsonValue(QJsonObject{{u"a"_s, QJsonArray{1}}});
    QTest::newRow("null") << QByteArray(R"({"type":"ping","ref":null})") << QJsonValue();
    QTest::newRow("none") << QByteArray(R"({"type":"ping"})") << QJsonValue(QJsonValue::Undefined);
}

void SubprotocolsTest::pingAndRef()
{
    QFETCH(QByteArray, sent);
    QFETCH(QJsonValue, ref);
    RunningServer server;
    WebSocketPeer a(server.port(), "/x", "pushdeck.v1");
    a.sendText(sent);
    const QJsonObject ack = a.json();
    QCOMPARE(ack.value(u"type").toString(), u"ack"_s);
    QCOMPARE(ack.value(u"ref"), ref);
}

void SubprotocolsTest::publishIsAcknowledged()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/own", "pushdeck.v1");
    WebSocketPeer other(server.port(), "/other?format=json");
    a.sendText(R"({"type":"publish","ref":1,"topic":"/other","event":"e","data":{"n":1}})");
    QJsonObject ack = a.json();
    QCOMPARE(ack.value(u"type").toString(), u"ack"_s);
    QCOMPARE(ack.value(u"ref").toInt(), 1);
    QCOMPARE(ack.value(u"id").toString(), u"t-1"_s);
    QCOMPARE(ack.value(u"delivered").toInt(), 1);
    const QJsonObject message = other.json();
    QCOMPARE(message.value(u"data").toString(), u"{\"n\":1}"_s);
    QCOMPARE(message.value(u"content_type").toString(), u"application/json"_s);
    QCOMPARE(message.value(u"event").toString(), u"e"_s);

    // Without a topic: the connection's first, the sender included; the message comes first or
    // after the ack, but both come.
    a.sendText(R"({"type":"publish","ref":2,"data":"/w==","encoding":"base64"})");
    QJsonObject first = a.json();
    QJsonObject second = a.json();
    if (first.value(u"type").toString() == u"ack")
        std::swap(first, second);
    QCOMPARE(first.value(u"topic").toString(), u"/own"_s);
    QCOMPARE(first.value(u"encoding").toString(), u"base64"_s);
    QCOMPARE(second.value(u"delivered").toInt(), 1);
}

void SubprotocolsTest::subscribeReplaysAfterTheAck()
{
    RunningServer server;
    server.publish("/b", "1");
    server.publish("/b", "2");
    WebSocketPeer a(server.port(), "/a", "pushdeck.v1");
    a.sendText(R"({"type":"subscribe","ref":1,"topic":"/b","since":"t-1"})");
    const QJsonObject ack = a.json();
    QCOMPARE(ack.value(u"topics").toArray(), (QJsonArray{u"/a"_s, u"/b"_s}));
    QCOMPARE(a.json().value(u"data").toString(), u"2"_s);
    server.publish("/b", "3");
    QCOMPARE(a.json().value(u"data").toString(), u"3"_s);
    a.sendText(R"({"type":"subscribe","topics":["/c/*","/d"]})");
    QCOMPARE(a.json().value(u"topics").toArray().size(), 4);
    server.publish("/c/x", "4");
    QCOMPARE(a.json().value(u"data").toString(), u"4"_s);
    QCOMPARE(server.look()->clients[0].topics, (QStringList{u"/a"_s, u"/b"_s, u"/c/*"_s, u"/d"_s}));
}

void SubprotocolsTest::unsubscribe()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/a", "pushdeck.v1");
    a.sendText(R"({"type":"unsubscribe","ref":1,"topic":"/a"})");
    QVERIFY(a.json().value(u"topics").toArray().isEmpty());
    QCOMPARE(server.send({SendTarget::Kind::Topic, u"/a"_s, {}}, "no").delivered, 0u);
    // Still a client: what goes to all and to it alone arrives.
    QCOMPARE(server.send({SendTarget::Kind::All, {}, {}}, "all").delivered, 1u);
    QCOMPARE(a.json().value(u"data").toString(), u"all"_s);
    const std::uint64_t id = server.look()->clients[0].id;
    QCOMPARE(server.send({SendTarget::Kind::Clients, {}, {id}}, "you").delivered, 1u);
    const QJsonObject message = a.json();
    QCOMPARE(message.value(u"data").toString(), u"you"_s);
    QCOMPARE(message.value(u"topic").toString(), u"/"_s);
}

void SubprotocolsTest::unsubscribeIsAllOrNone()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/a?topic=/b", "pushdeck.v1");
    a.sendText(R"({"type":"unsubscribe","ref":1,"topics":["/a","/nowhere"]})");
    QCOMPARE(a.json().value(u"status").toInt(), 404);
    server.publish("/a", "still");
    QCOMPARE(a.json().value(u"data").toString(), u"still"_s);
    a.sendText(R"({"type":"unsubscribe","ref":1,"topics":["/b","/a"]})");
    QCOMPARE(a.json().value(u"type").toString(), u"ack"_s);
}

void SubprotocolsTest::topicsAreCountedOnce()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/t/0", "pushdeck.v1");
    const auto names = [](int first, int last) {
        QJsonArray list;
        for (int i = first; i <= last; ++i)
            list.append(u"/t/%1"_s.arg(i));
        return list;
    };
    const auto subscribe = [&](const QJsonArray &topics) {
        a.sendJson({{u"type"_s, u"subscribe"_s}, {u"topics"_s, topics}});
        return a.json();
    };
    QCOMPARE(subscribe(names(0, 63)).value(u"topics").toArray().size(), 64);
    QCOMPARE(subscribe(names(0, 63)).value(u"type").toString(), u"ack"_s);
    QCOMPARE(subscribe(names(64, 64)).value(u"status").toInt(), 429);
    QCOMPARE(server.send({SendTarget::Kind::Topic, u"/t/64"_s, {}}, "no").delivered, 0u);
    QCOMPARE(server.send({SendTarget::Kind::Topic, u"/t/63"_s, {}}, "once").delivered, 1u);
}

void SubprotocolsTest::error_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *sent, int status) {
        QTest::newRow(name) << QByteArray(sent) << status;
    };
    row("not JSON", "hello", 400);
    row("no object", "[1]", 400);
    row("no type", R"({"ref":"r"})", 400);
    row("unknown type", R"({"type":"shout","ref":"r"})", 400);
    row("type is a number", R"({"type":1,"ref":"r"})", 400);
    row("publish without data", R"({"type":"publish","ref":"r"})", 400);
    row("publish to a pattern", R"({"type":"publish","ref":"r","topic":"/*","data":"x"})", 400);
    row("publish to a reserved path", R"({"type":"publish","ref":"r","topic":"/_/x","data":"x"})",
        400);
    row("publish to a bad name", R"({"type":"publish","ref":"r","topic":"x","data":"x"})", 400);
    row("topic is a number", R"({"type":"publish","ref":"r","topic":1,"data":"x"})", 400);
    row("line break in the event", R"({"type":"publish","ref":"r","event":"a\nb","data":"x"})",
        400);
    row("NUL in the event", R"({"type":"publish","ref":"r","event":"a\u0000b","data":"x"})", 400);
    row("bad base64", R"({"type":"publish","ref":"r","data":"!","encoding":"base64"})", 400);
    row("unknown encoding", R"({"type":"publish","ref":"r","data":"x","encoding":"rot13"})", 400);
    row("line break in the content type",
        R"({"type":"publish","ref":"r","data":"x","content_type":"a\r\nb"})", 400);
    row("subscribe to nothing", R"({"type":"subscribe","ref":"r"})", 400);
    row("subscribe to a number", R"({"type":"subscribe","ref":"r","topics":[1]})", 400);
    row("subscribe since when", R"({"type":"subscribe","ref":"r","topic":"/x","since":"?"})", 400);
    row("unsubscribe what is not had", R"({"type":"unsubscribe","ref":"r","topic":"/y"})", 404);
}

void SubprotocolsTest::error()
{
    QFETCH(QByteArray, sent);
    QFETCH(int, status);
    RunningServer server;
    WebSocketPeer a(server.port(), "/x", "pushdeck.v1");
    a.sendText(sent);
    const QJsonObject error = a.json();
    QCOMPARE(error.value(u"type").toString(), u"error"_s);
    QCOMPARE(error.value(u"status").toInt(), status);
    QVERIFY(!error.value(u"message").toString().isEmpty());
    if (sent.contains("\"r\""))
        QCOMPARE(error.value(u"ref").toString(), u"r"_s);
    QCOMPARE(server.rows(TrafficKind::Refused).size(), 1u);
    QVERIFY(server.rows(TrafficKind::Message).empty());
    // The connection lives on.
    a.sendText(R"({"type":"ping"})");
    QCOMPARE(a.json().value(u"type").toString(), u"ack"_s);
}

void SubprotocolsTest::binaryFramesAreRefused()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/x", "pushdeck.v1");
    a.send(WebSocketPeer::Binary, "{}");
    QCOMPARE(a.json().value(u"status").toInt(), 400);
}

void SubprotocolsTest::publishingNeedsTheToken()
{
    ServerOptions options = testOptions();
    options.access.publishToken = "p";
    RunningServer server(std::move(options));
    WebSocketPeer a(server.port(), "/x", "pushdeck.v1");
    a.sendText(R"({"type":"publish","ref":1,"data":"x"})");
    QCOMPARE(a.json().value(u"status").toInt(), 401);
    a.sendText(R"({"type":"ping"})");
    QCOMPARE(a.json().value(u"type").toString(), u"ack"_s);
}

void SubprotocolsTest::withoutRelay()
{
    ServerOptions options = testOptions();
    options.access.relay = false;
    RunningServer server(std::move(options));
    WebSocketPeer a(server.port(), "/x", "pushdeck.v1");
    a.sendText(R"({"type":"publish","ref":1,"data":"x"})");
    QCOMPARE(a.json().value(u"status").toInt(), 403);
    const auto rows = server.rows(TrafficKind::Message);
    QCOMPARE(rows.size(), 1u);
    QCOMPARE(rows[0].payload, QByteArray("x"));
}

QTEST_GUILESS_MAIN(SubprotocolsTest)
#include "tst_subprotocols.moc"
