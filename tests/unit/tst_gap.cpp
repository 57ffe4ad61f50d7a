// SPDX-License-Identifier: GPL-3.0-or-later
#include "historyfixture.h"

#include <QtTest>

using namespace pushdeck;
using Kind = Cursor::Kind;

/// What is gone: counted where it can be, told once, never passed over.
class GapTest final : public QObject
{
    Q_OBJECT

private slots:
    void noGapWhereNothingIsGone();
    void countedGap_data();
    void countedGap();
    void onlyACursorThatIsAnIdMisses();
    void gapOfSeveralTopicsResumesBeforeTheOldestLeft();
    void resumePointIsACursorWithoutGap();
    void tooOldToCount();
    void forgottenTopicIsAGapOfUnknownSize();
    void forgottenTopicThatCameBack();
    void forgottenTopicsConcernNobodyElse();
    void nothingRememberedAtAll();
    void otherRunOfTheServer();
    void fromTheFuture();
    void pagesJoinWithoutHoleOrRepeat();
    void evictedBetweenPages();
    void evictedBeforeTheFirstPage();
    void toldOnce();
    void whatComesElsewhereIsNeitherReadNorMissed();
};

void GapTest::noGapWhereNothingIsGone()
{
    Log log({.messagesPerTopic = 3});
    log.add("/a", 5);
    QVERIFY(!log.start(after(2), scope({"/a"})).gap);
    QVERIFY(!log.start(after(5), scope({"/a"})).gap);
    QVERIFY(!log.start(after(0), scope({"/never"})).gap);
    QCOMPARE(log.replay(after(2), scope({"/a"})), (Sequences{3, 4, 5}));
}

void GapTest::countedGap_data()
{
    // Three are remembered a topic. 1 to 5 went to /a, 6 to /b, 7 to /a: 1, 2, 3 are gone.
    QTest::addColumn<quint64>("cursor");
    QTest::addColumn<quint64>("lost");
    QTest::newRow("from the start") << quint64(0) << quint64(3);
    QTest::newRow("had one") << quint64(1) << quint64(2);
    QTest::newRow("missed one") << quint64(2) << quint64(1);
    QTest::newRow("missed none") << quint64(3) << quint64(0);
}

void GapTest::countedGap()
{
    QFETCH(const quint64, cursor);
    QFETCH(const quint64, lost);
    Log log({.messagesPerTopic = 3});
    log.add("/a", 5);
    log.add("/b");
    log.add("/a");
    const auto in = scope({"/a", "/b"});
    const auto start = log.start(after(cursor), in);
    if (lost == 0) {
        QVERIFY(!start.gap);
    } else {
        QVERIFY(start.gap);
        QCOMPARE(*start.gap, (Gap{Gap::Reason::Evicted, lost, {kEpoch, 3}}));
    }
    QCOMPARE(log.replay(after(cursor), in), (Sequences{4, 5, 6, 7}));
    QVERIFY(!log.page(start.position, in).gap);
}

void GapTest::onlyACursorThatIsAnIdMisses()
{
    Log log({.messagesPerTopic = 3});
    log.add("/a", 5);
    for (const auto &cursor :
         {Cursor{}, Cursor{Kind::All, 0, {}, {}}, Cursor{Kind::LastN, 5, {}, {}},
          Cursor{Kind::Age, 0, std::chrono::hours(1), {}}})
        QVERIFY(!log.start(cursor, scope({"/a"})).gap);
}

void GapTest::gapOfSeveralTopicsResumesBeforeTheOldestLeft()
{
    Log log({.messagesPerTopic = 2});
    log.add("/quiet"); // 1, still here
    log.add("/busy", 4);
    const auto in = scope({"/quiet", "/busy"});
    const auto start = log.start(after(0), in);
    // 1 follows the gap, so a client that leaves right after it must come back before 1.
    QCOMPARE(*start.gap, (Gap{Gap::Reason::Evicted, 2, {kEpoch, 0}}));
    QCOMPARE(log.replay(after(0), in), (Sequences{1, 4, 5}));
    // Whoever had 1 resumes behind what is gone.
    QCOMPARE(*log.start(after(1), in).gap, (Gap{Gap::Reason::Evicted, 2, {kEpoch, 3}}));
}

