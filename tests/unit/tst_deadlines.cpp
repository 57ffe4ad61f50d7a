// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/deadlines.h"

#include <QtTest>

#include <functional>
#include <memory>
#include <vector>

using namespace pushdeck;
using namespace std::chrono_literals;
using Clock = Deadlines::Clock;

namespace {

class Entry final : public Deadlines::Entry
{
public:
    std::function<void()> onExpired;
    int times = 0;

private:
    void expired() override
    {
        ++times;
        if (onExpired)
            onExpired();
    }
};

} // namespace

class DeadlinesTest final : public QObject
{
    Q_OBJECT

private slots:
    void expiresOnceAndNeverEarly_data();
    void expiresOnceAndNeverEarly();
    void movesOn();
    void movesForward();
    void disarmed();
    void destroyedWhileArmed();
    void mayArmAgainAndDestroyOthers();
    void wheelMayGoFirst();
    void timerRuns();
    void goesByItsOwnersTime();
};

void DeadlinesTest::expiresOnceAndNeverEarly_data()
{
    QTest::addColumn<int>("ms");
    QTest::newRow("at once") << 0;
    QTest::newRow("within a tick") << 3;
    QTest::newRow("a tick") << 10;
    QTest::newRow("some ticks") << 137;
    QTest::newRow("the whole wheel") << 5120;
    QTest::newRow("three times round") << 17'003;
}

void DeadlinesTest::expiresOnceAndNeverEarly()
{
    QFETCH(int, ms);
    Deadlines wheel(10ms);
    Entry entry;
    const auto start = Clock::now() + 1ms;
    wheel.armAt(entry, start, std::chrono::milliseconds(ms));
    for (int now = 0; now < ms + 3; now += 3) {
        wheel.advance(start + std::chrono::milliseconds(qMin(now, ms - 1)));
        QCOMPARE(entry.times, 0);
    }
    wheel.advance(start + std::chrono::milliseconds(ms + 20));
    QCOMPARE(entry.times, 1);
    QVERIFY(!Deadlines::isArmed(entry));
    wheel.advance(start + 100s);
    QCOMPARE(entry.times, 1);
}

void DeadlinesTest::movesOn()
{
    Deadlines wheel(10ms);
    Entry entry;
    auto now = Clock::now();
    for (int i = 0; i < 500; ++i) {
        wheel.armAt(entry, now, 100ms);
        now += 30ms;
        wheel.advance(now);
    }
    QCOMPARE(entry.times, 0);
    QCOMPARE(wheel.armed(), 1);
    wheel.advance(now + 100ms);
    QCOMPARE(entry.times, 1);
}

void DeadlinesTest::movesForward()
{
    Deadlines wheel(10ms);
    Entry entry;
    const auto now = Clock::now();
    wheel.armAt(entry, now, 60s);
    wheel.armAt(entry, now, 50ms);
    QCOMPARE(wheel.armed(), 1);
    wheel.advance(now + 70ms);
    QCOMPARE(entry.times, 1);
    wheel.advance(now + 70s);
    QCOMPARE(entry.times, 1);
}

void DeadlinesTest::disarmed()
{
    Deadlines wheel(10ms);
    Entry one;
    Entry two;
    const auto now = Clock::now();
    wheel.armAt(one, now, 50ms);
    wheel.armAt(two, now, 50ms);
    Deadlines::disarm(one);
    Deadlines::disarm(one);
    wheel.advance(now + 1s);
    QCOMPARE(one.times, 0);
    QCOMPARE(two.times, 1);
}

void DeadlinesTest::destroyedWhileArmed()
{
    Deadlines wheel(10ms);
    const auto now = Clock::now();
    std::vector<std::unique_ptr<Entry>> entries(9);
    for (auto &entry : entries) {
        entry = std::make_unique<Entry>();
        wheel.armAt(*entry, now, 50ms);
    }
    entries[4].reset();
    entries.front().reset();
    entries.back().reset();
    wheel.advance(now + 1s);
    for (const auto &entry : entries)
        QVERIFY(!entry || entry->times == 1);
    QCOMPARE(wheel.armed(), 0);
}

void DeadlinesTest::mayArmAgainAndDestroyOthers()
{
    Deadlines wheel(10ms);
    const auto now = Clock::now();
    std::unique_ptr<Entry> entries[3];
    int expired = 0;
    for (auto &entry : entries) {
        entry = std::make_unique<Entry>();
        entry->onExpired = [&] {
            ++expired;
            for (auto &other : entries) {
                if (other && other->times == 0)
                    other.reset();
            }
        };
        wheel.armAt(*entry, now, 50ms);
    }
    wheel.advance(now + 1s);
    QCOMPARE(expired, 1);

    Entry again;
    auto at = now + 1s;
    again.onExpired = [&] { wheel.armAt(again, at, 50ms); };
    wheel.armAt(again, at, 0ms);
    at = now + 1020ms;
    wheel.advance(at);
    QCOMPARE(again.times, 1);
    at = now + 1100ms;
    wheel.advance(at);
    QCOMPARE(again.times, 2);
}

void DeadlinesTest::wheelMayGoFirst()
{
    Entry entry;
    {
        Deadlines wheel(10ms);
        wheel.arm(entry, 1s);
    }
    QVERIFY(!Deadlines::isArmed(entry));
}

void DeadlinesTest::timerRuns()
{
    Deadlines wheel(5ms);
    Entry entry;
    wheel.arm(entry, 20ms);
    QTRY_COMPARE(entry.times, 1);
    wheel.arm(entry, 20ms);
    QTRY_COMPARE(entry.times, 2);
}

void DeadlinesTest::goesByItsOwnersTime()
{
    // A date, as where a test has but one clock: the wheel's time begins there.
    const Clock::time_point start{1'700'000'000'000ms};
    Deadlines wheel(100ms, start);
    Entry entry;
    wheel.armAt(entry, start, 250ms);
    QTest::qWait(500);
    QCOMPARE(entry.times, 0);
    wheel.advance(start + 249ms);
    QCOMPARE(entry.times, 0);
    wheel.advance(start + 300ms);
    QCOMPARE(entry.times, 1);
    // A jump over many rounds of the wheel.
    wheel.armAt(entry, start + 300ms, 3h);
    wheel.advance(start + 2h);
    QCOMPARE(entry.times, 1);
    wheel.advance(start + 3h + 1s);
    QCOMPARE(entry.times, 2);
}

QTEST_GUILESS_MAIN(DeadlinesTest)
#include "tst_deadlines.moc"
