// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/outbox.h"
#include "net/socketinfo.h"
#include "net/turnflusher.h"

#include <QtTest>

#include <QTcpServer>

#include <sys/socket.h>

#include <algorithm>
#include <functional>
#include <memory>

using namespace pushdeck;

namespace {

constexpr int kBatch = int(SendBatch::kMost);
/// More than leave together.
constexpr int kCrowd = 3 * kBatch;

/// Two ends of one loopback connection.
class Pair final
{
public:
    Pair()
    {
        m_server.listen(QHostAddress::LocalHost);
        client.connectToHost(QHostAddress(QHostAddress::LocalHost), m_server.serverPort());
        (void)QTest::qWaitFor([this] { return m_server.hasPendingConnections(); });
        server.reset(m_server.nextPendingConnection());
        server->setParent(nullptr);
    }

    /// What the client has got in all.
    QByteArray received() { return m_received += client.readAll(); }

    /// The client stops reading, and the kernel holds little: what is sent piles up.
    void clog()
    {
        client.setReadBufferSize(1024);
        const int small = 8 * 1024;
        ::setsockopt(int(server->socketDescriptor()), SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    }

    void unclog() { client.setReadBufferSize(0); }

    std::unique_ptr<QTcpSocket> server;
    QTcpSocket client;

private:
    QTcpServer m_server;
    QByteArray m_received;
};

QByteArray numbered(int count, int size)
{
    QByteArray all;
    for (int i = 0; i < count; ++i)
        all += QByteArray::number(i).rightJustified(size, '.');
    return all;
}

} // namespace

class OutboxTest final : public QObject
{
    Q_OBJECT

private slots:
    void aTurnLeavesAtItsEnd();
    void inOrder_data();
    void inOrder();
    void orderBesideTheSocketsOwnWrites();
    void remainderDrainsInOrder();
    void largeBuffersAreShared();
    void discardDropsOnlyOwn();
    void peerGone();
    void socketDestroyed();
    void outboxDestroyedWhileWaiting();
    void flusherTakesEachOnce();
    void whatAFlushTookIsTold();
    void slicesAreTold();
    void largeFanOutsYield();
    void clientsTakeTurns();
    void publishersDoNotRunAway();
    void aRoundSurvivesItsLast();
    void emptyAppendIsNothing();
    void socketInfo();
};

void OutboxTest::aTurnLeavesAtItsEnd()
{
    Pair pair;
    TurnFlusher flusher;
    Outbox outbox(pair.server.get(), flusher);
    QVERIFY(outbox.append("one "));
    QVERIFY(outbox.append("two"));
    QCOMPARE(flusher.waiting(), 1);
    QCOMPARE(outbox.pendingBytes(), 7);
    QVERIFY(!pair.client.waitForReadyRead(0));
    QCoreApplication::sendPostedEvents(&flusher);
    QCOMPARE(flusher.waiting(), 0);
    QCOMPARE(outbox.pendingBytes(), 0);
    QTRY_COMPARE(pair.received(), "one two");
}

void OutboxTest::inOrder_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("size");
    QTest::newRow("one") << 1 << 100;
    QTest::newRow("inline") << 2 << 100;
    QTest::newRow("some") << 8 << 100;
    QTest::newRow("one sendmsg full") << 64 << 100;
    QTest::newRow("one more") << 65 << 100;
    QTest::newRow("thousands") << 5000 << 10;
    QTest::newRow("large") << 300 << 20'000;
}

void OutboxTest::inOrder()
{
    QFETCH(int, count);
    QFETCH(int, size);
    Pair pair;
    TurnFlusher flusher;
    Outbox outbox(pair.server.get(), flusher);
    for (int i = 0; i < count; ++i)
        QVERIFY(outbox.append(QByteArray::number(i).rightJustified(size, '.')));
    QCOMPARE(outbox.pendingBytes(), qint64(count) * size);
    QTRY_COMPARE(pair.received().size(), qsizetype(count) * size);
    QVERIFY(pair.received() == numbered(count, size));
    QTRY_COMPARE(outbox.pendingBytes(), 0);
}

