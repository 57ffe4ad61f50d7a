// SPDX-License-Identifier: GPL-3.0-or-later
// When the window thinks of the firewall, which one it finds, and what it says.
#include "fakeservercontrol.h"

#include "ui/address/firewall.h"
#include "ui/address/lanwatch.h"
#include "ui/mainwindow.h"
#include "ui/messagebar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

using Advice = LanWatch::Advice;

class tst_Firewall : public QObject
{
    Q_OBJECT

private slots:
    void hintsAfterTwentySeconds();
    void oneFromElsewhereIsEnough();
    void thisMachinesOwnDoNotCount_data();
    void thisMachinesOwnDoNotCount();
    void onlyLocalIsNoCase();
    void eachRunHasItsTurn();
    void findsTheFirewall_data();
    void findsTheFirewall();
    void commandsNameThePort();
    void theWindowShowsCopiesAndWithdraws();
    void theWindowIsSilentWithoutAFirewall();
    void neverAgainIsRemembered();
};

namespace {

constexpr std::int64_t kStart = 1'000'000;

Snapshot running()
{
    Snapshot snapshot;
    snapshot.state = ServerState::Running;
    snapshot.startedAtMs = kStart;
    snapshot.port = 8080;
    snapshot.addresses = {{u"http://192.168.1.14:8080"_s, u"wlan0"_s, false, true, false},
                          {u"http://[fd00::1]:8080"_s, u"wlan0"_s, false, true, false},
                          {u"http://127.0.0.1:8080"_s, u"lo"_s, true, false, false}};
    return snapshot;
}

void addClient(Snapshot &snapshot, const QString &address)
{
    ClientInfo client;
    client.id = snapshot.clients.size() + 1;
    client.address = address;
    snapshot.clients.push_back(client);
}

/// A window over a server that has been running since kStart by its own clock.
struct Shown
{
    Shown() : settings(folder.filePath(u"s.ini"_s), QSettings::IniFormat)
    {
        window = std::make_unique<MainWindow>(control, settings);
        window->setFirewallFinder([this] { return firewall; });
        window->show();
        control.start({QString(), 8080});
        control.snapshot.startedAtMs = kStart;
        turn();
    }
    void turn()
    {
        control.publish();
        QTest::qWait(230);
        window->tick();
    }
    MessageBar *bar() { return window->findChild<MessageArea *>()->find(u"firewall"_s); }
    QPushButton *button(const QString &text)
    {
        for (QPushButton *each : bar()->findChildren<QPushButton *>()) {
            if (each->text() == text)
                return each;
        }
        return nullptr;
    }

    QTemporaryDir folder;
    QSettings settings;
    FakeServerControl control;
    Firewall firewall = Firewall::Ufw;
    std::unique_ptr<MainWindow> window;
};

} // namespace

