// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/snapshot.h"
#include "monitor/trafficlog.h"

#include <QtTest>

#include <atomic>
#include <thread>

using namespace pushdeck;

namespace {

TrafficEvent anEvent(qsizetype payloadBytes = 0)
{
    TrafficEvent it;
    it.payload = QByteArray(payloadBytes, 'x');
    return it;
}

} // namespace

/// What the window pulls: numbered events, bounded, and the latest snapshot.
class TrafficLogTest final : public QObject
{
    Q_OBJECT

private slots:
    void nothingLogged();
    void numbersRiseByOne();
    void since_data();
    void since();
    void oldestMakeRoomByCount();
    void oldestMakeRoomByBytes();
    void wordsCountToo();
    void newestStaysWhateverItsSize();
    void newLimitsHoldAtOnce();
    void boundsHoldByTheRowAndNearlyByTheByte();
    void whatIsKeptOutlivesTheLog();
    void pullingNeverRepeats();
    void oneAppendsWhileAnotherPulls();
    void snapshotBoxHasTheLatest();
};

void TrafficLogTest::nothingLogged()
{
    const TrafficLog log;
    QCOMPARE(log.newest(), 0u);
    const auto slice = log.since(0);
    QVERIFY(slice.events.empty());
    QCOMPARE(slice.dropped, 0u);
    QCOMPARE(slice.newest, 0u);
    QCOMPARE(slice.oldest, 1u);
}

void TrafficLogTest::numbersRiseByOne()
{
    TrafficLog log;
    TrafficEvent named = anEvent();
    named.number = 99; // the log's to give
    QCOMPARE(log.append(named), 1u);
    QCOMPARE(log.append(anEvent()), 2u);
    QCOMPARE(log.newest(), 2u);
    const auto slice = log.since(0);
    QCOMPARE(slice.events.size(), 2u);
    QCOMPARE(slice.events[0]->number, 1u);
    QCOMPARE(slice.events[1]->number, 2u);
}

void TrafficLogTest::since_data()
{
    // The log holds 10; 25 were logged, so 16 to 25 are there.
    QTest::addColumn<quint64>("number");
    QTest::addColumn<quint64>("most");
    QTest::addColumn<quint64>("first");
    QTest::addColumn<quint64>("count");
    QTest::addColumn<quint64>("dropped");
    const auto row = [](const char *what, quint64 number, quint64 most, quint64 first,
                        quint64 count, quint64 dropped) {
        QTest::newRow(what) << number << most << first << count << dropped;
    };
    row("from the start", 0, 100, 16, 10, 15);
    row("one dropped", 14, 100, 16, 10, 1);
    row("none dropped", 15, 100, 16, 10, 0);
    row("in the middle", 20, 100, 21, 5, 0);
    row("the newest only", 24, 100, 25, 1, 0);
    row("nothing new", 25, 100, 0, 0, 0);
    row("from the future", 26, 100, 0, 0, 0);
    row("from the far future", UINT64_MAX, 100, 0, 0, 0);
    row("the oldest first where there are too many", 18, 3, 19, 3, 0);
    row("dropped and too many", 3, 4, 16, 4, 12);
    row("none wanted", 18, 0, 0, 0, 0);
}

void TrafficLogTest::since()
{
    QFETCH(const quint64, number);
    QFETCH(const quint64, most);
    QFETCH(const quint64, first);
    QFETCH(const quint64, count);
    QFETCH(const quint64, dropped);
    TrafficLog log({10, 1'000'000});
    for (int i = 0; i < 25; ++i)
        log.append(anEvent());
    const auto slice = log.since(number, most);
    QCOMPARE(slice.events.size(), count);
    for (std::size_t i = 0; i < slice.events.size(); ++i)
        QCOMPARE(slice.events[i]->number, first + i);
    QCOMPARE(slice.dropped, dropped);
    QCOMPARE(slice.newest, 25u);
    QCOMPARE(slice.oldest, 16u);
}

void TrafficLogTest::oldestMakeRoomByCount()
{
    TrafficLog log({3, 1'000'000});
    for (int i = 0; i < 5; ++i)
        log.append(anEvent());
    const auto slice = log.since(0);
    QCOMPARE(slice.events.size(), 3u);
    QCOMPARE(slice.oldest, 3u);
}