/// What somebody else writes to the socket leaves between two turns, whole, and turns everything
/// behind it to the same way.
void OutboxTest::orderBesideTheSocketsOwnWrites()
{
    Pair pair;
    TurnFlusher flusher;
    Outbox outbox(pair.server.get(), flusher);
    outbox.append("a");
    outbox.flushNow();
    pair.server->write("b");
    outbox.append("c");
    flusher.flushAll();
    QVERIFY(pair.server->bytesToWrite() > 0);
    outbox.append("d");
    outbox.flushNow();
    pair.server->write("e");
    QTRY_COMPARE(pair.received(), "abcde");
    outbox.append("f");
    QTRY_COMPARE(pair.received(), "abcdef");
}

void OutboxTest::remainderDrainsInOrder()
{
    Pair pair;
    pair.clog();
    TurnFlusher flusher;
    Outbox outbox(pair.server.get(), flusher);
    constexpr int kCount = 3000;
    constexpr int kSize = 5000;
    for (int i = 0; i < kCount; ++i) {
        QVERIFY(outbox.append(QByteArray::number(i).rightJustified(kSize, '.')));
        if (i % 7 == 0)
            QCoreApplication::processEvents();
    }
    flusher.flushAll();
    const qint64 pending = outbox.pendingBytes();
    QVERIFY(pending > 0);
    QVERIFY(pending < qint64(kCount) * kSize);
    // A little is the socket's; the rest is shared with whoever else it waits for.
    QVERIFY(pair.server->bytesToWrite() < 100'000);
    QVERIFY(outbox.costBytes() > pending);
    QVERIFY(kernelBacklogBytes(pair.server->socketDescriptor()).value_or(0) > 0);
    pair.unclog();
    QTRY_COMPARE_WITH_TIMEOUT(pair.received().size(), qsizetype(kCount) * kSize, 20'000);
    QVERIFY(pair.received() == numbered(kCount, kSize));
    QVERIFY(!outbox.failed());
}

void OutboxTest::largeBuffersAreShared()
{
    Pair pair;
    TurnFlusher flusher;
    Outbox outbox(pair.server.get(), flusher);
    const QByteArray message(100'000, 'x');
    outbox.append(message);
    QVERIFY(!message.isDetached());
    QVERIFY(outbox.flushNow());
    QTRY_COMPARE(pair.received().size(), message.size());
    QTRY_VERIFY(message.isDetached());
}

void OutboxTest::discardDropsOnlyOwn()
{
    Pair pair;
    TurnFlusher flusher;
    Outbox outbox(pair.server.get(), flusher);
    outbox.append("kept");
    outbox.flushNow();
    outbox.append("dropped");
    outbox.discard();
    QCOMPARE(flusher.waiting(), 0);
    outbox.append("!");
    QTRY_COMPARE(pair.received(), "kept!");
}

void OutboxTest::peerGone()
{
    Pair pair;
    TurnFlusher flusher;
    Outbox outbox(pair.server.get(), flusher);
    const linger now{1, 0};
    ::setsockopt(int(pair.client.socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    pair.client.abort();
    // Until Qt notices, or the kernel does: never a signal, never a crash.
    QTRY_VERIFY(!outbox.append("x") || !outbox.flushNow());
    QTRY_VERIFY(pair.server->state() == QAbstractSocket::UnconnectedState);
    QVERIFY(!outbox.append("y"));
    QCOMPARE(outbox.pendingBytes(), 0);
}

void OutboxTest::socketDestroyed()
{
    Pair pair;
    TurnFlusher flusher;
    Outbox outbox(pair.server.get(), flusher);
    outbox.append("x");
    pair.server.reset();
    flusher.flushAll();
    QVERIFY(outbox.failed());
    QVERIFY(!outbox.append("y"));
    QCOMPARE(outbox.pendingBytes(), 0);
}

void OutboxTest::outboxDestroyedWhileWaiting()
{
    Pair pairs[3];
    TurnFlusher flusher;
    std::unique_ptr<Outbox> outboxes[3];
    for (int i = 0; i < 3; ++i) {
        outboxes[i] = std::make_unique<Outbox>(pairs[i].server.get(), flusher);
        outboxes[i]->append("x");
    }
    outboxes[1].reset();
    QCOMPARE(flusher.waiting(), 2);
    outboxes[0].reset();
    outboxes[2]->append("y");
    flusher.flushAll();
    QTRY_COMPARE(pairs[2].received(), "xy");
    QVERIFY(pairs[0].received().isEmpty());
    outboxes[2]->append("z");
    outboxes[2].reset();
    QCoreApplication::processEvents();
}

void OutboxTest::flusherTakesEachOnce()
{
    Pair pair;
    TurnFlusher flusher;
    Outbox one(pair.server.get(), flusher);
    for (int i = 0; i < 10; ++i)
        one.append("x");
    QCOMPARE(flusher.waiting(), 1);
    one.flushNow();
    QCOMPARE(flusher.waiting(), 0);
    QTRY_COMPARE(pair.received(), QByteArray(10, 'x'));
}

void OutboxTest::whatAFlushTookIsTold()
{
    Pair fast;
    Pair slow;
    slow.clog();
    TurnFlusher flusher;
    std::vector<TurnFlusher::Written> told;
    flusher.setObserver([&told](const TurnFlusher::Written &written) { told.push_back(written); });
    Outbox quick(fast.server.get(), flusher);
    Outbox stuck(slow.server.get(), flusher);
    QVERIFY(quick.append("one"));
    QTest::qSleep(20);
    QVERIFY(stuck.append(QByteArray(8 * 1024 * 1024, 'x')));
    flusher.flushAll();
    QCOMPARE(told.size(), std::size_t(1));
    QCOMPARE(told[0].whole, 1);
    QCOMPARE(told[0].queued, 1);
    // Since the first append of the turn, the wait before its end included.
    QVERIFY(told[0].took >= std::chrono::milliseconds(20));

    // A turn of its own: what went before it is not counted again.
    QVERIFY(quick.append("two"));
    flusher.flushAll();
    QCOMPARE(told.size(), std::size_t(2));
    QCOMPARE(told[1].whole, 1);
    QCOMPARE(told[1].queued, 0);
    QVERIFY(told[1].took < told[0].took);

    flusher.flushAll();
    QCOMPARE(told.size(), std::size_t(2));
}

void OutboxTest::slicesAreTold()
{
    constexpr int kCount = TurnFlusher::kSlice + 3;
    TurnFlusher flusher; // outlives its outboxes
    std::vector<std::unique_ptr<Pair>> pairs;
    std::vector<std::unique_ptr<Outbox>> outboxes;
    std::vector<TurnFlusher::Written> told;
    flusher.setObserver([&told](const TurnFlusher::Written &written) { told.push_back(written); });
    for (int i = 0; i < kCount; ++i)
        pairs.push_back(std::make_unique<Pair>());
    for (const auto &pair : pairs) {
        outboxes.push_back(std::make_unique<Outbox>(pair->server.get(), flusher));
        QVERIFY(outboxes.back()->append("hello"));
    }
    flusher.flushAll();
    QCOMPARE(told.size(), std::size_t(2));
    QCOMPARE(told[0].whole, TurnFlusher::kSlice);
    QCOMPARE(told[1].whole, 3);
    QVERIFY(told[1].took >= told[0].took);
}

namespace {

/// Clients that all have something waiting, and a flusher that yields as soon as it may.
class Crowd final
{
public:
    explicit Crowd(int count)
    {
        flusher.setPatience(std::chrono::nanoseconds(0));
        for (int i = 0; i < count; ++i) {
            pairs.push_back(std::make_unique<Pair>());
            outboxes.push_back(std::make_unique<Outbox>(pairs.back()->server.get(), flusher));
        }
    }
    ~Crowd() { outboxes.clear(); }

    bool appendToAll(const QByteArray &bytes)
    {
        return std::all_of(outboxes.begin(), outboxes.end(),
                           [&](const auto &outbox) { return outbox->append(bytes); });
    }
    /// What is posted before the flusher's event and by it, once.
    void oneSlice()
    {
        const int before = flusher.waiting();
        for (int i = 0; i < 10 && flusher.waiting() == before; ++i)
            QCoreApplication::sendPostedEvents();
    }

    TurnFlusher flusher;
    std::vector<std::unique_ptr<Pair>> pairs;
    std::vector<std::unique_ptr<Outbox>> outboxes;
};

} // namespace

void OutboxTest::largeFanOutsYield()
{
    Crowd crowd(4 * kBatch);
    QVERIFY(crowd.appendToAll("hello"));
    // Posted again and again, as by sockets that have something to say.
    std::vector<int> seen;
    std::function<void()> look = [&] {
        seen.push_back(crowd.flusher.waiting());
        if (crowd.flusher.waiting() > 0)
            QMetaObject::invokeMethod(&crowd.flusher, look, Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(&crowd.flusher, look, Qt::QueuedConnection);
    QTRY_COMPARE(crowd.flusher.waiting(), 0);
    QTRY_VERIFY(seen.back() == 0);
    const auto between = std::count_if(
        seen.begin(), seen.end(), [](int waiting) { return waiting > 0 && waiting < 4 * kBatch; });
    QVERIFY2(between >= 3, qPrintable(QString::number(between)));
    for (const auto &pair : crowd.pairs)
        QTRY_COMPARE(pair->received(), "hello");
}

void OutboxTest::clientsTakeTurns()
{
    Crowd crowd(kCrowd);
    QVERIFY(crowd.appendToAll("a"));
    crowd.oneSlice();
    const int waiting = crowd.flusher.waiting();
    QVERIFY(waiting > 0 && waiting < kCrowd);
    // The first was served: what it gets now stands behind all others of the round. The last was
    // not: for it the two join.
    QVERIFY(crowd.outboxes.front()->append("b"));
    QVERIFY(crowd.outboxes.back()->append("b"));
    QCOMPARE(crowd.flusher.waiting(), waiting + 1);
    while (crowd.flusher.waiting() > 1)
        crowd.oneSlice();
    QTRY_COMPARE(crowd.pairs.back()->received(), "ab");
    QTRY_COMPARE(crowd.pairs.front()->received(), "ab");
    QCOMPARE(crowd.flusher.waiting(), 0);
}

void OutboxTest::publishersDoNotRunAway()
{
    Crowd crowd(kCrowd);
    crowd.flusher.messageAppended(); // no round is under way: nothing to be ended
    QVERIFY(crowd.appendToAll("a"));
    QCOMPARE(crowd.flusher.waiting(), kCrowd);
    crowd.oneSlice();
    const int waiting = crowd.flusher.waiting();
    QVERIFY(waiting > 0 && waiting < kCrowd);
    for (int i = 0; i < TurnFlusher::kJoining; ++i) {
        QVERIFY(crowd.appendToAll("b"));
        crowd.flusher.messageAppended();
    }
    QCOMPARE(crowd.flusher.waiting(), kCrowd); // the served ones wait again
    QVERIFY(crowd.appendToAll("c"));
    crowd.flusher.messageAppended();
    QCOMPARE(crowd.flusher.waiting(), kCrowd - waiting);
    crowd.flusher.flushAll();
    for (const auto &pair : crowd.pairs)
        QTRY_COMPARE(pair->received(), "a" + QByteArray(TurnFlusher::kJoining, 'b') + "c");
}

void OutboxTest::aRoundSurvivesItsLast()
{
    Crowd crowd(kCrowd);
    QVERIFY(crowd.appendToAll("a"));
    crowd.oneSlice();
    QVERIFY(crowd.flusher.waiting() > 1);
    // Those that the round was to end with go away, or go ahead.
    crowd.outboxes.pop_back();
    QVERIFY(crowd.outboxes.back()->flushNow());
    QVERIFY(crowd.outboxes.front()->append("b"));
    QTRY_COMPARE(crowd.flusher.waiting(), 0);
    // And all of them at once.
    QVERIFY(crowd.appendToAll("c"));
    crowd.oneSlice();
    QVERIFY(crowd.flusher.waiting() > 0);
    for (const auto &outbox : crowd.outboxes)
        outbox->discard();
    QCOMPARE(crowd.flusher.waiting(), 0);
    QVERIFY(crowd.appendToAll("d"));
    QTRY_COMPARE(crowd.flusher.waiting(), 0);
    QTRY_VERIFY(crowd.pairs.front()->received().endsWith('d'));
}

void OutboxTest::emptyAppendIsNothing()
{
    Pair pair;
    TurnFlusher flusher;
    Outbox outbox(pair.server.get(), flusher);
    QVERIFY(outbox.append({}));
    QCOMPARE(flusher.waiting(), 0);
}

void OutboxTest::socketInfo()
{
    Pair pair;
    pair.server->write("x");
    QTRY_COMPARE(pair.received(), "x");
    QVERIFY(rttMs(pair.server->socketDescriptor()).value_or(-1) > 0);
    QVERIFY(rttMs(pair.server->socketDescriptor()).value_or(1000) < 1000);
    QTRY_COMPARE(kernelBacklogBytes(pair.server->socketDescriptor()), std::optional<quint64>(0));
    QVERIFY(!rttMs(-1));
    QVERIFY(!kernelBacklogBytes(-1));
    QVERIFY(!rttMs(0));
}

QTEST_GUILESS_MAIN(OutboxTest)
#include "tst_outbox.moc"
