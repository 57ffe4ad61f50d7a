// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubfixture.h"

#include <QtTest>

using namespace pushdeck;

/// Subscribing: how a replay meets what is live, and how parts of a subscription meet each other.
class SubscriptionTest final : public QObject
{
    Q_OBJECT

private slots:
    void replayThenLive();
    void replayStopsAndGoesOn();
    void publishedWhileAReplayStands();
    void resumeIsHarmless();
    void gapBeforeTheMessages();
    void gapWhileAReplayStands();
    void addedTopicHasItsOwnCursor();
    void topicTheSubscriberHasIsLeftAsItIs();
    void addedPatternDoesNotRepeat();
    void addedPatternHasAllWhereTheRestWasHad();
    void legsCatchUpOneAfterTheOther();
    void gapOfAnAddedPatternCountsOnlyItsOwn();
    void unsubscribedTopicStaysSilent();
    void unsubscribedTopicComesThroughThePatternBehindIt();
    void unsubscribeWhileAReplayStands();
    void unsubscribedTopicTellsFirstWhatItLost();
    void unsubscribeAll();
    void toAllReachesAReplayBesideEveryPattern();
};

void SubscriptionTest::replayThenLive()
{
    Bench bench;
    bench.publishMany("/a", Bench::kPages);
    Subscribed one(bench.hub, {"/a"}, kAll);
    QVERIFY(!Hub::isCatchingUp(one.it));
    QCOMPARE(one->sequences(), range(1, Bench::kPages));
    bench.publish("/a");
    QCOMPARE(one->sequences(), range(1, Bench::kPages + 1));
}

void SubscriptionTest::replayStopsAndGoesOn()
{
    Bench bench;
    bench.publishMany("/a", Bench::kPages);
    Subscribed one(bench.hub, {"/a"}, kAll, 1, 0);
    QVERIFY(one->items.empty());
    for (int expected = 0; expected < Bench::kPages; ++expected) {
        QCOMPARE(one->sequences(), range(1, expected));
        QVERIFY(Hub::isCatchingUp(one.it));
        one->room = 1;
        bench.hub.resume(one.it);
    }
    QCOMPARE(one->sequences(), range(1, Bench::kPages));
    one->room = -1;
    bench.hub.resume(one.it);
    QVERIFY(!Hub::isCatchingUp(one.it));
}

void SubscriptionTest::publishedWhileAReplayStands()
{
    Bench bench;
    bench.publishMany("/a", 100);
    Subscribed one(bench.hub, {"/a"}, kAll, 1, 10);
    int published = 100;
    while (Hub::isCatchingUp(one.it)) {
        QCOMPARE(bench.publish("/a").delivered(), 0u); // it is behind
        ++published;
        one->room = 10;
        bench.hub.resume(one.it);
    }
    bench.publish("/a");
    QCOMPARE(one->sequences(), range(1, published + 1));
}

void SubscriptionTest::resumeIsHarmless()
{
    Bench bench;
    RecordingSubscriber stranger;
    bench.hub.resume(stranger);
    bench.hub.unsubscribe(stranger);
    QVERIFY(!Hub::isCatchingUp(stranger));
    Subscribed one(bench.hub, {"/a"}, kAll);
    bench.publish("/a");
    bench.hub.resume(one.it);
    QCOMPARE(one->sequences(), range(1, 1));
}

void SubscriptionTest::gapBeforeTheMessages()
{
    Bench bench({.messagesPerTopic = 3});
    bench.publishMany("/a", 5);
    Subscribed one(bench.hub, {"/a"}, Cursor::after({kEpoch, 0}));
    QCOMPARE(one->sequences(), (Sequences{0, 3, 4, 5}));
    QCOMPARE(one->items[0].gap, (Gap{Gap::Reason::Evicted, 2, {kEpoch, 2}}));
    // Told even to one that wants no messages yet.
    Subscribed waiting(bench.hub, {"/a"}, Cursor::after({"before", 9}), 1, 0);
    QCOMPARE(waiting->sequences(), (Sequences{0}));
    QCOMPARE(waiting->items[0].gap.reason, Gap::Reason::Restarted);
}

