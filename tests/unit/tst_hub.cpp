// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubfixture.h"

#include <QtTest>

using namespace pushdeck;

Q_DECLARE_METATYPE(pushdeck::Publication)
Q_DECLARE_METATYPE(pushdeck::Cursor)

/// Publishing: what a message becomes, and whom it reaches.
class HubTest final : public QObject
{
    Q_OBJECT

private slots:
    void messageIsStamped();
    void contentType_data();
    void contentType();
    void refusedPublication_data();
    void refusedPublication();
    void refusedPublicationTakesNoNumber();
    void reachesSubscribersOfTheTopicOnly();
    void everySubscriberSeesOneOrder();
    void overlappingTopicsDeliverOnce();
    void receiptCounts();
    void observerSeesEachPublish();
    void encodingIsShared();
    void toAll();
    void toAllIsReplayed();
    void toOneClient();
    void shelfWaitsForItsClient();
    void forgottenClient();
    void restingTakesNothing();
    void wakingGoesOn_data();
    void wakingGoesOn();
    void wakingTellsGaps();
    void wakingWithinAReplay();
    void topicsThatExist();
    void forgottenTopicsLeaveNothingBehind();
};

void HubTest::messageIsStamped()
{
    Bench bench;
    QCOMPARE(bench.hub.newest().toByteArray(), QByteArray("e-0"));
    bench.timeMs = 1700000000123;
    Publication publication;
    publication.data = "hello";
    publication.event = "tick";
    publication.publisher = Publisher::Http;
    publication.origin = "10.0.0.1:5";
    const auto receipt = bench.hub.publish(*Topic::fromName("/a"), publication);
    QVERIFY(receipt.ok());
    const Message &message = *receipt->message;
    QCOMPARE(message->id, QByteArray("e-1"));
    QCOMPARE(message->sequence, 1u);
    QCOMPARE(message->topic, QByteArray("/a"));
    QCOMPARE(message->event, QByteArray("tick"));
    QCOMPARE(message->data, QByteArray("hello"));
    QCOMPARE(message->timeMs, 1700000000123);
    QCOMPARE(message->publisher, Publisher::Http);
    QCOMPARE(message->origin, QByteArray("10.0.0.1:5"));
    QCOMPARE(bench.hub.newest().toByteArray(), QByteArray("e-1"));
    QCOMPARE(bench.publish("/b").message->sequence(), 2u); // one sequence over all topics
}

void HubTest::contentType_data()
{
    QTest::addColumn<Publication>("publication");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("binary");
    const QByteArray text("text/plain; charset=utf-8");
    const QByteArray octets("application/octet-stream");
    const auto given = [](const QByteArray &data, const QByteArray &type, bool binaryFrame) {
        Publication it;
        it.data = data;
        it.contentType = type;
        it.binary = binaryFrame;
        return it;
    };
    QTest::newRow("text") << given("a", {}, false) << text << false;
    QTest::newRow("nothing") << given({}, {}, false) << text << false;
    QTest::newRow("not UTF-8") << given("\xff", {}, false) << octets << true;
    QTest::newRow("a binary frame of text") << given("a", {}, true) << octets << true;
    QTest::newRow("given") << given("{}", "application/json", false)
                           << QByteArray("application/json") << false;
    QTest::newRow("given, not UTF-8")
        << given("\xff", "image/png", false) << QByteArray("image/png") << true;
    QTest::newRow("what curl -d says unasked")
        << given("a", "application/x-www-form-urlencoded", false) << text << false;
}

void HubTest::contentType()
{
    QFETCH(const Publication, publication);
    QFETCH(const QByteArray, type);
    QFETCH(const bool, binary);
    Bench bench;
    const auto receipt = bench.hub.publish(*Topic::fromName("/a"), publication);
    QCOMPARE((*receipt->message)->contentType, type);
    QCOMPARE((*receipt->message)->binary, binary);
}

