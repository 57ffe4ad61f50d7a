// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/epolldispatcher.h"

#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

#include <array>
#include <atomic>
#include <memory>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

using namespace pushdeck;
using namespace std::chrono_literals;

namespace {

/// Two ends of a connection.
class Pair
{
public:
    Pair() { ok = ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) == 0; }
    ~Pair()
    {
        close(0);
        close(1);
    }
    Q_DISABLE_COPY_MOVE(Pair)

    void close(int which)
    {
        if (ends[which] >= 0)
            ::close(ends[which]);
        ends[which] = -1;
    }
    void send(int which = 1) { ok = ok && ::send(ends[which], "x", 1, MSG_NOSIGNAL) == 1; }
    int receive(int which = 0)
    {
        std::array<char, 64> buffer;
        return static_cast<int>(::recv(ends[which], buffer.data(), buffer.size(), 0));
    }

    int ends[2] = {-1, -1};
    bool ok = false;
};

QAbstractEventDispatcher &dispatcher()
{
    return *QAbstractEventDispatcher::instance();
}

/// What is ready now, and no waiting.
void turn()
{
    dispatcher().processEvents(QEventLoop::AllEvents);
}

} // namespace

/// The dispatcher as Qt uses it: on this thread, under every other part of this test.
class EpollDispatcherTest final : public QObject
{
    Q_OBJECT

private slots:
    void isInUse();
    void timersFireInOrder();
    void timersOfNoIntervalLeaveRoom();
    void aTimerMayEndItselfAndOthers();
    void aTimerDoesNotFireInsideItself();
    void timersAreListed();
    void readsAndWrites();
    void anEndShowsInReading();
    void urgentDataShows();
    void removedWhileDispatching();
    void addedWhileDispatching();
    void aNumberGivenAgainIsAnotherDescriptor();
    void aDuplicateDoesNotHaunt();
    void switchedOffIsSilent();
    void manyDescriptors();
    void wokenFromOtherThreads();
    void noWakeUpIsLost();
    void endedFromAnotherThread();
    void excludedNotifiersWait();
    void sockets();
};

void EpollDispatcherTest::isInUse()
{
    auto *epoll = qobject_cast<EpollDispatcher *>(&dispatcher());
    QVERIFY(epoll);
    QVERIFY(epoll->isValid());
}

void EpollDispatcherTest::timersFireInOrder()
{
    std::vector<int> fired;
    QElapsedTimer elapsed;
    elapsed.start();
    for (const int ms : {60, 20, 40})
        QTimer::singleShot(ms, Qt::PreciseTimer, this, [&fired, ms] { fired.push_back(ms); });
    QTRY_COMPARE(fired, (std::vector<int>{20, 40, 60}));
    QVERIFY(elapsed.elapsed() >= 60);
    QTimer repeating;
    int beats = 0;
    connect(&repeating, &QTimer::timeout, this, [&beats] { ++beats; });
    repeating.start(5);
    QTRY_VERIFY(beats >= 5);
}

void EpollDispatcherTest::timersOfNoIntervalLeaveRoom()
{
    Pair pair;
    int told = 0;
    int fired = 0;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] { told += pair.receive(); });
    QTimer busy;
    connect(&busy, &QTimer::timeout, this, [&] {
        ++fired;
        pair.send();
    });
    busy.start(0);
    QTRY_VERIFY(told >= 100);
    QVERIFY(fired >= told);
}

void EpollDispatcherTest::aTimerMayEndItselfAndOthers()
{
    int fired = 0;
    std::vector<std::unique_ptr<QTimer>> timers;
    for (int i = 0; i < 10; ++i) {
        timers.push_back(std::make_unique<QTimer>());
        connect(timers.back().get(), &QTimer::timeout, this, [&] {
            ++fired;
            for (auto &timer : timers)
                timer->stop();
        });
        timers.back()->start(1);
    }
    QTest::qWait(30);
    QCOMPARE(fired, 1);
}

