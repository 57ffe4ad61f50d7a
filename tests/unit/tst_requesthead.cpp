// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/chunkeddecoder.h"
#include "net/requesthead.h"

#include <QtTest>

using namespace pushdeck;
using State = HeadParser::State;

/// The strict reading of RFC 9112, without a socket.
class RequestHeadTest final : public QObject
{
    Q_OBJECT

private slots:
    void accepted_data();
    void accepted();
    void refused_data();
    void refused();
    void refusedAtOnce_data();
    void refusedAtOnce();
    void fields();
    void upgrade_data();
    void upgrade();
    void closes_data();
    void closes();
    void framing_data();
    void framing();
    void stopsAtTheEnd();
    void limitsAreExact();
    void longHeadByteByByteIsLinear();
    void resetForgets();
    void piecesMakeNoDifference();
    void chunked_data();
    void chunked();
    void chunkSizeIsAnnounced();
};

namespace {

QByteArray get(const QByteArray &fields, const QByteArray &line = "GET / HTTP/1.1\r\n")
{
    return line + "Host: x\r\n" + fields + "\r\n";
}

QByteArray line(const QByteArray &requestLine)
{
    return requestLine + "\r\nHost: x\r\n\r\n";
}

/// In pieces of that many bytes.
HeadParser parse(const QByteArray &bytes, qsizetype piece, const Limits &limits = {})
{
    HeadParser parser(limits);
    for (qsizetype at = 0; at < bytes.size() && parser.state() == State::NeedMore; at += piece)
        parser.feed(QByteArrayView(bytes).sliced(at, qMin(piece, bytes.size() - at)));
    return parser;
}

constexpr qsizetype kPieces[] = {1 << 20, 1, 2, 7};

} // namespace

void RequestHeadTest::accepted_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("host");
    const auto row = [](const char *what, const QByteArray &bytes, const char *method,
                        const char *target, const char *host = "x") {
        QTest::newRow(what) << bytes << QByteArray(method) << QByteArray(target)
                            << QByteArray(host);
    };
    row("plain", line("GET / HTTP/1.1"), "GET", "/");
    row("query", line("GET /a?b=c&d HTTP/1.1"), "GET", "/a?b=c&d");
    row("any token is a method", line("BREW+x /pot HTTP/1.1"), "BREW+x", "/pot");
    row("HTTP/1.0 without host", "GET / HTTP/1.0\r\n\r\n", "GET", "/", "");
    row("later minor version", line("GET / HTTP/1.9"), "GET", "/");
    row("leading empty line", "\r\n" + line("GET / HTTP/1.1"), "GET", "/");
    row("two leading empty lines", "\r\n\r\n" + line("GET / HTTP/1.1"), "GET", "/");
    row("characters browsers leave", line("GET /a|b{c}^`?x=[\"<>] HTTP/1.1"), "GET",
        "/a|b{c}^`?x=[\"<>]");
    row("escapes are left alone", line("GET /%2e%2E/%00 HTTP/1.1"), "GET", "/%2e%2E/%00");
    row("// further on", line("GET /a//b HTTP/1.1"), "GET", "/a//b");
    row("asterisk", line("OPTIONS * HTTP/1.1"), "OPTIONS", "*");
    row("absolute", line("GET http://other:81/p?q HTTP/1.1"), "GET", "/p?q", "other:81");
    row("absolute, https, capitals", line("GET HTTPS://h/ HTTP/1.1"), "GET", "/", "h");
    row("absolute without path", line("GET http://h HTTP/1.1"), "GET", "/", "h");
    row("absolute, only query", line("GET http://h?q HTTP/1.1"), "GET", "/?q", "h");
    row("absolute without Host, 1.0", "GET http://h/ HTTP/1.0\r\n\r\n", "GET", "/", "h");
    row("host and port", "GET / HTTP/1.1\r\nHost: a-b.c:8080\r\n\r\n", "GET", "/", "a-b.c:8080");
    row("IPv6 host", "GET / HTTP/1.1\r\nhOsT:\t[::1]:1 \r\n\r\n", "GET", "/", "[::1]:1");
    row("empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET", "/", "");
    row("empty value", get("A:\r\n"), "GET", "/");
    row("obs-text in a value", get("A: \xff\xc3\xa4\r\n"), "GET", "/");
    row("tab in a value", get("A: b\tc\r\n"), "GET", "/");
    row("100-continue", get("Expect: 100-Continue\r\n"), "GET", "/");
    row("HTTP/1.0 expectation is ignored", get("Expect: x\r\n", "GET / HTTP/1.0\r\n"), "GET", "/");
}

