// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"
#include "websocketpeer.h"
#include "wireclient.h"

#include <QtTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

/// What stands in the traffic log: one row a publish, whoever got it, and everybody's coming, going
/// and being turned away.
class TrafficTest final : public QObject
{
    Q_OBJECT

private slots:
    void oneRowAPublish();
    void whoPublished();
    void comingAndGoing();
    void refusals();
    void textsAreBounded();
    void requestsAndIdentitiesAreTold();
    void totals();
};

void TrafficTest::oneRowAPublish()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/t");
    WebSocketPeer b(server.port(), "/t");
    WireClient sse(server.port());
    sse.request("GET", "/t", "Accept: text/event-stream\r\n");
    WireClient poll(server.port());
    poll.request("GET", "/t");
    QVERIFY(server.awaitClients(4));
    const QByteArray id = server.publish("/t", "payload", u"news"_s);
    const auto rows = server.rows(TrafficKind::Message);
    QCOMPARE(rows.size(), 1u);
    QCOMPARE(rows[0].fanOut, 4u);
    QCOMPARE(rows[0].direction, Direction::Out);
    QCOMPARE(rows[0].topic, u"/t"_s);
    QCOMPARE(rows[0].event, u"news"_s);
    QCOMPARE(rows[0].payload, QByteArray("payload"));
    QCOMPARE(rows[0].messageId.toLatin1(), id);
    QCOMPARE(rows[0].contentType, u"text/plain; charset=utf-8"_s);
    QCOMPARE(rows[0].timeMs, server.nowMs());
    QVERIFY(!rows[0].binary);
    QCOMPARE(rows[0].clientId, 0u);
}

void TrafficTest::whoPublished()
{
    RunningServer server;
    WebSocketPeer ws(server.port(), "/t");
    QVERIFY(server.awaitClients(1));
    ws.send(WebSocketPeer::Binary, "\xff");
    QVERIFY(server.awaitRows(TrafficKind::Message, 1));
    WireClient post(server.port());
    post.request("POST", "/t", {}, "x");
    QVERIFY(post.answer());
    const auto rows = server.rows(TrafficKind::Message);
    QCOMPARE(rows.size(), 2u);
    QCOMPARE(rows[0].direction, Direction::In);
    QCOMPARE(rows[0].transport, Transport::WebSocket);
    QCOMPARE(rows[0].clientId, server.look()->clients[0].id);
    QVERIFY(rows[0].client.startsWith(u"127.0.0.1:"));
    QVERIFY(rows[0].binary);
    QCOMPARE(rows[1].direction, Direction::In);
    QCOMPARE(rows[1].transport, Transport::None);
    QCOMPARE(rows[1].client, u"127.0.0.1:%1"_s.arg(post.socket().localPort()));
}

void TrafficTest::comingAndGoing()
{
    RunningServer server;
    {
        WebSocketPeer ws(server.port(), "/w", {}, "User-Agent: mine\r\n");
        WireClient sse(server.port());
        sse.request("GET", "/s", "Accept: text/event-stream\r\n");
        QVERIFY(server.awaitClients(2));
        ws.sendClose(1000, "done");
        QVERIFY(server.awaitRows(TrafficKind::Disconnected, 1));
    }
    QVERIFY(server.awaitRows(TrafficKind::Disconnected, 2));
    const auto came = server.rows(TrafficKind::Connected);
    QCOMPARE(came.size(), 2u);
    QCOMPARE(came[0].transport, Transport::WebSocket);
    QCOMPARE(came[0].topic, u"/w"_s);
    QCOMPARE(came[0].text, u"mine"_s);
    QCOMPARE(came[1].transport, Transport::Sse);
    const auto went = server.rows(TrafficKind::Disconnected);
    QCOMPARE(went[0].clientId, came[0].clientId);
    QCOMPARE(went[0].text, u"done"_s);
    QCOMPARE(went[1].clientId, came[1].clientId);
    QCOMPARE(went[1].code, 0);
    const auto notices = server.rows(TrafficKind::Notice);
    QVERIFY(notices.at(0).text.contains(QString::number(server.port())));
}