void SubscriptionTest::gapWhileAReplayStands()
{
    Bench bench({.messagesPerTopic = 5});
    bench.publishMany("/a", 5);
    Subscribed one(bench.hub, {"/a"}, kAll, 1, 2);
    QCOMPARE(one->sequences(), range(1, 2));
    bench.publishMany("/a", 4); // 3 and 4 go
    one->room = 1;
    bench.hub.resume(one.it);
    QCOMPARE(one->sequences(), (Sequences{1, 2, 0, 5}));
    QCOMPARE(one->items[2].gap, (Gap{Gap::Reason::Evicted, 2, {kEpoch, 4}}));
    bench.publishMany("/a", 2); // 6 goes; 5 was had
    one->room = -1;
    bench.hub.resume(one.it);
    QCOMPARE(one->sequences(), (Sequences{1, 2, 0, 5, 0, 7, 8, 9, 10, 11}));
    QCOMPARE(one->items[4].gap, (Gap{Gap::Reason::Evicted, 1, {kEpoch, 6}}));
}

void SubscriptionTest::addedTopicHasItsOwnCursor()
{
    Bench bench;
    bench.publish("/a");
    bench.publish("/b");
    bench.publish("/b");
    Subscribed one(bench.hub, {"/a"});
    bench.hub.subscribe(one.it, 1, patterns({"/b"}), Cursor{Cursor::Kind::LastN, 1, {}, {}});
    bench.publish("/a");
    bench.publish("/b");
    QCOMPARE(one->sequences(), (Sequences{3, 4, 5}));
}

void SubscriptionTest::topicTheSubscriberHasIsLeftAsItIs()
{
    Bench bench;
    bench.publish("/a");
    Subscribed one(bench.hub, {"/a"});
    bench.hub.subscribe(one.it, 1, patterns({"/a"}), kAll);
    QVERIFY(one->items.empty());
    QCOMPARE(bench.publish("/a").delivered(), 1u);
    QVERIFY(bench.hub.unsubscribe(one.it, *TopicPattern::fromName("/a")));
    QVERIFY(!bench.hub.unsubscribe(one.it, *TopicPattern::fromName("/a")));
    QCOMPARE(bench.publish("/a").delivered(), 0u);
}

void SubscriptionTest::addedPatternDoesNotRepeat()
{
    Bench bench;
    bench.publish("/a"); // before the topic's own start: the pattern brings it
    bench.publish("/b");
    Subscribed one(bench.hub, {"/a"});
    bench.publish("/a"); // had
    bench.hub.subscribe(one.it, 1, patterns({"/*"}), kAll);
    bench.publish("/a");
    QCOMPARE(one->sequences(), (Sequences{3, 1, 2, 4}));
}

void SubscriptionTest::addedPatternHasAllWhereTheRestWasHad()
{
    Bench bench;
    bench.publish("/a");
    Subscribed one(bench.hub, {"/a"});
    bench.publish("/a"); // had
    one->room = 1;       // for the one that is missing, and no more
    bench.hub.subscribe(one.it, 1, patterns({"/*"}), kAll);
    QCOMPARE(one->sequences(), (Sequences{2, 1}));
    QVERIFY(!Hub::isCatchingUp(one.it));
}

void SubscriptionTest::legsCatchUpOneAfterTheOther()
{
    // A topic that a standing replay has still to bring is not overtaken by a live pattern.
    Bench bench;
    bench.publishMany("/a", 4);
    Subscribed one(bench.hub, {"/a"}, kAll, 1, 1);
    one->room = 1;
    bench.hub.subscribe(one.it, 1, patterns({"/**"}), Cursor{});
    bench.publish("/a");
    bench.publish("/b");
    QCOMPARE(one->sequences(), range(1, 2));
    one->room = 4;
    bench.hub.resume(one.it);
    bench.publish("/a");
    QCOMPARE(one->sequences(), range(1, 7));
}

void SubscriptionTest::gapOfAnAddedPatternCountsOnlyItsOwn()
{
    Bench bench({.messagesPerTopic = 2});
    Subscribed one(bench.hub, {"/a"});
    bench.publishMany("/a", 4);
    bench.publish("/b");
    // 1 and 2 are gone, and were had.
    bench.hub.subscribe(one.it, 1, patterns({"/**"}), Cursor::after({kEpoch, 0}));
    QCOMPARE(one->sequences(), range(1, 5));
}

