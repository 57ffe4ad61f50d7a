// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"
#include "websocketpeer.h"
#include "wireclient.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QtTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

/// Start, stop, and everybody's proper end.
class LifecycleTest final : public QObject
{
    Q_OBJECT

private slots:
    void startStopStartKeepsHistory();
    void stopSaysGoodbye();
    void stopDoesNotWaitForTheDeaf();
    void stopMeetsAHandshakeUnderWay();
    void portBusy();
    void addressOfAnotherMachine();
    void stopWhileStopped();
    void startWhileStopping();
    void sendWhileStopped();
    void often();
    void destroyedWithClients();
    void nothingIsLeft();
};

void LifecycleTest::startStopStartKeepsHistory()
{
    RunningServer server;
    server.publish("/a", "before");
    server.stop();
    QCOMPARE(server.control().snapshots().latest()->state, ServerState::Stopped);
    server.start();
    WireClient wire(server.port());
    wire.request("GET", "/a", "If-None-Match: \"t-0\"\r\n");
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->body, QByteArray("before"));
    QCOMPARE(server.publish("/a", "after"), QByteArray("t-2"));
}

void LifecycleTest::stopSaysGoodbye()
{
    RunningServer server;
    WebSocketPeer ws(server.port(), "/a");
    WireClient sse(server.port());
    sse.request("GET", "/a", "Accept: text/event-stream\r\n");
    QVERIFY(sse.head());
    WireClient poll(server.port());
    poll.request("GET", "/a");
    WireClient idle(server.port());
    QVERIFY(server.awaitClients(3));

    server.control().send({0, {SendTarget::Kind::Topic, u"/a"_s, {}}, "last", {}, {}});
    QSignalSpy stopped(&server.control(), &PushServer::stopped);
    server.control().stop();
    QCOMPARE(ws.text(), QByteArray("last"));
    const auto close = ws.closeFrame();
    QVERIFY(close);
    QCOMPARE(close->closeCode(), 1012);
    QVERIFY(close->closeReason().contains("stopping"));
    ws.sendClose(1012);
    QVERIFY(ws.wire().awaitClose());

    QVERIFY(sse.awaitText("data: last\n\n"));
    QVERIFY(sse.awaitText(": closing 1012: "));
    QVERIFY(sse.awaitText("\r\n0\r\n\r\n"));
    QVERIFY(sse.awaitClose());
    const auto answer = poll.answer();
    QVERIFY(answer);
    QVERIFY(answer->status == 503 || answer->body == "last");
    QVERIFY(poll.awaitClose());
    QVERIFY(idle.awaitClose());
    QTRY_COMPARE(stopped.size(), 1);
    QVERIFY(server.control().snapshots().latest()->clients.empty());
    QCOMPARE(server.rows(TrafficKind::Disconnected).size(), 3u);
}

void LifecycleTest::stopDoesNotWaitForTheDeaf()
{
    RunningServer server;
    WebSocketPeer ws(server.port(), "/a"); // never answers the close
    WireClient sse(server.port());
    sse.request("GET", "/a", "Accept: text/event-stream\r\n");
    sse.stopReading();
    QVERIFY(server.awaitClients(2));
    for (int i = 0; i < 12; ++i)
        server.publish("/a", QByteArray(1'000'000, 'x'));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(server.stop());
    QVERIFY2(timer.elapsed() < 4000, QByteArray::number(timer.elapsed()).constData());
}

void LifecycleTest::stopMeetsAHandshakeUnderWay()
{
    RunningServer server;
    // The upgrade is at the door when the server is told to stop.
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, server.port());
    QVERIFY(client.waitForConnected());
    client.write(
        "GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    client.flush();
    for (int turn = 0; turn < 3; ++turn)
        QCoreApplication::processEvents();
    QElapsedTimer timer;
    timer.start();
    QVERIFY(server.stop());
    QVERIFY2(timer.elapsed() < 3000, QByteArray::number(timer.elapsed()).constData());
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
}

