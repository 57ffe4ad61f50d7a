// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/format.h"
#include "ui/text/hexdump.h"
#include "ui/text/json.h"
#include "ui/text/topics.h"
#include "ui/text/useragent.h"
#include "ui/text/visible.h"

#include <QTest>
#include <QTextDocument>

#include <limits>

using namespace pushdeck;
using namespace Qt::StringLiterals;

// The free functions by which the window writes numbers and shows what the network sent.
class tst_Text : public QObject
{
    Q_OBJECT

private slots:
    void bytes_data();
    void bytes();
    void numbers();
    void spans_data();
    void spans();
    void rtt();
    void userAgents_data();
    void userAgents();
    void visible_data();
    void visible();
    void visibleIsBounded();
    void visibleBytes();
    void linesKeepLineEnds();
    void toolTipsAreNoMarkup_data();
    void toolTipsAreNoMarkup();
    void utf8PrefixKeepsCodePoints();
    void json_data();
    void json();
    void jsonPosition_data();
    void jsonPosition();
    void prettyKeepsWhatWasSent();
    void jsonIsNotRecursive();
    void hex();
    void topics_data();
    void topics();
    void topicProblems();
};

void tst_Text::bytes_data()
{
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << quint64(0) << u"0 B"_s;
    QTest::newRow("one short of a KB") << quint64(1023) << u"1023 B"_s;
    QTest::newRow("a KB") << quint64(1024) << u"1 KB"_s;
    QTest::newRow("no idle decimal") << quint64(1070) << u"1 KB"_s;
    QTest::newRow("decimal") << quint64(1229) << u"1.2 KB"_s;
    QTest::newRow("no decimal above ten") << quint64(10 * 1024 + 500) << u"10 KB"_s;
    QTest::newRow("rounds up to the next unit") << quint64(1024 * 1024 - 1) << u"1 MB"_s;
    QTest::newRow("64 MB") << quint64(64) * 1024 * 1024 << u"64 MB"_s;
    QTest::newRow("largest") << std::numeric_limits<quint64>::max() << u"16384 PB"_s;
}

void tst_Text::bytes()
{
    QFETCH(quint64, bytes);
    QTEST(formatBytes(bytes), "text");
}

