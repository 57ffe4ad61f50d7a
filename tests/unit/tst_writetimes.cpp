// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/writetimes.h"

#include <QtTest>

using namespace pushdeck;
using namespace std::chrono_literals;

class WriteTimesTest final : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsNoNumber();
    void aPercentileIsNeverBelow_data();
    void aPercentileIsNeverBelow();
    void percentilesCountWrites();
    void differences();
    void belowIsCumulative();
    void extremes();
};

void WriteTimesTest::nothingIsNoNumber()
{
    const WriteTimes times;
    QVERIFY(!times.percentile(99));
    QCOMPARE(times.total(), std::uint64_t(0));
    QCOMPARE(times.sum().count(), std::int64_t(0));
}

void WriteTimesTest::aPercentileIsNeverBelow_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    for (qint64 ns = 1; ns < 16'000'000'000; ns = ns * 9 / 7 + 1)
        QTest::addRow("%lld ns", static_cast<long long>(ns)) << ns;
}

// An edge is above what it stands for, by an eighth or a microsecond at most.
void WriteTimesTest::aPercentileIsNeverBelow()
{
    QFETCH(qint64, nanoseconds);
    WriteTimes times;
    times.add(std::chrono::nanoseconds(nanoseconds), 1);
    const auto edge = times.percentile(99);
    QVERIFY(edge);
    QVERIFY(edge->count() >= nanoseconds);
    QVERIFY(edge->count() <= nanoseconds + nanoseconds / 8 + 1000);
    QCOMPARE(times.sum().count(), nanoseconds);
}

void WriteTimesTest::percentilesCountWrites()
{
    WriteTimes times;
    times.add(100us, 90);
    times.add(5ms, 9);
    times.add(2s, 1);
    QCOMPARE(times.total(), std::uint64_t(100));
    QVERIFY(*times.percentile(50) < 120us);
    QVERIFY(*times.percentile(90) < 120us);
    QVERIFY(*times.percentile(99) >= 5ms && *times.percentile(99) < 6ms);
    QVERIFY(*times.percentile(100) >= 2s);
}

void WriteTimesTest::differences()
{
    WriteTimes earlier;
    earlier.add(1ms, 1000);
    WriteTimes later = earlier;
    later.add(10us, 10);
    const WriteTimes between = later.since(earlier);
    QCOMPARE(between.total(), std::uint64_t(10));
    QVERIFY(*between.percentile(100) <= 12us);
    QVERIFY(!later.since(later).percentile(99));

    // Counters of another life of the server: nothing wraps around.
    QCOMPARE(earlier.since(later).total(), std::uint64_t(0));

    WriteTimes sum = earlier;
    sum.add(between);
    QCOMPARE(sum.total(), later.total());
    QCOMPARE(sum.sum(), later.sum());
}

void WriteTimesTest::belowIsCumulative()
{
    WriteTimes times;
    times.add(3us, 1);
    times.add(15'999ns, 1);
    times.add(16us, 1);
    times.add(5s, 1);
    QCOMPARE(times.below(4), std::uint64_t(1));
    QCOMPARE(times.below(16), std::uint64_t(2));
    QCOMPARE(times.below(64), std::uint64_t(3));
    QCOMPARE(times.below(4'194'304), std::uint64_t(3));
    QCOMPARE(times.below(8'388'608), std::uint64_t(4));
}

void WriteTimesTest::extremes()
{
    WriteTimes times;
    times.add(-5ns, 1); // a clock is steady, arithmetic may not be
    QCOMPARE(*times.percentile(100), std::chrono::nanoseconds(1us));
    times.add(1h, 1);
    QVERIFY(*times.percentile(100) >= 16s && *times.percentile(100) <= 17s);
    times.add(1us, 0);
    QCOMPARE(times.total(), std::uint64_t(2));
}

QTEST_APPLESS_MAIN(WriteTimesTest)
#include "tst_writetimes.moc"
