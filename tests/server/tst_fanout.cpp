// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"
#include "websocketpeer.h"
#include "wireclient.h"

#include "transport/streamsession.h"

#include <QJsonArray>
#include <QtTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

/// One message, one order, whatever the transport; and clients that do not read harm nobody else.
class FanOutTest final : public QObject
{
    Q_OBJECT

private slots:
    void oneOrderOnThreeTransports();
    void sendCounts();
    void toAllAndToClients();
    void patternAndNameCountOnce();
    void slowClientIsClosedAndOthersAreNot_data();
    void slowClientIsClosedAndOthersAreNot();
    void aBusyTurnIsNoBacklog();
    void slowClientResumes();
    void longReplayToASlowReader();
};

void FanOutTest::oneOrderOnThreeTransports()
{
    constexpr int kRounds = 60;
    RunningServer server;
    WebSocketPeer ws(server.port(), "/f");
    WireClient sse(server.port());
    sse.request("GET", "/f", "Accept: text/event-stream\r\n");
    QVERIFY(sse.head());
    WireClient poll(server.port());
    QByteArray cursor = "t-0";
    QByteArrayList polled;
    const auto pollOnce = [&] {
        poll.request("GET", "/f?format=json&since=" + cursor);
        const auto answer = poll.answer();
        if (!answer || answer->status != 200)
            return false;
        const QJsonObject batch = jsonOf(answer->body);
        const QJsonArray messages = batch.value(u"messages").toArray();
        for (const QJsonValue &message : messages)
            polled.append(message[u"data"].toString().toUtf8());
        cursor = batch.value(u"cursor").toString().toLatin1();
        return true;
    };

    // Three ways in at once, none waiting for the other.
    WireClient post(server.port());
    WebSocketPeer sender(server.port(), "/other", "pushdeck.v1");
    for (int i = 0; i < kRounds; ++i) {
        const QByteArray n = QByteArray::number(i);
        post.request("POST", "/f", {}, "post " + n);
        sender.sendText(R"({"type":"publish","topic":"/f","data":"ws )" + n + R"("})");
        server.control().send({0, {SendTarget::Kind::Topic, u"/f"_s, {}}, "op " + n, {}, {}});
        if (i % 7 == 0)
            QVERIFY(pollOnce());
    }
    QByteArrayList expected;
    for (int i = 0; i < 3 * kRounds; ++i)
        expected.append(ws.text());
    while (polled.size() < expected.size())
        QVERIFY(pollOnce());

    QCOMPARE(QSet<QByteArray>(expected.begin(), expected.end()).size(), 3 * kRounds);
    QCOMPARE(polled, expected);
    for (int i = 0; i < 3 * kRounds; ++i) {
        QVERIFY(sse.awaitText("id: t-" + QByteArray::number(i + 1) + "\n"));
        QCOMPARE(sse.takeUntil("\n\n"), "data: " + expected[i]);
    }
    QVERIFY(!sse.received().contains("id: "));
    QVERIFY(ws.wire().received().isEmpty());
}

void FanOutTest::sendCounts()
{
    RunningServer server;
    QCOMPARE(server.send({SendTarget::Kind::Topic, u"/f"_s, {}}, "x").delivered, 0u);
    WebSocketPeer a(server.port(), "/f");
    WebSocketPeer b(server.port(), "/f");
    WebSocketPeer c(server.port(), "/g");
    const SendOutcome outcome = server.send({SendTarget::Kind::Topic, u"/f"_s, {}}, "x");
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.delivered, 2u);
    QCOMPARE(outcome.queued, 0u);
    QCOMPARE(outcome.messageId, u"t-2"_s);
    QVERIFY(outcome.words.isEmpty());
    for (const QString &bad : {u"f"_s, u"/*"_s, u"/_/x"_s, u"/a\nb"_s}) {
        const SendOutcome refused = server.send({SendTarget::Kind::Topic, bad, {}}, "x");
        QVERIFY(!refused.ok);
        QVERIFY(!refused.words.isEmpty());
    }
    const SendOutcome event =
        server.send({SendTarget::Kind::Topic, u"/f"_s, {}}, "x", u"two\nlines"_s);
    QVERIFY(!event.ok);
}

