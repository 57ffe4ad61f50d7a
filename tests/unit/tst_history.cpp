// SPDX-License-Identifier: GPL-3.0-or-later
#include "historyfixture.h"

#include <QtTest>

#include <algorithm>

using namespace pushdeck;
using Kind = Cursor::Kind;

Q_DECLARE_METATYPE(pushdeck::Cursor)
Q_DECLARE_METATYPE(pushdeck::Sequences)

/// What is remembered, and what a cursor finds of it.
class HistoryTest final : public QObject
{
    Q_OBJECT

private slots:
    void cursorReplays_data();
    void cursorReplays();
    void patternReadsEveryTopicItMatches();
    void shelvesAreReadByNameOnly();
    void boundedPerTopic();
    void boundedInBytes();
    void newestMessageStaysWhateverItsSize();
    void boundedInTopics();
    void emptyTopicIsForgotten();
    void droppedShelf();
    void newLimitsHoldAtOnce();
    void noneRememberedFromNowOn();
};

void HistoryTest::newLimitsHoldAtOnce()
{
    Log log;
    log.add("/a", 10);
    log.add("/b", 10);
    log.add("shelf", 10);
    HistoryLimits limits;
    limits.messagesPerTopic = 3;
    log.history.setLimits(limits, log.newest);
    QCOMPARE(log.history.messages(), std::size_t(9));
    QCOMPARE(log.replay(Cursor{Kind::All, 0, {}, {}}, scope({"/a"})), (Sequences{8, 9, 10}));
    // Whoever read up to 5 is told what went.
    const auto gap = log.start(after(5), scope({"/a"})).gap;
    QVERIFY(gap);
    QCOMPARE(gap->lost.value_or(0), std::uint64_t(2));
    limits.messages = 4;
    log.history.setLimits(limits, log.newest);
    QCOMPARE(log.history.messages(), std::size_t(4));
    limits.topics = 1;
    log.add("/a");
    log.history.setLimits(limits, log.newest);
    QVERIFY(log.history.names().size() <= 2); // a topic, and the shelf
    // More room again: what is gone stays gone, what comes stays.
    log.history.setLimits({}, log.newest);
    log.add("/a", 50);
    QCOMPARE(log.history.messages("/a") >= 50, true);
}

void HistoryTest::noneRememberedFromNowOn()
{
    Log log;
    log.add("/a", 10);
    log.add("shelf", 2);
    HistoryLimits limits;
    limits.messagesPerTopic = 0;
    log.history.setLimits(limits, log.newest);
    QCOMPARE(log.history.messages(), std::size_t(0));
    QVERIFY(!log.history.names().contains("/a"));
    QVERIFY(log.start(after(5), scope({"/a"})).gap);
}

