// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeservercontrol.h"

#include "ui/composer/repeater.h"
#include "ui/mainwindow.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// A message again and again: the clock alone, then in the window.
class tst_Repeat : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void countsItsTurns();
    void waitsForTheServer();
    void oldAnswersDoNotCount();
    void plansAreBounded();
    void sendsHowOftenItWasTold();
    void stopIsThere();
    void neverMoreThanOneBatchInFlight();
    void stopsWithTheServer();
    void stopsWhenTheServerRefuses();
    void stopsWithTheWindow();
    void badVariableDoesNotStart();
    void remembersItsPlan();

private:
    template <typename T>
    T *get(const QString &name)
    {
        T *widget = m_window->findChild<T *>(name);
        if (!widget)
            qFatal("no %s", qPrintable(name));
        return widget;
    }
    void ask(int everyMs, int times, int atOnce);
    void repeat(int everyMs, int times, int atOnce = 1);
    QString count() { return get<QLabel>(u"repeatCount"_s)->text(); }
    QPlainTextEdit *editor() { return get<QPlainTextEdit>(u"sendText"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FakeServerControl> m_control;
    std::unique_ptr<MainWindow> m_window;
};

void tst_Repeat::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void tst_Repeat::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"s.ini"_s), QSettings::IniFormat);
    m_control = std::make_unique<FakeServerControl>();
    m_window = std::make_unique<MainWindow>(*m_control, *m_settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_control->start({QString(), 8080});
    QTRY_VERIFY(get<QPushButton>(u"send"_s)->isEnabled());
    editor()->setPlainText(u"{{seq}}"_s);
}

void tst_Repeat::cleanup()
{
    m_window.reset();
    m_control.reset();
}

void tst_Repeat::ask(int everyMs, int times, int atOnce)
{
    editor()->setFocus();
    QTest::keyClick(editor(), Qt::Key_R, Qt::ControlModifier);
    QVERIFY(get<QSpinBox>(u"repeatEvery"_s)->hasFocus());
    get<QComboBox>(u"repeatUnit"_s)->setCurrentIndex(0);
    get<QSpinBox>(u"repeatEvery"_s)->setValue(everyMs);
    get<QSpinBox>(u"repeatTimes"_s)->setValue(times);
    get<QSpinBox>(u"repeatAtOnce"_s)->setValue(atOnce);
}

void tst_Repeat::repeat(int everyMs, int times, int atOnce)
{
    ask(everyMs, times, atOnce);
    QTest::mouseClick(get<QPushButton>(u"repeatStart"_s), Qt::LeftButton);
}

void tst_Repeat::countsItsTurns()
{
    Repeater repeater;
    QSignalSpy due(&repeater, &Repeater::due);
    connect(&repeater, &Repeater::due, this, [&] { repeater.settle(repeater.run()); });
    repeater.start({10ms, 3, 1});
    QCOMPARE(due.size(), 1); // at once
    QTRY_VERIFY(!repeater.isRunning());
    QCOMPARE(due.size(), 3);
    QCOMPARE(repeater.turns(), 3);
    repeater.start({10ms, 0, 1});
    QTRY_VERIFY(repeater.turns() > 5);
    repeater.stop();
    const int turns = repeater.turns();
    QTest::qWait(40);
    QCOMPARE(repeater.turns(), turns);
}

void tst_Repeat::waitsForTheServer()
{
    Repeater repeater;
    QSignalSpy due(&repeater, &Repeater::due);
    repeater.start({10ms, 0, 2});
    QTest::qWait(80);
    QCOMPARE(due.size(), 1);
    repeater.settle(repeater.run());
    QTest::qWait(40);
    QCOMPARE(due.size(), 1); // one of the two
    repeater.settle(repeater.run());
    QCOMPARE(due.size(), 2); // overdue: now
    QTest::qWait(40);
    QCOMPARE(due.size(), 2); // and what was missed is not made up for
}

void tst_Repeat::oldAnswersDoNotCount()
{
    Repeater repeater;
    QSignalSpy due(&repeater, &Repeater::due);
    repeater.start({10ms, 0, 1});
    const int old = repeater.run();
    repeater.stop();
    repeater.settle(old);
    repeater.start({10ms, 0, 1});
    repeater.settle(old);
    QTest::qWait(50);
    QCOMPARE(due.size(), 2);
    repeater.settle(repeater.run());
    QTRY_COMPARE(due.size(), 3);
}