void FanOutTest::toAllAndToClients()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/a");
    WebSocketPeer b(server.port(), "/b?format=json");
    WireClient sse(server.port());
    sse.request("GET", "/c", "Accept: text/event-stream\r\n");
    QVERIFY(server.awaitClients(3));
    QCOMPARE(server.send({SendTarget::Kind::All, {}, {}}, "all").delivered, 3u);
    QCOMPARE(a.text(), QByteArray("all"));
    QCOMPARE(b.json().value(u"topic").toString(), u"/**"_s);
    QVERIFY(sse.awaitText("data: all\n\n"));

    std::vector<std::uint64_t> ids;
    for (const ClientInfo &client : server.look()->clients)
        ids.push_back(client.id);
    const SendOutcome two =
        server.send({SendTarget::Kind::Clients, {}, {ids[1], ids[2], 999}}, "two");
    QVERIFY(two.ok);
    QCOMPARE(two.delivered, 2u);
    QCOMPARE(b.json().value(u"topic").toString(), u"/b"_s);
    QVERIFY(sse.awaitText("data: two\n\n"));
    server.publish("/a", "after");
    QCOMPARE(a.text(), QByteArray("after"));
    const SendOutcome none = server.send({SendTarget::Kind::Clients, {}, {999}}, "none");
    QVERIFY(!none.ok);
    QVERIFY(!none.words.isEmpty());
}

void FanOutTest::patternAndNameCountOnce()
{
    RunningServer server;
    WebSocketPeer a(server.port(), "/f?topic=/*&topic=/**");
    QCOMPARE(server.send({SendTarget::Kind::Topic, u"/f"_s, {}}, "1").delivered, 1u);
    server.publish("/f", "2");
    QCOMPARE(a.text(), QByteArray("1"));
    QCOMPARE(a.text(), QByteArray("2"));
}

void FanOutTest::slowClientIsClosedAndOthersAreNot_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("websocket") << QByteArray();
    QTest::newRow("sse") << QByteArray("Accept: text/event-stream\r\n");
}

void FanOutTest::slowClientIsClosedAndOthersAreNot()
{
    QFETCH(QByteArray, request);
    ServerOptions options = testOptions();
    options.limits.backlogBytes = 256 * 1024;
    RunningServer server(std::move(options));
    WebSocketPeer good(server.port(), "/f");
    std::unique_ptr<WebSocketPeer> ws;
    WireClient sse(server.port());
    WireClient *slow = &sse;
    if (request.isEmpty()) {
        ws = std::make_unique<WebSocketPeer>(server.port(), "/f");
        slow = &ws->wire();
    } else {
        sse.request("GET", "/f", request);
    }
    QVERIFY(server.awaitClients(2));
    slow->stopReading();
    // More than kernels hold for a connection, message by message.
    const QByteArray payload(60'000, 'x');
    bool queued = false;
    int sent = 0;
    while (server.rows(TrafficKind::Disconnected).empty() && sent < 400) {
        const SendOutcome outcome = server.send({SendTarget::Kind::Topic, u"/f"_s, {}}, payload);
        QVERIFY(outcome.ok);
        queued = queued || outcome.queued > 0;
        ++sent;
        QCOMPARE(good.text().size(), payload.size());
    }
    QVERIFY(queued);
    const auto rows = server.rows(TrafficKind::Disconnected);
    QCOMPARE(rows.size(), 1u);
    QCOMPARE(rows[0].code, 1013);
    QVERIFY2(rows[0].text.contains(u"slow"), qPrintable(rows[0].text));
    // The peer that does not read is cut off; nothing of it is left.
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) {
        return s.clients.size() == 1 && s.totals.closedSlow == 1 && s.openConnections == 1;
    }));
    server.publish("/f", "unharmed");
    QCOMPARE(good.text(), QByteArray("unharmed"));
}

