// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverfixture.h"
#include "wireclient.h"

#include "transport/clientregistry.h"
#include "transport/longpollsession.h"

#include <QJsonArray>
#include <QtTest>

using namespace pushdeck;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// Long-polling: held, answered once, continued by cursor; one client across its polls.
class LongPollTest final : public QObject
{
    Q_OBJECT

private slots:
    void heldUntilAMessageComes();
    void metadata();
    void continuesByCursor();
    void timeout_data();
    void timeout();
    void timeoutZeroAnswersAtOnce();
    void badTimeout_data();
    void badTimeout();
    void jsonByFormatAndByAccept_data();
    void jsonByFormatAndByAccept();
    void aTurnsMessagesAreOneBatch();
    void batchesAreBounded();
    void gapInTheHeader();
    void gapInTheBatch();
    void gapAlone();
    void abandonedPollLosesNothing();
    void oneClientAcrossPolls();
    void clientIds();
    void gonePollers();
    void pollersAreBounded();
    void messageForThePollerAlone();
    void keepAliveAndPipelining();
    void pollsThatRepeat_data();
    void pollsThatRepeat();
    void repeatsInPieces();
    void repeatsAmongLargeRequests();
    void repeatsBeforeAnEnd();
    void repeatsThatChange();
    void repeatsAfterARefusal();
    void operatorCloses();
};

void LongPollTest::heldUntilAMessageComes()
{
    RunningServer server;
    WireClient wire(server.port());
    wire.request("GET", "/p");
    QVERIFY(server.awaitSnapshot(
        [](const Snapshot &s) { return s.clients.size() == 1 && s.clients[0].waiting; }));
    QVERIFY(wire.received().isEmpty());
    server.publish("/p", "now");
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->body, QByteArray("now"));
}

void LongPollTest::metadata()
{
    RunningServer server;
    WireClient wire(server.port());
    wire.request("POST", "/p?event=news", "Content-Type: application/json\r\n", "{}");
    QVERIFY(wire.answer());
    wire.request("GET", "/p?since=all");
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->field("ETag"), QByteArray("\"t-1\""));
    QCOMPARE(answer->field("Content-Type"), QByteArray("application/json"));
    QCOMPARE(answer->field("Last-Modified"), QByteArray("Tue, 14 Nov 2023 22:13:20 GMT"));
    QCOMPARE(answer->field("X-EventSource-Event"), QByteArray("news"));
    QCOMPARE(answer->field("Cache-Control"), QByteArray("no-store"));
    QCOMPARE(answer->field("Access-Control-Allow-Origin"), QByteArray("*"));
    QVERIFY(answer->field("Access-Control-Expose-Headers").contains("X-Gap"));
    QVERIFY(!answer->has("X-Gap"));
}

void LongPollTest::continuesByCursor()
{
    RunningServer server;
    for (const char *text : {"1", "2", "3"})
        server.publish("/p", text);
    WireClient wire(server.port());
    QByteArray etag = "\"t-0\"";
    for (const char *text : {"1", "2", "3"}) {
        wire.request("GET", "/p", "If-None-Match: W/" + etag + "\r\n");
        const auto answer = wire.answer();
        QVERIFY(answer);
        QCOMPARE(answer->body, QByteArray(text));
        etag = answer->field("ETag");
    }
    wire.request("GET", "/p?timeout=0", "If-None-Match: " + etag + "\r\n");
    const auto nothing = wire.answer();
    QCOMPARE(nothing->status, 304);
    QCOMPARE(nothing->field("ETag"), etag);
}

void LongPollTest::timeout_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("etag");
    QTest::newRow("default") << QByteArray("/p") << QByteArray() << 25 << 204
                             << QByteArray("\"t-1\"");
    QTest::newRow("conditional") << QByteArray("/p") << QByteArray("If-None-Match: \"t-1\"\r\n")
                                 << 25 << 304 << QByteArray("\"t-1\"");
    QTest::newRow("given") << QByteArray("/p?timeout=120&since=t-1") << QByteArray() << 120 << 204
                           << QByteArray("\"t-1\"");
    QTest::newRow("json") << QByteArray("/p?format=json&timeout=1") << QByteArray() << 1 << 204
                          << QByteArray("\"t-1\"");
}

