// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/topic.h"

#include "core/patternbounds.h"

#include <QtTest>

using namespace pushdeck;

/// What may name a topic, and what a pattern subscribes to.
class TopicTest final : public QObject
{
    Q_OBJECT

private slots:
    void pathNamesATopic_data();
    void pathNamesATopic();
    void refusedPath_data();
    void refusedPath();
    void nameIsNotPercentDecoded();
    void longestName();
    void patternsAreForSubscribingOnly_data();
    void patternsAreForSubscribingOnly();
    void asteriskInsideASegmentIsPlainText();
    void patternMatches_data();
    void patternMatches();
    void manyStarsStayCheap();
    void aPatternHasSoManySegments();
    void wellFormedUtf8_data();
    void wellFormedUtf8();
};

void TopicTest::pathNamesATopic_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("root") << QByteArray("/") << QByteArray("/");
    QTest::newRow("one segment") << QByteArray("/news") << QByteArray("/news");
    QTest::newRow("file name") << QByteArray("/stream.php") << QByteArray("/stream.php");
    QTest::newRow("several segments") << QByteArray("/a/b/c") << QByteArray("/a/b/c");
    QTest::newRow("trailing slash") << QByteArray("/a/b/") << QByteArray("/a/b");
    QTest::newRow("trailing slashes") << QByteArray("/a/b///") << QByteArray("/a/b");
    QTest::newRow("escaped trailing slash") << QByteArray("/a%2F") << QByteArray("/a");
    QTest::newRow("escape, upper case") << QByteArray("/a%2Fb") << QByteArray("/a/b");
    QTest::newRow("escape, lower case") << QByteArray("/a%2fb") << QByteArray("/a/b");
    QTest::newRow("escape at the end") << QByteArray("/a%62") << QByteArray("/ab");
    QTest::newRow("escaped space") << QByteArray("/a%20b") << QByteArray("/a b");
    QTest::newRow("plus is a plus") << QByteArray("/a+b") << QByteArray("/a+b");
    QTest::newRow("decoded once") << QByteArray("/%2541") << QByteArray("/%41");
    QTest::newRow("two bytes") << QByteArray("/%C3%A9") << QByteArray("/\xc3\xa9");
    QTest::newRow("three bytes") << QByteArray("/%E6%96%87") << QByteArray("/\xe6\x96\x87");
    QTest::newRow("four bytes") << QByteArray("/%F0%9F%9A%80") << QByteArray("/\xf0\x9f\x9a\x80");
    QTest::newRow("not escaped UTF-8") << QByteArray("/\xc3\xa9") << QByteArray("/\xc3\xa9");
    QTest::newRow("after C1") << QByteArray("/%C2%A0") << QByteArray("/\xc2\xa0");
    QTest::newRow("like a reserved one") << QByteArray("/_a") << QByteArray("/_a");
    QTest::newRow("reserved name deeper") << QByteArray("/a/_/b") << QByteArray("/a/_/b");
    QTest::newRow("robots deeper") << QByteArray("/a/robots.txt") << QByteArray("/a/robots.txt");
}

void TopicTest::pathNamesATopic()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, name);
    const auto topic = Topic::fromPath(path);
    QVERIFY2(topic.ok(), topic.ok() ? "" : qPrintable(topic.error().words));
    QCOMPARE(topic->name(), name);
    const auto pattern = TopicPattern::fromPath(path);
    QVERIFY(pattern.ok());
    QCOMPARE(pattern->name(), name);
    QVERIFY(pattern->isExact());
    QVERIFY(pattern->matches(name));
}

void TopicTest::refusedPath_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("because");
    const auto row = [](const char *what, const QByteArray &path, const char *because) {
        QTest::newRow(what) << path << QString::fromLatin1(because);
    };
    row("empty", "", "begins with '/'");
    row("relative", "news", "begins with '/'");
    row("shelf of a client", "@1", "begins with '/'");
    row("percent alone", "/a%", "hexadecimal");
    row("percent and one digit", "/a%4", "hexadecimal");
    row("percent and no hex", "/a%4g", "hexadecimal");
    row("percent and a sign", "/a%+1", "hexadecimal");
    row("percent twice", "/a%%41", "hexadecimal");
    row("NUL", "/a%00b", "control");
    row("tab", "/a%09", "control");
    row("line feed", "/a%0A", "control");
    row("carriage return", "/a%0D", "control");
    row("escape", "/%1B[2J", "control");
    row("unit separator", "/%1F", "control");
    row("delete", "/%7F", "control");
    row("C1, first", "/%C2%80", "control");
    row("C1, next line", "/%C2%85", "control");
    row("C1, last", "/%C2%9F", "control");
    row("Latin-1", "/%E9", "UTF-8");
    row("cut short", "/%C3", "UTF-8");
    row("stray continuation", "/%80", "UTF-8");
    row("overlong slash", "/%C0%AF", "UTF-8");
    row("surrogate", "/%ED%A0%80", "UTF-8");
    row("beyond Unicode", "/%F4%90%80%80", "UTF-8");
    row("too long", "/" + QByteArray(256, 'a'), "256");
    row("too long in bytes", "/" + QByteArray("%C3%A9").repeated(128), "256");
    row("console", "/_", "reserved");
    row("console, slash", "/_/", "reserved");
    row("API", "/_/api/publish", "reserved");
    row("API, escaped", "/%5F/api", "reserved");
    row("API, escaped slash", "/_%2Fapi", "reserved");
    row("well-known", "/.well-known/security.txt", "reserved");
    row("well-known itself", "/.well-known", "reserved");
    row("icon", "/favicon.ico", "reserved");
    row("icon, slash", "/favicon.ico/", "reserved");
    row("robots", "/robots.txt", "reserved");
    row("robots, slash", "/robots.txt/", "reserved");
}