void RequestHeadTest::accepted()
{
    QFETCH(QByteArray, bytes);
    for (const qsizetype piece : kPieces) {
        const HeadParser parser = parse(bytes, piece);
        QVERIFY2(parser.state() == State::Ok, parser.sentence().constData());
        QTEST(parser.head().method, "method");
        QTEST(parser.head().target, "target");
        QTEST(parser.head().value("host"), "host");
        QCOMPARE(parser.headLength(), bytes.size());
    }
}

void RequestHeadTest::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *what, const QByteArray &bytes, int status = 400) {
        QTest::newRow(what) << bytes << status;
    };
    const auto nul = QByteArray(1, '\0');
    // request line
    row("HTTP/0.9", "GET /\r\n\r\n");
    row("no version", line("GET / "));
    row("HTTP/2.0", line("GET / HTTP/2.0"), 505);
    row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    row("HTTP/0.9 spelled out", line("GET / HTTP/0.9"), 505);
    row("version without digits", line("GET / HTTP/x.1"));
    row("version too long", line("GET / HTTP/1.10"));
    row("lower-case http", line("GET / http/1.1"));
    row("other protocol", line("GET / ICAP/1.1"));
    row("space behind the version", line("GET / HTTP/1.1 "));
    row("two spaces", line("GET  / HTTP/1.1"));
    row("tab for a space", line("GET\t/ HTTP/1.1"));
    row("leading space", line(" GET / HTTP/1.1"));
    row("no method", line(" / HTTP/1.1"));
    row("method is no token", line("GE(T / HTTP/1.1"));
    row("three leading empty lines", "\r\n\r\n\r\n" + line("GET / HTTP/1.1"));
    row("TLS", QByteArray::fromHex("16030100c8010000c40303"));
    row("CONNECT", line("CONNECT h:443 HTTP/1.1"), 501);
    // target
    row("relative target", line("GET a HTTP/1.1"));
    row("// target", line("GET //evil/echo HTTP/1.1"));
    row("absolute with // path", line("GET http://h//evil/ HTTP/1.1"));
    row("absolute with user", line("GET http://u@h/ HTTP/1.1"));
    row("absolute without host", line("GET http:/// HTTP/1.1"));
    row("absolute with port only", line("GET http://:80/ HTTP/1.1"));
    row("other scheme", line("GET ftp://h/ HTTP/1.1"));
    row("* of GET", line("GET * HTTP/1.1"));
    row("fragment", line("GET /a#b HTTP/1.1"));
    row("non-ASCII", line("GET /\xc3\xa4 HTTP/1.1"));
    row("NUL in target", line("GET /a" + nul + "b HTTP/1.1"));
    row("DEL in target", line("GET /\x7f HTTP/1.1"));
    row("tab in target", line("GET /a\tb HTTP/1.1"));
    row("space in target", line("GET /a b HTTP/1.1"));
    row("long target", line("GET /" + QByteArray(8192, 'a') + " HTTP/1.1"), 414);
    row("endless target", "GET /" + QByteArray(20000, 'a'), 414);
    row("long method", line(QByteArray(8600, 'A') + " / HTTP/1.1"), 414);
    row("endless method", QByteArray(20000, 'a'), 414);
    // lines
    row("bare LF behind the request line", "GET / HTTP/1.1\nHost: x\r\n\r\n");
    row("bare LF behind a field", "GET / HTTP/1.1\r\nHost: x\n\r\n");
    row("bare LF at the end", "GET / HTTP/1.1\r\nHost: x\r\n\n");
    row("bare CR in a value", get("A: b\rc\r\n"));
    row("bare CR in the request line", line("GET /\ra HTTP/1.1"));
    row("CR CR LF", get("A: b\r\r\n"));
    row("leading LF", "\n" + line("GET / HTTP/1.1"));
    // fields
    row("folded", get("A: b\r\n c\r\n"));
    row("folded with tab", get("A: b\r\n\tc\r\n"));
    row("folded first", "GET / HTTP/1.1\r\n Host: x\r\n\r\n");
    row("space before the colon", get("A : b\r\n"));
    row("tab before the colon", get("A\t: b\r\n"));
    row("no colon", get("A\r\n"));
    row("no name", get(": b\r\n"));
    row("name is no token", get("A(b): c\r\n"));
    row("NUL in a name", get("A" + nul + ": b\r\n"));
    row("NUL in a value", get("A: b" + nul + "c\r\n"));
    row("control in a value", get("A: b\x01\r\n"));
    row("DEL in a value", get("A: b\x7f\r\n"));
    row("91 fields", get(QByteArray("A: b\r\n").repeated(90)), 431);
    row("over 100 fields", get(QByteArray("A: b\r\n").repeated(120)), 431);
    row("head over 16 KiB", get("A: " + QByteArray(16384, 'a') + "\r\n"), 431);
    row("endless field", "GET / HTTP/1.1\r\nA: " + QByteArray(17000, 'a'), 431);
    // host
    row("no host", "GET / HTTP/1.1\r\n\r\n");
    row("two hosts", get("host: y\r\n"));
    row("host with a path", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n");
    row("host with a user", "GET / HTTP/1.1\r\nHost: u@x\r\n\r\n");
    row("host with a space", "GET / HTTP/1.1\r\nHost: x y\r\n\r\n");
    row("host with a bad port", "GET / HTTP/1.1\r\nHost: x:1a\r\n\r\n");
    row("host with a big port", "GET / HTTP/1.1\r\nHost: x:65536\r\n\r\n");
    row("host with an open bracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n");
    row("host with empty brackets", "GET / HTTP/1.1\r\nHost: []\r\n\r\n");
    row("absolute does not excuse a missing Host", "GET http://h/ HTTP/1.1\r\n\r\n");
    // framing
    row("two lengths", get("Content-Length: 1\r\nContent-Length: 2\r\n"));
    row("two equal lengths", get("Content-Length: 1\r\nContent-Length: 1\r\n"));
    row("list of lengths", get("Content-Length: 1, 1\r\n"));
    row("signed length", get("Content-Length: +1\r\n"));
    row("negative length", get("Content-Length: -1\r\n"));
    row("hex length", get("Content-Length: 0x1\r\n"));
    row("length with a unit", get("Content-Length: 1b\r\n"));
    row("length of words", get("Content-Length: one\r\n"));
    row("empty length", get("Content-Length:\r\n"));
    row("2^63", get("Content-Length: 9223372036854775808\r\n"));
    row("2^64 + 1", get("Content-Length: 18446744073709551617\r\n"));
    row("forty digits", get("Content-Length: " + QByteArray(40, '9') + "\r\n"));
    row("length and coding", get("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"));
    row("coding and length", get("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n"));
    row("coding of HTTP/1.0", get("Transfer-Encoding: chunked\r\n", "GET / HTTP/1.0\r\n"));
    row("gzip, chunked", get("Transfer-Encoding: gzip, chunked\r\n"), 501);
    row("gzip; chunked in two fields",
        get("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"), 501);
    row("chunked, gzip", get("Transfer-Encoding: chunked, gzip\r\n"));
    row("chunked twice", get("Transfer-Encoding: chunked, chunked\r\n"));
    row("chunked in two fields",
        get("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"));
    row("identity", get("Transfer-Encoding: identity\r\n"));
    row("xchunked", get("Transfer-Encoding: xchunked\r\n"));
    row("vertical tab chunked", get("Transfer-Encoding: \vchunked\r\n"));
    row("empty coding", get("Transfer-Encoding:\r\n"));
    row("other expectation", get("Expect: tea\r\n"), 417);
}