void LongPollTest::timeout()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, fields);
    QFETCH(int, seconds);
    QFETCH(int, status);
    QFETCH(QByteArray, etag);
    RunningServer server;
    server.publish("/elsewhere", "x");
    WireClient wire(server.port());
    wire.request("GET", target, fields);
    QVERIFY(server.awaitClients(1));
    server.advance(std::chrono::seconds(seconds) - 1ms);
    (void)server.look();
    QVERIFY(wire.received().isEmpty());
    server.advance(1ms);
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, status);
    QCOMPARE(answer->field("ETag"), etag);
    QCOMPARE(answer->field("Cache-Control"), QByteArray("no-store"));
    QVERIFY(!answer->has("Content-Length") || status != 204);
    // The connection lives on.
    wire.request("GET", "/elsewhere?since=all");
    QCOMPARE(wire.answer()->body, QByteArray("x"));
}

void LongPollTest::timeoutZeroAnswersAtOnce()
{
    RunningServer server;
    WireClient wire(server.port());
    wire.request("GET", "/p?timeout=0");
    const auto nothing = wire.answer();
    QCOMPARE(nothing->status, 204);
    QCOMPARE(nothing->field("ETag"), QByteArray("\"t-0\""));
    server.publish("/p", "x");
    wire.request("GET", "/p?timeout=0&since=t-0");
    QCOMPARE(wire.answer()->body, QByteArray("x"));
}

void LongPollTest::badTimeout_data()
{
    QTest::addColumn<QByteArray>("timeout");
    for (const char *bad : {"121", "-1", "+5", "1.5", "x", "99999999999"})
        QTest::newRow(bad) << QByteArray(bad);
}

void LongPollTest::badTimeout()
{
    QFETCH(QByteArray, timeout);
    RunningServer server;
    WireClient wire(server.port());
    wire.request("GET", "/p?timeout=" + timeout);
    QCOMPARE(wire.answer()->status, 400);
    QVERIFY(server.rows(TrafficKind::Connected).empty());
}

void LongPollTest::jsonByFormatAndByAccept_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("format") << QByteArray("/p?since=all&format=json") << QByteArray();
    QTest::newRow("accept") << QByteArray("/p?since=all")
                            << QByteArray("Accept: text/plain, application/json;q=0.9\r\n");
}

void LongPollTest::jsonByFormatAndByAccept()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, fields);
    RunningServer server;
    server.publish("/p", "1");
    server.publish("/p", "\xff", u"e"_s);
    WireClient wire(server.port());
    wire.request("GET", target, fields);
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->field("Content-Type"), QByteArray("application/json"));
    QCOMPARE(answer->field("ETag"), QByteArray("\"t-2\""));
    const QJsonObject batch = jsonOf(answer->body);
    QCOMPARE(batch.value(u"cursor").toString(), u"t-2"_s);
    const QJsonArray messages = batch.value(u"messages").toArray();
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[0][u"data"].toString(), u"1"_s);
    QCOMPARE(messages[1][u"encoding"].toString(), u"base64"_s);
    QCOMPARE(messages[1][u"event"].toString(), u"e"_s);
}

void LongPollTest::aTurnsMessagesAreOneBatch()
{
    RunningServer server;
    WireClient wire(server.port());
    wire.request("GET", "/p?format=json");
    QVERIFY(server.awaitClients(1));
    for (const char *text : {"1", "2", "3"})
        server.control().send({0, {SendTarget::Kind::Topic, u"/p"_s, {}}, text, {}, {}});
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(jsonOf(answer->body).value(u"messages").toArray().size(), 3);
}