void GapTest::resumePointIsACursorWithoutGap()
{
    Log log({.messagesPerTopic = 3});
    log.add("/a", 10);
    const auto gap = log.start(after(2), scope({"/a"})).gap;
    QVERIFY(gap);
    const auto cursor = Cursor::parse(gap->resumedAt.toByteArray());
    QVERIFY(cursor.ok());
    QVERIFY(!log.start(*cursor, scope({"/a"})).gap);
    QCOMPARE(log.replay(*cursor, scope({"/a"})), (Sequences{8, 9, 10}));
}

void GapTest::tooOldToCount()
{
    // A hundred evictions are known: 111 to 113 are here, 11 to 110 are known as gone.
    static_assert(History::kCountedLosses == 100);
    Log log({.messagesPerTopic = 3});
    log.add("/a", 113);
    const auto lostAfter = [&log](std::uint64_t cursor) {
        return log.start(after(cursor), scope({"/a"})).gap->lost;
    };
    QCOMPARE(lostAfter(108), std::optional<std::uint64_t>(2));
    QCOMPARE(lostAfter(10), std::optional<std::uint64_t>(100));
    QCOMPARE(lostAfter(9), std::nullopt);
    QCOMPARE(lostAfter(0), std::nullopt);
}

void GapTest::forgottenTopicIsAGapOfUnknownSize()
{
    Log log({.topics = 1});
    log.add("/a", 2);
    log.add("/b"); // 3: /a is forgotten
    const auto gap = log.start(after(1), scope({"/a"})).gap;
    QVERIFY(gap);
    QCOMPARE(*gap, (Gap{Gap::Reason::Evicted, std::nullopt, {kEpoch, 2}}));
    QVERIFY(log.start(after(1), scope({"/**"})).gap);
    QVERIFY(!log.start(after(2), scope({"/a"})).gap);
}

void GapTest::forgottenTopicThatCameBack()
{
    Log log({.topics = 1});
    log.add("/a", 2);
    log.add("/b"); // /a is forgotten
    log.add("/a"); // and comes back, without its past
    const auto gap = log.start(after(1), scope({"/a"})).gap;
    QVERIFY2(gap, "what was lost of a topic's earlier life is told");
    QCOMPARE(*gap, (Gap{Gap::Reason::Evicted, std::nullopt, {kEpoch, 3}}));
    QVERIFY(!log.start(after(3), scope({"/a"})).gap);
}

void GapTest::forgottenTopicsConcernNobodyElse()
{
    Log log({.topics = 2});
    log.add("/kept");
    log.add("/a");
    log.add("/kept");
    log.add("/a");
    log.add("/b");    // /kept holds the oldest message: it goes
    log.add("/kept"); // /a goes
    log.add("/b");
    QVERIFY(!log.start(after(5), scope({"/b"})).gap);
    QVERIFY(!log.start(after(5), scope({"/b", "/kept"})).gap);
}

void GapTest::nothingRememberedAtAll()
{
    Log log({.messagesPerTopic = 0});
    log.add("/a", 5);
    log.add("@1");
    QCOMPARE(log.history.messages(), 0u);
    QCOMPARE(log.history.bytes(), 0u);
    QVERIFY(log.start(after(1), scope({"/a"})).gap);
    QVERIFY(log.start(after(5), scope({"@1"})).gap);
    QVERIFY(!log.start(after(6), scope({"/a"})).gap);
    QVERIFY(!log.start(Cursor{}, scope({"/a"})).gap);
}

void GapTest::otherRunOfTheServer()
{
    Log log({.messagesPerTopic = 3});
    log.add("/a", 5);
    const Cursor cursor = after(3, "before");
    const auto gap = log.start(cursor, scope({"/a"})).gap;
    QVERIFY(gap);
    QCOMPARE(*gap, (Gap{Gap::Reason::Restarted, std::nullopt, {kEpoch, 2}}));
    QCOMPARE(log.replay(cursor, scope({"/a"})), (Sequences{3, 4, 5}));

    const Log fresh;
    QCOMPARE(*fresh.start(cursor, scope({"/a"})).gap,
             (Gap{Gap::Reason::Restarted, std::nullopt, {kEpoch, 0}}));
}