void RequestHeadTest::refused()
{
    QFETCH(QByteArray, bytes);
    for (const qsizetype piece : kPieces) {
        const HeadParser parser = parse(bytes, piece);
        QVERIFY(parser.state() == State::Bad);
        QTEST(parser.status(), "status");
        QVERIFY(parser.sentence().endsWith('.') || parser.sentence().endsWith(")."));
        QVERIFY(!parser.sentence().contains('\n'));
    }
}

/// What can never become right is refused when it is seen, and not by a deadline.
void RequestHeadTest::refusedAtOnce_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("TLS") << QByteArray("\x16\x03\x01");
    QTest::newRow("binary") << QByteArray("\x01");
    QTest::newRow("bare LF") << QByteArray("GET / HTTP/1.1\n");
    QTest::newRow("NUL") << QByteArray("GET / HTTP/1.1\r\nA: \0", 20);
    QTest::newRow("CR within a line") << QByteArray("GET / HTTP/1.1\r\nA: \rb");
    QTest::newRow("second Content-Length line is not needed")
        << QByteArray("GET / HTTP/1.1\r\nA b\r\n");
}

void RequestHeadTest::refusedAtOnce()
{
    QFETCH(QByteArray, bytes);
    for (const qsizetype piece : kPieces)
        QCOMPARE(parse(bytes, piece).status(), 400);
}