void EpollDispatcherTest::aTimerDoesNotFireInsideItself()
{
    int depth = 0;
    int deepest = 0;
    int others = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] {
        deepest = std::max(deepest, ++depth);
        QEventLoop inner;
        QTimer::singleShot(20, &inner, [&] {
            ++others;
            inner.quit();
        });
        inner.exec();
        --depth;
    });
    timer.start(1);
    QTRY_VERIFY(others >= 2);
    QCOMPARE(deepest, 1);
    timer.stop();
    QTRY_COMPARE(depth, 0);
}

void EpollDispatcherTest::timersAreListed()
{
    QObject owner;
    const int a = owner.startTimer(1000, Qt::PreciseTimer);
    const int b = owner.startTimer(50'000);
    const auto timers = dispatcher().registeredTimers(&owner);
    QCOMPARE(timers.size(), 2);
    const auto &first = timers[timers[0].timerId == a ? 0 : 1];
    QCOMPARE(first.timerId, a);
    QCOMPARE(first.interval, 1000);
    QCOMPARE(first.timerType, Qt::PreciseTimer);
    QVERIFY(dispatcher().remainingTime(b) > 40'000 && dispatcher().remainingTime(b) <= 50'000);
    owner.killTimer(a);
    QCOMPARE(dispatcher().registeredTimers(&owner).size(), 1);
    QVERIFY(dispatcher().unregisterTimers(&owner));
    QVERIFY(!dispatcher().unregisterTimers(&owner));
    QVERIFY(!dispatcher().unregisterTimer(b));
    QCOMPARE(dispatcher().remainingTime(b), -1);
}

void EpollDispatcherTest::readsAndWrites()
{
    Pair pair;
    int reads = 0;
    int writes = 0;
    QSocketNotifier read(pair.ends[0], QSocketNotifier::Read);
    QSocketNotifier write(pair.ends[0], QSocketNotifier::Write);
    connect(&read, &QSocketNotifier::activated, this, [&] { reads += pair.receive(); });
    connect(&write, &QSocketNotifier::activated, this, [&] {
        ++writes;
        write.setEnabled(false);
    });
    turn();
    QCOMPARE(writes, 1);
    QCOMPARE(reads, 0);
    pair.send();
    turn();
    turn();
    QCOMPARE(reads, 1);
    QCOMPARE(writes, 1);
    write.setEnabled(true);
    pair.send();
    turn();
    QCOMPARE(writes, 2);
    QCOMPARE(reads, 2);
}

void EpollDispatcherTest::anEndShowsInReading()
{
    Pair pair;
    int got = -1;
    QSocketNotifier read(pair.ends[0], QSocketNotifier::Read);
    connect(&read, &QSocketNotifier::activated, this, [&] {
        got = pair.receive();
        read.setEnabled(false);
    });
    pair.close(1);
    turn();
    QCOMPARE(got, 0);
}

void EpollDispatcherTest::urgentDataShows()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, server.serverPort());
    QVERIFY(server.waitForNewConnection(5000));
    std::unique_ptr<QTcpSocket> accepted(server.nextPendingConnection());
    QVERIFY(client.waitForConnected(5000));
    int told = 0;
    QSocketNotifier urgent(accepted->socketDescriptor(), QSocketNotifier::Exception);
    connect(&urgent, &QSocketNotifier::activated, this, [&] {
        ++told;
        urgent.setEnabled(false);
    });
    QCOMPARE(::send(int(client.socketDescriptor()), "!", 1, MSG_OOB), 1);
    QTRY_COMPARE(told, 1);
}

void EpollDispatcherTest::removedWhileDispatching()
{
    // All are ready at once; whoever is told first removes all the others.
    std::vector<std::unique_ptr<Pair>> pairs;
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    int told = 0;
    for (int i = 0; i < 20; ++i) {
        pairs.push_back(std::make_unique<Pair>());
        pairs.back()->send();
        notifiers.push_back(
            std::make_unique<QSocketNotifier>(pairs.back()->ends[0], QSocketNotifier::Read));
        QSocketNotifier *self = notifiers.back().get();
        connect(self, &QSocketNotifier::activated, this, [&, self] {
            ++told;
            for (auto &notifier : notifiers) {
                if (notifier.get() == self)
                    notifier.release()->deleteLater();
                else
                    notifier.reset();
            }
            for (auto &pair : pairs)
                pair->close(0);
        });
    }
    turn();
    turn();
    QCOMPARE(told, 1);
}

