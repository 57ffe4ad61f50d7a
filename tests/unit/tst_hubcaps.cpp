// SPDX-License-Identifier: GPL-3.0-or-later
// How many topics there may be, with subscribers and without, and that very many cost no more each.
#include "hubfixture.h"

#include <QElapsedTimer>
#include <QTest>

#include <ctime>
#include <memory>

using namespace pushdeck;

class tst_HubCaps : public QObject
{
    Q_OBJECT

private slots:
    void topicsWithSubscribers();
    void patterns();
    void whatIsThereAlreadyIsNoMore();
    void aTopicOfManyCountsOnce();
    void aHundredThousandTopics();
};

namespace {

/// Whether these may be subscribed to as well.
bool room(const Hub &hub, std::initializer_list<const char *> names)
{
    const auto refused = hub.refusesMore(pushdeck::patterns(names));
    if (refused && (refused->kind != ErrorKind::Unavailable ||
                    refused->cause != RefusalCause::Topics || refused->words.isEmpty()))
        qFatal("An odd refusal.");
    return !refused;
}

} // namespace

void tst_HubCaps::topicsWithSubscribers()
{
    Bench bench;
    bench.hub.setLimits({3, 10});
    bench.publish("/remembered"); // has no subscriber
    const Subscribed a(bench.hub, {"/a", "/b"});
    QCOMPARE(bench.hub.topicsSubscribed(), std::size_t(2));
    QVERIFY(room(bench.hub, {"/c"}));
    QVERIFY(!room(bench.hub, {"/c", "/d"}));
    QVERIFY(!room(bench.hub, {"/c", "/remembered"}));
    {
        const Subscribed c(bench.hub, {"/c"});
        QVERIFY(!room(bench.hub, {"/d"}));
        QVERIFY(!room(bench.hub, {"/remembered"}));
        QVERIFY(room(bench.hub, {"/a", "/b", "/c"}));
        QVERIFY(room(bench.hub, {"/**"}));
    }
    QCOMPARE(bench.hub.topicsSubscribed(), std::size_t(2));
    QVERIFY(room(bench.hub, {"/d"}));
}

void tst_HubCaps::patterns()
{
    Bench bench;
    bench.hub.setLimits({100, 2});
    Subscribed a(bench.hub, {"/a/*", "/b/*"});
    QCOMPARE(bench.hub.patternsSubscribed(), std::size_t(2));
    QVERIFY(!room(bench.hub, {"/c/*"}));
    QVERIFY(room(bench.hub, {"/a/*", "/x"}));
    QVERIFY(bench.hub.unsubscribe(a.it, *TopicPattern::fromName("/a/*")));
    QVERIFY(room(bench.hub, {"/c/*"}));
}

void tst_HubCaps::whatIsThereAlreadyIsNoMore()
{
    Bench bench;
    const Subscribed a(bench.hub, {"/a", "/b", "/c/*"});
    bench.hub.setLimits({1, 0}); // fewer than there are
    QVERIFY(room(bench.hub, {"/a", "/b", "/c/*"}));
    QVERIFY(!room(bench.hub, {"/d"}));
    QVERIFY(!room(bench.hub, {"/d/*"}));
}

void tst_HubCaps::aTopicOfManyCountsOnce()
{
    Bench bench;
    auto first = std::make_unique<Subscribed>(bench.hub, std::initializer_list<const char *>{"/a"});
    auto second =
        std::make_unique<Subscribed>(bench.hub, std::initializer_list<const char *>{"/a"});
    QCOMPARE(bench.hub.topicsSubscribed(), std::size_t(1));
    first.reset();
    QCOMPARE(bench.hub.topicsSubscribed(), std::size_t(1));
    second.reset();
    QCOMPARE(bench.hub.topicsSubscribed(), std::size_t(0));
    // One that still catches up has not joined yet, and leaves without a trace.
    bench.publishMany("/a", 3);
    {
        const Subscribed waiting(bench.hub, {"/a"}, kAll, 1, 1);
        QCOMPARE(bench.hub.topicsSubscribed(), std::size_t(0));
    }
    QCOMPARE(bench.hub.topicsSubscribed(), std::size_t(0));
}

/// The hostile case: as many topics as may be with a subscriber, and a publisher who never says the
/// same name twice.
void tst_HubCaps::aHundredThousandTopics()
{
    constexpr int kTopics = 50'000;
    constexpr int kPublished = 100'000;
    Bench bench;
    std::vector<std::unique_ptr<RecordingSubscriber>> subscribers;
    std::vector<TopicPattern> topics;
    for (int i = 0; i < kTopics; ++i) {
        topics.push_back(*TopicPattern::fromName("/held/" + QByteArray::number(i)));
        if (topics.size() == 50) {
            QVERIFY(!bench.hub.refusesMore(topics));
            subscribers.push_back(std::make_unique<RecordingSubscriber>());
            bench.hub.subscribe(*subscribers.back(), std::uint64_t(i), std::exchange(topics, {}),
                                {});
        }
    }
    QCOMPARE(bench.hub.topicsSubscribed(), std::size_t(kTopics));
    QVERIFY(bench.hub.refusesMore(pushdeck::patterns({"/one/more"})));

    // What it computes, not how long other programs made it wait.
    const std::clock_t begin = std::clock();
    qint64 worstNs = 0;
    for (int i = 0; i < kPublished; ++i) {
        QElapsedTimer one;
        one.start();
        bench.publish(("/flood/" + QByteArray::number(i)).constData());
        worstNs = std::max(worstNs, one.nsecsElapsed());
    }
    const auto tookMs = qint64(std::clock() - begin) * 1000 / CLOCKS_PER_SEC;
    // What is there for a topic that nobody reads goes with its last message.
    QCOMPARE(bench.hub.history().messages(), bench.hub.history().limits().topics);
    QVERIFY(bench.hub.topics().size() == kTopics + bench.hub.history().limits().topics);
    qInfo("%d publishes to new topics beside %d: %lld ms, the slowest %.1f ms", kPublished, kTopics,
          tookMs, double(worstNs) / 1e6);
    // With a look at each table for each of them it would be minutes.
    QVERIFY(tookMs < 15'000);
    for (const auto &subscriber : subscribers)
        bench.hub.unsubscribe(*subscriber);
    QCOMPARE(bench.hub.topicsSubscribed(), std::size_t(0));
}

QTEST_APPLESS_MAIN(tst_HubCaps)
#include "tst_hubcaps.moc"
