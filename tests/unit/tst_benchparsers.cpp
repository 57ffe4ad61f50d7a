// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/failure.h"
#include "bench/gripitem.h"
#include "bench/histogram.h"
#include "bench/httpreader.h"
#include "bench/ledger.h"
#include "bench/options.h"
#include "bench/payload.h"
#include "bench/pollbody.h"
#include "bench/processtree.h"
#include "bench/ssereader.h"
#include "bench/websocketreader.h"

#include <QtTest>

#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

using namespace pushdeck::bench;
using Strings = std::vector<std::string>;

namespace {

/// Feeds text in pieces of every size, down to single bytes.
template <typename Feed>
void inPiecesOf(std::size_t size, const std::string &text, Feed &&feed)
{
    for (std::size_t at = 0; at < text.size(); at += size)
        feed(std::string_view(text).substr(at, size));
}

std::string frame(int first, std::string_view payload)
{
    std::string it = clientFrame(WebSocketReader::Text, payload);
    it[0] = static_cast<char>(first);
    it[1] = static_cast<char>(it[1] & 0x7f);
    it.erase(it.size() - payload.size() - 4, 4);
    return it;
}

/// What a WebSocketReader makes of bytes: messages, and controls as "<opcode>:payload".
Strings framesOf(const std::string &bytes, std::size_t pieces, bool &fine)
{
    WebSocketReader reader;
    Strings seen;
    fine = true;
    inPiecesOf(pieces, bytes, [&](std::string_view piece) {
        fine = fine && reader.feed(
                           piece, [&](std::string_view payload) { seen.emplace_back(payload); },
                           [&](WebSocketReader::Opcode opcode, std::string_view payload) {
                               seen.push_back(std::to_string(opcode) + ':' + std::string(payload));
                           });
    });
    return seen;
}

/// What an HttpReader makes of bytes: "200", bodies, "." at each end.
Strings responsesOf(const std::string &bytes, std::size_t pieces, HttpReader &reader)
{
    Strings seen;
    std::string body;
    inPiecesOf(pieces, bytes, [&](std::string_view piece) {
        reader.feed(
            piece, [&](const HttpHead &head) { seen.push_back(std::to_string(head.status())); },
            [&](std::string_view part) { body.append(part); },
            [&] {
                if (!body.empty())
                    seen.push_back(body);
                body.clear();
                seen.emplace_back(".");
            });
    });
    if (!body.empty())
        seen.push_back(body);
    return seen;
}

} // namespace

Q_DECLARE_METATYPE(Strings)

/// The load generator's readers, fed whole and byte by byte, and its figures.
class BenchParsersTest final : public QObject
{
    Q_OBJECT

private slots:
    void frames_data();
    void frames();
    void responses_data();
    void responses();
    void fieldsOfAHead();
    void upgradeLeavesTheRest();
    void events_data();
    void events();
    void lastIdOfEvents();
    void pollBody_data();
    void pollBody();
    void clientFrameHeader();
    void stampThereAndBack();
    void histogramKeepsItsPrecision();
    void histogramPercentiles();
    void ledgerCountsWhatIsComplete();
    void ledgerRefuses_data();
    void ledgerRefuses();
    void gripItemsOf_data();
    void gripItemsOf();
    void processTreeHasChildren();
    void commandLine();
};

