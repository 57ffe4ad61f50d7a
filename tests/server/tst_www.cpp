// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"
#include "websocketpeer.h"
#include "wireclient.h"

#include "resources/resources.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

namespace {

void write(const QString &name, const QByteArray &content)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

} // namespace

/// The operator's own folder, the test page, and what must not be reached through them.
class WwwTest final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void files_data();
    void files();
    void outside_data();
    void outside();
    void topicsKeepTheirOwn();
    void testPage();
    void assets();

private:
    [[nodiscard]] ServerOptions options() const
    {
        ServerOptions options = testOptions();
        options.wwwFolder = m_folder.path() + u"/www"_s;
        return options;
    }

    QTemporaryDir m_folder;
};

void WwwTest::initTestCase()
{
    initResources();
    QVERIFY(QDir(m_folder.path()).mkpath(u"www/sub"_s));
    const QString www = m_folder.path() + u"/www/"_s;
    write(m_folder.path() + u"/secret.txt"_s, "secret");
    write(www + u"index.html"_s, "<p>home</p>");
    write(www + u"app.js"_s, "1");
    write(www + u"caf\u00e9 x.txt"_s, "name");
    write(www + u"sub/index.html"_s, "<p>sub</p>");
    write(www + u"stream"_s, "a file of a topic's name");
    QVERIFY(QFile::link(m_folder.path() + u"/secret.txt"_s, www + u"out.txt"_s));
    QVERIFY(QFile::link(m_folder.path(), www + u"outdir"_s));
    QVERIFY(QFile::link(www + u"app.js"_s, www + u"inside.js"_s));
    // A neighbour whose name begins with the folder's.
    QVERIFY(QDir(m_folder.path()).mkpath(u"www-private"_s));
    write(m_folder.path() + u"/www-private/x.txt"_s, "secret");
}

void WwwTest::files_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    const QByteArray html("text/html; charset=utf-8");
    QTest::newRow("index") << QByteArray("/") << QByteArray("<p>home</p>") << html;
    QTest::newRow("query") << QByteArray("/?x=1") << QByteArray("<p>home</p>") << html;
    QTest::newRow("folder") << QByteArray("/sub") << QByteArray("<p>sub</p>") << html;
    QTest::newRow("folder with a slash") << QByteArray("/sub/") << QByteArray("<p>sub</p>") << html;
    QTest::newRow("script") << QByteArray("/app.js") << QByteArray("1")
                            << QByteArray("text/javascript; charset=utf-8");
    QTest::newRow("encoded") << QByteArray("/caf%C3%A9%20x.txt") << QByteArray("name")
                             << QByteArray("text/plain; charset=utf-8");
    QTest::newRow("link inside") << QByteArray("/inside.js") << QByteArray("1")
                                 << QByteArray("text/javascript; charset=utf-8");
}

void WwwTest::files()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, type);
    RunningServer server(options());
    WireClient wire(server.port());
    wire.request("GET", target);
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->body, body);
    QCOMPARE(answer->field("Content-Type"), type);
    QCOMPARE(answer->field("X-Content-Type-Options"), QByteArray("nosniff"));
    wire.request("HEAD", target);
    const auto head = wire.answer(true);
    QVERIFY(head);
    QCOMPARE(head->status, 200);
    QCOMPARE(head->field("Content-Length").toInt(), body.size());
    QVERIFY(wire.received().isEmpty());
}

void WwwTest::outside_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char *target :
         {"/../secret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt", "/sub/../../secret.txt",
          "/..%5csecret.txt", "/out.txt", "/outdir/secret.txt", "/../www-private/x.txt",
          "/%2e%2e/www-private/x.txt", "/app.js%00.txt", "/%00", "/app.js%00", "/./../secret.txt",
          "/....//secret.txt", "/%252e%252e/secret.txt", "/stream/../../secret.txt"})
        QTest::newRow(target) << QByteArray(target);
}

void WwwTest::outside()
{
    QFETCH(QByteArray, target);
    RunningServer server(options());
    WireClient wire(server.port());
    wire.request("GET", target + "?timeout=0");
    const auto answer = wire.answer();
    QVERIFY(answer);
    QVERIFY2(answer->status == 204 || answer->status == 400,
             QByteArray::number(answer->status).constData());
    QVERIFY(!answer->body.contains("secret\n") && answer->body != "secret");
}

void WwwTest::topicsKeepTheirOwn()
{
    RunningServer server(options());
    WireClient file(server.port());
    file.request("GET", "/stream");
    QCOMPARE(file.answer()->body, QByteArray("a file of a topic's name"));
    WireClient sse(server.port());
    sse.request("GET", "/stream", "Accept: text/event-stream\r\n");
    QCOMPARE(sse.head()->field("Content-Type"), QByteArray("text/event-stream"));
    WebSocketPeer ws(server.port(), "/stream");
    WireClient post(server.port());
    post.request("POST", "/stream", {}, "x");
    QCOMPARE(post.answer()->status, 201);
    QCOMPARE(ws.text(), QByteArray("x"));
    QVERIFY(sse.awaitText("data: x\n\n"));
}

void WwwTest::testPage()
{
    RunningServer server; // without a folder
    WireClient wire(server.port());
    wire.request("GET", "/any/topic", "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n");
    const auto page = wire.answer();
    QVERIFY(page);
    QCOMPARE(page->status, 200);
    QVERIFY(page->field("Content-Type").startsWith("text/html"));
    QVERIFY(page->field("Content-Security-Policy").contains("default-src 'self'"));
    wire.request("GET", "/any?timeout=0", "Accept: */*\r\n");
    QCOMPARE(wire.answer()->status, 204);
    wire.request("GET", "/any%07", "Accept: text/html\r\n");
    QCOMPARE(wire.answer()->status, 400);
    QVERIFY(server.rows(TrafficKind::Connected).size() == 1);
}

void WwwTest::assets()
{
    RunningServer server;
    WireClient wire(server.port());
    wire.request("GET", "/_/web/topic.js");
    const auto script = wire.answer();
    QVERIFY(script);
    QCOMPARE(script->status, 200);
    QVERIFY(script->field("Content-Type").startsWith("text/javascript"));
    for (const char *target : {"/_/web/", "/_/web/none.js", "/_/web/../web/topic.js",
                               "/_/web/%2e%2e/x", "/_/web/sub/topic.js"}) {
        wire.request("GET", target);
        QCOMPARE(wire.answer()->status, 404);
    }
    wire.request("GET", "/robots.txt");
    QVERIFY(wire.answer()->body.contains("Disallow"));
    wire.request("GET", "/favicon.ico");
    QCOMPARE(wire.answer()->status, 200);
}

QTEST_GUILESS_MAIN(WwwTest)
#include "tst_www.moc"