void EpollDispatcherTest::addedWhileDispatching()
{
    Pair first;
    std::vector<std::unique_ptr<Pair>> pairs;
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    int told = 0;
    QSocketNotifier notifier(first.ends[0], QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        first.receive();
        for (int i = 0; i < 500; ++i) {
            pairs.push_back(std::make_unique<Pair>());
            pairs.back()->send();
            Pair *pair = pairs.back().get();
            notifiers.push_back(
                std::make_unique<QSocketNotifier>(pair->ends[0], QSocketNotifier::Read));
            connect(notifiers.back().get(), &QSocketNotifier::activated, this,
                    [&told, pair] { told += pair->receive(); });
        }
    });
    first.send();
    QTRY_COMPARE(told, 500);
}

void EpollDispatcherTest::aNumberGivenAgainIsAnotherDescriptor()
{
    // Two are ready. The first to be told closes the other, and its number is given to a new one.
    Pair a;
    Pair b;
    a.send();
    b.send();
    auto other = std::make_unique<Pair>();
    int stale = 0;
    std::unique_ptr<QSocketNotifier> fresh;
    std::array<std::unique_ptr<QSocketNotifier>, 2> notifiers;
    const auto replace = [&](Pair &gone, std::size_t index) {
        notifiers[index].reset();
        const int number = gone.ends[0];
        gone.close(0);
        QCOMPARE(::dup2(other->ends[0], number), number);
        gone.ends[0] = number;
        fresh = std::make_unique<QSocketNotifier>(number, QSocketNotifier::Read);
        connect(fresh.get(), &QSocketNotifier::activated, this, [&stale] { ++stale; });
    };
    notifiers[0] = std::make_unique<QSocketNotifier>(a.ends[0], QSocketNotifier::Read);
    notifiers[1] = std::make_unique<QSocketNotifier>(b.ends[0], QSocketNotifier::Read);
    connect(notifiers[0].get(), &QSocketNotifier::activated, this, [&] {
        a.receive();
        if (!fresh)
            replace(b, 1);
    });
    connect(notifiers[1].get(), &QSocketNotifier::activated, this, [&] {
        b.receive();
        if (!fresh)
            replace(a, 0);
    });
    turn();
    turn();
    QVERIFY(fresh);
    QCOMPARE(stale, 0);
    other->send();
    turn();
    QVERIFY(stale > 0);
}

void EpollDispatcherTest::aDuplicateDoesNotHaunt()
{
    // The connection lives on under another number; nobody listens to it any more.
    Pair pair;
    const int second = ::dup(pair.ends[0]);
    {
        QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
        turn();
    }
    pair.close(0);
    pair.send();
    turn();
    QElapsedTimer elapsed;
    elapsed.start();
    bool woke = false;
    QTimer::singleShot(50, this, [&woke] { woke = true; });
    int turns = 0;
    while (!woke) {
        dispatcher().processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        ++turns;
    }
    QVERIFY2(turns < 20, "it spins");
    ::close(second);
}

void EpollDispatcherTest::switchedOffIsSilent()
{
    Pair pair;
    int told = 0;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&told] { ++told; });
    notifier.setEnabled(false);
    pair.send();
    turn();
    QCOMPARE(told, 0);
    // As often as one likes in a turn.
    for (int i = 0; i < 5; ++i)
        notifier.setEnabled(i % 2 == 0);
    turn();
    QCOMPARE(told, 1);
}