void TrafficLogTest::oldestMakeRoomByBytes()
{
    TrafficLog log({1000, 10'000 + 3 * sizeof(TrafficEvent)});
    for (int i = 0; i < 4; ++i)
        log.append(anEvent(4'000));
    QCOMPARE(log.since(0).oldest, 3u);
    log.append(anEvent(10'000));
    QCOMPARE(log.since(0).oldest, 5u);
    for (int i = 0; i < 3; ++i)
        log.append(anEvent(10));
    QCOMPARE(log.since(0).oldest, 6u);
}

void TrafficLogTest::wordsCountToo()
{
    TrafficLog log({1000, 10'000});
    TrafficEvent wordy;
    wordy.text = QString(4'000, QLatin1Char('x'));
    log.append(wordy);
    log.append(wordy);
    QCOMPARE(log.since(0).oldest, 2u);
}

void TrafficLogTest::newestStaysWhateverItsSize()
{
    TrafficLog log({10, 100});
    log.append(anEvent(1'000));
    log.append(anEvent(2'000));
    const auto slice = log.since(0);
    QCOMPARE(slice.events.size(), 1u);
    QCOMPARE(slice.events[0]->number, 2u);
}

void TrafficLogTest::newLimitsHoldAtOnce()
{
    TrafficLog log;
    for (int i = 0; i < 20; ++i)
        log.append(anEvent(100));
    log.setLimits({5, 1 << 20});
    QCOMPARE(log.limits().events, std::size_t(5));
    QCOMPARE(log.since(0).events.size(), std::size_t(5));
    QCOMPARE(log.since(0).oldest, std::uint64_t(16));
    log.setLimits({5, 1});
    QCOMPARE(log.since(0).events.size(), std::size_t(1));
    log.setLimits({100, 1 << 20});
    for (int i = 0; i < 20; ++i)
        log.append(anEvent(100));
    QCOMPARE(log.since(0).events.size(), std::size_t(21));
}

void TrafficLogTest::boundsHoldByTheRowAndNearlyByTheByte()
{
    TrafficLog log({640, 1 << 24});
    for (std::uint64_t i = 1; i <= 2'000; ++i) {
        log.append(anEvent());
        const auto slice = log.since(0);
        QCOMPARE(slice.events.size(), std::min<std::uint64_t>(i, 640));
        QCOMPARE(slice.events.front()->number, slice.oldest);
        QCOMPARE(slice.events.back()->number, i);
    }
    // What is held anew under other bounds is what was held.
    log.setLimits({500, 1 << 24});
    QCOMPARE(log.since(0).oldest, 1'501u);
    QCOMPARE(log.since(0).events.front()->number, 1'501u);
    // By their bytes they go a 64th of the bound at a time.
    TrafficLog large({1'000'000, 64 * 10'000});
    for (int i = 0; i < 1'000; ++i) {
        large.append(anEvent(4'000));
        const auto slice = large.since(0);
        QVERIFY(slice.events.size() <= 160u);
        if (slice.dropped > 0)
            QVERIFY(slice.events.size() > 640'000u / 4'500 - 2);
    }
}

void TrafficLogTest::whatIsKeptOutlivesTheLog()
{
    auto log = std::make_unique<TrafficLog>(TrafficLogLimits{100, 1 << 20});
    for (int i = 0; i < 10; ++i) {
        TrafficEvent event;
        event.payload = QByteArray::number(i);
        log->append(std::move(event));
    }
    std::vector<TrafficRow> kept = log->since(0).events;
    // Nothing is copied: who asks again gets the same.
    QCOMPARE(log->since(4, 1).events.front().get(), kept[4].get());
    for (int i = 0; i < 1'000; ++i)
        log->append(anEvent(100));
    QCOMPARE(log->since(0).oldest, 911u);
    log.reset();
    for (std::size_t i = 0; i < kept.size(); ++i) {
        QCOMPARE(kept[i]->number, i + 1);
        QCOMPARE(kept[i]->payload, QByteArray::number(qulonglong(i)));
    }
}

void TrafficLogTest::pullingNeverRepeats()
{
    TrafficLog log({10, 1'000'000});
    std::uint64_t last = 0;
    std::uint64_t seen = 0;
    std::uint64_t dropped = 0;
    for (int round = 0; round < 50; ++round) {
        for (int i = 0; i < round % 17; ++i)
            log.append(anEvent());
        const auto slice = log.since(last, 7);
        dropped += slice.dropped;
        seen += slice.events.size();
        for (const TrafficRow &one : slice.events) {
            QVERIFY(one->number > last);
            last = one->number;
        }
        QCOMPARE(seen + dropped, last);
    }
    QVERIFY(dropped > 0);
}

void TrafficLogTest::oneAppendsWhileAnotherPulls()
{
    constexpr std::uint64_t kEvents = 20'000;
    TrafficLog log({500, 1'000'000});
    std::thread server([&log] {
        for (std::uint64_t i = 0; i < kEvents; ++i) {
            TrafficEvent it;
            it.payload = QByteArray::number(static_cast<qulonglong>(i + 1));
            log.append(std::move(it));
        }
    });
    std::uint64_t last = 0;
    bool intact = true;
    while (last < kEvents && intact) {
        const auto slice = log.since(last, 100);
        std::uint64_t expected = last + slice.dropped;
        for (const TrafficRow &one : slice.events) {
            intact = intact && one->number == ++expected &&
                     one->payload == QByteArray::number(static_cast<qulonglong>(one->number));
            last = one->number;
        }
    }
    server.join();
    QVERIFY(intact);
    QCOMPARE(last, kEvents);
}

void TrafficLogTest::snapshotBoxHasTheLatest()
{
    SnapshotBox box;
    QVERIFY(box.latest());
    QCOMPARE(box.latest()->state, ServerState::Stopped);
    auto first = std::make_shared<Snapshot>();
    first->revision = 1;
    box.put(first);
    const auto held = box.latest();
    auto second = std::make_shared<Snapshot>();
    second->revision = 2;
    box.put(second);
    QCOMPARE(held->revision, 1u);
    QCOMPARE(box.latest()->revision, 2u);
}

QTEST_APPLESS_MAIN(TrafficLogTest)
#include "tst_trafficlog.moc"
