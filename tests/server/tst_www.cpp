// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"
#include "websocketpeer.h"
#include "wireclient.h"

#include "api/staticfiles.h"
#include "resources/resources.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace pushdeck;
using namespace Qt::StringLiterals;

namespace {

void write(const QString &name, const QByteArray &content)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

qint64 residentBytes()
{
    QFile file(u"/proc/self/statm"_s);
    return file.open(QIODevice::ReadOnly)
               ? file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE)
               : 0;
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
    void hiddenAndSpecial();
    void ranges_data();
    void ranges();
    void conditions();
    void largeFilesAreNotHeld();
    void aFileThatShrinks();
    void exposure();
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

void WwwTest::hiddenAndSpecial()
{
    const QString www = m_folder.path() + u"/www/"_s;
    QVERIFY(QDir(www).mkpath(u".git"_s));
    write(www + u".env"_s, "secret");
    write(www + u".git/config"_s, "secret");
    QVERIFY(QFile::link(www + u".env"_s, www + u"shown.txt"_s));
    QVERIFY(QFile::link(u"/dev/zero"_s, www + u"zero"_s));
    QCOMPARE(::mkfifo(QFile::encodeName(www + u"pipe"_s).constData(), 0600), 0);
    RunningServer server(options());
    for (const char *target : {"/.env", "/.git/config", "/.git/", "/%2eenv", "/sub/../.env",
                               "/shown.txt", "/zero", "/pipe", "/./app.js", "//app.js"}) {
        WireClient wire(server.port());
        wire.request("GET", QByteArray(target) + "?timeout=0");
        const auto answer = wire.answer();
        QVERIFY2(answer, target);
        QVERIFY2(answer->status == 204 || answer->status == 400, target);
    }
    QFile::remove(www + u"pipe"_s);
}

void WwwTest::ranges_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("range");
    const auto row = [](const char *fields, int status, const char *body, const char *range) {
        QTest::newRow(fields) << QByteArray(fields) << status << QByteArray(body)
                              << QByteArray(range);
    };
    row("Range: bytes=0-3", 206, "0123", "bytes 0-3/10");
    row("Range: bytes=9-9", 206, "9", "bytes 9-9/10");
    row("Range: BYTES=4-", 206, "456789", "bytes 4-9/10");
    row("Range: bytes=-3", 206, "789", "bytes 7-9/10");
    row("Range: bytes=-99", 206, "0123456789", "bytes 0-9/10");
    row("Range: bytes=8-99", 206, "89", "bytes 8-9/10");
    row("Range: bytes=10-", 416, "", "bytes */10");
    row("Range: bytes=-0", 416, "", "bytes */10");
    row("Range: bytes=999999999999999999-", 416, "", "bytes */10");
    for (const char *ignored :
         {"Range: bytes=3-1", "Range: bytes=0-1,3-4", "Range: bytes=-", "Range: bytes=a-b",
          "Range: bytes", "Range: items=0-1", "Range: bytes=+0-1", "Range: bytes=0x0-1",
          "Range: bytes=9999999999999999999-", "Range: bytes=0-3\r\nIf-Range: \"other\"",
          "Range: bytes=0-3\r\nIf-Range: Thu, 01 Jan 1970 00:00:00 GMT"})
        row(ignored, 200, "0123456789", "");
}

void WwwTest::ranges()
{
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, range);
    write(m_folder.path() + u"/www/ten.txt"_s, "0123456789");
    RunningServer server(options());
    WireClient wire(server.port());
    wire.request("GET", "/ten.txt", fields + "\r\n");
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, status);
    QCOMPARE(answer->body, body);
    QCOMPARE(answer->field("Content-Range"), range);
    QCOMPARE(answer->field("Accept-Ranges"), QByteArray("bytes"));
    // What is asked next on the connection is not mistaken.
    wire.request("GET", "/app.js");
    QCOMPARE(wire.answer()->body, QByteArray("1"));
}

