// SPDX-License-Identifier: GPL-3.0-or-later
// The overview of keys, by keyboard and mouse.
#include "fakeservercontrol.h"

#include "ui/mainwindow.h"
#include "ui/shortcuts/shortcutlist.h"
#include "ui/shortcuts/shortcutsview.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace pushdeck;
using namespace Qt::StringLiterals;

class tst_Shortcuts : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void listsEveryActionOnce();
    void groupsByWhoseTheyAre();
    void typingNarrows();
    void findsByKey();
    void arrowsPassTitles();
    void enterRuns();
    void clickRunsAndTitlesDoNot();
    void escapeGivesTheKeyboardBack();
    void nothingFoundIsSaid();
    void followsTheWindowsSize();
    void namesLoseMenuMarks();
    void guideListsTheSame();

private:
    void open()
    {
        QTest::keyClick(editor(), Qt::Key_Slash, Qt::ControlModifier);
        QVERIFY(view()->isVisible());
    }
    ShortcutsView *view() { return m_window->findChild<ShortcutsView *>(); }
    QLineEdit *query() { return m_window->findChild<QLineEdit *>(u"shortcutsQuery"_s); }
    QTreeWidget *list() { return m_window->findChild<QTreeWidget *>(u"shortcutsList"_s); }
    QPlainTextEdit *editor() { return m_window->findChild<QPlainTextEdit *>(u"sendText"_s); }
    QStringList shown();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FakeServerControl> m_control;
    std::unique_ptr<MainWindow> m_window;
};

void tst_Shortcuts::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"s.ini"_s), QSettings::IniFormat);
    m_control = std::make_unique<FakeServerControl>();
    m_window = std::make_unique<MainWindow>(*m_control, *m_settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    editor()->setFocus();
}

void tst_Shortcuts::cleanup()
{
    m_window.reset();
    m_control.reset();
}

QStringList tst_Shortcuts::shown()
{
    QStringList names;
    for (int i = 0; i < list()->topLevelItemCount(); ++i) {
        const QTreeWidgetItem *group = list()->topLevelItem(i);
        for (int k = 0; k < group->childCount(); ++k)
            names << group->child(k)->text(0);
    }
    return names;
}

void tst_Shortcuts::listsEveryActionOnce()
{
    open();
    const QStringList names = shown();
    int expected = 0;
    for (const QAction *action : m_window->actions()) {
        if (!action->isVisible())
            continue;
        ++expected;
        QVERIFY2(names.contains(actionName(*action)), qPrintable(action->text()));
    }
    QCOMPARE(names.size(), expected);
}

void tst_Shortcuts::groupsByWhoseTheyAre()
{
    open();
    QStringList titles;
    for (int i = 0; i < list()->topLevelItemCount(); ++i) {
        titles << list()->topLevelItem(i)->text(0);
        QVERIFY(list()->topLevelItem(i)->childCount() > 0);
    }
    QVERIFY2(titles.contains(u"Window"_s) && titles.contains(u"Traffic"_s) &&
                 titles.contains(u"Clients"_s) && titles.contains(u"Saved messages"_s) &&
                 titles.contains(u"Inspector"_s) && titles.contains(u"Message"_s),
             qPrintable(titles.join(u',')));
}

void tst_Shortcuts::typingNarrows()
{
    open();
    const auto all = shown().size();
    QTest::keyClicks(query(), u"preferences"_s);
    QCOMPARE(shown(), QStringList{u"Preferences…"_s});
    query()->clear();
    QCOMPARE(shown().size(), all);
    QTest::keyClicks(query(), u"traffic"_s); // a group's title finds the group
    QVERIFY(shown().size() > 3);
    QVERIFY(shown().size() < all);
}

void tst_Shortcuts::findsByKey()
{
    open();
    QTest::keyClicks(query(), u"ctrl+k"_s);
    QVERIFY(shown().contains(u"Find a command"_s));
}

void tst_Shortcuts::arrowsPassTitles()
{
    open();
    const QTreeWidgetItem *first = list()->currentItem();
    QVERIFY(first && first->parent());
    for (int i = 0; i < 200; ++i) {
        QTest::keyClick(query(), Qt::Key_Down);
        QVERIFY(list()->currentItem()->parent());
    }
    QVERIFY(list()->currentItem()->parent()->text(0) != first->parent()->text(0));
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(query(), Qt::Key_PageUp);
    QCOMPARE(list()->currentItem(), first);
}