void BenchParsersTest::frames_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<Strings>("seen");
    QTest::addColumn<bool>("fine");
    const auto row = [](const char *what, const std::string &bytes, const Strings &seen,
                        bool fine = true) { QTest::newRow(what) << bytes << seen << fine; };
    const std::string medium(126, 'm');
    const std::string long16(65535, 'l');
    const std::string long64(65536, 'h');
    row("one", frame(0x81, "hi"), {"hi"});
    row("empty", frame(0x81, ""), {""});
    row("binary", frame(0x82, "hi"), {"hi"});
    row("several", frame(0x81, "a") + frame(0x81, "b") + frame(0x81, "c"), {"a", "b", "c"});
    row("125 bytes", frame(0x81, medium.substr(1)), {medium.substr(1)});
    row("126 bytes", frame(0x81, medium) + frame(0x81, "x"), {medium, "x"});
    row("65535 bytes", frame(0x81, long16), {long16});
    row("65536 bytes", frame(0x81, long64) + frame(0x81, "x"), {long64, "x"});
    row("fragments", frame(0x01, "a") + frame(0x00, "b") + frame(0x80, "c"), {"abc"});
    row("ping between fragments", frame(0x01, "a") + frame(0x89, "p") + frame(0x80, "b"),
        {"9:p", "ab"});
    row("close",
        frame(0x88,
              "\x03\xe8"
              "bye"),
        {"8:\x03\xe8"
         "bye"});
    row("pong", frame(0x8a, ""), {"10:"});
    row("masked", clientFrame(WebSocketReader::Text, "a"), {}, false);
    row("reserved bit", frame(0xc1, "a"), {}, false);
    row("unknown data opcode", frame(0x83, "a"), {}, false);
    row("unknown control opcode", frame(0x8b, "a"), {}, false);
    row("control in fragments", frame(0x09, "a"), {}, false);
    row("long control", frame(0x89, medium), {}, false);
    row("continuation of nothing", frame(0x80, "a"), {}, false);
    row("text inside a message", frame(0x01, "a") + frame(0x81, "b"), {}, false);
    row("broken after a good one", frame(0x81, "a") + frame(0xf1, "b"), {"a"}, false);
    row("absurd length", std::string("\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 10), {}, false);
}

void BenchParsersTest::frames()
{
    QFETCH(const std::string, bytes);
    QFETCH(const Strings, seen);
    QFETCH(const bool, fine);
    for (const std::size_t pieces :
         {std::size_t(1), std::size_t(2), std::size_t(7), bytes.size()}) {
        bool stayedFine = false;
        QCOMPARE(framesOf(bytes, pieces, stayedFine), seen);
        QCOMPARE(stayedFine, fine);
    }
}

void BenchParsersTest::responses_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<Strings>("seen");
    QTest::addColumn<bool>("broken");
    const auto row = [](const char *what, const std::string &bytes, const Strings &seen,
                        bool broken = false) { QTest::newRow(what) << bytes << seen << broken; };
    const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    row("length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", {"200", "hi", "."});
    row("length 0", "HTTP/1.1 202 Accepted\r\ncontent-length:0\r\n\r\n", {"202", "."});
    row("no content", "HTTP/1.1 204 No Content\r\n\r\n", {"204", "."});
    row("not modified", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", {"304", "."});
    row("continue", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 C\r\nContent-Length: 1\r\n\r\nx",
        {"100", ".", "201", "x", "."});
    row("two kept alive",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nContent-Length: "
        "1\r\n\r\nb",
        {"200", "a", ".", "200", "b", "."});
    row("chunks", chunked + "1\r\na\r\n2;x=y\r\nbc\r\nA\r\n0123456789\r\n0\r\n\r\n",
        {"200", "abc0123456789", "."});
    row("chunks go on", chunked + "1\r\na\r\n2\r\nbc", {"200", "abc"});
    row("chunk with line breaks", chunked + "4\r\n\r\n\r\n\r\n0\r\n\r\n", {"200", "\r\n\r\n", "."});
    row("trailer", chunked + "0\r\nX: y\r\n\r\nHTTP/1.1 204 N\r\n\r\n", {"200", ".", "204", "."});
    row("no HTTP", "SSH-2.0-x\r\n\r\n", {}, true);
    row("until the connection ends", "HTTP/1.1 200 OK\r\n\r\nab", {"200", "ab"});
    row("length is no number", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", {}, true);
    row("chunk size is no number", chunked + "zz\r\n", {"200"}, true);
    row("chunk longer than it said", chunked + "1\r\nab\r\n", {"200", "a"}, true);
}

void BenchParsersTest::responses()
{
    QFETCH(const std::string, bytes);
    QFETCH(const Strings, seen);
    QFETCH(const bool, broken);
    for (const std::size_t pieces : {std::size_t(1), std::size_t(3), bytes.size()}) {
        HttpReader reader;
        QCOMPARE(responsesOf(bytes, pieces, reader), seen);
        QCOMPARE(reader.broken(), broken);
    }
}

void BenchParsersTest::fieldsOfAHead()
{
    const HttpHead head("HTTP/1.1 200 OK\r\nETag:  \"e-1\"\t\r\nX-ETag: no\r\nEmpty:\r\n\r\n");
    QCOMPARE(head.status(), 200);
    QCOMPARE(std::string(head.field("etag")), std::string("\"e-1\""));
    QVERIFY(head.field("Empty").empty());
    QVERIFY(head.field("Missing").empty());
    QCOMPARE(HttpHead("HTTP/1.1 2x0 OK\r\n\r\n").status(), 0);
}

void BenchParsersTest::upgradeLeavesTheRest()
{
    const std::string bytes = "HTTP/1.1 101 S\r\nUpgrade: websocket\r\n\r\n\x81\x02hi";
    HttpReader reader;
    const std::size_t used = reader.feed(
        bytes, [](const HttpHead &) {}, [](std::string_view) {}, [] {});
    QVERIFY(reader.upgraded());
    QCOMPARE(bytes.substr(used), std::string("\x81\x02hi"));
}

void BenchParsersTest::events_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<Strings>("seen");
    const auto row = [](const char *what, const std::string &bytes, const Strings &seen) {
        QTest::newRow(what) << bytes << seen;
    };
    row("one", "id: 1\ndata: hi\n\n", {"/hi"});
    row("named", "event: gap\ndata: {}\n\n", {"gap/{}"});
    row("name is not kept", "event: a\ndata: 1\n\ndata: 2\n\n", {"a/1", "/2"});
    row("lines", "data: a\ndata: b\n\n", {"/a\nb"});
    row("empty line of data", "data: a\ndata:\ndata\n\n", {"/a\n\n"});
    row("CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", {"/a", "/b"});
    row("CR", "data: a\r\rdata: b\r\r", {"/a", "/b"});
    row("comment and retry", ":hello\nretry: 100\n\ndata: a\n\n:beat\n\n", {"/a"});
    row("no data, no event", "id: 1\nevent: x\n\n", {});
    row("one space is dropped", "data:  a\ndata:b\n\n", {"/ a\nb"});
    row("colon in data", "data: a: b\n\n", {"/a: b"});
    row("not ended", "data: a\n", {});
}

void BenchParsersTest::events()
{
    QFETCH(const std::string, bytes);
    QFETCH(const Strings, seen);
    for (const std::size_t pieces : {std::size_t(1), std::size_t(2), bytes.size()}) {
        SseReader reader;
        Strings got;
        inPiecesOf(pieces, bytes, [&](std::string_view piece) {
            reader.feed(piece, [&](std::string_view name, std::string_view data) {
                got.push_back(std::string(name) + '/' + std::string(data));
            });
        });
        QCOMPARE(got, seen);
    }
}

void BenchParsersTest::lastIdOfEvents()
{
    SseReader reader;
    reader.feed("id: e-1\ndata: a\n\ndata: b\n\nid: e-2\n\n", [](auto, auto) {});
    QCOMPARE(reader.id(), std::string("e-2"));
}

void BenchParsersTest::pollBody_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<Strings>("data");
    QTest::addColumn<std::string>("cursor");
    QTest::newRow("none") << std::string(R"({"messages":[],"cursor":"e-0"})") << Strings{}
                          << std::string("e-0");
    QTest::newRow("two") << std::string(
                                R"({"messages":[{"type":"message","id":"e-1","data":"a"},)"
                                R"({"type":"message","id":"e-2","data":"b"}],"cursor":"e-2"})")
                         << Strings{"a", "b"} << std::string("e-2");
    QTest::newRow("keys that only look alike")
        << std::string(R"({"messages":[{"metadata":"x","data":7,"data":"a"}],"cursor":"e-1"})")
        << Strings{"a"} << std::string("e-1");
    QTest::newRow("cut short") << std::string(R"({"messages":[{"data":"a)") << Strings{}
                               << std::string();
}