void LifecycleTest::portBusy()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    PushServer server(testOptions());
    QSignalSpy failed(&server, &PushServer::startFailed);
    server.start({u"127.0.0.1"_s, other.serverPort()});
    QTRY_COMPARE(failed.size(), 1);
    const auto failure = failed[0][0].value<ListenFailure>();
    QVERIFY(failure.portBusy);
    QCOMPARE(failure.request.port, other.serverPort());
    QVERIFY2(failure.words.contains(QString::number(other.serverPort())),
             qPrintable(failure.words));
    QVERIFY(failure.suggestedPort > other.serverPort());
    QSignalSpy started(&server, &PushServer::started);
    server.start({u"127.0.0.1"_s, failure.suggestedPort});
    QTRY_COMPARE(started.size(), 1);
    QCOMPARE(started[0][0].value<quint16>(), failure.suggestedPort);
}

void LifecycleTest::addressOfAnotherMachine()
{
    PushServer server(testOptions());
    QSignalSpy failed(&server, &PushServer::startFailed);
    server.start({u"192.0.2.1"_s, 0}); // RFC 5737
    QTRY_COMPARE(failed.size(), 1);
    server.start({u"no address"_s, 0});
    QTRY_COMPARE(failed.size(), 2);
    for (const auto &arguments : failed) {
        const auto failure = arguments[0].value<ListenFailure>();
        QVERIFY(!failure.portBusy);
        QVERIFY2(failure.words.contains(failure.request.address), qPrintable(failure.words));
    }
}

void LifecycleTest::stopWhileStopped()
{
    PushServer server(testOptions());
    QSignalSpy stopped(&server, &PushServer::stopped);
    server.stop();
    QTRY_COMPARE(stopped.size(), 1);
    server.closeClient(1, 1000, u"x"_s);
}

void LifecycleTest::startWhileStopping()
{
    RunningServer server;
    WebSocketPeer ws(server.port(), "/a");
    QVERIFY(server.awaitClients(1));
    QSignalSpy started(&server.control(), &PushServer::started);
    QSignalSpy stopped(&server.control(), &PushServer::stopped);
    server.control().stop();
    server.control().stop();
    server.control().start({u"127.0.0.1"_s, server.port()});
    QTRY_COMPARE(started.size(), 1);
    QCOMPARE(stopped.size(), 1);
    QCOMPARE(server.control().snapshots().latest()->state, ServerState::Running);
}

void LifecycleTest::sendWhileStopped()
{
    RunningServer server;
    server.stop();
    const SendOutcome outcome = server.send({SendTarget::Kind::All, {}, {}}, "x");
    QVERIFY(!outcome.ok);
    QVERIFY(!outcome.words.isEmpty());
}

void LifecycleTest::often()
{
    RunningServer server;
    for (int i = 0; i < 40; ++i) {
        WebSocketPeer ws(server.port(), "/a");
        QCOMPARE(ws.status(), 101);
        ws.sendText("x");
        QCOMPARE(ws.text(), QByteArray("x"));
        ws.wire().close();
        QVERIFY(server.stop());
        QVERIFY(server.start());
    }
}

void LifecycleTest::destroyedWithClients()
{
    RunningServer server;
    WebSocketPeer ws(server.port(), "/a");
    WireClient sse(server.port());
    sse.request("GET", "/a", "Accept: text/event-stream\r\n");
    WireClient poll(server.port());
    poll.request("GET", "/a");
    WireClient half(server.port());
    half.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");
    QVERIFY(server.awaitClients(3));
    server.control().send({0, {SendTarget::Kind::Topic, u"/a"_s, {}}, "unsent", {}, {}});
    server.destroy();
    QVERIFY(ws.wire().awaitClose());
    QVERIFY(sse.awaitClose());
    QVERIFY(poll.awaitClose());
    QVERIFY(half.awaitClose());
}

void LifecycleTest::nothingIsLeft()
{
    RunningServer server;
    for (int round = 0; round < 3; ++round) {
        WebSocketPeer ws(server.port(), "/a");
        WebSocketPeer broken(server.port(), "/a");
        broken.sendRaw(0x83, "x", 0x01020304);
        WireClient sse(server.port());
        sse.request("GET", "/a", "Accept: text/event-stream\r\n");
        WireClient poll(server.port());
        poll.request("GET", "/a");
        WireClient refused(server.port());
        refused.request("GET", "/a?since=x");
        QVERIFY(server.awaitClients(3));
    }
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.openConnections == 0; }));
    QVERIFY(server.control().findChildren<QAbstractSocket *>().isEmpty());
    server.stop();
    QVERIFY(server.control().findChildren<QAbstractSocket *>().isEmpty());
}

QTEST_GUILESS_MAIN(LifecycleTest)
#include "tst_lifecycle.moc"