void HubTest::refusedPublication_data()
{
    QTest::addColumn<Publication>("publication");
    QTest::addColumn<bool>("accepted");
    const auto event = [](const char *what, const QByteArray &name, bool accepted) {
        Publication it;
        it.event = name;
        QTest::newRow(what) << it << accepted;
    };
    event("no event", {}, true);
    event("event", "tick", true);
    event("event, UTF-8", "\xe6\x96\x87", true);
    event("event, colon and spaces", "a: b", true);
    event("event, longest", QByteArray(256, 'a'), true);
    event("event, too long", QByteArray(257, 'a'), false);
    event("event, LF", "a\nb", false);
    event("event, CR", "a\rdata: x", false);
    event("event, LF at the end", "a\n", false);
    event("event, NUL", QByteArray("a\0b", 3), false);
    event("event, NUL alone", QByteArray(1, '\0'), false);
    event("event, not UTF-8", "\xff", false);
    const auto type = [](const char *what, const QByteArray &value, bool accepted) {
        Publication it;
        it.contentType = value;
        QTest::newRow(what) << it << accepted;
    };
    type("type", "text/html; charset=\"x\"", true);
    type("type, longest", QByteArray(256, 'a'), true);
    type("type, too long", QByteArray(257, 'a'), false);
    type("type, CRLF", "text/html\r\nX: y", false);
    type("type, LF", "a\n", false);
    type("type, NUL", QByteArray("a\0", 2), false);
    type("type, tab", "a\tb", false);
    type("type, DEL", "a\x7f", false);
    type("type, not ASCII", "text/\xc3\xa9", false);
}

void HubTest::refusedPublication()
{
    QFETCH(const Publication, publication);
    QFETCH(const bool, accepted);
    Bench bench;
    const auto topic = *Topic::fromName("/a");
    QCOMPARE(bench.hub.publish(topic, publication).ok(), accepted);
    QCOMPARE(bench.hub.publishToAll(publication).ok(), accepted);
    const auto toClient = bench.hub.publishToClient(1, "/a", publication);
    QCOMPARE(toClient.ok(), accepted);
    if (!accepted) {
        QCOMPARE(toClient.error().kind, ErrorKind::BadRequest);
        QVERIFY(!toClient.error().words.isEmpty());
    }
}

void HubTest::refusedPublicationTakesNoNumber()
{
    Bench bench;
    Subscribed one(bench.hub, {"/a"});
    Publication bad;
    bad.event = "a\nb";
    QVERIFY(!bench.hub.publish(*Topic::fromName("/a"), bad).ok());
    QVERIFY(one->items.empty());
    QCOMPARE(bench.hub.history().messages(), 0u);
    QCOMPARE(bench.publish("/a").message->sequence(), 1u);
}

void HubTest::reachesSubscribersOfTheTopicOnly()
{
    Bench bench;
    Subscribed a(bench.hub, {"/a"});
    Subscribed both(bench.hub, {"/a", "/b"});
    Subscribed below(bench.hub, {"/a/*"});
    Subscribed everything(bench.hub, {"/**"});
    bench.publish("/a");
    bench.publish("/b");
    bench.publish("/a/1");
    bench.publish("/");
    QCOMPARE(a->sequences(), (Sequences{1}));
    QCOMPARE(both->sequences(), (Sequences{1, 2}));
    QCOMPARE(below->sequences(), (Sequences{3}));
    QCOMPARE(everything->sequences(), (Sequences{1, 2, 3, 4}));
}

void HubTest::everySubscriberSeesOneOrder()
{
    Bench bench;
    Subscribed first(bench.hub, {"/a", "/b"});
    bench.publishMany("/a", 3);
    Subscribed later(bench.hub, {"/b", "/a"}, kAll);
    Subscribed pattern(bench.hub, {"/*"}, kAll);
    bench.publishMany("/b", 3);
    bench.publishMany("/a", 3);
    QCOMPARE(first->sequences(), range(1, 9));
    QCOMPARE(later->sequences(), range(1, 9));
    QCOMPARE(pattern->sequences(), range(1, 9));
}