void tst_Repeat::plansAreBounded()
{
    Repeater repeater;
    repeater.start({0ms, -5, 2'000'000'000});
    QCOMPARE(repeater.plan().every, RepeatPlan::kLeastEvery);
    QCOMPARE(repeater.plan().times, 0);
    QCOMPARE(repeater.plan().atOnce, RepeatPlan::kMostAtOnce);
    repeater.stop();
}

void tst_Repeat::sendsHowOftenItWasTold()
{
    repeat(10, 5, 3);
    QTRY_COMPARE(m_control->sends.size(), 15u);
    QTRY_COMPARE(count(), u"5 of 5"_s);
    for (int i = 0; i < 15; ++i)
        QCOMPARE(m_control->sends[std::size_t(i)].data, QByteArray::number(i + 1));
    QCOMPARE(get<QPushButton>(u"repeat"_s)->text(), u"Repeat…"_s);
    QTest::qWait(40);
    QCOMPARE(m_control->sends.size(), 15u);
}

void tst_Repeat::stopIsThere()
{
    repeat(10, 0);
    auto *button = get<QPushButton>(u"repeat"_s);
    QTRY_VERIFY(m_control->sends.size() > 3);
    QCOMPARE(button->text(), u"Stop"_s);
    QVERIFY(button->isVisible());
    QCOMPARE(count(), u"%1 times"_s.arg(m_control->sends.size()));
    // What is written meanwhile is not sent, nor in the way.
    editor()->setPlainText(u"another"_s);
    QTest::qWait(30);
    QVERIFY(m_control->sends.back().data != "another");
    QTest::mouseClick(button, Qt::LeftButton);
    const auto sent = m_control->sends.size();
    QTest::qWait(40);
    QCOMPARE(m_control->sends.size(), sent);
    QCOMPARE(button->text(), u"Repeat…"_s);
    // And by the keyboard.
    repeat(10, 0);
    QTRY_VERIFY(m_control->sends.size() > sent);
    QTest::keyClick(editor(), Qt::Key_R, Qt::ControlModifier);
    QCOMPARE(button->text(), u"Repeat…"_s);
}

void tst_Repeat::neverMoreThanOneBatchInFlight()
{
    m_control->answersSends = false;
    repeat(10, 100, 4);
    QTest::qWait(80);
    QCOMPARE(m_control->sends.size(), 4u);
    QCOMPARE(count(), u"1 of 100"_s);
    for (std::size_t i = 0; i < 4; ++i) {
        SendOutcome outcome{m_control->sends[i].ref, true, {}, u"e"_s, 1, 0};
        emit m_control->sent(outcome);
    }
    QTRY_COMPARE(m_control->sends.size(), 8u);
    QCOMPARE(count(), u"2 of 100"_s);
}

void tst_Repeat::stopsWithTheServer()
{
    repeat(10, 0);
    QTRY_VERIFY(m_control->sends.size() > 2);
    m_control->stop();
    QTRY_COMPARE(get<QPushButton>(u"repeat"_s)->text(), u"Repeat…"_s);
    const auto sent = m_control->sends.size();
    QTest::qWait(40);
    QCOMPARE(m_control->sends.size(), sent);
    repeat(10, 0); // does not start either
    QTest::qWait(30);
    QCOMPARE(m_control->sends.size(), sent);
}

void tst_Repeat::stopsWhenTheServerRefuses()
{
    m_control->nextOutcome = {0, false, u"too large"_s, {}, 0, 0};
    repeat(10, 0, 5);
    QTest::qWait(60);
    QCOMPARE(m_control->sends.size(), 1u);
    QVERIFY(get<QLabel>(u"sendResult"_s)->text().contains(u"Repeating stopped: too large"));
}

void tst_Repeat::stopsWithTheWindow()
{
    repeat(10, 0);
    QTRY_VERIFY(m_control->sends.size() > 2);
    m_window->close();
    const auto sent = m_control->sends.size();
    QTest::qWait(40);
    QCOMPARE(m_control->sends.size(), sent);
}

void tst_Repeat::badVariableDoesNotStart()
{
    editor()->setPlainText(u"{{never}}"_s);
    repeat(10, 0);
    QVERIFY(m_control->sends.empty());
    QVERIFY(get<QLabel>(u"sendResult"_s)->text().contains(u"there is no “never”"));
    QCOMPARE(get<QPushButton>(u"repeat"_s)->text(), u"Repeat…"_s);
}

void tst_Repeat::remembersItsPlan()
{
    ask(250, 7, 9);
    QTest::keyClick(get<QSpinBox>(u"repeatEvery"_s), Qt::Key_Escape);
    QVERIFY(!get<QSpinBox>(u"repeatEvery"_s)->isVisible());
    QVERIFY(editor()->hasFocus());
    m_window->close();
    m_window = std::make_unique<MainWindow>(*m_control, *m_settings);
    QCOMPARE(get<QSpinBox>(u"repeatEvery"_s)->value(), 250);
    QCOMPARE(get<QSpinBox>(u"repeatTimes"_s)->value(), 7);
    QCOMPARE(get<QSpinBox>(u"repeatAtOnce"_s)->value(), 9);
}

QTEST_MAIN(tst_Repeat)
#include "tst_repeat.moc"