void RequestHeadTest::fields()
{
    const HeadParser parser = parse(get("Accept: a , b\r\naccept:c\r\nX-Empty: \r\n"), 1 << 20);
    const RequestHead &head = parser.head();
    QCOMPARE(head.fields.size(), std::size_t(4));
    QCOMPARE(head.fields[2].name, "accept");
    QCOMPARE(head.value("ACCEPT"), "a , b");
    QCOMPARE(head.values("Accept"), (std::vector<QByteArray>{"a , b", "c"}));
    QVERIFY(head.containsToken("accept", "B"));
    QVERIFY(head.containsToken("accept", "c"));
    QVERIFY(!head.containsToken("accept", "a , b"));
    QVERIFY(!head.containsToken("accept", ""));
    QVERIFY(head.has("x-empty"));
    QVERIFY(!head.value("x-empty").isNull());
    QVERIFY(head.value("x-empty").isEmpty());
    QVERIFY(head.value("x-none").isNull());

    const HeadParser target = parse(line("GET /a%20b?c?d HTTP/1.1"), 1 << 20);
    QCOMPARE(target.head().path(), "/a%20b");
    QCOMPARE(target.head().query(), "c?d");
    QVERIFY(parse(line("GET /a HTTP/1.1"), 9).head().query().isNull());
}

void RequestHeadTest::upgrade_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("upgrade");
    const auto row = [](const char *what, const QByteArray &bytes, bool upgrade) {
        QTest::newRow(what) << bytes << upgrade;
    };
    row("plain", get("Upgrade: websocket\r\nConnection: Upgrade\r\n"), true);
    row("case", get("upgrade: WebSocket\r\nconnection: keep-alive, upGRADE\r\n"), true);
    row("other protocol", get("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n"), false);
    row("without Connection", get("Upgrade: websocket\r\n"), false);
    row("without Upgrade", get("Connection: upgrade\r\n"), false);
    row("HTTP/1.0", get("Upgrade: websocket\r\nConnection: Upgrade\r\n", "GET / HTTP/1.0\r\n"),
        false);
}

void RequestHeadTest::upgrade()
{
    QFETCH(QByteArray, bytes);
    QTEST(parse(bytes, 3).head().isUpgradeToWebSocket(), "upgrade");
}

void RequestHeadTest::closes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("closes");
    const QByteArray old = "GET / HTTP/1.0\r\n";
    QTest::newRow("1.1") << get("") << false;
    QTest::newRow("1.1 close") << get("Connection: Close\r\n") << true;
    QTest::newRow("1.1 close in a list") << get("Connection: te, close\r\n") << true;
    QTest::newRow("1.0") << get("", old) << true;
    QTest::newRow("1.0 keep-alive") << get("Connection: Keep-Alive\r\n", old) << false;
    QTest::newRow("1.0 both") << get("Connection: keep-alive, close\r\n", old) << true;
}

void RequestHeadTest::closes()
{
    QFETCH(QByteArray, bytes);
    QTEST(parse(bytes, 5).head().closes, "closes");
}

void RequestHeadTest::framing_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<qint64>("length"); // -1: none
    QTest::addColumn<bool>("chunked");
    QTest::addColumn<bool>("body");
    QTest::newRow("none") << get("") << qint64(-1) << false << false;
    QTest::newRow("zero") << get("Content-Length: 0\r\n") << qint64(0) << false << false;
    QTest::newRow("leading zeros") << get("Content-Length: 007\r\n") << qint64(7) << false << true;
    QTest::newRow("2^63 - 1") << get("Content-Length: 9223372036854775807\r\n")
                              << std::numeric_limits<qint64>::max() << false << true;
    QTest::newRow("chunked") << get("Transfer-Encoding: Chunked\r\n") << qint64(-1) << true << true;
}

void RequestHeadTest::framing()
{
    QFETCH(QByteArray, bytes);
    QFETCH(qint64, length);
    const HeadParser parser = parse(bytes, 4);
    QVERIFY(parser.state() == State::Ok);
    QCOMPARE(parser.head().contentLength.has_value(), length >= 0);
    if (length >= 0)
        QCOMPARE(qint64(*parser.head().contentLength), length);
    QTEST(parser.head().chunked, "chunked");
    QTEST(parser.head().hasBody(), "body");
}

