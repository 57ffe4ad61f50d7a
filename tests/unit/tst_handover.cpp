// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubfixture.h"

#include "core/handover.h"

#include <QtTest>

using namespace pushdeck;

/// What a subscription says about one message, without anybody having noted it.
class HandoverTest final : public QObject
{
    Q_OBJECT

private slots:
    void stretches_data();
    void stretches();
    void liveReplayedAndNotAskedFor();
    void aReplayThatPaused();
    void partsOfASubscription();
    void findsByTheId();
    void bytesAfterAMessage();
    void encodedBytesAreExact();
};

void HandoverTest::stretches_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<quint64>("sequence");
    QTest::addColumn<int>("expected");
    QTest::newRow("inside") << QByteArray("/a") << quint64(5) << int(Handover::HandedOver);
    QTest::newRow("last") << QByteArray("/a") << quint64(9) << int(Handover::HandedOver);
    QTest::newRow("later") << QByteArray("/a") << quint64(10) << int(Handover::ToCome);
    QTest::newRow("at its start") << QByteArray("/a") << quint64(4) << int(Handover::NotAskedFor);
    QTest::newRow("pattern") << QByteArray("/p/x") << quint64(5) << int(Handover::HandedOver);
    QTest::newRow("shelf") << QByteArray("@7") << quint64(5) << int(Handover::HandedOver);
    QTest::newRow("other shelf") << QByteArray("@8") << quint64(5) << int(Handover::Unconcerned);
    QTest::newRow("other topic") << QByteArray("/b") << quint64(5) << int(Handover::Unconcerned);
}

void HandoverTest::stretches()
{
    QFETCH(QByteArray, name);
    QFETCH(quint64, sequence);
    QFETCH(int, expected);
    const HistoryScope scope{patterns({"/a", "/p/*"}), {"**", "@7"}, {}};
    QCOMPARE(int(handover(scope, 4, 9, name, sequence)), expected);
}

void HandoverTest::liveReplayedAndNotAskedFor()
{
    Bench bench;
    bench.publish("/a");
    Subscribed late(bench.hub, {"/a"});
    Subscribed all(bench.hub, {"/a"}, kAll, 2);
    bench.publish("/a");
    QCOMPARE(Hub::handover(late.it, "/a", 1), Handover::NotAskedFor);
    QCOMPARE(Hub::handover(late.it, "/a", 2), Handover::HandedOver);
    QCOMPARE(Hub::handover(all.it, "/a", 1), Handover::HandedOver);
    QCOMPARE(Hub::handover(all.it, "/b", 1), Handover::Unconcerned);
    QCOMPARE(Hub::startOf(late.it), 1u);
    const auto handed = bench.hub.handed(late.it);
    QCOMPARE(handed.size(), 1u);
    QCOMPARE(handed[0].from, 1u);
    QCOMPARE(handed[0].through, 2u);
    RecordingSubscriber nobody;
    QCOMPARE(Hub::handover(nobody, "/a", 1), Handover::Unconcerned);
    QVERIFY(bench.hub.handed(nobody).empty());
}

void HandoverTest::aReplayThatPaused()
{
    Bench bench;
    bench.publishMany("/a", 5);
    Subscribed slow(bench.hub, {"/a"}, kAll, 1, 3);
    QCOMPARE(Hub::handover(slow.it, "/a", 3), Handover::HandedOver);
    QCOMPARE(Hub::handover(slow.it, "/a", 4), Handover::ToCome);
    QCOMPARE(bench.hub.handed(slow.it)[0].through, 3u);
    slow->room = -1;
    bench.hub.resume(slow.it);
    QCOMPARE(Hub::handover(slow.it, "/a", 4), Handover::HandedOver);
}

void HandoverTest::partsOfASubscription()
{
    Bench bench;
    bench.publish("/a");
    Subscribed one(bench.hub, {"/a"});
    bench.publish("/a");
    bench.hub.subscribe(one.it, 1, patterns({"/*"}), kAll);
    // The pattern brought what came before the name; what the name brought stays brought.
    QCOMPARE(Hub::handover(one.it, "/a", 1), Handover::HandedOver);
    QCOMPARE(Hub::handover(one.it, "/a", 2), Handover::HandedOver);
    QVERIFY(bench.hub.unsubscribe(one.it, patterns({"/*"})[0]));
    QCOMPARE(Hub::handover(one.it, "/a", 1), Handover::NotAskedFor);
}

void HandoverTest::findsByTheId()
{
    Bench bench({2, 1 << 20, 100, 1 << 20, 10});
    bench.publishMany("/a", 3);
    bench.publish("/b");
    QVERIFY(!bench.hub.find({kEpoch, 1})); // evicted
    QCOMPARE(bench.hub.find({kEpoch, 2})->name, QByteArray("/a"));
    QCOMPARE(bench.hub.find({kEpoch, 4})->name, QByteArray("/b"));
    QVERIFY(!bench.hub.find({kEpoch, 5}));
    QVERIFY(!bench.hub.find({kEpoch, 0}));
    QVERIFY(!bench.hub.find({"other", 2}));
}

void HandoverTest::bytesAfterAMessage()
{
    Bench bench;
    for (int i = 0; i < 4; ++i) {
        bench.publish("/a", QByteArray(100, 'x'));
        bench.publish("/b", QByteArray(1000, 'x'));
    }
    const HistoryScope scope{patterns({"/a"}), {}, {}};
    const auto after = [&](std::uint64_t from, std::uint64_t through, std::uint64_t sequence,
                           std::uint64_t enough) {
        return bytesAfter(bench.hub.history(), {scope, from, through}, sequence,
                          WireFormat::WebSocketRaw, enough);
    };
    QCOMPARE(after(0, 8, 1, 10'000), 3u * 102);
    QCOMPARE(after(0, 8, 7, 10'000), 0u);
    QCOMPARE(after(0, 5, 1, 10'000), 2u * 102); // handed no further
    QCOMPARE(after(4, 8, 1, 10'000), 2u * 102); // nor anything before
    QCOMPARE(after(0, 8, 1, 103), 2u * 102);    // that is enough
    QCOMPARE(after(0, 8, 1, 0), 0u);
}

void HandoverTest::encodedBytesAreExact()
{
    Bench bench;
    for (const int size : {0, 1, 125, 126, 65'535, 65'536}) {
        const Receipt receipt = bench.publish("/a", QByteArray(size, 'x'));
        for (const WireFormat format :
             {WireFormat::WebSocketRaw, WireFormat::WebSocketJson, WireFormat::SseRaw}) {
            QCOMPARE(encodedBytes(*receipt.message, format),
                     quint64(receipt.message->encoded(format).size()));
        }
    }
}

QTEST_GUILESS_MAIN(HandoverTest)
#include "tst_handover.moc"