void LongPollTest::batchesAreBounded()
{
    constexpr int kMessages = 1200;
    ServerOptions options = testOptions();
    options.history.messagesPerTopic = kMessages;
    RunningServer server(std::move(options));
    for (int i = 1; i <= kMessages; ++i)
        server.control().send(
            {0, {SendTarget::Kind::Topic, u"/p"_s, {}}, QByteArray::number(i), {}, {}});
    WireClient wire(server.port());
    QString cursor = u"t-0"_s;
    int next = 1;
    int batches = 0;
    while (next <= kMessages && batches < 10) {
        wire.request("GET", "/p?format=json&since=" + cursor.toLatin1());
        const auto answer = wire.answer();
        QVERIFY(answer);
        const QJsonObject batch = jsonOf(answer->body);
        const QJsonArray messages = batch.value(u"messages").toArray();
        QVERIFY(messages.size() <= qsizetype(kBatchMessages));
        for (const QJsonValue &message : messages)
            QCOMPARE(message[u"data"].toString().toInt(), next++);
        cursor = batch.value(u"cursor").toString();
        ++batches;
    }
    QCOMPARE(next, kMessages + 1);
    QCOMPARE(batches, 3);

    // By bytes as well.
    for (int i = 0; i < 4; ++i)
        server.publish("/big", QByteArray(700'000, 'x'));
    wire.request("GET", "/big?format=json&since=all");
    QCOMPARE(jsonOf(wire.answer()->body).value(u"messages").toArray().size(), 2);
}

void LongPollTest::gapInTheHeader()
{
    ServerOptions options = testOptions();
    options.history.messagesPerTopic = 2;
    RunningServer server(std::move(options));
    for (const char *text : {"1", "2", "3", "4"})
        server.publish("/p", text);
    WireClient wire(server.port());
    wire.request("GET", "/p", "If-None-Match: \"t-1\"\r\n");
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->body, QByteArray("3"));
    const QJsonObject gap = jsonOf(answer->field("X-Gap"));
    QCOMPARE(gap.value(u"lost").toInt(), 1);
    QCOMPARE(gap.value(u"reason").toString(), u"evicted"_s);
    wire.request("GET", "/p", "If-None-Match: " + answer->field("ETag") + "\r\n");
    const auto next = wire.answer();
    QCOMPARE(next->body, QByteArray("4"));
    QVERIFY(!next->has("X-Gap"));
}

void LongPollTest::gapInTheBatch()
{
    ServerOptions options = testOptions();
    options.history.messagesPerTopic = 1;
    RunningServer server(std::move(options));
    for (const char *text : {"1", "2", "3"})
        server.publish("/p", text);
    WireClient wire(server.port());
    wire.request("GET", "/p?format=json&since=t-1");
    const QJsonObject batch = jsonOf(wire.answer()->body);
    const QJsonArray messages = batch.value(u"messages").toArray();
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[0][u"type"].toString(), u"gap"_s);
    QCOMPARE(messages[1][u"data"].toString(), u"3"_s);
    QCOMPARE(batch.value(u"cursor").toString(), u"t-3"_s);
}

void LongPollTest::gapAlone()
{
    RunningServer server;
    WireClient wire(server.port());
    // Told at once, not when the next message comes; the cursor it gives is good.
    wire.request("GET", "/p?since=earlier-5");
    const auto raw = wire.answer();
    QVERIFY(raw);
    QCOMPARE(raw->status, 204);
    QCOMPARE(jsonOf(raw->field("X-Gap")).value(u"reason").toString(), u"restarted"_s);
    wire.request("GET", "/p?format=json&since=earlier-5");
    const QJsonObject batch = jsonOf(wire.answer()->body);
    QCOMPARE(batch.value(u"messages").toArray().size(), 1);
    wire.request("GET", "/p?timeout=0&since=" + batch.value(u"cursor").toString().toLatin1());
    const auto next = wire.answer();
    QCOMPARE(next->status, 204);
    QVERIFY(!next->has("X-Gap"));
}

void LongPollTest::abandonedPollLosesNothing()
{
    RunningServer server;
    {
        WireClient gone(server.port());
        gone.request("GET", "/p?since=t-0", "User-Agent: same\r\n");
        QVERIFY(server.awaitClients(1));
        gone.reset();
        QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return !s.clients.at(0).waiting; }));
    }
    QCOMPARE(server.send({SendTarget::Kind::Topic, u"/p"_s, {}}, "1").delivered, 0u);
    for (int i = 0; i < 2; ++i) { // as often as it asks
        WireClient again(server.port());
        again.request("GET", "/p?since=t-0", "User-Agent: same\r\n");
        QCOMPARE(again.answer()->body, QByteArray("1"));
    }
    QCOMPARE(server.look()->clients.size(), 1u);
}

void LongPollTest::oneClientAcrossPolls()
{
    RunningServer server;
    for (const char *text : {"1", "2"})
        server.publish("/p", text);
    for (const char *cursor : {"t-0", "t-1"}) {
        WireClient wire(server.port());
        wire.request("GET", QByteArray("/p?since=") + cursor, "User-Agent: one\r\n");
        QVERIFY(wire.answer());
    }
    const auto snapshot = server.look();
    QCOMPARE(snapshot->clients.size(), 1u);
    QCOMPARE(snapshot->clients[0].messagesOut, 2u);
    QCOMPARE(snapshot->clients[0].transport, Transport::LongPoll);
    QCOMPARE(server.rows(TrafficKind::Connected).size(), 1u);

    WireClient other(server.port());
    other.request("GET", "/p?timeout=0", "User-Agent: two\r\n");
    QVERIFY(other.answer());
    other.request("GET", "/q?timeout=0", "User-Agent: two\r\n");
    QVERIFY(other.answer());
    QVERIFY(server.awaitClients(3));
}