void EpollDispatcherTest::manyDescriptors()
{
    constexpr int kPairs = 400;
    std::vector<std::unique_ptr<Pair>> pairs;
    std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
    std::vector<int> got(kPairs);
    for (int i = 0; i < kPairs; ++i) {
        pairs.push_back(std::make_unique<Pair>());
        Pair *pair = pairs.back().get();
        QVERIFY(pair->ok);
        notifiers.push_back(
            std::make_unique<QSocketNotifier>(pair->ends[0], QSocketNotifier::Read));
        connect(notifiers.back().get(), &QSocketNotifier::activated, this,
                [&got, pair, i] { got[std::size_t(i)] += pair->receive(); });
    }
    std::mt19937 random(1);
    std::vector<int> sent(kPairs);
    for (int round = 0; round < 20; ++round) {
        for (int i = 0; i < 350; ++i) {
            const std::size_t which = random() % kPairs;
            pairs[which]->send();
            ++sent[which];
        }
        QTRY_COMPARE(got, sent);
    }
}

void EpollDispatcherTest::wokenFromOtherThreads()
{
    constexpr int kThreads = 4;
    constexpr int kWakeups = 5000;
    std::atomic<int> given = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&given, &to = dispatcher()] {
            for (int i = 0; i < kWakeups; ++i) {
                ++given;
                to.wakeUp();
            }
        });
    // Nothing else ends the waiting: a wakeup that is lost is a test that hangs until the timer.
    bool isLate = false;
    QTimer::singleShot(30'000, this, [&isLate] { isLate = true; });
    while (given < kThreads * kWakeups && !isLate)
        dispatcher().processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    QVERIFY(!isLate);
    for (std::thread &thread : threads)
        thread.join();
}

void EpollDispatcherTest::noWakeUpIsLost()
{
    // Many that wake it while an earlier wakeup is being taken: none may leave it asleep and deaf.
    constexpr int kThreads = 4;
    std::atomic<bool> isOver = false;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&isOver, &to = dispatcher()] {
            while (!isOver)
                to.wakeUp();
        });
    int woken = 0;
    bool isDeaf = false;
    QTimer watch; // wakes it where the others do not
    connect(&watch, &QTimer::timeout, this, [&] { isDeaf |= std::exchange(woken, 0) < 100; });
    watch.start(1000);
    QElapsedTimer elapsed;
    elapsed.start();
    while (elapsed.elapsed() < 3000 && !isDeaf) {
        dispatcher().processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        ++woken;
    }
    isOver = true;
    for (std::thread &thread : threads)
        thread.join();
    QVERIFY(!isDeaf);
}

void EpollDispatcherTest::endedFromAnotherThread()
{
    for (int i = 0; i < 50; ++i) {
        QEventLoop loop;
        std::thread other;
        QTimer::singleShot(5000, &loop, [&loop] { loop.exit(1); });
        // Whether it comes before the loop waits or after.
        QMetaObject::invokeMethod(
            &loop, [&] { other = std::thread([&loop] { loop.exit(7); }); }, Qt::QueuedConnection);
        const int code = loop.exec();
        other.join();
        QCOMPARE(code, 7);
    }
}

void EpollDispatcherTest::excludedNotifiersWait()
{
    Pair pair;
    pair.send();
    int told = 0;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] { told += pair.receive(); });
    dispatcher().processEvents(QEventLoop::ExcludeSocketNotifiers);
    QCOMPARE(told, 0);
    turn();
    QCOMPARE(told, 1);
}

void EpollDispatcherTest::sockets()
{
    constexpr int kClients = 100;
    const QByteArray payload(200'000, 'x');
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&server] {
        while (QTcpSocket *socket = server.nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, socket,
                    [socket] { socket->write(socket->readAll()); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    std::vector<std::unique_ptr<QTcpSocket>> clients;
    int whole = 0;
    for (int i = 0; i < kClients; ++i) {
        clients.push_back(std::make_unique<QTcpSocket>());
        QTcpSocket *client = clients.back().get();
        connect(client, &QTcpSocket::connected, client,
                [client, &payload] { client->write(payload); });
        connect(client, &QTcpSocket::readyRead, client, [&whole, &payload, client] {
            if (client->bytesAvailable() == payload.size() && client->readAll() == payload)
                ++whole;
        });
        client->connectToHost(QHostAddress::LocalHost, server.serverPort());
    }
    QTRY_COMPARE_WITH_TIMEOUT(whole, kClients, 30'000);
}

int main(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    QCoreApplication application(argc, argv);
    EpollDispatcherTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_epolldispatcher.moc"