void HubTest::overlappingTopicsDeliverOnce()
{
    Bench bench;
    bench.publish("/a/b");
    Subscribed one(bench.hub, {"/a/b", "/a/*", "/a/b", "/**"}, kAll);
    const Receipt receipt = bench.publish("/a/b");
    QCOMPARE(one->sequences(), range(1, 2));
    QCOMPARE(receipt.delivered(), 1u);
}

void HubTest::receiptCounts()
{
    Bench bench;
    QCOMPARE(bench.publish("/a").delivered(), 0u);
    Subscribed fast(bench.hub, {"/a"});
    Subscribed slow(bench.hub, {"/a"});
    Subscribed ended(bench.hub, {"/a"});
    slow->answer = Subscriber::Delivery::Queued;
    ended->answer = Subscriber::Delivery::Refused;
    const Receipt receipt = bench.publish("/a");
    QCOMPARE(receipt.sent, 1u);
    QCOMPARE(receipt.queued, 1u);
    QCOMPARE(receipt.delivered(), 2u);
}

void HubTest::observerSeesEachPublish()
{
    Bench bench;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> seen;
    bench.hub.setObserver([&seen](const Receipt &receipt) {
        seen.emplace_back(receipt.message->sequence(), receipt.delivered());
    });
    Subscribed one(bench.hub, {"/a"});
    bench.publish("/a");
    bench.publish("/b");
    QVERIFY(bench.hub.publishToAll({}).ok());
    QCOMPARE(seen, (decltype(seen){{1, 1}, {2, 0}, {3, 1}}));
}

void HubTest::encodingIsShared()
{
    Bench bench;
    Subscribed one(bench.hub, {"/a"});
    Subscribed other(bench.hub, {"/**"});
    Subscribed different(bench.hub, {"/a"});
    different->format = WireFormat::SseRaw;
    bench.publish("/a");
    QCOMPARE(one->items.at(0).bytes, other->items.at(0).bytes);
    QVERIFY(one->items.at(0).bytes != different->items.at(0).bytes);
}

void HubTest::toAll()
{
    Bench bench;
    Subscribed a(bench.hub, {"/a"});
    Subscribed b(bench.hub, {"/b", "/**"}, {}, 2);
    const auto receipt = bench.hub.publishToAll({});
    QCOMPARE(receipt->delivered(), 2u);
    QCOMPARE((*receipt->message)->topic, QByteArray(Hub::kEveryTopic));
    QCOMPARE(a->sequences(), range(1, 1));
    QCOMPARE(b->sequences(), range(1, 1));
    // Once, however many topics were added.
    bench.hub.subscribe(a.it, 1, patterns({"/c"}), {});
    QCOMPARE(bench.hub.publishToAll({})->delivered(), 2u);
    // Also to one that left all its topics and stays connected.
    bench.hub.unsubscribe(a.it, *TopicPattern::fromName("/a"));
    bench.hub.unsubscribe(a.it, *TopicPattern::fromName("/c"));
    QCOMPARE(bench.hub.publishToAll({})->delivered(), 2u);
}

void HubTest::toAllIsReplayed()
{
    Bench bench;
    bench.publish("/a");
    QVERIFY(bench.hub.publishToAll({}).ok());
    bench.publish("/b");
    Subscribed a(bench.hub, {"/a"}, Cursor::after({kEpoch, 0}));
    QCOMPARE(a->sequences(), range(1, 2));
    Subscribed b(bench.hub, {"/b"}, kAll, 2);
    QCOMPARE(b->sequences(), range(2, 3));
}