void tst_Shortcuts::enterRuns()
{
    open();
    QTest::keyClicks(query(), u"f5"_s);
    QTest::keyClick(query(), Qt::Key_Return);
    QVERIFY(!view()->isVisible());
    QCOMPARE(m_control->starts.size(), std::size_t(1));
}

void tst_Shortcuts::clickRunsAndTitlesDoNot()
{
    open();
    QTest::keyClicks(query(), u"f5"_s);
    const QTreeWidgetItem *title = list()->topLevelItem(0);
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {},
                      list()->visualItemRect(title).center());
    QVERIFY(view()->isVisible());
    QCOMPARE(m_control->starts.size(), std::size_t(0));
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {},
                      list()->visualItemRect(title->child(0)).center());
    QVERIFY(!view()->isVisible());
    QCOMPARE(m_control->starts.size(), std::size_t(1));
}

void tst_Shortcuts::escapeGivesTheKeyboardBack()
{
    open();
    QVERIFY(query()->hasFocus());
    QTest::keyClick(query(), Qt::Key_Escape);
    QVERIFY(!view()->isVisible());
    QVERIFY(editor()->hasFocus());
}

void tst_Shortcuts::nothingFoundIsSaid()
{
    open();
    QTest::keyClicks(query(), u"no such thing"_s);
    QVERIFY(shown().isEmpty());
    QVERIFY(!list()->isVisible());
    QTest::keyClick(query(), Qt::Key_Return); // harmless
    QTest::keyClick(query(), Qt::Key_Down);
    QVERIFY(view()->isVisible());
}

void tst_Shortcuts::followsTheWindowsSize()
{
    open();
    m_window->resize(900, 560);
    QCoreApplication::processEvents();
    QVERIFY(m_window->rect().contains(view()->geometry()));
    m_window->resize(1600, 1000);
    QCoreApplication::processEvents();
    QVERIFY(view()->height() > 800);
}

void tst_Shortcuts::namesLoseMenuMarks()
{
    QAction action(u"Save && &go"_s, nullptr);
    QCOMPARE(actionName(action), u"Save & go"_s);
    action.setShortcuts({QKeySequence(u"Ctrl+1"_s), QKeySequence(u"Ctrl+2"_s)});
    QCOMPARE(actionKeys(action).size(), 2);
    QVERIFY(matchesShortcut(action, u"Files"_s, u"files go"_s));
    QVERIFY(!matchesShortcut(action, u"Files"_s, u"files stop"_s));
}

// The table of keys in the guide: each action with its first key, also those that show only where
// they have something to do, and none that is not there. What sends a saved message or opens a
// recent project has its name from the project.
void tst_Shortcuts::guideListsTheSame()
{
    QFile guide(QStringLiteral(GUIDE));
    QVERIFY2(guide.open(QIODevice::ReadOnly), qPrintable(guide.fileName()));
    const QString text = QString::fromUtf8(guide.readAll());
    const qsizetype begin = text.indexOf(u"<!-- keys:");
    QVERIFY(begin > 0);
    QStringList told;
    const QStringList lines = text.sliced(begin, text.indexOf(u"\n\n", begin) - begin).split(u'\n');
    for (const QString &line : lines) {
        const QStringList cells = line.split(u'|');
        if (cells.size() == 4 && !cells[2].trimmed().isEmpty() && !cells[2].contains(u"---"))
            told << cells[1].trimmed() + u": "_s + cells[2].trimmed();
    }
    QStringList real;
    for (const QAction *action : m_window->actions()) {
        const QString name = actionName(*action);
        if (!name.isEmpty() && !actionKeys(*action).isEmpty() && name != u"Send a saved message" &&
            name != u"Open a recent project")
            real << name + u": "_s + actionKeys(*action).constFirst();
    }
    told.sort();
    real.sort();
    const auto only = [](const QStringList &these, const QStringList &those) {
        QStringList rest;
        for (const QString &line : these) {
            if (!those.contains(line))
                rest << line;
        }
        return rest.join(u"; ");
    };
    QVERIFY2(told == real, qPrintable(u"only in the guide: %1. Only in the window: %2"_s.arg(
                               only(told, real), only(real, told))));
}

QTEST_MAIN(tst_Shortcuts)
#include "tst_shortcuts.moc"