void LongPollTest::clientIds()
{
    RunningServer server;
    WireClient wire(server.port());
    wire.request("GET", "/p?timeout=0&client_id=me", "User-Agent: one\r\n");
    QVERIFY(wire.answer());
    wire.request("GET", "/q?timeout=0&client_id=me", "User-Agent: two\r\n");
    QVERIFY(wire.answer());
    const auto snapshot = server.look();
    QCOMPARE(snapshot->clients.size(), 1u);
    QCOMPARE(snapshot->clients[0].name, u"me"_s);
    QCOMPARE(snapshot->clients[0].topics, QStringList{u"/q"_s});
    wire.request("GET", "/p?timeout=0&client_id=" + QByteArray(65, 'x'));
    QCOMPARE(wire.answer()->status, 400);
}

void LongPollTest::gonePollers()
{
    RunningServer server;
    WireClient wire(server.port());
    wire.request("GET", "/p?timeout=0");
    QVERIFY(wire.answer());
    server.advance(kPollerGone);
    QCOMPARE(server.look()->clients.size(), 1u);
    server.advance(kLookForGonePollers);
    QVERIFY(server.awaitClients(0));
    const auto rows = server.rows(TrafficKind::Disconnected);
    QCOMPARE(rows.size(), 1u);
    QVERIFY2(rows[0].text.contains(u"60"), qPrintable(rows[0].text));

    // A held poll is no absence.
    wire.request("GET", "/p?timeout=120");
    QVERIFY(server.awaitClients(1));
    server.advance(kPollerGone + 10s);
    QCOMPARE(server.look()->clients.size(), 1u);
}

void LongPollTest::pollersAreBounded()
{
    ServerOptions options = testOptions();
    options.limits.connections = 5;
    RunningServer server(std::move(options));
    WireClient wire(server.port());
    int refused = 0;
    for (int i = 0; i < 8; ++i) {
        wire.request("GET", "/p?timeout=0&client_id=" + QByteArray::number(i));
        const auto answer = wire.answer();
        QVERIFY(answer);
        refused += answer->status == 503 ? 1 : 0;
    }
    QCOMPARE(refused, 3);
    QCOMPARE(server.look()->clients.size(), 5u);
    wire.request("GET", "/p?timeout=0&client_id=0"); // who is known may go on
    QCOMPARE(wire.answer()->status, 204);
}

void LongPollTest::messageForThePollerAlone()
{
    RunningServer server;
    WireClient wire(server.port());
    wire.request("GET", "/p?timeout=0");
    QVERIFY(wire.answer());
    const std::uint64_t id = server.look()->clients.at(0).id;
    // Between two polls: remembered for it.
    const SendOutcome outcome = server.send({SendTarget::Kind::Clients, {}, {id}}, "for you");
    QVERIFY(outcome.ok);
    QCOMPARE(outcome.delivered + outcome.queued, 0u);
    WireClient stranger(server.port());
    stranger.request("GET", "/p?timeout=0&since=t-0", "User-Agent: stranger\r\n");
    QCOMPARE(stranger.answer()->status, 204);
    wire.request("GET", "/p?since=t-0");
    QCOMPARE(wire.answer()->body, QByteArray("for you"));
}

void LongPollTest::keepAliveAndPipelining()
{
    RunningServer server;
    for (const char *text : {"1", "2"})
        server.publish("/p", text);
    WireClient wire(server.port());
    wire.send(
        "GET /p?since=t-0 HTTP/1.1\r\nHost: x\r\n\r\n"
        "GET /p?since=t-1 HTTP/1.1\r\nHost: x\r\n\r\n"
        "GET /p?since=t-2 HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(wire.answer()->body, QByteArray("1"));
    QCOMPARE(wire.answer()->body, QByteArray("2"));
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.clients.at(0).waiting; }));
    server.publish("/p", "3");
    QCOMPARE(wire.answer()->body, QByteArray("3"));
}

