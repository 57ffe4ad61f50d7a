// SPDX-License-Identifier: GPL-3.0-or-later
#include "guardfixture.h"

#include <QtTest>

using namespace pushdeck;

/// What comes over the wire, good and bad, against a real QHttpServer behind the front door.
class GuardTest final : public QObject
{
    Q_OBJECT

private slots:
    void goodRequest_data();
    void goodRequest();
    void badRequest_data();
    void badRequest();
};

void GuardTest::goodRequest_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("seen");  // method, target, version | method for Qt | path | body |
    QTest::addColumn<bool>("staysOpen");
    const auto row = [](const char *what, const QByteArray &request, const QByteArray &seen,
                        bool staysOpen = true) {
        QTest::newRow(what) << request << seen << staysOpen;
    };
    row("plain", "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n", "GET /echo HTTP/1.1|get|/echo||");
}

void GuardTest::goodRequest()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, seen);
    QFETCH(bool, staysOpen);
    Guarded guarded;
    for (const bool byteByByte : {false, true}) {
        RawClient client(guarded.port());
        if (byteByByte) {
            for (const char c : request)
                client.send(QByteArray(1, c));
        } else {
            client.send(request);
        }
        const auto response = client.response();
        QVERIFY(response);
        QCOMPARE(response->status, 200);
        QVERIFY2(response->body.startsWith(seen), response->body.constData());
        if (staysOpen) {
            QVERIFY(!response->has("Connection"));
            client.send("GET /echo?2 HTTP/1.1\r\nHost: x\r\n\r\n");
            QCOMPARE(client.response()->status, 200);
        } else {
            QCOMPARE(response->field("Connection"), "close");
            QVERIFY(client.awaitClose());
        }
    }
}

void GuardTest::badRequest_data() { QTest::addColumn<int>("x"); QTest::newRow("x") << 1; }
void GuardTest::badRequest() {}

QTEST_GUILESS_MAIN(GuardTest)
#include "tst_guard.moc"