void HistoryTest::cursorReplays_data()
{
    // Published: 1, 3, 5, … in /a; 2, 4, 6, … in /b; ten in all.
    QTest::addColumn<Cursor>("cursor");
    QTest::addColumn<Sequences>("fromA");
    QTest::addColumn<Sequences>("fromBoth");
    const auto lastN = [](std::uint32_t count) { return Cursor{Kind::LastN, count, {}, {}}; };
    const auto age = [](int s) { return Cursor{Kind::Age, 0, std::chrono::seconds(s), {}}; };
    const Sequences allOfA{1, 3, 5, 7, 9};
    const Sequences all{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    QTest::newRow("latest") << Cursor{} << Sequences{} << Sequences{};
    QTest::newRow("all") << Cursor{Kind::All, 0, {}, {}} << allOfA << all;
    QTest::newRow("last one") << lastN(1) << Sequences{9} << Sequences{10};
    QTest::newRow("last three") << lastN(3) << Sequences{5, 7, 9} << Sequences{8, 9, 10};
    QTest::newRow("last five") << lastN(5) << allOfA << Sequences{6, 7, 8, 9, 10};
    QTest::newRow("last more than there are") << lastN(99) << allOfA << all;
    QTest::newRow("age 0") << age(0) << Sequences{} << Sequences{10};
    QTest::newRow("age 3 s") << age(3) << Sequences{7, 9} << Sequences{7, 8, 9, 10};
    QTest::newRow("age of all") << age(3600) << allOfA << all;
    QTest::newRow("after 0") << after(0) << allOfA << all;
    QTest::newRow("after its own") << after(5) << Sequences{7, 9} << Sequences{6, 7, 8, 9, 10};
    QTest::newRow("after another's") << after(6) << Sequences{7, 9} << Sequences{7, 8, 9, 10};
    QTest::newRow("after the newest") << after(10) << Sequences{} << Sequences{};
}

void HistoryTest::cursorReplays()
{
    QFETCH(const Cursor, cursor);
    QFETCH(const Sequences, fromA);
    QFETCH(const Sequences, fromBoth);
    Log log;
    for (int i = 0; i < 5; ++i) {
        log.add("/a");
        log.add("/b");
    }
    QVERIFY(!log.start(cursor, scope({"/a"})).gap);
    QCOMPARE(log.replay(cursor, scope({"/a"})), fromA);
    QCOMPARE(log.replay(cursor, scope({"/b", "/a"})), fromBoth);
    QCOMPARE(log.replay(cursor, scope({"/*"})), fromBoth);
    QCOMPARE(log.replay(cursor, scope({"/none"})), Sequences{});
}

void HistoryTest::patternReadsEveryTopicItMatches()
{
    Log log;
    log.add("/a/1");
    log.add("/b/1");
    log.add("/a/2");
    log.add("/a/2/x");
    log.add("**");
    const Cursor all{Kind::All, 0, {}, {}};
    QCOMPARE(log.replay(all, scope({"/a/*"})), (Sequences{1, 3}));
    QCOMPARE(log.replay(all, scope({"/a/**"})), (Sequences{1, 3, 4}));
    QCOMPARE(log.replay(all, scope({"/**"})), (Sequences{1, 2, 3, 4}));
    QCOMPARE(log.replay(all, scope({"/*/1", "/a/*"})), (Sequences{1, 2, 3}));
}

void HistoryTest::shelvesAreReadByNameOnly()
{
    Log log;
    log.add("/a");
    log.add("@1");
    log.add("@2");
    const Cursor all{Kind::All, 0, {}, {}};
    QCOMPARE(log.replay(all, scope({"/a", "@1"})), (Sequences{1, 2}));
    QCOMPARE(log.replay(all, scope({"/**", "@2"})), (Sequences{1, 3}));
    QCOMPARE(log.replay(all, scope({"/**"})), (Sequences{1}));
}

void HistoryTest::boundedPerTopic()
{
    Log log({.messagesPerTopic = 3});
    log.add("/a", 5);
    log.add("/b", 1);
    QCOMPARE(log.history.messages("/a"), 3u);
    QCOMPARE(log.history.messages("/b"), 1u);
    QCOMPARE(log.history.messages(), 4u);
    QCOMPARE(log.replay({Kind::All, 0, {}, {}}, scope({"/a"})), (Sequences{3, 4, 5}));
}

void HistoryTest::boundedInBytes()
{
    Log log({.bytes = 100'000});
    log.add("/a", 3, 20'000);
    log.add("/b", 1, 20'000);
    QCOMPARE(log.history.messages(), 4u);
    log.add("/b", 1, 40'000); // the oldest go, whatever their topic
    QCOMPARE(log.history.messages("/a"), 1u);
    QCOMPARE(log.history.messages("/b"), 2u);
    QVERIFY(log.history.bytes() <= 100'000);
    // Empty messages cost as well.
    log.add("/c", 10'000, 0);
    QVERIFY(log.history.bytes() <= 100'000);
    QVERIFY(log.history.messages() < 1000);
}

void HistoryTest::newestMessageStaysWhateverItsSize()
{
    Log log({.bytes = 1000});
    log.add("/a", 1, 5000);
    QCOMPARE(log.history.messages("/a"), 1u);
    log.add("/b", 1, 5000);
    QCOMPARE(log.history.names(), QByteArrayList{"/b"});
}

void HistoryTest::boundedInTopics()
{
    Log log({.topics = 2});
    log.add("/a");
    log.add("/b");
    log.add("/a");
    log.add("@1"); // no topic
    log.add("/c"); // the one with the oldest message goes, whole
    QByteArrayList names = log.history.names();
    std::sort(names.begin(), names.end());
    QCOMPARE(names, (QByteArrayList{"/b", "/c", "@1"}));
    QCOMPARE(log.history.messages(), 3u);
    log.add("/b", 2); // is here already
    QCOMPARE(log.history.names().size(), 3);
}

void HistoryTest::emptyTopicIsForgotten()
{
    Log log({.bytes = 1000});
    log.add("/a");
    log.add("@1");
    log.add("/b", 1, 5000);
    QVERIFY(!log.history.names().contains("/a"));
    QCOMPARE(log.history.messages("@1"), 0u);
    QCOMPARE(log.history.messages("/b"), 1u);
}

void HistoryTest::droppedShelf()
{
    Log log;
    log.add("@1", 3);
    log.add("@2", 1);
    const std::size_t before = log.history.bytes();
    log.history.drop("@1");
    log.history.drop("@3");
    QCOMPARE(log.history.messages(), 1u);
    QVERIFY(log.history.bytes() * 3 < before);
}

QTEST_APPLESS_MAIN(HistoryTest)
#include "tst_history.moc"