void BenchParsersTest::pollBody()
{
    QFETCH(const std::string, body);
    QFETCH(const Strings, data);
    QFETCH(const std::string, cursor);
    Strings got;
    const auto found = readPollBody(body, [&](std::string_view one) { got.emplace_back(one); });
    QCOMPARE(got, data);
    QCOMPARE(std::string(found), cursor);
}

void BenchParsersTest::clientFrameHeader()
{
    const auto header = [](std::size_t size) {
        return clientFrame(WebSocketReader::Text, std::string(size, 'x')).substr(0, 10);
    };
    QCOMPARE(header(125).substr(0, 6), std::string("\x81\xfd\0\0\0\0", 6));
    QCOMPARE(header(126).substr(0, 8), std::string("\x81\xfe\0\x7e\0\0\0\0", 8));
    QCOMPARE(header(65536), std::string("\x81\xff\0\0\0\0\0\1\0\0", 10));
}

void BenchParsersTest::stampThereAndBack()
{
    PayloadMaker maker(100);
    const std::string_view payload = maker.make({4'000'000'000u, 17, 123456789012345});
    QCOMPARE(payload.size(), 100u);
    const auto stamp = stampOf(payload);
    QVERIFY(stamp);
    QCOMPARE(stamp->run, 4'000'000'000u);
    QCOMPARE(stamp->number, 17u);
    QCOMPARE(stamp->sentNs, 123456789012345);
    QVERIFY(!stampOf("hello"));
    QVERIFY(!stampOf(std::string(100, 'x')));
    std::string spoilt(payload);
    spoilt[12] = 'x';
    QVERIFY(!stampOf(spoilt));
}

void BenchParsersTest::histogramKeepsItsPrecision()
{
    for (std::uint64_t value = 1; value < (std::uint64_t(1) << 62); value += value / 4 + 1) {
        Histogram histogram;
        histogram.add(static_cast<std::int64_t>(value));
        histogram.add(INT64_MAX); // so that the largest does not answer for it
        const auto got = static_cast<double>(histogram.percentile(50));
        const auto truth = static_cast<double>(value);
        QVERIFY2(got >= truth && got <= truth * (1 + 1.0 / 64), qPrintable(QString::number(value)));
    }
}

void BenchParsersTest::histogramPercentiles()
{
    Histogram histogram;
    QCOMPARE(histogram.percentile(50), 0u);
    for (int i = 1; i <= 100; ++i)
        histogram.add(i < 60 ? i : 60);
    histogram.add(-5); // a clock that went back
    QCOMPARE(histogram.total(), 101u);
    QCOMPARE(histogram.percentile(50), 49u);
    QCOMPARE(histogram.percentile(99), 60u);
    QCOMPARE(histogram.percentile(100), 60u);
    QCOMPARE(histogram.largest(), 60u);
}

void BenchParsersTest::ledgerCountsWhatIsComplete()
{
    Ledger ledger(1, 2, 10, 100);
    PayloadMaker maker(100);
    ledger.deliver(0, maker.make({1, 0, 0}), 10);
    ledger.deliver(0, maker.make({1, 1, 0}), 10);
    QCOMPARE(ledger.complete(), 0u);
    ledger.deliver(1, maker.make({1, 0, 0}), 10);
    QCOMPARE(ledger.complete(), 1u);
    ledger.deliver(1, maker.make({7, 5, 0}), 10); // of another run
    ledger.deliver(1, maker.make({1, 1, 0}), 10);
    QCOMPARE(ledger.complete(), 2u);
    QCOMPARE(ledger.deliveries(), 4u);
    QCOMPARE(ledger.latencies().percentile(99), 10u);
    try {
        ledger.complainOfStall(3, 30);
    } catch (const Failure &failure) {
        QVERIFY(QByteArray(failure.what()).contains("waits for message 2"));
    }
}

void BenchParsersTest::ledgerRefuses_data()
{
    QTest::addColumn<std::string>("payload");
    QTest::addColumn<QByteArray>("because");
    const auto made = [](std::size_t bytes, std::uint64_t number) {
        PayloadMaker maker(bytes);
        return std::string(maker.make({1, number, 0}));
    };
    QTest::newRow("repeated") << made(100, 1) << QByteArray("repeated");
    QTest::newRow("lost") << made(100, 3) << QByteArray("lost");
    QTest::newRow("cut") << made(99, 2) << QByteArray("99 bytes");
    QTest::newRow("foreign") << std::string("hello") << QByteArray("nobody sent");
}

void BenchParsersTest::ledgerRefuses()
{
    QFETCH(const std::string, payload);
    QFETCH(const QByteArray, because);
    Ledger ledger(1, 8, 10, 100);
    PayloadMaker maker(100);
    ledger.deliver(7, maker.make({1, 0, 0}), 0);
    ledger.deliver(7, maker.make({1, 1, 0}), 0);
    QByteArray words;
    try {
        ledger.deliver(7, payload, 0);
    } catch (const Failure &failure) {
        words = failure.what();
    }
    QVERIFY2(words.startsWith("client 7 ") && words.contains(because), words.constData());
}

void BenchParsersTest::gripItemsOf_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("ws")
        << Transport::WebSocket
        << QByteArray(
               R"({"items":[{"channel":"bench","formats":{"ws-message":{"content":"hi"}}}]})");
    QTest::newRow("sse")
        << Transport::Sse
        << QByteArray(
               R"({"items":[{"channel":"bench","formats":{"http-stream":{"content":"data: hi\n\n"}}}]})");
}

void BenchParsersTest::gripItemsOf()
{
    QFETCH(const Transport, transport);
    QFETCH(const QByteArray, json);
    QCOMPARE(QByteArray::fromStdString(gripItems(transport, "/bench", "hi")), json);
}

void BenchParsersTest::processTreeHasChildren()
{
    if (access("/proc/thread-self/children", R_OK) != 0)
        QSKIP("this kernel does not list a process's children");
    const auto waitForever = [] {
        for (;;)
            pause();
    };
    int ends[2];
    QCOMPARE(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        const pid_t grandchild = fork();
        if (grandchild == 0)
            waitForever();
        if (write(ends[1], &grandchild, sizeof(grandchild)) != sizeof(grandchild))
            _exit(1);
        waitForever();
    }
    pid_t grandchild = 0;
    QCOMPARE(read(ends[0], &grandchild, sizeof(grandchild)), ssize_t(sizeof(grandchild)));
    const auto found = processTree(getpid());
    kill(grandchild, SIGKILL);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(ends[0]);
    close(ends[1]);
    QCOMPARE(found.front(), getpid());
    for (const pid_t one : {child, grandchild})
        QCOMPARE(std::count(found.begin(), found.end(), one), 1);
}

void BenchParsersTest::commandLine()
{
    const auto parse = [](std::vector<const char *> arguments) {
        arguments.insert(arguments.begin(), "pushdeck-bench");
        return parseOptions(static_cast<int>(arguments.size()), arguments.data());
    };
    const auto good = parse({"--transport", "poll", "--subs=9000", "--rate", "2.5", "--url",
                             "http://127.0.0.1:8080/", "--pid", "7", "--json"});
    const auto *options = std::get_if<Options>(&good);
    QVERIFY(options);
    QCOMPARE(options->transport, Transport::Poll);
    QCOMPARE(options->subscribers, 9000u);
    QCOMPARE(options->rate, 2.5);
    QCOMPARE(options->port, 8080);
    QVERIFY(options->json);
    const auto elsewhere = parse({"--publish", "grip", "--url", "http://127.0.0.1:1",
                                  "--publish-url", "http://localhost:5561"});
    options = std::get_if<Options>(&elsewhere);
    QVERIFY(options);
    QCOMPARE(options->publishBy, PublishBy::Grip);
    QCOMPARE(options->port, 1);
    QCOMPARE(options->publishHost, std::string("127.0.0.1"));
    QCOMPARE(options->publishPort, 5561);
    QVERIFY(std::holds_alternative<HelpText>(parse({"--help"})));
    for (const auto &bad : std::vector<std::vector<const char *>>{
             {"--subs", "0"},
             {"--subs", "x"},
             {"--subs"},
             {"--size", "10"},
             {"--topic", "bench"},
             {"--topic", "/a b"},
             {"--transport", "tcp"},
             {"--nothing", "1"},
             {"stray"},
             {"--pid", "1"},
             {"--publish", "tcp"},
             {"--publish-url", "http://127.0.0.1:1"},
             {"--publish", "grip", "--transport", "poll"},
             {"--url", "http://127.0.0.1"},
             {"--url", "http://127.0.0.1:1", "--server", "/bin/true"}})
        QVERIFY2(std::holds_alternative<WrongUse>(parse(bad)), bad.front());
}

QTEST_APPLESS_MAIN(BenchParsersTest)
#include "tst_benchparsers.moc"