void TrafficTest::refusals()
{
    RunningServer server;
    WireClient wire(server.port());
    wire.request("GET", "/t?since=x");
    QCOMPARE(wire.answer()->status, 400);
    wire.request("POST", "/*", {}, "x");
    QCOMPARE(wire.answer()->status, 400);
    wire.send("NONSENSE\r\n\r\n"); // refused by the door
    QCOMPARE(wire.answer()->status, 400);
    const auto rows = server.rows(TrafficKind::Refused);
    QCOMPARE(rows.size(), 3u);
    QCOMPARE(rows[0].topic, u"/t"_s);
    QCOMPARE(rows[1].topic, u"/*"_s);
    for (const TrafficEvent &row : rows) {
        QCOMPARE(row.code, 400);
        QVERIFY(!row.text.isEmpty());
        QVERIFY(row.client.startsWith(u"127.0.0.1:"));
    }
    QCOMPARE(server.look()->totals.refused, 3u);
}

void TrafficTest::textsAreBounded()
{
    RunningServer server;
    WireClient wire(server.port());
    wire.request("GET", "/" + QByteArray(7000, 'x'),
                 "User-Agent: " + QByteArray(7000, 'u') + "\r\n");
    QCOMPARE(wire.answer()->status, 400);
    wire.request("GET", "/t?timeout=0", "User-Agent: " + QByteArray(7000, 'u') + "\r\n");
    QCOMPARE(wire.answer()->status, 204);
    QVERIFY(server.rows(TrafficKind::Refused).at(0).topic.size() <= 256);
    QVERIFY(server.rows(TrafficKind::Connected).at(0).text.size() <= 256);
    QVERIFY(server.look()->clients.at(0).userAgent.size() <= 256);
}

void TrafficTest::requestsAndIdentitiesAreTold()
{
    RunningServer server;
    WireClient wire(server.port());
    const QByteArray fields =
        "Origin: http://app.example\r\nAccept-Language: " + QByteArray(7000, 'd') + "\r\n";
    wire.request("GET", "/t?timeout=0&client_id=anna", fields);
    QCOMPARE(wire.answer()->status, 204);
    const ClientInfo poller = server.look()->clients.at(0);
    QVERIFY(poller.request);
    QCOMPARE(poller.request->origin, u"http://app.example"_s);
    QCOMPARE(poller.request->language.size(), 256);
    QCOMPARE(poller.request->protocol, u"HTTP/1.1"_s);
    QVERIFY(poller.request->host.contains(u"127.0.0.1") || !poller.request->host.isEmpty());
    QVERIFY(!poller.identity.isEmpty());
    // Over another transport it is the same, and somebody else is not.
    WebSocketPeer anna(server.port(), "/t?client_id=anna");
    WebSocketPeer bea(server.port(), "/t?client_id=bea");
    QTRY_COMPARE(server.look()->clients.size(), 2u);
    for (const ClientInfo &client : server.look()->clients) {
        QVERIFY(client.request);
        QCOMPARE(client.identity == poller.identity, client.name == u"anna");
    }
}

void TrafficTest::totals()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/t");
    WebSocketPeer b(server.port(), "/t");
    QVERIFY(server.awaitClients(2));
    for (int i = 0; i < 3; ++i)
        server.publish("/t", "12345");
    const auto snapshot = server.look();
    QCOMPARE(snapshot->totals.published, 3u);
    QCOMPARE(snapshot->totals.deliveries, 6u);
    QCOMPARE(snapshot->totals.bytesIn, 15u);
    QCOMPARE(snapshot->totals.bytesOut, 42u); // two bytes of frame header each
    QCOMPARE(snapshot->totals.connections, 2u);
    QCOMPARE(snapshot->clients[0].messagesOut, 3u);
    QCOMPARE(snapshot->clients[0].bytesOut, 21u);
    QCOMPARE(snapshot->topics.at(0).subscribers, 2u);
}

QTEST_GUILESS_MAIN(TrafficTest)
#include "tst_traffic.moc"