void HubTest::toOneClient()
{
    Bench bench;
    Subscribed one(bench.hub, {"/a"}, {}, 1);
    Subscribed secondOfOne(bench.hub, {"/a"}, {}, 1);
    Subscribed two(bench.hub, {"/a", "/**"}, {}, 2);
    const auto receipt = bench.hub.publishToClient(1, "/a", {});
    QCOMPARE(receipt->delivered(), 2u);
    QCOMPARE((*receipt->message)->topic, QByteArray("/a"));
    QCOMPARE(one->sequences(), range(1, 1));
    QCOMPARE(secondOfOne->sequences(), range(1, 1));
    QVERIFY(two->items.empty());
    QCOMPARE(bench.hub.publishToClient(3, "/a", {})->delivered(), 0u);
}

void HubTest::shelfWaitsForItsClient()
{
    // Between two long-polls a client has no subscriber, and must not miss what is for it alone.
    Bench bench;
    QVERIFY(bench.hub.publishToClient(7, "/a", {}).ok());
    Subscribed other(bench.hub, {"/a"}, Cursor::after({kEpoch, 0}), 8);
    QVERIFY(other->items.empty());
    Subscribed back(bench.hub, {"/a"}, Cursor::after({kEpoch, 0}), 7);
    QCOMPARE(back->sequences(), range(1, 1));
}

void HubTest::forgottenClient()
{
    Bench bench;
    QVERIFY(bench.hub.publishToClient(7, "/a", {}).ok());
    bench.hub.forgetClient(7);
    bench.hub.forgetClient(8);
    QCOMPARE(bench.hub.history().messages(), 0u);
    // While it is here it goes on getting messages.
    Subscribed here(bench.hub, {"/a"}, {}, 9);
    bench.hub.forgetClient(9);
    QCOMPARE(bench.hub.publishToClient(9, "/a", {})->delivered(), 1u);
}

void HubTest::restingTakesNothing()
{
    Bench bench;
    Subscribed one(bench.hub, {"/a", "/b/*"});
    bench.hub.rest(one.it);
    QCOMPARE(bench.publish("/a").delivered(), 0u);
    QCOMPARE(bench.publish("/b/c").delivered(), 0u);
    QCOMPARE((*bench.hub.publishToAll(Publication())).delivered(), 0u);
    QCOMPARE((*bench.hub.publishToClient(1, "/a", Publication())).delivered(), 0u);
    QVERIFY(one->items.empty());
    for (const Hub::TopicView &view : bench.hub.topics())
        QCOMPARE(view.subscribers, 0u);
    QCOMPARE(bench.hub.topicsSubscribed(), 1u); // its places are kept
    bench.hub.unsubscribe(one.it);
    QCOMPARE(bench.hub.topicsSubscribed(), 0u);
    QCOMPARE(bench.hub.patternsSubscribed(), 0u);
}

void HubTest::wakingGoesOn_data()
{
    QTest::addColumn<Cursor>("cursor");
    QTest::addColumn<Sequences>("got"); // of 1 to 4, of which 2 went elsewhere
    QTest::newRow("at the newest") << Cursor::after({kEpoch, 4}) << Sequences{};
    QTest::newRow("latest") << Cursor{} << Sequences{};
    QTest::newRow("after what it had") << Cursor::after({kEpoch, 1}) << Sequences{3, 4};
    QTest::newRow("once more") << Cursor::after({kEpoch, 0}) << Sequences{1, 3, 4};
    QTest::newRow("all") << kAll << Sequences{1, 3, 4};
}

void HubTest::wakingGoesOn()
{
    QFETCH(Cursor, cursor);
    QFETCH(Sequences, got);
    Bench bench;
    Subscribed one(bench.hub, {"/a", "/b/*"}, kAll);
    bench.publish("/a");
    bench.hub.rest(one.it);
    bench.publish("/elsewhere");
    bench.publish("/b/c");
    bench.publish("/a");
    for (int times = 0; times < 3; ++times) {
        one->items.clear();
        bench.hub.wake(one.it, cursor);
        QCOMPARE(one->sequences(), got);
        QCOMPARE(Hub::startOf(one.it),
                 got.empty() ? 4u : static_cast<std::uint64_t>(got.front() == 1 ? 0 : 1));
        bench.hub.rest(one.it);
    }
    bench.hub.wake(one.it, Cursor::after({kEpoch, 4}));
    one->items.clear();
    QCOMPARE(bench.publish("/a").delivered(), 1u); // once, though it woke again and again
    QCOMPARE(bench.publish("/b/d").delivered(), 1u);
    QCOMPARE(one->sequences(), (Sequences{5, 6}));
}

