// SPDX-License-Identifier: GPL-3.0-or-later
// One window at a time, and peers that mean no good.
#include "app/singleinstance.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace pushdeck;
using namespace Qt::StringLiterals;

using Claim = SingleInstance::Claim;

class tst_SingleInstance : public QObject
{
    Q_OBJECT

private slots:
    void theSecondRaisesTheFirst();
    void anotherPortIsItsOwn();
    void portZeroIsNeverTheSame();
    void answersForThePortItMovedTo();
    void afterTheFirstEndsTheNextIsFirst();
    void aStaleSocketIsNoHindrance();
    void aPlainFileInTheWayIsNoHindrance();
    void noFolderIsUnguarded();
    void aDumbPeerIsNoFirst();
    void onlyTheOwnerMayConnect();
    void strangersAreBounded();
    void silentVisitorsGo();

private:
    /// What a second launch does, as it does: from another thread, as another program would.
    Claim claimElsewhere(std::uint16_t port);

    QTemporaryDir m_folder;
};

Claim tst_SingleInstance::claimElsewhere(std::uint16_t port)
{
    std::atomic<int> result = -1;
    std::unique_ptr<QThread> thread(QThread::create([&] {
        SingleInstance other(m_folder.path());
        result = static_cast<int>(other.claim(port));
    }));
    thread->start();
    while (!thread->isFinished())
        QTest::qWait(5);
    return static_cast<Claim>(result.load());
}

void tst_SingleInstance::theSecondRaisesTheFirst()
{
    SingleInstance first(m_folder.path());
    QSignalSpy raised(&first, &SingleInstance::raiseAsked);
    QVERIFY(first.claim(8080) == Claim::First);
    QVERIFY(claimElsewhere(8080) == Claim::Second);
    QTRY_COMPARE(raised.size(), 1);
    QVERIFY(claimElsewhere(8080) == Claim::Second);
    QTRY_COMPARE(raised.size(), 2);
}

void tst_SingleInstance::anotherPortIsItsOwn()
{
    SingleInstance first(m_folder.path());
    QVERIFY(first.claim(8080) == Claim::First);
    QVERIFY(claimElsewhere(9090) == Claim::First);
}

void tst_SingleInstance::portZeroIsNeverTheSame()
{
    SingleInstance first(m_folder.path());
    SingleInstance second(m_folder.path());
    QVERIFY(first.claim(0) == Claim::Unguarded);
    QVERIFY(second.claim(0) == Claim::Unguarded);
}

void tst_SingleInstance::answersForThePortItMovedTo()
{
    SingleInstance first(m_folder.path());
    SingleInstance other(m_folder.path());
    QSignalSpy raised(&first, &SingleInstance::raiseAsked);
    QSignalSpy otherRaised(&other, &SingleInstance::raiseAsked);
    QVERIFY(first.claim(8090) == Claim::First);
    QVERIFY(other.claim(8091) == Claim::First);
    first.answerFor(8092);
    first.answerFor(8092);
    first.answerFor(8091); // the other's: stays so, and is not asked for anything
    QVERIFY(claimElsewhere(8092) == Claim::Second);
    QTRY_COMPARE(raised.size(), 1);
    QVERIFY(claimElsewhere(8090) == Claim::Second);
    QTRY_COMPARE(raised.size(), 2);
    QCOMPARE(otherRaised.size(), 0);
    QVERIFY(claimElsewhere(8091) == Claim::Second);
    QTRY_COMPARE(otherRaised.size(), 1);
}

void tst_SingleInstance::afterTheFirstEndsTheNextIsFirst()
{
    {
        SingleInstance first(m_folder.path());
        QVERIFY(first.claim(8081) == Claim::First);
    }
    SingleInstance next(m_folder.path());
    QVERIFY(next.claim(8081) == Claim::First);
}

void tst_SingleInstance::aStaleSocketIsNoHindrance()
{
    SingleInstance next(m_folder.path());
    const QString path = next.socketPath(8082);
    {
        // A program that crashed leaves its socket: bound, and nobody listens.
        QLocalServer crashed;
        QVERIFY(crashed.listen(path + u".tmp"_s));
        QVERIFY(QFile::rename(path + u".tmp"_s, path));
    }
    QVERIFY(QFileInfo::exists(path));
    QVERIFY(next.claim(8082) == Claim::First);
    QVERIFY(claimElsewhere(8082) == Claim::Second);
}

void tst_SingleInstance::aPlainFileInTheWayIsNoHindrance()
{
    SingleInstance next(m_folder.path());
    QFile file(next.socketPath(8083));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY(next.claim(8083) != Claim::Second);
}

void tst_SingleInstance::noFolderIsUnguarded()
{
    SingleInstance nowhere(m_folder.filePath(u"no/such"_s));
    QVERIFY(nowhere.claim(8080) == Claim::Unguarded);
}

void tst_SingleInstance::aDumbPeerIsNoFirst()
{
    // Something listens under the name and answers nonsense without end: bounded, and passed over.
    QLocalServer impostor;
    SingleInstance second(m_folder.path());
    QVERIFY(impostor.listen(second.socketPath(8084)));
    connect(&impostor, &QLocalServer::newConnection, this,
            [&impostor] { impostor.nextPendingConnection()->write(QByteArray(1'000'000, 'x')); });
    QElapsedTimer clock;
    clock.start();
    QVERIFY(claimElsewhere(8084) != Claim::Second);
    QVERIFY2(clock.elapsed() < 4000, qPrintable(QString::number(clock.elapsed())));
}

void tst_SingleInstance::onlyTheOwnerMayConnect()
{
#ifdef Q_OS_UNIX
    SingleInstance first(m_folder.path());
    QVERIFY(first.claim(8085) == Claim::First);
    constexpr QFile::Permissions kOthers =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(first.socketPath(8085)) & kOthers));
#endif
}

void tst_SingleInstance::strangersAreBounded()
{
    SingleInstance first(m_folder.path());
    QSignalSpy raised(&first, &SingleInstance::raiseAsked);
    QVERIFY(first.claim(8086) == Claim::First);
    std::vector<std::unique_ptr<QLocalSocket>> strangers;
    for (int i = 0; i < 50; ++i) {
        auto &stranger = strangers.emplace_back(std::make_unique<QLocalSocket>());
        stranger->connectToServer(first.socketPath(8086));
        stranger->write(i % 2 ? QByteArray(100'000, 'A') : QByteArray("GET / HTTP/1.1\n"));
        QCoreApplication::processEvents();
    }
    for (const auto &stranger : strangers)
        QTRY_COMPARE(stranger->state(), QLocalSocket::UnconnectedState);
    QCOMPARE(raised.size(), 0);
    QVERIFY(claimElsewhere(8086) == Claim::Second);
    QTRY_COMPARE(raised.size(), 1);
}

void tst_SingleInstance::silentVisitorsGo()
{
    SingleInstance first(m_folder.path());
    QVERIFY(first.claim(8087) == Claim::First);
    QLocalSocket silent;
    silent.connectToServer(first.socketPath(8087));
    QVERIFY(silent.waitForConnected());
    QTRY_COMPARE_WITH_TIMEOUT(silent.state(), QLocalSocket::UnconnectedState, 3000);
}

QTEST_GUILESS_MAIN(tst_SingleInstance)
#include "tst_singleinstance.moc"
