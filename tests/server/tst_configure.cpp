// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator sets while the server runs: what holds at once, and what from the next start.
#include "server/pushserver.h"

#include <QTcpSocket>
#include <QTest>

using namespace pushdeck;

class tst_Configure : public QObject
{
    Q_OBJECT

private slots:
    void theDefaultsAreTheServers();
    void settingsComeBackAsTheyWent();
    void aTokenHoldsAtOnce();
    void theTokenIsNotInTheLog();
    void theHistoryShrinksAtOnce();
    void theLogShrinksAtOnce();
    void limitsHoldFromTheNextStart();
};

namespace {

ServerOptions quietOptions()
{
    ServerOptions options;
    options.epoch = "e";
    return options;
}

/// A server on this thread, on a port of its own.
struct Running
{
    explicit Running(ServerOptions options = quietOptions()) : server(std::move(options))
    {
        QObject::connect(&server, &ServerControl::started, &server,
                         [this](quint16 taken) { port = taken; });
        start();
    }
    ~Running() { stop(); }

    void start()
    {
        port = 0;
        server.start({QStringLiteral("127.0.0.1"), 0});
        QVERIFY(QTest::qWaitFor([this] { return port != 0; }));
    }
    void stop()
    {
        server.stop();
        QVERIFY(QTest::qWaitFor(
            [this] { return server.snapshots().latest()->state == ServerState::Stopped; }));
    }

    /// The status line of the answer.
    QByteArray ask(const QByteArray &target, const QByteArray &body = {})
    {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        socket.write((body.isEmpty() ? "GET " : "POST ") + target +
                     " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " +
                     QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QByteArray answer;
        if (!QTest::qWaitFor([&] {
                answer += socket.readAll();
                return answer.contains("\r\n");
            }))
            return "no answer";
        return answer.first(answer.indexOf('\r')).mid(9, 3);
    }

    PushServer server;
    quint16 port = 0;
};

} // namespace

void tst_Configure::theDefaultsAreTheServers()
{
    // Written down twice, as the window does not see the server's parts: they must not drift.
    QVERIFY(settingsOf(ServerOptions{}) == ServerSettings{});
}

void tst_Configure::settingsComeBackAsTheyWent()
{
    ServerSettings settings;
    settings.access = {"o", "p", "s", {"https://example.org"}, false, {}, {}};
    settings.history = {1, 2, 3, 4};
    settings.log = {5, 6};
    settings.limits.connections = 7;
    settings.limits.backlogBytes = 8;
    settings.limits.writeStall = std::chrono::milliseconds(9);
    settings.wwwFolder = QStringLiteral("/www");
    settings.historyFile = QStringLiteral("/history");
    ServerOptions options;
    options.history.topics = 12;
    applySettings(settings, options);
    QVERIFY(settingsOf(options) == settings);
    QCOMPARE(options.history.topics, std::size_t(12));
}

void tst_Configure::aTokenHoldsAtOnce()
{
    Running running;
    QCOMPARE(running.ask("/t", "hello"), "202");
    ServerSettings settings;
    settings.access.publishToken = "secret";
    running.server.configure(settings);
    QCOMPARE(running.ask("/t", "hello"), "401");
    QCOMPARE(running.ask("/t?token=secret", "hello"), "202");
    QVERIFY(running.server.snapshots().latest()->tokenRequired);
    running.server.configure({});
    QCOMPARE(running.ask("/t", "hello"), "202");
    QVERIFY(!running.server.snapshots().latest()->tokenRequired);
}

void tst_Configure::theTokenIsNotInTheLog()
{
    Running running;
    ServerSettings settings;
    settings.access.subscribeToken = "hush-hush";
    settings.access.publishToken = "quiet-quiet";
    running.server.configure(settings);
    running.ask("/t?token=hush-hush&timeout=0");
    running.ask("/t?token=quiet-quiet", "hello");
    running.ask("/t?token=hush-hush", "refused");
    running.ask("/t?token=hush-hush&since=nonsense");
    const auto events = running.server.log().since(0).events;
    QVERIFY(events.size() > 2);
    for (const TrafficRow &row : events) {
        for (const QString &text :
             {row->text, row->topic, row->client, row->event, row->contentType}) {
            QVERIFY2(!text.contains(QLatin1String("hush")), qPrintable(text));
            QVERIFY2(!text.contains(QLatin1String("quiet-")), qPrintable(text));
        }
    }
}

void tst_Configure::theHistoryShrinksAtOnce()
{
    Running running;
    for (int i = 0; i < 20; ++i)
        running.ask("/t", QByteArray::number(i));
    const auto remembered = [&running] {
        const auto snapshot = running.server.snapshots().latest();
        return snapshot->topics.empty() ? 0u : snapshot->topics.front().remembered;
    };
    ServerSettings settings;
    running.server.configure(settings);
    QCOMPARE(remembered(), 20u);
    settings.history.messagesPerTopic = 5;
    running.server.configure(settings);
    QCOMPARE(remembered(), 5u);
    settings.history.messagesPerTopic = 0;
    running.server.configure(settings);
    QCOMPARE(remembered(), 0u);
    QCOMPARE(running.ask("/t", "still works"), "202");
}

void tst_Configure::theLogShrinksAtOnce()
{
    Running running;
    for (int i = 0; i < 20; ++i)
        running.ask("/t", "x");
    ServerSettings settings;
    settings.log.events = 7;
    running.server.configure(settings);
    QCOMPARE(running.server.log().since(0).events.size(), std::size_t(7));
    QVERIFY(running.server.log().since(0).dropped > 0);
}

void tst_Configure::limitsHoldFromTheNextStart()
{
    Running running;
    ServerSettings settings;
    settings.limits.bodyBytes = 1024;
    running.server.configure(settings);
    const QByteArray body(5000, 'x');
    QCOMPARE(running.ask("/t", body), "202");
    running.stop();
    running.start();
    QCOMPARE(running.ask("/t", body), "413");
}

QTEST_GUILESS_MAIN(tst_Configure)
#include "tst_configure.moc"
