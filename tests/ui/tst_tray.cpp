// SPDX-License-Identifier: GPL-3.0-or-later
// The tray, as far as it goes without a desktop: its menu, its words, the broadcast popup.
#include "fakeservercontrol.h"

#include "ui/mainwindow.h"
#include "ui/tray/broadcastpopup.h"
#include "ui/tray/trayicon.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QScreen>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

class tst_Tray : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void tellsStateAndClients();
    void picturesDiffer();
    void menuStopsAndStarts();
    void menuHidesAndShows();
    void broadcastSendsToAll();
    void broadcastTellsFailure();
    void broadcastHasItsOwnNumbers();
    void broadcastStaysOnTheScreen();
    void withoutATrayClosingCloses();
    void closingHidesWhereThatIsWanted();
    void quitEndsIt();

private:
    QAction *entry(const QString &text);
    TrayIcon *tray() { return m_window->findChild<TrayIcon *>(); }
    BroadcastPopup *popup() { return m_window->findChild<BroadcastPopup *>(); }
    QLineEdit *line() { return popup()->findChild<QLineEdit *>(); }
    QString result() { return popup()->findChild<QLabel *>(u"broadcastResult"_s)->text(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FakeServerControl> m_control;
    std::unique_ptr<MainWindow> m_window;
};

void tst_Tray::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"s.ini"_s), QSettings::IniFormat);
    m_control = std::make_unique<FakeServerControl>();
    m_window = std::make_unique<MainWindow>(*m_control, *m_settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_control->start({QString(), 8080});
}

void tst_Tray::cleanup()
{
    m_window.reset();
    m_control.reset();
}

