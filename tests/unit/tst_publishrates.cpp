// SPDX-License-Identifier: GPL-3.0-or-later
// How fast one publisher may publish, on a clock that moves when it is told to.
#include "policy/publishrates.h"

#include <QTest>

using namespace pushdeck;
using namespace std::chrono_literals;

class tst_PublishRates : public QObject
{
    Q_OBJECT

private slots:
    void noBoundIsNone();
    void theBurstThenTheRate();
    void theWaitIsLongEnoughAndNotLonger();
    void whatIsRefusedDoesNotCount();
    void aPauseFillsItUpNotOver();
    void bytesCountOnTheirOwn();
    void whatIsBiggerThanASecondsWorthIsWaitedFor();
    void timeThatGoesBackIsNoTime();
    void publishersDoNotShare();
    void aNewRateHoldsAtOnce();
    void manyPublishersTakeNoMoreMemory();
    void theIdleAreForgottenFirst();
};

namespace {

struct Rates
{
    explicit Rates(PublishRate rate) : rates(rate, [this] { return now; }) {}

    bool lets(const QByteArray &who = "a", std::int64_t bytes = 1)
    {
        return !rates.take(who, bytes);
    }
    int letsOf(int tries, const QByteArray &who = "a")
    {
        int let = 0;
        for (int i = 0; i < tries; ++i)
            let += lets(who);
        return let;
    }

    TokenBucket::Clock::time_point now{1000h};
    PublishRates rates;
};

} // namespace

void tst_PublishRates::noBoundIsNone()
{
    Rates rates({0, 1, 0});
    QCOMPARE(rates.letsOf(10'000), 10'000);
    QCOMPARE(rates.rates.known(), std::size_t(0));
}

void tst_PublishRates::theBurstThenTheRate()
{
    Rates rates({10, 5, 0});
    QCOMPARE(rates.letsOf(20), 5);
    rates.now += 1s;
    QCOMPARE(rates.letsOf(20), 5); // as many at once
    for (int i = 0; i < 30; ++i) {
        rates.now += 100ms;
        QCOMPARE(rates.letsOf(3), 1);
    }
}

void tst_PublishRates::theWaitIsLongEnoughAndNotLonger()
{
    Rates rates({4, 2, 0});
    QCOMPARE(rates.letsOf(5), 2);
    const auto refused = rates.rates.take("a", 1);
    QVERIFY(refused);
    QCOMPARE(refused->kind, ErrorKind::TooMany);
    QCOMPARE(refused->cause, RefusalCause::Rate);
    QCOMPARE(refused->retryAfter, 250ms);
    rates.now += refused->retryAfter - 1ms;
    QVERIFY(!rates.lets());
    rates.now += 1ms;
    QVERIFY(rates.lets());
    QVERIFY(!rates.lets());
}

void tst_PublishRates::whatIsRefusedDoesNotCount()
{
    Rates rates({1, 1, 0});
    QCOMPARE(rates.letsOf(1000), 1);
    rates.now += 1s;
    QVERIFY(rates.lets());
}

void tst_PublishRates::aPauseFillsItUpNotOver()
{
    Rates rates({100, 7, 0});
    QCOMPARE(rates.letsOf(10), 7);
    rates.now += 24h;
    QCOMPARE(rates.letsOf(10), 7);
}

void tst_PublishRates::bytesCountOnTheirOwn()
{
    Rates rates({0, 1, 1000});
    QVERIFY(rates.lets("a", 600));
    QVERIFY(!rates.lets("a", 600));
    QVERIFY(rates.lets("a", 400));
    const auto refused = rates.rates.take("a", 500);
    QCOMPARE(refused->retryAfter, 500ms);
    QVERIFY(refused->words.contains(QStringLiteral("1000 bytes a second")));

    // A message refused for its bytes takes none of the messages.
    Rates both({1, 2, 100});
    QVERIFY(both.lets("a", 100));
    QVERIFY(!both.lets("a", 100));
    QVERIFY(both.lets("a", 0));
}

void tst_PublishRates::whatIsBiggerThanASecondsWorthIsWaitedFor()
{
    Rates rates({0, 1, 1000});
    QVERIFY(rates.lets("a", 5000));
    QVERIFY(!rates.lets("a", 1));
    rates.now += 4s;
    QVERIFY(!rates.lets("a", 1));
    rates.now += 1s;
    QVERIFY(rates.lets("a", 1));
}

void tst_PublishRates::timeThatGoesBackIsNoTime()
{
    Rates rates({10, 2, 0});
    QCOMPARE(rates.letsOf(3), 2);
    rates.now -= 100h;
    QCOMPARE(rates.letsOf(3), 0);
    rates.now += 100h + 100ms;
    QCOMPARE(rates.letsOf(3), 1);
}

void tst_PublishRates::publishersDoNotShare()
{
    Rates rates({1, 1, 0});
    QCOMPARE(rates.letsOf(3, "a"), 1);
    QCOMPARE(rates.letsOf(3, "b"), 1);
    PublishMeter own;
    QVERIFY(!rates.rates.take(own, 1));
    QVERIFY(rates.rates.take(own, 1));
}

void tst_PublishRates::aNewRateHoldsAtOnce()
{
    Rates rates({1, 100, 0});
    QCOMPARE(rates.letsOf(50), 50);
    rates.rates.setRate({1, 3, 0});
    QCOMPARE(rates.letsOf(50), 3);
    rates.rates.setRate({});
    QCOMPARE(rates.letsOf(50), 50);
}

void tst_PublishRates::manyPublishersTakeNoMoreMemory()
{
    Rates rates({1, 10, 0});
    const std::size_t most = PublishRates::kPublishersKnown;
    for (std::size_t i = 0; i < 3 * most; ++i) {
        const QByteArray name = QByteArray::number(qulonglong(i));
        QCOMPARE(rates.letsOf(11, name), 10); // never as good as new
        QVERIFY(rates.rates.known() <= most);
    }
    QCOMPARE(rates.rates.known(), most);
    // Who published last is still known.
    QCOMPARE(rates.letsOf(5, QByteArray::number(qulonglong(3 * most - 1))), 0);
    // Who was forgotten begins anew.
    QCOMPARE(rates.letsOf(11, "0"), 10);
}

void tst_PublishRates::theIdleAreForgottenFirst()
{
    Rates rates({1, 10, 0});
    for (int i = 0; i < 100; ++i)
        QVERIFY(rates.lets(QByteArray::number(i)));
    QCOMPARE(rates.rates.known(), std::size_t(100));
    rates.now += 1h;
    for (int i = 0; i < 100; ++i)
        QVERIFY(rates.lets("busy" + QByteArray::number(i)));
    QCOMPARE(rates.rates.known(), std::size_t(100));
}

QTEST_APPLESS_MAIN(tst_PublishRates)
#include "tst_publishrates.moc"