void TopicTest::refusedPath()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QString, because);
    const auto topic = Topic::fromPath(path);
    QVERIFY(!topic.ok());
    QCOMPARE(topic.error().kind, ErrorKind::BadRequest);
    QVERIFY2(topic.error().words.contains(because), qPrintable(topic.error().words));
    const auto pattern = TopicPattern::fromPath(path);
    QVERIFY(!pattern.ok());
    QCOMPARE(pattern.error().words, topic.error().words);
}

void TopicTest::nameIsNotPercentDecoded()
{
    QCOMPARE(Topic::fromName("/100%")->name(), QByteArray("/100%"));
    QCOMPARE(Topic::fromName("/a%41/")->name(), QByteArray("/a%41"));
    QVERIFY(!Topic::fromName("a").ok());
    QVERIFY(!Topic::fromName(QByteArray("/a\0b", 4)).ok());
    QVERIFY(!Topic::fromName("/_/api").ok());
}

void TopicTest::longestName()
{
    const QByteArray longest = "/" + QByteArray(255, 'a');
    QCOMPARE(Topic::fromPath(longest)->name(), longest);
    // The slash that is dropped does not count, nor do escapes: it is the name that is bounded.
    QCOMPARE(Topic::fromPath(longest + '/')->name(), longest);
    QCOMPARE(Topic::fromPath("/" + QByteArray("%61").repeated(255))->name(), longest);
    QVERIFY(!Topic::fromPath(longest + 'a').ok());
}

void TopicTest::patternsAreForSubscribingOnly_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"/*", "/**", "/a/*", "/a/**", "/*/b", "/a/**/b", "/a/*/"})
        QTest::newRow(name) << QByteArray(name);
}

void TopicTest::patternsAreForSubscribingOnly()
{
    QFETCH(const QByteArray, name);
    const auto topic = Topic::fromName(name);
    QVERIFY(!topic.ok());
    QVERIFY(topic.error().words.contains(QStringLiteral("pattern")));
    QVERIFY(!Topic::fromPath(name).ok());
    const auto pattern = TopicPattern::fromName(name);
    QVERIFY(pattern.ok());
    QVERIFY(!pattern->isExact());
}

void TopicTest::asteriskInsideASegmentIsPlainText()
{
    for (const char *name : {"/a*", "/*a", "/***", "/a/b*c"}) {
        QVERIFY2(Topic::fromName(name).ok(), name);
        const auto pattern = TopicPattern::fromName(name);
        QVERIFY2(pattern->isExact(), name);
        QVERIFY2(pattern->matches(name), name);
    }
    QVERIFY(!TopicPattern::fromName("/a*")->matches("/ab"));
}