QAction *tst_Tray::entry(const QString &text)
{
    for (QAction *action : tray()->menu().actions()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

void tst_Tray::tellsStateAndClients()
{
    m_control->addClient(Transport::Sse, u"/news"_s);
    m_control->addClient(Transport::WebSocket, u"/chat"_s);
    m_control->publish();
    QTest::qWait(230);
    m_window->tick();
    QVERIFY2(tray()->toolTip().contains(u"Running"), qPrintable(tray()->toolTip()));
    QVERIFY(tray()->toolTip().contains(u"2 clients"));
    QVERIFY(tray()->toolTip().contains(u"http://192.168.1.14:8080"));
    m_control->stop();
    QTRY_VERIFY(tray()->toolTip().contains(u"Stopped"));
    QVERIFY(!tray()->toolTip().contains(u"client"));
}

void tst_Tray::picturesDiffer()
{
    const auto image = [](ServerState state) {
        return trayPicture(state).pixmap(QSize(32, 32), 1.0).toImage();
    };
    QVERIFY(!image(ServerState::Running).isNull());
    QVERIFY(image(ServerState::Running) != image(ServerState::Stopped));
    QVERIFY(image(ServerState::Running) != image(ServerState::Starting));
}

void tst_Tray::menuStopsAndStarts()
{
    QVERIFY(entry(u"Stop the server"_s));
    entry(u"Stop the server"_s)->trigger();
    QCOMPARE(m_control->stops, 1);
    QTRY_VERIFY(entry(u"Start the server"_s));
    QVERIFY(!entry(u"Broadcast…"_s)->isEnabled());
    entry(u"Start the server"_s)->trigger();
    QTRY_VERIFY(entry(u"Broadcast…"_s)->isEnabled());
}

void tst_Tray::menuHidesAndShows()
{
    entry(u"Hide the window"_s)->trigger();
    QVERIFY(!m_window->isVisible());
    QVERIFY(entry(u"Show the window"_s));
    entry(u"Show the window"_s)->trigger();
    QVERIFY(m_window->isVisible());
    m_window->showMinimized();
    m_window->bringToFront();
    QVERIFY(!m_window->isMinimized());
    QVERIFY(m_window->isVisible());
}

void tst_Tray::broadcastSendsToAll()
{
    m_window->hide();
    entry(u"Broadcast…"_s)->trigger();
    QVERIFY(popup()->isVisible());
    QTest::keyClick(line(), Qt::Key_Return);
    QVERIFY(m_control->sends.empty()); // nothing is not sent
    QTest::keyClicks(line(), u"doors open"_s);
    QTest::keyClick(line(), Qt::Key_Return);
    QCOMPARE(m_control->sends.size(), std::size_t(1));
    QVERIFY(m_control->sends[0].target.kind == SendTarget::Kind::All);
    QCOMPARE(m_control->sends[0].data, "doors open");
    QTRY_COMPARE(result(), u"Delivered to 13 clients · queued for 1 client"_s);
    QCOMPARE(line()->text(), QString()); // ready for the next
    QTest::keyClick(line(), Qt::Key_Escape);
    QVERIFY(!popup()->isVisible());
}

void tst_Tray::broadcastTellsFailure()
{
    m_control->nextOutcome = {0, false, u"<b>not</b> running"_s, {}, 0, 0};
    entry(u"Broadcast…"_s)->trigger();
    QTest::keyClicks(line(), u"hello"_s);
    QTest::keyClick(line(), Qt::Key_Return);
    QTRY_VERIFY(result().contains(u"<b>not</b> running"));
    QVERIFY(popup()->findChild<QLabel *>(u"broadcastResult"_s)->textFormat() == Qt::PlainText);
    QCOMPARE(line()->text(), u"hello"_s); // to be tried again
}

void tst_Tray::broadcastHasItsOwnNumbers()
{
    entry(u"Broadcast…"_s)->trigger();
    const QString before = result();
    SendOutcome others;
    others.ref = 1;
    others.ok = true;
    emit m_control->sent(others);
    QCoreApplication::processEvents();
    QCOMPARE(result(), before);
}

void tst_Tray::broadcastStaysOnTheScreen()
{
    entry(u"Broadcast…"_s)->trigger();
    for (const QPoint at : {QPoint(-500, -500), QPoint(100'000, 100'000), QPoint(0, 0)}) {
        popup()->popUp(at);
        const QRect room = QGuiApplication::primaryScreen()->geometry();
        QVERIFY2(room.contains(popup()->geometry()), qPrintable(u"%1,%2 %3x%4"_s.arg(popup()->x())
                                                                    .arg(popup()->y())
                                                                    .arg(popup()->width())
                                                                    .arg(popup()->height())));
    }
}

void tst_Tray::withoutATrayClosingCloses()
{
    m_settings->setValue(u"window/keep-in-tray"_s, u"yes"_s);
    m_window = std::make_unique<MainWindow>(*m_control, *m_settings);
    m_window->show();
    // Hidden without a way back it would be lost.
    QVERIFY(!tray()->isShown());
    QVERIFY(m_window->close());
}

void tst_Tray::closingHidesWhereThatIsWanted()
{
    m_settings->setValue(u"window/keep-in-tray"_s, u"yes"_s);
    m_window = std::make_unique<MainWindow>(*m_control, *m_settings);
    tray()->setPresence([] { return true; });
    m_window->show();
    const int stops = m_control->stops;
    QVERIFY(!m_window->close());
    QVERIFY(!m_window->isVisible());
    QVERIFY(!QApplication::quitOnLastWindowClosed());
    QCOMPARE(m_control->stops, stops); // the server goes on
    QVERIFY(m_settings->contains(u"window/geometry"_s));
    entry(u"Show the window"_s)->trigger();
    QVERIFY(m_window->isVisible());
    QVERIFY(QApplication::quitOnLastWindowClosed());
    m_window->quit();
    QVERIFY(!m_window->isVisible());
    QVERIFY(QApplication::quitOnLastWindowClosed()); // closed, not hidden
}

void tst_Tray::quitEndsIt()
{
    m_window->quit();
    QVERIFY(!m_window->isVisible());
}

QTEST_MAIN(tst_Tray)
#include "tst_tray.moc"