void tst_Text::numbers()
{
    QCOMPARE(formatCompact(9'999), u"9999"_s);
    QCOMPARE(formatCompact(12'431), u"12.4k"_s);
    QCOMPARE(formatCompact(999'999), u"1M"_s);
    QCOMPARE(formatCompact(120'000), u"120k"_s);
    QCOMPARE(formatRate(0), u"0"_s);
    QCOMPARE(formatRate(-3), u"0"_s);
    QCOMPARE(formatRate(0.4), u"0.4"_s);
    QCOMPARE(formatRate(9.96), u"10"_s);
    QCOMPARE(formatRate(120.4), u"120"_s);
    QCOMPARE(formatRate(12'431), u"12.4k"_s);
    QCOMPARE(formatClients(1), u"1 client"_s);
    QCOMPARE(formatClients(14), u"14 clients"_s);
}

void tst_Text::spans_data()
{
    QTest::addColumn<qint64>("milliseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("negative") << qint64(-5) << u"0 s"_s;
    QTest::newRow("seconds") << qint64(59'999) << u"59 s"_s;
    QTest::newRow("minutes") << qint64(60'000) << u"1 min"_s;
    QTest::newRow("hours") << qint64(3 * 3600'000 + 5 * 60'000) << u"3 h 05"_s;
    QTest::newRow("days") << qint64(52) * 3600'000 << u"2 d 4 h"_s;
}

void tst_Text::spans()
{
    QFETCH(qint64, milliseconds);
    QTEST(formatSpan(milliseconds), "text");
}

void tst_Text::rtt()
{
    QCOMPARE(formatRtt(std::nullopt), u"—"_s);
    QCOMPARE(formatRtt(-1.0), u"—"_s);
    QCOMPARE(formatRtt(std::numeric_limits<double>::quiet_NaN()), u"—"_s);
    QCOMPARE(formatRtt(0.01), u"<0.1 ms"_s);
    QCOMPARE(formatRtt(0.42), u"0.4 ms"_s);
    QCOMPARE(formatRtt(12.3), u"12 ms"_s);
    QCOMPARE(formatRtt(1840), u"1.8 s"_s);
}

void tst_Text::userAgents_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("label");
    QTest::newRow("iPhone")
        << u"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"_s
        << u"Safari · iPhone"_s;
    QTest::newRow("Chrome")
        << u"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36"_s
        << u"Chrome · Windows"_s;
    QTest::newRow("Edge names Chrome too")
        << u"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Edg/124.0"_s
        << u"Edge · Windows"_s;
    QTest::newRow("Firefox")
        << u"Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0"_s
        << u"Firefox · Linux"_s;
    QTest::newRow("Android")
        << u"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36"_s
        << u"Chrome · Android"_s;
    QTest::newRow("WeChat")
        << u"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit/605.1.15 MicroMessenger/8.0"_s
        << u"WeChat · iPhone"_s;
    QTest::newRow("curl") << u"curl/7.88.1"_s << u"curl 7.88"_s;
    QTest::newRow("a bare word") << u"node"_s << u"node"_s;
    QTest::newRow("Python") << u"Python/3.11 aiohttp/3.9.1"_s << u"Python 3.11"_s;
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("markup stays text") << u"<b>x</b>"_s << u"<b>x< b>"_s;
    QTest::newRow("very long") << QString(100'000, u'x') << QString(24, u'x') + u'…';
}

void tst_Text::userAgents()
{
    QFETCH(QString, header);
    QTEST(shortUserAgent(header), "label");
}

void tst_Text::visible_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"hello"_s << u"hello"_s;
    QTest::newRow("line ends") << u"a\r\nb\tc"_s << u"a⟪CR⟫↵b⇥c"_s;
    QTest::newRow("NUL") << u"a"_s + QChar(0) + u'b' << u"a⟪NUL⟫b"_s;
    QTest::newRow("escape sequence") << u"\x1b[31m"_s << u"⟪ESC⟫[31m"_s;
    QTest::newRow("delete") << u"\x7f"_s << u"⟪DEL⟫"_s;
    QTest::newRow("C1") << QString(QChar(0x85)) << u"⟪U+0085⟫"_s;
    QTest::newRow("right-to-left override") << u"\u202Egnp.exe"_s << u"⟪RLO⟫gnp.exe"_s;
    QTest::newRow("isolates") << u"\u2066x\u2069"_s << u"⟪LRI⟫x⟪PDI⟫"_s;
    QTest::newRow("zero width space") << u"a\u200Bb"_s << u"a⟪ZWSP⟫b"_s;
    QTest::newRow("line separator") << u"a\u2028b"_s << u"a⟪LS⟫b"_s;
    QTest::newRow("joiners stay") << u"\u0644\u200D"_s << u"\u0644\u200D"_s;
    QTest::newRow("emoji") << u"🎉"_s << u"🎉"_s;
    QTest::newRow("tag characters") << u"\U000E0041"_s << u"⟪TAG⟫"_s;
    QTest::newRow("lone surrogate") << QString(QChar(0xD800)) << QString(QChar(0xFFFD));
    QTest::newRow("Chinese") << u"大家好"_s << u"大家好"_s;
}

void tst_Text::visible()
{
    QFETCH(QString, text);
    QTEST(visibleText(text), "shown");
}

void tst_Text::visibleIsBounded()
{
    QCOMPARE(visibleText(QString(1'000'000, u'x'), 10), QString(10, u'x') + u'…');
    // Never half a pair.
    QCOMPARE(visibleText(u"aaa🎉b"_s, 4), u"aaa…"_s);
}

void tst_Text::visibleBytes()
{
    QCOMPARE(visibleText(QByteArrayView("\xff\xfe ok"), 100), u"\uFFFD\uFFFD ok"_s);
    const QByteArray megabyte(1024 * 1024, 'x');
    QCOMPARE(visibleText(QByteArrayView(megabyte), 400).size(), 401);
}

void tst_Text::linesKeepLineEnds()
{
    QCOMPARE(visibleLines(u"a\r\nb\n\tc\rd\u202E"), u"a\nb\n\tc⟪CR⟫d⟪RLO⟫"_s);
}

void tst_Text::toolTipsAreNoMarkup_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("tags") << u"<b>bold</b><img src='http://evil/x.png'>"_s;
    QTest::newRow("closing our own") << u"</p><h1>x"_s;
    QTest::newRow("entities") << u"&lt;b&gt; & \"quotes\""_s;
    QTest::newRow("lines") << u"one\ntwo"_s;
}

void tst_Text::toolTipsAreNoMarkup()
{
    QFETCH(QString, text);
    QTextDocument document;
    document.setHtml(plainToolTip(text));
    QString shown = document.toPlainText();
    QCOMPARE(shown, text);
}

void tst_Text::utf8PrefixKeepsCodePoints()
{
    const QByteArray text = u"aé大🎉"_s.toUtf8(); // 1 + 2 + 3 + 4 bytes
    const int expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (int most = 0; most < 12; ++most)
        QCOMPARE(utf8Prefix(text, most).size(), expected[most]);
}

void tst_Text::json_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    QTest::newRow("object") << QByteArray(R"({"a":1,"b":[true,false,null]})") << true;
    QTest::newRow("spaces") << QByteArray(" \r\n\t{ } ") << true;
    QTest::newRow("scalar") << QByteArray("12.5e-3") << true;
    QTest::newRow("string") << QByteArray(R"("a\u00e9\n")") << true;
    QTest::newRow("nested empty") << QByteArray("[[],{},[{}]]") << true;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("trailing comma") << QByteArray("[1,]") << false;
    QTest::newRow("trailing comma in object") << QByteArray(R"({"a":1,})") << false;
    QTest::newRow("single quotes") << QByteArray("{'a':1}") << false;
    QTest::newRow("no colon") << QByteArray(R"({"a" 1})") << false;
    QTest::newRow("two values") << QByteArray("1 2") << false;
    QTest::newRow("leading zero") << QByteArray("01") << false;
    QTest::newRow("bare dot") << QByteArray("1.") << false;
    QTest::newRow("bare minus") << QByteArray("-") << false;
    QTest::newRow("unterminated") << QByteArray(R"({"a)") << false;
    QTest::newRow("bad escape") << QByteArray(R"("\x")") << false;
    QTest::newRow("short unicode escape") << QByteArray(R"("\u12")") << false;
    QTest::newRow("line break in string") << QByteArray("\"a\nb\"") << false;
    QTest::newRow("wrong word") << QByteArray("tru") << false;
    QTest::newRow("mismatched") << QByteArray("[}") << false;
    QTest::newRow("closing only") << QByteArray("]") << false;
    QTest::newRow("NaN") << QByteArray("NaN") << false;
}

void tst_Text::json()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    const auto problem = checkJson(text);
    QCOMPARE(!problem.has_value(), valid);
    QCOMPARE(prettyJson(text).has_value(), valid);
    if (problem)
        QVERIFY(!problem->words.isEmpty());
}

void tst_Text::jsonPosition_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("first character") << u"x"_s << 1 << 1;
    QTest::newRow("second line") << u"{\"a\": 1,\n \"b\" 2}"_s << 2 << 6;
    QTest::newRow("characters, not bytes") << u"[\"大家\" x]"_s << 1 << 7;
    QTest::newRow("at the end") << u"{\"a\":"_s << 1 << 6;
}

void tst_Text::jsonPosition()
{
    QFETCH(QString, text);
    const auto problem = checkJson(text.toUtf8());
    QVERIFY(problem);
    QTEST(problem->line, "line");
    QTEST(problem->column, "column");
}

void tst_Text::prettyKeepsWhatWasSent()
{
    const auto pretty =
        prettyJson(R"({"z":1.10,"a":[],"z":12345678901234567890,"s":"\u00e9 <b>"})");
    QVERIFY(pretty);
    QCOMPARE(*pretty, QByteArray("{\n  \"z\": 1.10,\n  \"a\": [],\n  \"z\": 12345678901234567890,\n"
                                 "  \"s\": \"\\u00e9 <b>\"\n}"));
}

void tst_Text::jsonIsNotRecursive()
{
    const QByteArray deep = QByteArray(200'000, '[') + QByteArray(200'000, ']');
    QVERIFY(!checkJson(deep));
    QVERIFY(checkJson(deep.chopped(1)));
}

void tst_Text::hex()
{
    const QByteArray bytes = QByteArray::fromHex("48656c6c6f00ff202020202020202020") + "\n";
    QCOMPARE(hexLineCount(bytes.size()), 2);
    const HexLine line = hexLine(bytes, 0);
    QCOMPARE(line.offset, u"00000000"_s);
    QCOMPARE(line.bytes, u"48 65 6c 6c 6f 00 ff 20  20 20 20 20 20 20 20 20"_s);
    QCOMPARE(line.characters, u"Hello..         "_s);
    QCOMPARE(hexLine(bytes, 1).bytes, u"0a"_s);
    QCOMPARE(hexLine(bytes, 7).bytes, QString());
    QCOMPARE(hexText(bytes, 0, 100).count(u'\n'), 2);
    QCOMPARE(hexLineCount(0), 0);
}

void tst_Text::topics_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("matches");
    QTest::newRow("exact") << u"/a/b"_s << u"/a/b"_s << true;
    QTest::newRow("other") << u"/a/b"_s << u"/a/c"_s << false;
    QTest::newRow("one segment") << u"/orders/*"_s << u"/orders/1"_s << true;
    QTest::newRow("one segment, not two") << u"/orders/*"_s << u"/orders/1/x"_s << false;
    QTest::newRow("one segment, not none") << u"/orders/*"_s << u"/orders"_s << false;
    QTest::newRow("any number") << u"/orders/**"_s << u"/orders/1/x"_s << true;
    QTest::newRow("any number is none too") << u"/orders/**"_s << u"/orders"_s << true;
    QTest::newRow("everything") << u"/**"_s << u"/"_s << true;
    QTest::newRow("in the middle") << u"/a/**/z"_s << u"/a/b/c/z"_s << true;
    QTest::newRow("goes back") << u"/**/a/b"_s << u"/a/a/b"_s << true;
    QTest::newRow("no match after going back") << u"/**/a/b"_s << u"/a/b/a"_s << false;
}

void tst_Text::topics()
{
    QFETCH(QString, pattern);
    QFETCH(QString, name);
    QTEST(topicMatches(pattern, name), "matches");
}

void tst_Text::topicProblems()
{
    QVERIFY(topicProblem(u"/").isEmpty());
    QVERIFY(topicProblem(u"/聊天室/大厅").isEmpty());
    QVERIFY(!topicProblem(u"").isEmpty());
    QVERIFY(!topicProblem(u"chat").isEmpty());
    QVERIFY(!topicProblem(u"/_/x").isEmpty());
    QVERIFY(!topicProblem(u"/a/*").isEmpty());
    QVERIFY(!topicProblem(u"/a\nb").isEmpty());
    QVERIFY(!topicProblem(u'/' + QString(256, u'x')).isEmpty());
}

QTEST_GUILESS_MAIN(tst_Text)
#include "tst_text.moc"