void HubTest::wakingTellsGaps()
{
    HistoryLimits limits;
    limits.messagesPerTopic = 2;
    Bench bench(limits);
    Subscribed one(bench.hub, {"/a"}, kAll);
    bench.publish("/a");
    bench.hub.rest(one.it);
    bench.publishMany("/a", 5);
    bench.hub.wake(one.it, Cursor::after({kEpoch, 1}));
    QCOMPARE(one->messages(), (Sequences{1, 5, 6}));
    QCOMPARE(one->gaps().size(), std::size_t(1));
    QCOMPARE(one->gaps().front().lost, std::optional<std::uint64_t>(3));
    bench.hub.rest(one.it);
    bench.hub.wake(one.it, Cursor::after({"other", 6})); // of another run
    QCOMPARE(one->gaps().size(), std::size_t(2));
}

// A poll's batch is full before its replay is at the end; the next one goes on from there.
void HubTest::wakingWithinAReplay()
{
    Bench bench;
    bench.publishMany("/a", 5);
    Subscribed one(bench.hub, {"/a"}, kAll, 1, 2);
    QCOMPARE(one->sequences(), range(1, 2));
    bench.hub.rest(one.it);
    bench.publish("/a");
    one->room = 2;
    bench.hub.wake(one.it, Cursor::after({kEpoch, 2}));
    QCOMPARE(one->sequences(), range(1, 4));
    QCOMPARE(bench.publish("/a").delivered(), 0u); // not ahead of what it has not had
    one->room = -1;
    bench.hub.resume(one.it);
    QCOMPARE(one->sequences(), range(1, 7));
    QCOMPARE(bench.publish("/a").delivered(), 1u);
    // The same where it has its places.
    bench.hub.rest(one.it);
    bench.publishMany("/a", 4);
    one->room = 2;
    bench.hub.wake(one.it, Cursor::after({kEpoch, 8}));
    QCOMPARE(bench.publish("/a").delivered(), 0u);
    one->room = -1;
    bench.hub.resume(one.it);
    QCOMPARE(one->sequences(), range(1, 13));
}

void HubTest::topicsThatExist()
{
    Bench bench;
    bench.publishMany("/b", 2);
    Subscribed one(bench.hub, {"/a", "/b", "/c"});
    Subscribed pattern(bench.hub, {"/b/*", "/*"});
    QVERIFY(bench.hub.publishToAll({}).ok());
    bench.hub.unsubscribe(one.it, *TopicPattern::fromName("/c"));
    const auto views = bench.hub.topics();
    QCOMPARE(views.size(), 2u);
    QCOMPARE(views[0].name, QByteArray("/a"));
    QCOMPARE(views[0].subscribers, 2u);
    QCOMPARE(views[0].remembered, 0u);
    QVERIFY(views[0].lastId.isEmpty());
    QCOMPARE(views[1].name, QByteArray("/b"));
    QCOMPARE(views[1].subscribers, 2u);
    QCOMPARE(views[1].remembered, 2u);
    QCOMPARE(views[1].published, 2u);
    QCOMPARE(views[1].lastId, QByteArray("e-2"));
}

void HubTest::forgottenTopicsLeaveNothingBehind()
{
    Bench bench({.topics = 10});
    for (int i = 0; i < 1000; ++i)
        bench.publish(QByteArray("/" + QByteArray::number(i)).constData());
    QCOMPARE(bench.hub.topics().size(), 10u);
    QCOMPARE(bench.hub.history().names().size(), 10);
}

QTEST_APPLESS_MAIN(HubTest)
#include "tst_hub.moc"
