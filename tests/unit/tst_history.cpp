// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history.h"

#include <QtTest>

#include <algorithm>

using namespace pushdeck;
using Kind = Cursor::Kind;

namespace {

const QByteArray kEpoch("e");

HistoryScope scope(std::initializer_list<const char *> names)
{
    HistoryScope it;
    for (const char *name : names) {
        if (*name == '/')
            it.topics.push_back(*TopicPattern::fromName(name));
        else
            it.shelves.append(name);
    }
    return it;
}

Cursor after(std::uint64_t sequence, const QByteArray &epoch = kEpoch)
{
    return Cursor::after({epoch, sequence});
}

/// Messages with rising sequences; a message is published each second.
class Log
{
public:
    explicit Log(HistoryLimits limits = {}) : history(limits) {}

    void add(const QByteArray &name, int times = 1, qsizetype dataBytes = 1)
    {
        for (int i = 0; i < times; ++i) {
            Message::Fields fields;
            fields.sequence = ++newest;
            fields.topic = name;
            fields.data = QByteArray(dataBytes, 'x');
            fields.timeMs = static_cast<std::int64_t>(newest) * 1000;
            history.add(name, std::make_shared<const Message>(std::move(fields)));
        }
    }

    [[nodiscard]] History::Start start(const Cursor &cursor, const HistoryScope &in) const
    {
        return history.start(cursor, in, kEpoch, newest, static_cast<std::int64_t>(newest) * 1000);
    }

    [[nodiscard]] History::Page page(History::Position from, const HistoryScope &in,
                                     std::size_t most = 1000) const
    {
        return history.page(from, in, kEpoch, most);
    }

    /// The sequences a cursor replays.
    [[nodiscard]] std::vector<int> replay(const Cursor &cursor, const HistoryScope &in) const
    {
        std::vector<int> sequences;
        for (const MessagePtr &message : page(start(cursor, in).position, in).messages)
            sequences.push_back(static_cast<int>(message->sequence()));
        return sequences;
    }

    History history;
    std::uint64_t newest = 0;
};

using Sequences = std::vector<int>;

} // namespace

Q_DECLARE_METATYPE(pushdeck::Cursor)
Q_DECLARE_METATYPE(Sequences)

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

void HistoryTest::noGapWhereNothingIsGone()
{
    Log log({.messagesPerTopic = 3});
    log.add("/a", 5);
    QVERIFY(!log.start(after(2), scope({"/a"})).gap);
    QVERIFY(!log.start(after(5), scope({"/a"})).gap);
    QVERIFY(!log.start(after(0), scope({"/never"})).gap);
    QCOMPARE(log.replay(after(2), scope({"/a"})), (Sequences{3, 4, 5}));
}

void HistoryTest::countedGap_data()
{
    // Three are remembered a topic. 1 to 5 went to /a, 6 to /b, 7 to /a: 1, 2, 3 are gone.
    QTest::addColumn<quint64>("cursor");
    QTest::addColumn<quint64>("lost");
    QTest::newRow("from the start") << quint64(0) << quint64(3);
    QTest::newRow("had one") << quint64(1) << quint64(2);
    QTest::newRow("missed one") << quint64(2) << quint64(1);
    QTest::newRow("missed none") << quint64(3) << quint64(0);
}

void HistoryTest::countedGap()
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

void HistoryTest::onlyACursorThatIsAnIdMisses()
{
    Log log({.messagesPerTopic = 3});
    log.add("/a", 5);
    for (const auto &cursor :
         {Cursor{}, Cursor{Kind::All, 0, {}, {}}, Cursor{Kind::LastN, 5, {}, {}},
          Cursor{Kind::Age, 0, std::chrono::hours(1), {}}})
        QVERIFY(!log.start(cursor, scope({"/a"})).gap);
}

void HistoryTest::gapOfSeveralTopicsResumesBeforeTheOldestLeft()
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

void HistoryTest::resumePointIsACursorWithoutGap()
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

void HistoryTest::tooOldToCount()
{
    // As many evictions as messages are remembered: 11 to 13 are here, 8 to 10 are known as gone.
    Log log({.messagesPerTopic = 3});
    log.add("/a", 13);
    const auto lostAfter = [&log](std::uint64_t cursor) {
        return log.start(after(cursor), scope({"/a"})).gap->lost;
    };
    QCOMPARE(lostAfter(8), std::optional<std::uint64_t>(2));
    QCOMPARE(lostAfter(7), std::optional<std::uint64_t>(3));
    QCOMPARE(lostAfter(6), std::nullopt);
    QCOMPARE(lostAfter(0), std::nullopt);
}

void HistoryTest::forgottenTopicIsAGapOfUnknownSize()
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

void HistoryTest::forgottenTopicThatCameBack()
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

void HistoryTest::forgottenTopicsConcernNobodyElse()
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

void HistoryTest::nothingRememberedAtAll()
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

void HistoryTest::otherRunOfTheServer()
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

void HistoryTest::fromTheFuture()
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

void HistoryTest::pagesJoinWithoutHoleOrRepeat()
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

void HistoryTest::evictedBetweenPages()
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

void HistoryTest::evictedBeforeTheFirstPage()
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

void HistoryTest::toldOnce()
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

void HistoryTest::whatComesElsewhereIsNeitherReadNorMissed()
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

QTEST_APPLESS_MAIN(HistoryTest)
#include "tst_history.moc"