void WwwTest::conditions()
{
    const QString name = m_folder.path() + u"/www/changing.txt"_s;
    write(name, "one");
    RunningServer server(options());
    WireClient wire(server.port());
    const auto get = [&wire](const QByteArray &fields) {
        wire.request("GET", "/changing.txt", fields);
        return *wire.answer();
    };
    const WireAnswer first = get({});
    const QByteArray tag = first.field("ETag");
    const QByteArray date = first.field("Last-Modified");
    QVERIFY(tag.size() > 2 && tag.startsWith('"'));
    QVERIFY(date.endsWith(" GMT"));
    for (const QByteArray &fields :
         {"If-None-Match: " + tag, "If-None-Match: \"x\", W/" + tag, QByteArray("If-None-Match: *"),
          "If-Modified-Since: " + date}) {
        const WireAnswer answer = get(fields + "\r\n");
        QCOMPARE(answer.status, 304);
        QVERIFY(answer.body.isEmpty());
        QCOMPARE(answer.field("ETag"), tag);
    }
    // A tag that does not match makes the date count for nothing.
    QCOMPARE(get("If-None-Match: \"x\"\r\nIf-Modified-Since: " + date + "\r\n").status, 200);
    QCOMPARE(get("Range: bytes=1-\r\nIf-Range: " + tag + "\r\n").status, 206);
    write(name, "two!");
    const WireAnswer changed = get("If-None-Match: " + tag + "\r\n");
    QCOMPARE(changed.status, 200);
    QCOMPARE(changed.body, QByteArray("two!"));
    QVERIFY(changed.field("ETag") != tag);
    QCOMPARE(get("Range: bytes=1-\r\nIf-Range: " + tag + "\r\n").status, 200);
    wire.request("HEAD", "/changing.txt", "Range: bytes=0-0\r\n");
    const auto head = wire.answer(true);
    QCOMPARE(head->status, 200);
    QCOMPARE(head->field("Content-Length"), QByteArray("4"));
}

void WwwTest::largeFilesAreNotHeld()
{
    constexpr qint64 kSize = 300ll * 1024 * 1024;
    const QString name = m_folder.path() + u"/www/large.bin"_s;
    {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(kSize)); // a hole: no disk is filled
        QVERIFY(file.seek(kSize - 3));
        QCOMPARE(file.write("end"), 3);
    }
    RunningServer server(options());
    WireClient head(server.port());
    head.request("HEAD", "/large.bin");
    QCOMPARE(head.answer(true)->field("Content-Length").toLongLong(), kSize);
    const qint64 before = residentBytes();
    std::vector<std::unique_ptr<WireClient>> deaf;
    for (int i = 0; i < 20; ++i) {
        deaf.push_back(std::make_unique<WireClient>(server.port()));
        deaf.back()->stopReading();
        deaf.back()->request("GET", "/large.bin");
    }
    QTest::qWait(500);
#ifdef __SANITIZE_ADDRESS__
    constexpr qint64 kMostBytes = 400 * 1024 * 1024; // what was freed is kept for a while
#else
    constexpr qint64 kMostBytes = 40 * 1024 * 1024;
#endif
    QVERIFY2(residentBytes() - before < kMostBytes,
             QByteArray::number(residentBytes() - before).constData());
    deaf.clear();
    WireClient wire(server.port());
    wire.request("GET", "/large.bin",
                 "Range: bytes=" + QByteArray::number(kSize - 1'000'003) + "-\r\n");
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 206);
    QCOMPARE(answer->body.size(), 1'000'003);
    QVERIFY(answer->body.endsWith("end"));
    QCOMPARE(answer->field("Connection"), QByteArray("close"));
    QVERIFY(wire.awaitClose());
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.openConnections <= 1; }));
    QFile::remove(name);
}

/// A client must not take half a file for a whole one.
void WwwTest::aFileThatShrinks()
{
    const QString name = m_folder.path() + u"/www/shrinking.bin"_s;
    write(name, QByteArray(30 * 1024 * 1024, 'x'));
    RunningServer server(options());
    WireClient wire(server.port());
    wire.stopReading();
    wire.request("GET", "/shrinking.bin");
    QTest::qWait(200);
    QVERIFY(QFile::resize(name, 10));
    wire.resumeReading();
    QVERIFY(!wire.answer());
    QVERIFY(wire.awaitClose());
    QFile::remove(name);
}

void WwwTest::exposure()
{
    const QString home = m_folder.path() + u"/home/me"_s;
    QVERIFY(QDir(home).mkpath(u"site"_s));
    QVERIFY(exposureOf({}, home).isEmpty());
    QVERIFY(exposureOf(home + u"/site"_s, home).isEmpty());
    QVERIFY(exposureOf(m_folder.path() + u"/www"_s, home).isEmpty());
    QVERIFY(exposureOf(home, home).contains(u"home"));
    QVERIFY(exposureOf(m_folder.path() + u"/home"_s, home).contains(u"home"));
    QVERIFY(exposureOf(home + u"/site/.."_s, home).contains(u"home"));
    QVERIFY(exposureOf(u"/"_s, home).contains(u"every file"));
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