void TopicTest::patternMatches_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("topic");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *pattern, const char *topic, bool matches) {
        QTest::addRow("%s %s %s", pattern, matches ? "has" : "has not", topic)
            << QByteArray(pattern) << QByteArray(topic) << matches;
    };
    row("/a", "/a", true);
    row("/a", "/b", false);
    row("/a", "/a/b", false);
    row("/", "/", true);
    row("/", "/a", false);

    row("/*", "/a", true);
    row("/*", "/a/b", false);
    row("/*", "/", false);
    row("/orders/*", "/orders/7", true);
    row("/orders/*", "/orders", false);
    row("/orders/*", "/orders/7/items", false);
    row("/orders/*", "/order/7", false);
    row("/*/items", "/7/items", true);
    row("/*/items", "/7/8/items", false);
    row("/a/*/c", "/a/b/c", true);
    row("/a/*/c", "/a/b/d", false);
    row("/*/*", "/a/b", true);
    row("/*/*", "/a", false);

    row("/**", "/", true);
    row("/**", "/a", true);
    row("/**", "/a/b/c", true);
    row("/a/**", "/a", true);
    row("/a/**", "/a/b", true);
    row("/a/**", "/a/b/c/d", true);
    row("/a/**", "/ab", false);
    row("/a/**", "/b/a", false);
    row("/**/c", "/c", true);
    row("/**/c", "/a/b/c", true);
    row("/**/c", "/a/b/d", false);
    row("/**/c", "/c/d", false);
    row("/a/**/d", "/a/d", true);
    row("/a/**/d", "/a/b/c/d", true);
    row("/a/**/d", "/a/b/c", false);
    row("/**/b/**", "/a/b/c", true);
    row("/**/b/**", "/b", true);
    row("/**/b/**", "/a/c", false);
    row("/**/*", "/a", true);
    row("/**/*", "/", false);
    row("/**/**", "/", true);
    row("/**/a/*/b", "/a/a/a/b", true);
    row("/**/a/*/b", "/a/b", false);
}

void TopicTest::patternMatches()
{
    QFETCH(const QByteArray, pattern);
    QFETCH(const QByteArray, topic);
    QFETCH(const bool, matches);
    QCOMPARE(TopicPattern::fromName(pattern)->matches(topic), matches);
}

void TopicTest::manyStarsStayCheap()
{
    const auto pattern = TopicPattern::fromName(QByteArray("/**/a").repeated(15) + "/b");
    QVERIFY(pattern);
    const QByteArray topic = QByteArray("/a").repeated(128);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!pattern->matches(topic));
    QVERIFY2(timer.elapsed() < 1000, "a hostile pattern takes time that grows exponentially");
}

void TopicTest::aPatternHasSoManySegments()
{
    const QByteArray most = "/**" + QByteArray("/a").repeated(kPatternSegments - 1);
    QVERIFY(TopicPattern::fromName(most).ok());
    const auto more = TopicPattern::fromName(most + "/a");
    QVERIFY(!more.ok());
    QCOMPARE(more.error().words,
             QStringLiteral("A pattern has at most 32 segments; this one has 33."));
    QVERIFY(!TopicPattern::fromPath(most + "/*").ok());
    // A topic has as many as fit.
    QVERIFY(TopicPattern::fromName(QByteArray("/a").repeated(kTopicNameBytes / 2)).ok());
}

void TopicTest::wellFormedUtf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("valid");
    QTest::newRow("nothing") << QByteArray() << true;
    QTest::newRow("ASCII") << QByteArray("abc") << true;
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << true;
    QTest::newRow("U+0080") << QByteArray("\xc2\x80") << true;
    QTest::newRow("U+07FF") << QByteArray("\xdf\xbf") << true;
    QTest::newRow("U+0800") << QByteArray("\xe0\xa0\x80") << true;
    QTest::newRow("U+D7FF") << QByteArray("\xed\x9f\xbf") << true;
    QTest::newRow("U+E000") << QByteArray("\xee\x80\x80") << true;
    QTest::newRow("U+FEFF") << QByteArray("\xef\xbb\xbf") << true;
    QTest::newRow("U+FFFF") << QByteArray("\xef\xbf\xbf") << true;
    QTest::newRow("U+10FFFF") << QByteArray("\xf4\x8f\xbf\xbf") << true;
    QTest::newRow("long ASCII, then bad") << QByteArray(1000, 'a') + '\xff' << false;
    QTest::newRow("overlong, 2 bytes") << QByteArray("\xc1\xbf") << false;
    QTest::newRow("overlong, 3 bytes") << QByteArray("\xe0\x9f\xbf") << false;
    QTest::newRow("overlong, 4 bytes") << QByteArray("\xf0\x8f\xbf\xbf") << false;
    QTest::newRow("high surrogate") << QByteArray("\xed\xa0\x80") << false;
    QTest::newRow("low surrogate") << QByteArray("\xed\xbf\xbf") << false;
    QTest::newRow("surrogate pair") << QByteArray("\xed\xa0\x80\xed\xb0\x80") << false;
    QTest::newRow("U+110000") << QByteArray("\xf4\x90\x80\x80") << false;
    QTest::newRow("five bytes") << QByteArray("\xf8\x88\x80\x80\x80") << false;
    QTest::newRow("cut short") << QByteArray("\xe2\x82") << false;
    QTest::newRow("cut short by ASCII") << QByteArray("\xe2\x82z") << false;
    QTest::newRow("continuation alone") << QByteArray("a\x80") << false;
}

void TopicTest::wellFormedUtf8()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const bool, valid);
    QCOMPARE(isValidUtf8(bytes), valid);
}

QTEST_APPLESS_MAIN(TopicTest)
#include "tst_topic.moc"