void LongPollTest::pollsThatRepeat_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("since") << QByteArray("?since=@") << QByteArray();
    QTest::newRow("since, encoded") << QByteArray("?since=%74-@") << QByteArray();
    QTest::newRow("entity tag") << QByteArray() << QByteArray("If-None-Match: \"@\"\r\n");
    QTest::newRow("weak entity tag") << QByteArray() << QByteArray("if-none-match: W/\"@\"\r\n");
    QTest::newRow("Last-Event-ID") << QByteArray() << QByteArray("Last-Event-ID: @\r\n");
    QTest::newRow("twice") << QByteArray("?since=@") << QByteArray("If-None-Match: \"@\"\r\n");
    QTest::newRow("a decoy") << QByteArray("?since=%74-@") << QByteArray("X-Decoy: @\r\n");
    const QByteArray date = "If-Modified-Since: Tue, 14 Nov 2023 22:13:2# GMT\r\n";
    QTest::newRow("a date behind it") << QByteArray() << "If-None-Match: \"@\"\r\n" + date;
    QTest::newRow("a date before it") << QByteArray() << date + "If-None-Match: \"@\"\r\n";
}

// From its third poll on, a connection's polls are told by what changes in them. Held or not, what
// comes meanwhile or is there already: each message once, in order.
void LongPollTest::pollsThatRepeat()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, field);
    RunningServer server;
    WireClient wire(server.port());
    const auto poll = [&](int after) {
        const auto number = QByteArray::number(after);
        const bool bare = query.contains('%');
        wire.request("GET", "/p" + QByteArray(query).replace('@', bare ? number : "t-" + number),
                     QByteArray(field).replace('@', "t-" + number).replace('#', number));
    };
    for (int i = 1; i <= 6; ++i) {
        const bool held = i == 1 || i == 5;
        if (!held)
            server.publish("/p", QByteArray::number(i)); // while it is away
        poll(i - 1);
        if (held) {
            QVERIFY(server.awaitSnapshot([](const Snapshot &s) {
                return s.clients.size() == 1 && s.clients[0].waiting && s.topics.size() == 1 &&
                       s.topics[0].subscribers == 1;
            }));
            server.publish("/p", QByteArray::number(i));
        }
        const auto answer = wire.answer();
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->body, QByteArray::number(i));
        QCOMPARE(answer->field("ETag"), "\"t-" + QByteArray::number(i) + '"');
    }
    const auto snapshot = server.look();
    QCOMPARE(snapshot->clients.size(), 1u);
    QCOMPARE(snapshot->clients[0].messagesOut, 6u);
    QCOMPARE(snapshot->topics.at(0).subscribers, 0u); // it is away
    // Nothing is remembered of it once it has gone.
    wire.close();
    server.advance(kPollerGone + 1ms);
    QVERIFY(server.awaitClients(0));
}