void SubscriptionTest::unsubscribedTopicStaysSilent()
{
    Bench bench;
    Subscribed one(bench.hub, {"/a", "/b", "/c/*"});
    QVERIFY(bench.hub.unsubscribe(one.it, *TopicPattern::fromName("/a")));
    QVERIFY(bench.hub.unsubscribe(one.it, *TopicPattern::fromName("/c/*")));
    QVERIFY(!bench.hub.unsubscribe(one.it, *TopicPattern::fromName("/never")));
    bench.publish("/a");
    bench.publish("/c/1");
    bench.publish("/b");
    QCOMPARE(one->sequences(), (Sequences{3}));
    // Subscribed again it may start earlier.
    bench.hub.subscribe(one.it, 1, patterns({"/a"}), kAll);
    QCOMPARE(one->sequences(), (Sequences{3, 1}));
}

void SubscriptionTest::unsubscribedTopicComesThroughThePatternBehindIt()
{
    Bench bench;
    bench.publishMany("/a", 2);
    Subscribed one(bench.hub, {"/a"}, kAll);
    one->room = 0;
    bench.hub.subscribe(one.it, 1, patterns({"/**"}), kAll);
    bench.publish("/a"); // 3, through the topic
    QVERIFY(bench.hub.unsubscribe(one.it, *TopicPattern::fromName("/a")));
    bench.publish("/a"); // 4, for the pattern to bring
    one->room = -1;
    bench.hub.resume(one.it);
    bench.publish("/a");
    QCOMPARE(one->sequences(), range(1, 5));
}

void SubscriptionTest::unsubscribeWhileAReplayStands()
{
    Bench bench;
    bench.publish("/a");
    bench.publish("/b");
    bench.publish("/a");
    Subscribed one(bench.hub, {"/a", "/b"}, kAll, 1, 1);
    QVERIFY(bench.hub.unsubscribe(one.it, *TopicPattern::fromName("/a")));
    one->room = -1;
    bench.hub.resume(one.it);
    bench.publish("/a");
    bench.publish("/b");
    QCOMPARE(one->sequences(), (Sequences{1, 2, 5}));
}

void SubscriptionTest::unsubscribedTopicTellsFirstWhatItLost()
{
    Bench bench({.messagesPerTopic = 2});
    bench.publishMany("/a", 2);
    Subscribed one(bench.hub, {"/a"}, kAll, 1, 0);
    bench.publish("/a"); // 1 goes, unread
    bench.hub.subscribe(one.it, 1, patterns({"/**"}), kAll);
    QVERIFY(bench.hub.unsubscribe(one.it, *TopicPattern::fromName("/a")));
    QCOMPARE(one->sequences(), (Sequences{0}));
    QCOMPARE(one->items[0].gap.lost, std::optional<std::uint64_t>(1));
    one->room = -1;
    bench.hub.resume(one.it);
    QCOMPARE(one->sequences(), (Sequences{0, 2, 3}));
}

void SubscriptionTest::unsubscribeAll()
{
    Bench bench;
    Subscribed one(bench.hub, {"/a", "/**"});
    bench.hub.unsubscribe(one.it);
    bench.hub.unsubscribe(one.it);
    bench.publish("/a");
    QVERIFY(bench.hub.publishToAll({}).ok());
    QVERIFY(one->items.empty());
}

void SubscriptionTest::toAllReachesAReplayBesideEveryPattern()
{
    // A message to all names "/**" as its topic, which the pattern "/**" does not bring.
    Bench bench;
    bench.publishMany("/a", 3);
    Subscribed one(bench.hub, {"/a"}, kAll, 1, 1);
    one->room = 1;
    bench.hub.subscribe(one.it, 1, patterns({"/**"}), {});
    QVERIFY(bench.hub.publishToAll({}).ok());
    QVERIFY(bench.hub.publishToClient(1, "/a", {}).ok());
    one->room = -1;
    bench.hub.resume(one.it);
    QCOMPARE(one->sequences(), range(1, 5));
}

QTEST_APPLESS_MAIN(SubscriptionTest)
#include "tst_subscription.moc"