void GapTest::fromTheFuture()
{
    // The same epoch with a sequence that was never given: its messages cannot be known.
    Log log;
    log.add("/a", 5);
    const auto gap = log.start(after(6), scope({"/a"})).gap;
    QVERIFY(gap);
    QCOMPARE(gap->reason, Gap::Reason::Restarted);
    QCOMPARE(gap->lost, std::nullopt);
    QCOMPARE(log.replay(after(6), scope({"/a"})), (Sequences{1, 2, 3, 4, 5}));
}

void GapTest::pagesJoinWithoutHoleOrRepeat()
{
    Log log;
    for (int i = 0; i < 50; ++i)
        log.add(i % 3 ? "/a" : "/b");
    const auto in = scope({"/a", "/b"});
    History::Position position = log.start(after(0), in).position;
    std::uint64_t last = 0;
    for (bool complete = false; !complete;) {
        const auto page = log.page(position, in, 7);
        QVERIFY(page.messages.size() <= 7);
        for (const MessagePtr &message : page.messages)
            QCOMPARE(message->sequence(), ++last);
        position.read = last;
        complete = page.complete;
        if (!complete && log.newest < 60)
            log.add("/b");
    }
    QCOMPARE(last, log.newest);
    QVERIFY(log.newest > 55);
}

void GapTest::evictedBetweenPages()
{
    Log log({.messagesPerTopic = 5});
    log.add("/a", 5);
    const auto in = scope({"/a"});
    History::Position position = log.start(after(0), in).position;
    QCOMPARE(log.page(position, in, 2).messages.size(), 2u);
    position.read = 2;
    log.add("/a", 4); // 3 and 4 go, unread
    const auto page = log.page(position, in);
    QVERIFY(page.gap);
    QCOMPARE(*page.gap, (Gap{Gap::Reason::Evicted, 2, {kEpoch, 4}}));
    QCOMPARE(page.messages.front()->sequence(), 5u);
}

void GapTest::evictedBeforeTheFirstPage()
{
    Log log({.messagesPerTopic = 3});
    log.add("/a", 4);
    const auto in = scope({"/a"});
    const auto start = log.start(after(0), in);
    QCOMPARE(start.gap->lost, std::optional<std::uint64_t>(1));
    log.add("/a", 2); // 2 and 3 go: older than the newest message when the gap was told
    const auto page = log.page(start.position, in);
    QVERIFY(page.gap);
    QCOMPARE(*page.gap, (Gap{Gap::Reason::Evicted, 2, {kEpoch, 3}}));
}

void GapTest::toldOnce()
{
    Log log({.messagesPerTopic = 3});
    log.add("/a", 10);
    const auto in = scope({"/a"});
    const auto start = log.start(after(0), in);
    QVERIFY(start.gap);
    QVERIFY(!log.page(start.position, in).gap);
    log.add("/b", 10);
    QVERIFY(!log.page(start.position, in).gap);
}

void GapTest::whatComesElsewhereIsNeitherReadNorMissed()
{
    Log log({.messagesPerTopic = 3});
    for (int i = 0; i < 5; ++i) {
        log.add("/a"); // 1, 3, 5, 7, 9
        log.add("/b"); // 2, 4, 6, 8, 10
    }
    HistoryScope in = scope({"/*"});
    in.elsewhere.push_back({*TopicPattern::fromName("/a"), 1, 8, 0});
    const auto start = log.start(after(0), in);
    QCOMPARE(start.gap->lost, std::optional<std::uint64_t>(3)); // 1, 2 and 4, not 3
    QCOMPARE(log.replay(after(0), in), (Sequences{6, 8, 9, 10}));
    QVERIFY(log.page(start.position, in, 2).messages.size() == 2);
    QVERIFY(!log.page(start.position, in, 2).complete);
    QVERIFY(log.page(start.position, in, 4).complete);
}

QTEST_APPLESS_MAIN(GapTest)
#include "tst_gap.moc"
