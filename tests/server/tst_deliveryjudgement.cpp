// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/deliveryjudgement.h"

#include <QtTest>

using namespace pushdeck;

/// What a report says about one client, from what is known of it.
class DeliveryJudgementTest final : public QObject
{
    Q_OBJECT

private slots:
    void waiting_data();
    void waiting();
    void streams();
    void pollMarks();
    void pollMarksAreBounded();
    void pollers();
    void gone_data();
    void gone();
    void recentlyGoneIsBounded();
};

void DeliveryJudgementTest::waiting_data()
{
    QTest::addColumn<quint64>("after");
    QTest::addColumn<quint64>("program");
    QTest::addColumn<quint64>("kernel");
    QTest::addColumn<quint64>("ofProgram");
    QTest::addColumn<quint64>("ofKernel");
    QTest::newRow("nothing waits")
        << quint64(0) << quint64(0) << quint64(0) << quint64(0) << quint64(0);
    QTest::newRow("the last") << quint64(0) << quint64(50) << quint64(20) << quint64(50)
                              << quint64(20);
    QTest::newRow("before the last")
        << quint64(30) << quint64(50) << quint64(20) << quint64(20) << quint64(20);
    QTest::newRow("in the kernel")
        << quint64(60) << quint64(50) << quint64(20) << quint64(0) << quint64(10);
    QTest::newRow("just acknowledged")
        << quint64(70) << quint64(50) << quint64(20) << quint64(0) << quint64(0);
    QTest::newRow("long gone") << quint64(700) << quint64(50) << quint64(20) << quint64(0)
                               << quint64(0);
}

void DeliveryJudgementTest::waiting()
{
    QFETCH(quint64, after);
    QFETCH(quint64, program);
    QFETCH(quint64, kernel);
    const Waiting waiting = waitingOf(after, program, kernel);
    QTEST(quint64(waiting.programBytes), "ofProgram");
    QTEST(quint64(waiting.kernelBytes.value()), "ofKernel");
    QCOMPARE(waiting.isAny(), waiting.programBytes + *waiting.kernelBytes > 0);
    QVERIFY(!waitingOf(after, program, {}).kernelBytes);
}

void DeliveryJudgementTest::streams()
{
    const auto judge = [](Handover handover, const Waiting &waiting, std::int64_t connectedMs) {
        return judgeStream(handover, waiting, connectedMs, 1000);
    };
    QVERIFY(!judge(Handover::Unconcerned, {}, 1));
    QCOMPARE(judge(Handover::HandedOver, {}, 1)->why, DeliveryWhy::Live);
    QCOMPARE(judge(Handover::HandedOver, {}, 1)->timeMs, 1000);
    QCOMPARE(judge(Handover::HandedOver, {}, 2000)->why, DeliveryWhy::Replayed);
    QCOMPARE(judge(Handover::HandedOver, {}, 2000)->timeMs, 2000);
    QCOMPARE(judge(Handover::HandedOver, {7, 9}, 1)->why, DeliveryWhy::InProgram);
    QCOMPARE(judge(Handover::HandedOver, {7, 9}, 1)->waiting.programBytes, 7u);
    QCOMPARE(judge(Handover::HandedOver, {0, 9}, 1)->why, DeliveryWhy::InKernel);
    QCOMPARE(judge(Handover::HandedOver, {0, 9}, 1)->state, DeliveryState::Queued);
    QCOMPARE(judge(Handover::ToCome, {}, 2000)->why, DeliveryWhy::InReplay);
    QCOMPARE(judge(Handover::NotAskedFor, {}, 2000)->state, DeliveryState::Missed);
    QCOMPARE(judge(Handover::NotAskedFor, {}, 2000)->timeMs, 2000);
}

void DeliveryJudgementTest::pollMarks()
{
    PollMarks marks;
    QVERIFY(marks.stretches().empty());
    marks.answered(3); // of nothing
    marks.asked(4);
    marks.answered(9);
    marks.asked(9);
    marks.answered(12);
    QCOMPARE(marks.stretches().size(), 1u);
    QCOMPARE(marks.stretches()[0].from, 4u);
    QCOMPARE(marks.stretches()[0].through, 12u);
    marks.asked(10); // the answer got lost
    QCOMPARE(marks.stretches()[0].through, 10u);
    marks.asked(20);
    marks.answered(21);
    QCOMPARE(marks.stretches().size(), 2u);
    marks.asked(2); // from before all of them
    QCOMPARE(marks.stretches().size(), 1u);
    QCOMPARE(marks.stretches()[0].from, 2u);
}