void RequestHeadTest::stopsAtTheEnd()
{
    const QByteArray head = "\r\n" + get("A: b\r\n");
    const QByteArray next = "\x01 not looked at\n\n";
    HeadParser parser{Limits()};
    QVERIFY(!parser.begun());
    parser.feed("\r\n");
    QVERIFY(!parser.begun());
    QVERIFY(parser.feed(QByteArrayView(head).sliced(2).toByteArray() + next) == State::Ok);
    QCOMPARE(parser.headLength(), head.size());
    QCOMPARE(parser.leadingLength(), 2);
    QVERIFY(parser.begun());
}

void RequestHeadTest::limitsAreExact()
{
    Limits limits;
    limits.headBytes = 100;
    limits.headFields = 3;
    limits.targetBytes = 10;
    const QByteArray frame = get("A: \r\n");
    const QByteArray full = get("A: " + QByteArray(100 - frame.size(), 'a') + "\r\n");
    QCOMPARE(full.size(), 100);
    for (const qsizetype piece : kPieces) {
        QVERIFY(parse(full, piece, limits).state() == State::Ok);
        QCOMPARE(parse(get("A: " + QByteArray(101 - frame.size(), 'a') + "\r\n"), piece, limits)
                     .status(),
                 431);
        QVERIFY(parse(get("A:\r\nB:\r\n"), piece, limits).state() == State::Ok);
        QCOMPARE(parse(get("A:\r\nB:\r\nC:\r\n"), piece, limits).status(), 431);
        QVERIFY(parse(line("GET /123456789 HTTP/1.1"), piece, limits).state() == State::Ok);
        QCOMPARE(parse(line("GET /1234567890 HTTP/1.1"), piece, limits).status(), 414);
    }
    // The default, on the last byte.
    const QByteArray big = get("A: " + QByteArray(16384 - frame.size(), 'a') + "\r\n");
    QVERIFY(parse(big, 1 << 20).state() == State::Ok);
    QVERIFY(parse(get(QByteArray("A: b\r\n").repeated(89)), 1 << 20).state() == State::Ok);
}

/// Each byte is looked at once or twice, not once for every byte after it: a megabyte-long head
/// would take minutes otherwise.
void RequestHeadTest::longHeadByteByByteIsLinear()
{
    Limits limits;
    limits.headBytes = 4 * 1024 * 1024;
    const QByteArray bytes = get("A: " + QByteArray(2 * 1024 * 1024, 'a') + "\r\n");
    QElapsedTimer timer;
    timer.start();
    QVERIFY(parse(bytes, 1, limits).state() == State::Ok);
    QVERIFY2(timer.elapsed() < 5000, QByteArray::number(timer.elapsed()).constData());
}

void RequestHeadTest::resetForgets()
{
    HeadParser parser{Limits()};
    parser.feed("GET /a HTTP/1.1\r\nHost: x\r\nA: b\r\nC");
    parser.reset();
    QVERIFY(!parser.begun());
    QVERIFY(parser.feed(line("GET /c HTTP/1.1")) == State::Ok);
    QCOMPARE(parser.head().target, "/c");
    QVERIFY(!parser.head().has("A"));
    QCOMPARE(parser.takeHead().target, "/c");
}

/// However the network cuts it: mutated heads, whole and in random pieces.
void RequestHeadTest::piecesMakeNoDifference()
{
    const QByteArray seeds[] = {
        get("Content-Length: 12\r\nConnection: close, x\r\nA:\tb \r\n"),
        "\r\nPOST http://h:1/a?b HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: chunked\r\n\r\n",
        get("Upgrade: websocket\r\nConnection: Upgrade\r\nExpect: 100-continue\r\n",
            "OPTIONS * HTTP/1.0\r\n")};
    const QByteArray bytes(
        "\r\n\t :,/#\0\x7f\xff\x16"
        "zH1",
        15);
    QRandomGenerator random(4711);
    int accepted = 0;
    for (int round = 0; round < 20'000; ++round) {
        QByteArray mutant = seeds[random.bounded(3)];
        for (int changes = random.bounded(4); changes > 0; --changes) {
            const int at = random.bounded(int(mutant.size()));
            const char byte = bytes[random.bounded(int(bytes.size()))];
            if (random.bounded(3) == 0)
                mutant[at] = byte;
            else if (random.bounded(2) == 0)
                mutant.insert(at, byte);
            else
                mutant.remove(at, 1 + random.bounded(2));
        }
        const HeadParser whole = parse(mutant, mutant.size() + 1);
        const HeadParser pieces = parse(mutant, 1 + random.bounded(20));
        QVERIFY2(whole.state() == pieces.state(), mutant.toPercentEncoding().constData());
        if (whole.state() != State::Ok)
            continue;
        ++accepted;
        QCOMPARE(whole.headLength(), pieces.headLength());
        QCOMPARE(whole.head().target, pieces.head().target);
        QCOMPARE(whole.head().contentLength, pieces.head().contentLength);
        QCOMPARE(whole.head().fields.size(), pieces.head().fields.size());
        QVERIFY(!whole.head().target.contains(' ') && !whole.head().target.startsWith("//"));
    }
    QVERIFY(accepted > 1000);
}