void FanOutTest::aBusyTurnIsNoBacklog()
{
    ServerOptions options = testOptions();
    options.limits.backlogBytes = 128 * 1024;
    RunningServer server(std::move(options));
    WebSocketPeer a(server.port(), "/f");
    QVERIFY(server.awaitClients(1));
    // More in one turn than may wait, yet less than a kernel takes.
    for (int i = 0; i < 20; ++i)
        QCOMPARE(
            server.send({SendTarget::Kind::Topic, u"/f"_s, {}}, QByteArray(20'000, 'x')).delivered,
            1u);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(a.text().size(), 20'000);
    QVERIFY(server.rows(TrafficKind::Disconnected).empty());
}

void FanOutTest::slowClientResumes()
{
    ServerOptions options = testOptions();
    options.limits.backlogBytes = 128 * 1024;
    RunningServer server(std::move(options));
    WireClient slow(server.port());
    slow.request("GET", "/f?since=t-0", "Accept: text/event-stream\r\n");
    QVERIFY(server.awaitClients(1));
    slow.stopReading();
    int count = 0;
    while (server.rows(TrafficKind::Disconnected).empty() && count < 300) {
        server.publish("/f", QByteArray::number(count++) + ' ' + QByteArray(100'000, 'x'));
        QCoreApplication::processEvents();
    }
    QVERIFY(count < 300);
    server.publish("/f", QByteArray::number(count++) + " last");
    slow.resumeReading();
    (void)slow.awaitClose();
    // What arrived whole is in order from the first; the rest comes after its last id.
    int next = 0;
    const auto readAll = [&next](QByteArray bytes) {
        QByteArray lastId;
        for (qsizetype at = 0; (at = bytes.indexOf("id: t-", at)) >= 0; ++at) {
            const qsizetype data = bytes.indexOf("\ndata: ", at);
            if (data < 0 || bytes.indexOf("\n\n", data) < 0)
                break;
            const QByteArray number = bytes.mid(data + 7, 10).split(' ').first();
            if (number.toInt() != next)
                return QByteArray("out of order at " + number);
            lastId = bytes.mid(at + 4, bytes.indexOf('\n', at) - at - 4);
            ++next;
        }
        return lastId;
    };
    const QByteArray lastId = readAll(slow.received());
    QVERIFY2(lastId.startsWith("t-"), lastId.constData());
    QVERIFY(next < count);
    WireClient again(server.port());
    again.request("GET", "/f", "Accept: text/event-stream\r\nLast-Event-ID: " + lastId + "\r\n");
    const QByteArray rest = again.takeUntil(" last\n\n");
    QVERIFY(!rest.isNull());
    QVERIFY2(readAll(rest + " last\n\n").startsWith("t-"), "the resumed stream");
    QCOMPARE(next, count);
}

void FanOutTest::longReplayToASlowReader()
{
    // Far more than a replay may queue, and joined live while it is under way.
    constexpr int kOld = 400;
    constexpr int kLive = 50;
    constexpr qsizetype kSize = 40'000;
    static_assert(kOld * kSize > 20 * kReplayBacklogBytes);
    RunningServer server;
    const auto payload = [](int i) { return QByteArray::number(i).leftJustified(kSize, '.'); };
    for (int i = 0; i < kOld; ++i)
        server.publish("/f", payload(i));
    WebSocketPeer reader(server.port(), "/elsewhere", "pushdeck.v1");
    reader.wire().stopReading();
    reader.sendText(R"({"type":"subscribe","topic":"/f","since":"all"})");
    QVERIFY(server.awaitSnapshot(
        [](const Snapshot &s) { return s.clients.at(0).backlogBytes > 100'000; }));
    // Bounded by the page, not by the history.
    QVERIFY(server.look()->clients.at(0).backlogBytes < 2 * kReplayBacklogBytes);
    for (int i = 0; i < kLive / 2; ++i)
        server.publish("/f", payload(kOld + i));
    reader.wire().resumeReading();
    QCOMPARE(reader.json().value(u"type").toString(), u"ack"_s);
    for (int i = 0; i < kOld + kLive; ++i) {
        if (i == 100) {
            for (int k = kLive / 2; k < kLive; ++k)
                server.publish("/f", payload(kOld + k));
        }
        const QJsonObject message = reader.json();
        QCOMPARE(message.value(u"data").toString().toUtf8(), payload(i));
    }
    server.publish("/f", "live");
    QCOMPARE(reader.json().value(u"data").toString(), u"live"_s);
    QVERIFY(server.rows(TrafficKind::Disconnected).empty());
}

QTEST_GUILESS_MAIN(FanOutTest)
#include "tst_fanout.moc"