void DeliveryJudgementTest::pollMarksAreBounded()
{
    PollMarks marks;
    for (std::uint64_t i = 0; i < 5 * PollMarks::kStretches; ++i)
        marks.asked(10 * i + 10);
    QCOMPARE(marks.stretches().size(), PollMarks::kStretches);
    QVERIFY(marks.hasForgotten());
    QVERIFY(!judgePoller(true, marks, 5, 1, 1000)); // it may have had it
    QCOMPARE(judgePoller(true, marks, 5, 2000, 1000)->state, DeliveryState::Missed);
}

void DeliveryJudgementTest::pollers()
{
    PollMarks marks;
    QVERIFY(!judgePoller(true, marks, 5, 1, 1000)); // has not polled yet
    marks.asked(4);
    marks.answered(9);
    marks.asked(20);
    QVERIFY(!judgePoller(false, marks, 5, 1, 1000));
    QCOMPARE(judgePoller(true, marks, 4, 1, 1000)->why, DeliveryWhy::NotAskedFor);
    QCOMPARE(judgePoller(true, marks, 5, 1, 1000)->state, DeliveryState::Delivered);
    QCOMPARE(judgePoller(true, marks, 12, 1, 1000)->state, DeliveryState::Missed);
    QCOMPARE(judgePoller(true, marks, 21, 1, 1000)->state, DeliveryState::Pending);
}

void DeliveryJudgementTest::gone_data()
{
    QTest::addColumn<int>("handover");
    QTest::addColumn<int>("waiting");
    QTest::addColumn<bool>("slow");
    QTest::addColumn<qint64>("publishedMs");
    QTest::addColumn<int>("why"); // -1: nothing
    const auto row = [](const char *name, Handover handover, int waiting, bool slow, qint64 at,
                        int why) {
        QTest::newRow(name) << int(handover) << waiting << slow << at << why;
    };
    const qint64 wentMs = 100'000;
    row("had it", Handover::HandedOver, 0, false, 50'000, int(DeliveryWhy::Live));
    row("waited", Handover::HandedOver, 9, false, 50'000, int(DeliveryWhy::LeftWaiting));
    row("too slow", Handover::HandedOver, 9, true, 50'000, int(DeliveryWhy::ClosedSlow));
    row("in a replay", Handover::ToCome, 0, false, 50'000, int(DeliveryWhy::LeftWaiting));
    row("just before", Handover::ToCome, 0, false, wentMs + 1, int(DeliveryWhy::LeftBefore));
    row("long before", Handover::ToCome, 0, false, wentMs + kLeftBeforeMs + 1, -1);
    row("came later", Handover::NotAskedFor, 0, false, 50'000, -1);
    row("other topics", Handover::Unconcerned, 0, false, 50'000, -1);
}

void DeliveryJudgementTest::gone()
{
    QFETCH(int, handover);
    QFETCH(int, waiting);
    QFETCH(bool, slow);
    QFETCH(qint64, publishedMs);
    QFETCH(int, why);
    GoneClient client;
    client.goneAtMs = 100'000;
    client.reason = slow ? EndReason::SlowClient : EndReason::ClientLeft;
    const auto judgement = judgeGone(client, Handover(handover),
                                     {std::uint64_t(waiting), std::nullopt}, 5, publishedMs);
    QCOMPARE(judgement.has_value(), why >= 0);
    if (judgement)
        QCOMPARE(int(judgement->why), why);
    client.left.refusedFrom = 5;
    const auto refused = judgeGone(client, Handover::HandedOver, {}, 5, publishedMs);
    QCOMPARE(refused->why, DeliveryWhy::ClosedSlow);
    QCOMPARE(judgeGone(client, Handover::HandedOver, {}, 4, publishedMs)->state,
             DeliveryState::Delivered);
}

void DeliveryJudgementTest::recentlyGoneIsBounded()
{
    RecentlyGone gone;
    GoneClient client;
    for (std::size_t i = 0; i < RecentlyGone::kClients + 10; ++i) {
        client.id = i;
        gone.add(client);
    }
    QCOMPARE(gone.clients().size(), RecentlyGone::kClients);
    QCOMPARE(gone.clients().back().id, RecentlyGone::kClients + 9);
    // Of clients with very many topics fewer are remembered.
    HistoryScope scope;
    scope.topics.assign(RecentlyGone::kTopics / 10, *TopicPattern::fromName("/a"));
    client.left.handed.push_back({scope, 0, 1});
    for (int i = 0; i < 20; ++i)
        gone.add(client);
    QVERIFY(gone.clients().size() < 10);
    QCOMPARE(addressWithPort(QStringLiteral("::1"), 80), QStringLiteral("[::1]:80"));
    QCOMPARE(addressWithPort(QStringLiteral("10.0.0.1"), 80), QStringLiteral("10.0.0.1:80"));
}

QTEST_GUILESS_MAIN(DeliveryJudgementTest)
#include "tst_deliveryjudgement.moc"