void tst_Firewall::hintsAfterTwentySeconds()
{
    LanWatch watch;
    const Snapshot snapshot = running();
    QVERIFY(watch.look({}, kStart) == Advice::Nothing);
    QVERIFY(watch.look(snapshot, kStart) == Advice::Nothing);
    QVERIFY(watch.look(snapshot, kStart + 19'999) == Advice::Nothing);
    QVERIFY(watch.look(snapshot, kStart + 20'000) == Advice::Hint);
    QVERIFY(watch.look(snapshot, kStart + 21'000) == Advice::Nothing); // once
}

void tst_Firewall::oneFromElsewhereIsEnough()
{
    LanWatch watch;
    Snapshot snapshot = running();
    addClient(snapshot, u"192.168.1.77"_s);
    QVERIFY(watch.look(snapshot, kStart + 5'000) == Advice::Nothing);
    snapshot.clients.clear(); // it has left, and it could come
    QVERIFY(watch.look(snapshot, kStart + 60'000) == Advice::Nothing);

    LanWatch late;
    QVERIFY(late.look(running(), kStart + 20'000) == Advice::Hint);
    addClient(snapshot, u"::ffff:192.168.1.77"_s);
    QVERIFY(late.look(snapshot, kStart + 30'000) == Advice::Withdraw);
    QVERIFY(late.look(snapshot, kStart + 31'000) == Advice::Nothing);
}

void tst_Firewall::thisMachinesOwnDoNotCount_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("elsewhere");
    QTest::newRow("loopback") << u"127.0.0.1"_s << false;
    QTest::newRow("mapped loopback") << u"::ffff:127.0.0.1"_s << false;
    QTest::newRow("loopback 6") << u"::1"_s << false;
    QTest::newRow("own") << u"192.168.1.14"_s << false;
    QTest::newRow("own, mapped") << u"::ffff:192.168.1.14"_s << false;
    QTest::newRow("own 6") << u"fd00::1"_s << false;
    QTest::newRow("another") << u"192.168.1.15"_s << true;
    QTest::newRow("another 6") << u"fd00::2"_s << true;
    QTest::newRow("nothing") << QString() << false;
}

void tst_Firewall::thisMachinesOwnDoNotCount()
{
    QFETCH(QString, address);
    QFETCH(bool, elsewhere);
    ClientInfo client;
    client.address = address;
    QCOMPARE(isFromElsewhere(client, running()), elsewhere);
}

void tst_Firewall::onlyLocalIsNoCase()
{
    LanWatch watch;
    Snapshot snapshot = running();
    snapshot.addresses = {{u"http://127.0.0.1:8080"_s, u"lo"_s, true, false, false}};
    QVERIFY(watch.look(snapshot, kStart + 60'000) == Advice::Nothing);
}

void tst_Firewall::eachRunHasItsTurn()
{
    LanWatch watch;
    Snapshot snapshot = running();
    QVERIFY(watch.look(snapshot, kStart + 20'000) == Advice::Hint);
    Snapshot stopped = snapshot;
    stopped.state = ServerState::Stopped;
    QVERIFY(watch.look(stopped, kStart + 25'000) == Advice::Withdraw);
    snapshot.startedAtMs = kStart + 30'000;
    QVERIFY(watch.look(snapshot, kStart + 40'000) == Advice::Nothing);
    QVERIFY(watch.look(snapshot, kStart + 50'000) == Advice::Hint);
}

void tst_Firewall::findsTheFirewall_data()
{
    QTest::addColumn<QByteArray>("ufw");
    QTest::addColumn<QString>("there");
    QTest::addColumn<int>("found");
    QTest::newRow("none") << QByteArray() << QString() << int(Firewall::None);
    QTest::newRow("ufw") << QByteArray("# on\nENABLED=yes\nLOGLEVEL=low\n") << QString()
                         << int(Firewall::Ufw);
    QTest::newRow("ufw off") << QByteArray("ENABLED=no\n# ENABLED=yes\n") << QString()
                             << int(Firewall::None);
    QTest::newRow("firewalld") << QByteArray("ENABLED=no\n")
                               << u"/etc/systemd/system/multi-user.target.wants/firewalld.service"_s
                               << int(Firewall::Firewalld);
    QTest::newRow("nftables") << QByteArray()
                              << u"/etc/systemd/system/sysinit.target.wants/nftables.service"_s
                              << int(Firewall::Nftables);
}

void tst_Firewall::findsTheFirewall()
{
#if defined(Q_OS_WIN) || defined(Q_OS_MACOS)
    QSKIP("there the system has one");
#endif
    QFETCH(QByteArray, ufw);
    QFETCH(QString, there);
    QFETCH(int, found);
    const SystemView system{[there](const QString &path) { return path == there; },
                            [ufw](const QString &) { return ufw; }};
    QCOMPARE(int(findFirewall(system)), found);
    (void)findFirewall(realSystem()); // whatever it is: it does not hang
}

void tst_Firewall::commandsNameThePort()
{
    for (const Firewall each :
         {Firewall::Ufw, Firewall::Firewalld, Firewall::Nftables, Firewall::Windows})
        QVERIFY(firewallAdvice(each, 9123).command.contains(u"9123"));
    QCOMPARE(firewallAdvice(Firewall::Ufw, 8080).command, u"sudo ufw allow 8080/tcp"_s);
    QVERIFY(!firewallAdvice(Firewall::MacOs, 8080).words.isEmpty());
    QVERIFY(firewallAdvice(Firewall::None, 8080).words.isEmpty());
}

void tst_Firewall::theWindowShowsCopiesAndWithdraws()
{
    Shown shown;
    shown.window->watchLan(kStart + 5'000);
    // The window's own clock is far beyond the twenty seconds: it may have told by itself.
    shown.window->watchLan(kStart + 20'000);
    QVERIFY(shown.bar());
    QVERIFY(shown.bar()->text().contains(u"sudo ufw allow 8080/tcp"));
    QTest::mouseClick(shown.button(u"Copy command"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"sudo ufw allow 8080/tcp"_s);

    Shown other;
    other.window->watchLan(kStart + 20'000);
    QVERIFY(other.bar());
    other.control.addClient(Transport::Sse, u"/news"_s).address = u"192.168.1.99"_s;
    other.turn();
    other.window->watchLan(kStart + 30'000);
    QVERIFY(!other.bar());
}

void tst_Firewall::theWindowIsSilentWithoutAFirewall()
{
    Shown shown;
    // The finder is asked when it is time; the first turn may have been that.
    Shown quiet;
    quiet.firewall = Firewall::None;
    quiet.control.stop();
    quiet.turn();
    quiet.window->watchLan(kStart);
    quiet.control.start({QString(), 8080});
    quiet.turn();
    quiet.window->watchLan(kStart + 900'000'000'000);
    QVERIFY(!quiet.bar());
}

void tst_Firewall::neverAgainIsRemembered()
{
    Shown shown;
    shown.window->watchLan(kStart + 20'000);
    QVERIFY(shown.bar());
    QTest::mouseClick(shown.button(u"Never again"_s), Qt::LeftButton);
    QCOMPARE(shown.settings.value(u"hints/firewall"_s).toBool(), false);
    shown.control.stop();
    shown.turn();
    shown.window->watchLan(kStart + 40'000);
    shown.control.start({QString(), 8080});
    shown.turn();
    shown.window->watchLan(kStart + 900'000'000'000);
    QVERIFY(!shown.bar());
}

QTEST_MAIN(tst_Firewall)
#include "tst_firewall.moc"