void LongPollTest::repeatsInPieces()
{
    RunningServer server;
    for (int i = 1; i <= 6; ++i)
        server.publish("/p", QByteArray::number(i));
    WireClient wire(server.port());
    for (int i = 0; i < 4; ++i) {
        const QByteArray poll =
            "GET /p?since=t-" + QByteArray::number(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
        const qsizetype cut = 5 + 8 * i;
        wire.send(poll.first(cut));
        QTest::qWait(30);
        wire.send(poll.sliced(cut));
        QCOMPARE(wire.answer()->body, QByteArray::number(i + 1));
    }
    // Two in one piece: the first is no repeat, since more comes behind it.
    wire.send(
        "GET /p?since=t-4 HTTP/1.1\r\nHost: x\r\n\r\nGET /p?since=t-5 HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(wire.answer()->body, QByteArray("5"));
    QCOMPARE(wire.answer()->body, QByteArray("6"));
}

// Where a repeat is expected, anything may come, in any size.
void LongPollTest::repeatsAmongLargeRequests()
{
    RunningServer server;
    WireClient wire(server.port());
    int count = 0;
    const auto poll = [&] {
        server.publish("/p", QByteArray::number(++count));
        wire.request("GET", "/p?since=t-" + QByteArray::number(count - 1));
        const auto answer = wire.answer();
        return answer && answer->body == QByteArray::number(count);
    };
    for (const qsizetype size : {100, 2'000, 2'048, 2'049, 5'000, 14'000}) {
        for (int i = 0; i < 3; ++i)
            QVERIFY(poll());
        wire.request("GET", "/p?timeout=0", "X-Large: " + QByteArray(size, 'x') + "\r\n");
        QCOMPARE(wire.answer()->status, 204);
        QVERIFY(poll());
    }
    for (int i = 0; i < 3; ++i)
        QVERIFY(poll());
    const QByteArray body(300'000, 'b');
    wire.request("POST", "/p", {}, body);
    QVERIFY(wire.answer()->status < 300);
    ++count;
    wire.request("GET", "/p?since=t-" + QByteArray::number(count - 1));
    QVERIFY(wire.answer()->body == body);
    QVERIFY(poll());
}

// The next poll comes, and the client is gone already, or asks for nothing more.
void LongPollTest::repeatsBeforeAnEnd()
{
    RunningServer server;
    const auto polls = [&](WireClient &wire) {
        for (int i = 0; i < 3; ++i) {
            wire.request("GET", "/p?since=t-" + QByteArray::number(i));
            QCOMPARE(wire.answer()->body, QByteArray::number(i + 1));
        }
    };
    for (int i = 1; i <= 4; ++i)
        server.publish("/p", QByteArray::number(i));
    {
        WireClient half(server.port());
        polls(half);
        half.request("GET", "/p?since=t-3"); // there is something: it is still answered
        half.shutDownWriting();
        QCOMPARE(half.answer()->body, QByteArray("4"));
        QVERIFY(half.awaitClose());
    }
    {
        WireClient held(server.port());
        polls(held);
        held.request("GET", "/p?since=t-4"); // there is nothing: it has left
        held.shutDownWriting();
        QVERIFY(held.awaitClose());
    }
    {
        WireClient reset(server.port());
        polls(reset);
        reset.request("GET", "/p?since=t-4");
        reset.reset();
    }
    {
        WireClient silent(server.port());
        polls(silent);
        silent.reset(); // where a repeat is expected
    }
    server.advance(kPollerGone + 1ms);
    QVERIFY(server.awaitClients(0));
    WireClient next(server.port());
    polls(next);
}

// What is not the same is read as if it came first.
void LongPollTest::repeatsThatChange()
{
    RunningServer server;
    for (const char *topic : {"/p", "/q", "/p", "/q"})
        server.publish(topic, topic);
    WireClient wire(server.port());
    const auto ask = [&](const QByteArray &target, const QByteArray &fields = {}) {
        wire.request("GET", target, fields);
        const auto answer = wire.answer();
        return answer ? QByteArray::number(answer->status) + ' ' + answer->body.left(2) : "nothing";
    };
    for (int i = 0; i < 3; ++i)
        QCOMPARE(ask("/p?timeout=0&since=t-0"), "200 /p");
    QCOMPARE(ask("/q?timeout=0&since=t-0"), "200 /q");
    QCOMPARE(ask("/p?timeout=0&since=t-4"), "204 "); // nothing is there yet
    QCOMPARE(ask("/p?timeout=0&since=t-2"), "200 /p");
    QCOMPARE(ask("/p?timeout=0&since=-1"), "200 /p");
    QCOMPARE(ask("/p?timeout=0&since=latest"), "204 ");
    QCOMPARE(ask("/p?timeout=0&since=nonsense"), "400 A ");
    QCOMPARE(ask("/p?timeout=0&since=t-0&format=json"), "200 {\"");
    QCOMPARE(ask("/p?timeout=0&since=t-3"), "204 ");
    QCOMPARE(ask("/p?timeout=0&since=t-0", "Connection: close\r\n"), "200 /p");
    QVERIFY(wire.awaitClose());
}

// A client that the operator closed is nobody's from then on: its connection's next poll is a new
// one.
void LongPollTest::repeatsAfterARefusal()
{
    RunningServer server;
    WireClient wire(server.port());
    std::uint64_t before = 0;
    for (int i = 0; i < 4; ++i) {
        server.publish("/p", "x");
        wire.request("GET", "/p?since=t-" + QByteArray::number(i));
        QCOMPARE(wire.answer()->status, 200);
        before = server.look()->clients.at(0).id;
    }
    wire.request("GET", "/p?since=t-4");
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.clients.at(0).waiting; }));
    server.control().closeClient(before, 1000, u"go away"_s);
    QCOMPARE(wire.answer()->status, 410);
    wire.request("GET", "/p?since=t-4&timeout=0");
    QCOMPARE(wire.answer()->status, 204);
    QVERIFY(server.look()->clients.at(0).id != before);
}

void LongPollTest::operatorCloses()
{
    RunningServer server;
    WireClient wire(server.port());
    wire.request("GET", "/p");
    QVERIFY(server.awaitClients(1));
    server.control().closeClient(server.look()->clients[0].id, 1000, u"go away"_s);
    const auto answer = wire.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 410);
    QCOMPARE(answer->body, QByteArray("go away\n"));
    QVERIFY(server.awaitClients(0));
    QCOMPARE(server.rows(TrafficKind::Disconnected).size(), 1u);
}

QTEST_GUILESS_MAIN(LongPollTest)
#include "tst_longpoll.moc"