void RequestHeadTest::chunked_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("good");
    QTest::addColumn<QByteArray>("decoded");
    const auto good = [](const char *what, const QByteArray &bytes, const QByteArray &decoded) {
        QTest::newRow(what) << bytes << true << decoded;
    };
    const auto bad = [](const char *what, const QByteArray &bytes) {
        QTest::newRow(what) << bytes << false << QByteArray();
    };
    good("empty", "0\r\n\r\n", "");
    good("one", "3\r\nabc\r\n0\r\n\r\n", "abc");
    good("two, hex, zeros", "00a\r\n0123456789\r\nB\r\nabc\r\ndefghi\r\n0\r\n\r\n",
         "0123456789abc\r\ndefghi");
    good("extensions", "1;a=b;c=\"d e\"\r\nx\r\n0;last\r\n\r\n", "x");
    good("trailers", "1\r\nx\r\n0\r\nA: b\r\nContent-Length: 7\r\n\r\n", "x");
    bad("no size", "\r\nx\r\n0\r\n\r\n");
    bad("negative", "-1\r\nx\r\n0\r\n\r\n");
    bad("signed", "+1\r\nx\r\n0\r\n\r\n");
    bad("0x", "0x1\r\nx\r\n0\r\n\r\n");
    bad("underscore", "1_0\r\n");
    bad("leading space", " 1\r\nx\r\n0\r\n\r\n");
    bad("trailing space", "1 \r\nx\r\n0\r\n\r\n");
    bad("sixteen digits", "0000000000000001\r\nx\r\n0\r\n\r\n");
    bad("huge", "FFFFFFFFFFFFFFFF\r\n");
    bad("LF behind the size", "1\nx\r\n0\r\n\r\n");
    bad("CR behind the size", "1\rx");
    bad("data too long", "1\r\nxy\r\n0\r\n\r\n");
    bad("LF behind the data", "1\r\nx\n0\r\n\r\n");
    bad("LF at the end", "0\r\n\n");
    bad("control in an extension", "1;\x01\r\nx\r\n0\r\n\r\n");
    bad("LF in an extension", "1;a\nb\r\nx\r\n0\r\n\r\n");
    bad("endless extension", "1;" + QByteArray(5000, 'a'));
    bad("many extensions", QByteArray("1;" + QByteArray(100, 'a') + "\r\nx\r\n").repeated(60));
    bad("trailer without colon", "0\r\nA\r\n\r\n");
    bad("trailer with control", "0\r\nA: \x02\r\n\r\n");
    bad("folded trailer", "0\r\nA: b\r\n c\r\n\r\n");
    bad("endless trailers", "0\r\n" + QByteArray("A: b\r\n").repeated(2000));
}

void RequestHeadTest::chunked()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, good);
    QFETCH(QByteArray, decoded);
    const QByteArray next = "GET";
    for (const qsizetype piece : kPieces) {
        ChunkedDecoder decoder;
        QByteArray out;
        qsizetype taken = 0;
        const QByteArray all = good ? bytes + next : bytes;
        while (taken < all.size() && decoder.state() == ChunkedDecoder::State::NeedMore)
            taken += decoder.feed(
                QByteArrayView(all).sliced(taken, qMin(piece, all.size() - taken)), out);
        QCOMPARE(decoder.state(), good ? ChunkedDecoder::State::Done : ChunkedDecoder::State::Bad);
        if (good) {
            QCOMPARE(out, decoded);
            QCOMPARE(taken, bytes.size());
        }
    }
}

void RequestHeadTest::chunkSizeIsAnnounced()
{
    ChunkedDecoder decoder;
    QByteArray out;
    decoder.feed("3\r\nabc\r\nffff\r\n", out);
    QCOMPARE(decoder.announcedBytes(), quint64(3 + 0xffff));
    QCOMPARE(out, "abc");
}

QTEST_GUILESS_MAIN(RequestHeadTest)
#include "tst_requesthead.moc"
