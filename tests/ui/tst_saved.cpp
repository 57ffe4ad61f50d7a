// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeservercontrol.h"

#include "ui/composer/savedchip.h"
#include "ui/mainwindow.h"
#include "ui/messagebar.h"
#include "ui/project/projectkeeper.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

using namespace pushdeck;
using namespace Qt::StringLiterals;

// Variables, saved messages and the project, as the operator meets them in the window.
class tst_Saved : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void variablesAreFilledIn();
    void badVariableIsMarkedAndNotSent();
    void templatesAreCheckedAsJson();
    void logPayloadsAreNotVariables();
    void filesAreNotTouched();
    void savesAndSendsByKey();
    void chipFillsTheComposer();
    void formSaysWhatItTakes();
    void menuOfAChip();
    void longStripsAreCut();
    void stoppedServerSendsNothing();
    void filesAreNotSaved();
    void titleShowsWhatIsUnsaved();
    void closingAsksOnce();
    void closingCanSave();
    void dropOpensAProject();
    void droppedDamageIsSaid();
    void startsOnADamagedProject();
    void recentProjectsAreInThePalette();
    void hostileNamesAreText();

private:
    template <typename T>
    T *get(const QString &name)
    {
        T *widget = m_window->findChild<T *>(name);
        if (!widget)
            qFatal("no %s", qPrintable(name));
        return widget;
    }
    QAction *action(const QString &keys);
    void start();
    void open();
    void save(const QString &name, const QString &key = u"No key"_s);
    void write(const QString &text);
    SavedChip *chip(const QString &name);
    QString barText();
    static void answer(QMessageBox::StandardButton button, int *asked);
    static QByteArray readAll(const QString &path);
    QString put(const QString &name, const QByteArray &bytes);
    bool drop(QWidget *on, const QString &path);

    QPlainTextEdit *editor() { return get<QPlainTextEdit>(u"sendText"_s); }
    QString result() { return get<QLabel>(u"sendResult"_s)->text(); }
    ProjectKeeper *keeper() { return m_window->findChild<ProjectKeeper *>(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FakeServerControl> m_control;
    std::unique_ptr<MainWindow> m_window;
};

void tst_Saved::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void tst_Saved::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(m_folder->filePath(u"s.ini"_s), QSettings::IniFormat);
    m_control = std::make_unique<FakeServerControl>();
    m_control->snapshot.timeMs = QDateTime::currentMSecsSinceEpoch();
    open();
}

void tst_Saved::open()
{
    m_window = std::make_unique<MainWindow>(*m_control, *m_settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void tst_Saved::cleanup()
{
    m_window.reset();
    m_control.reset();
}

QAction *tst_Saved::action(const QString &keys)
{
    for (QAction *candidate : m_window->actions()) {
        if (candidate->shortcuts().contains(QKeySequence(keys)))
            return candidate;
    }
    qFatal("no action with %s", qPrintable(keys));
}

void tst_Saved::start()
{
    m_control->start({QString(), 8080});
    QTRY_VERIFY(get<QPushButton>(u"send"_s)->isEnabled());
}

void tst_Saved::write(const QString &text)
{
    editor()->setFocus();
    editor()->clear();
    QTest::keyClicks(editor(), text);
}

void tst_Saved::save(const QString &name, const QString &key)
{
    QTest::keyClick(editor(), Qt::Key_D, Qt::ControlModifier);
    auto *field = get<QLineEdit>(u"savedName"_s);
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, name);
    get<QComboBox>(u"savedKey"_s)->setCurrentText(key);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!field->isVisible());
}

SavedChip *tst_Saved::chip(const QString &name)
{
    for (SavedChip *each : m_window->findChildren<SavedChip *>()) {
        if (each->isVisible() && each->text() == name)
            return each;
    }
    return nullptr;
}

QString tst_Saved::barText()
{
    for (const MessageBar *bar : m_window->findChildren<MessageBar *>()) {
        if (bar->isVisible())
            return bar->text();
    }
    return {};
}

void tst_Saved::answer(QMessageBox::StandardButton button, int *asked)
{
    // The question may come only with a later turn; its own loop runs this timer.
    auto *timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, button, asked, turns = 0]() mutable {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        if (!box && ++turns < 1000)
            return;
        timer->deleteLater();
        timer->stop();
        if (box) {
            ++*asked;
            box->button(button)->click();
        }
    });
    timer->start(5);
}

QByteArray tst_Saved::readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

QString tst_Saved::put(const QString &name, const QByteArray &bytes)
{
    QFile file(m_folder->filePath(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes);
    return file.fileName();
}

bool tst_Saved::drop(QWidget *on, const QString &path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    enter.ignore();
    QApplication::sendEvent(on, &enter);
    if (!enter.isAccepted())
        return false;
    QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(on, &event);
    return true;
}

void tst_Saved::variablesAreFilledIn()
{
    start();
    for (int i = 0; i < 3; ++i) {
        write(u"{{seq}} {{random 4 4}} {{{{now}} {{now_ms}}"_s);
        QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
    }
    QTRY_COMPARE(m_control->sends.size(), 3u);
    for (int i = 0; i < 3; ++i) {
        const QList<QByteArray> parts = m_control->sends[std::size_t(i)].data.split(' ');
        QCOMPARE(parts.value(0), QByteArray::number(i + 1));
        QCOMPARE(parts.value(1), QByteArray("4"));
        QCOMPARE(parts.value(2), QByteArray("{{now}}"));
        QVERIFY(parts.value(3).toLongLong() > 1'600'000'000'000);
    }
    // The arrow brings back what was written, not what was sent.
    editor()->clear();
    QTest::keyClick(editor(), Qt::Key_Up);
    QVERIFY(editor()->toPlainText().startsWith(u"{{seq}}"));
}

void tst_Saved::badVariableIsMarkedAndNotSent()
{
    start();
    write(u"ok {{seq}} {{nope}}"_s);
    auto *mark = get<QToolButton>(u"jsonMark"_s);
    QVERIFY(mark->isVisible());
    QCOMPARE(mark->text(), u"✕ Variable, line 1, column 12: there is no “nope”"_s);
    QCOMPARE(editor()->extraSelections().size(), 1);
    QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_control->sends.empty());
    QVERIFY2(result().contains(u"Not sent: line 1, column 12"), qPrintable(result()));
    QCOMPARE(editor()->textCursor().position(), 11);
    write(u"{{seq}}"_s);
    QVERIFY(!mark->isVisible());
    QVERIFY(editor()->extraSelections().isEmpty());
    QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(m_control->sends.size(), 1u);
    QCOMPARE(m_control->sends[0].data, QByteArray("1")); // a refused send does not count
}

void tst_Saved::templatesAreCheckedAsJson()
{
    start();
    write(u"{\"n\":{{seq}},\"t\":\"{{now}}\"}"_s);
    QCOMPARE(get<QToolButton>(u"jsonMark"_s)->text(), u"✓ JSON"_s);
    QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_control->sends.at(0).contentType, u"application/json"_s);
    write(u"{\"n\":{{now}}, \"b\" 2}"_s); // a bare date is not JSON; it begins at column 6
    QVERIFY2(get<QToolButton>(u"jsonMark"_s)->text().contains(u"JSON, line 1, column 6"),
             qPrintable(get<QToolButton>(u"jsonMark"_s)->text()));
}

void tst_Saved::logPayloadsAreNotVariables()
{
    start();
    m_control->message({}, "say {{now}} {{{"); // direct: goes to the editor first
    m_window->tick();
    auto *view = m_window->findChild<QTableView *>(u"trafficView"_s);
    view->selectRow(view->model()->rowCount() - 1);
    action(u"Ctrl+Shift+R"_s)->trigger();
    QCOMPARE(editor()->toPlainText(), u"say {{{{now}} {{{{{"_s);
    QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_control->sends.at(0).data, QByteArray("say {{now}} {{{"));
}

void tst_Saved::filesAreNotTouched()
{
    start();
    TrafficEvent event;
    event.kind = TrafficKind::Message;
    event.direction = Direction::In;
    event.binary = true;
    event.payload = "{{now}} {{";
    m_control->writableLog().append(event);
    m_window->tick();
    auto *view = m_window->findChild<QTableView *>(u"trafficView"_s);
    view->selectRow(view->model()->rowCount() - 1);
    action(u"Ctrl+Shift+R"_s)->trigger(); // attached
    get<QPushButton>(u"send"_s)->click();
    QCOMPARE(m_control->sends.at(0).data, event.payload);
}

void tst_Saved::savesAndSendsByKey()
{
    start();
    write(u"hello {{seq}}"_s);
    save(u"greet"_s, u"F1"_s);
    QVERIFY(chip(u"greet"_s));
    QVERIFY(result().contains(u"Kept “greet”"));
    write(u"something else"_s);
    QTest::keyClick(editor(), Qt::Key_F1);
    QTRY_COMPARE(m_control->sends.size(), 1u);
    QCOMPARE(m_control->sends[0].data, QByteArray("hello 1"));
    QTRY_COMPARE(result(), u"“greet”: 13 delivered, 1 queued"_s);
    QCOMPARE(editor()->toPlainText(), u"something else"_s);
}

void tst_Saved::chipFillsTheComposer()
{
    start();
    auto *topic = get<QComboBox>(u"sendTopic"_s);
    topic->lineEdit()->setFocus();
    topic->lineEdit()->selectAll();
    QTest::keyClicks(topic->lineEdit(), u"/prices"_s);
    get<QLineEdit>(u"sendEvent"_s)->setText(u"tick"_s);
    get<QComboBox>(u"sendType"_s)->setCurrentIndex(2);
    write(u"{}"_s);
    save(u"price"_s);
    get<QRadioButton>(u"toAll"_s)->click();
    get<QLineEdit>(u"sendEvent"_s)->clear();
    get<QComboBox>(u"sendType"_s)->setCurrentIndex(0);
    write(u"x"_s);
    QTest::mouseClick(chip(u"price"_s), Qt::LeftButton);
    QVERIFY(m_control->sends.empty());
    QCOMPARE(editor()->toPlainText(), u"{}"_s);
    QVERIFY(editor()->hasFocus());
    QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_control->sends.at(0).target.topic, u"/prices"_s);
    QCOMPARE(m_control->sends.at(0).event, u"tick"_s);
    QCOMPARE(m_control->sends.at(0).contentType, u"application/json"_s);
}

void tst_Saved::formSaysWhatItTakes()
{
    write(u"one"_s);
    save(u"a"_s, u"F1"_s);
    QTest::keyClick(editor(), Qt::Key_D, Qt::ControlModifier);
    auto *name = get<QLineEdit>(u"savedName"_s);
    auto *words = get<QLabel>(u"savedWords"_s);
    QVERIFY(!get<QPushButton>(u"savedSave"_s)->isEnabled());
    QTest::keyClicks(name, u"a"_s);
    QCOMPARE(words->text(), u"Replaces the message of this name"_s);
    QTest::keyClicks(name, u"b"_s);
    QCOMPARE(words->text(), QString());
    get<QComboBox>(u"savedKey"_s)->setCurrentText(u"F1"_s);
    QCOMPARE(words->text(), u"F1 is taken from “a”"_s);
    QCOMPARE(get<QComboBox>(u"savedKey"_s)->findText(u"F5"_s), -1); // the window's own
    QTest::keyClick(name, Qt::Key_Escape);
    QVERIFY(!name->isVisible());
    QVERIFY(editor()->hasFocus());
    QCOMPARE(keeper()->project().messages.size(), 1u);
}

void tst_Saved::menuOfAChip()
{
    start();
    write(u"one"_s);
    save(u"a"_s);
    const auto choose = [this](const QString &text) {
        emit chip(keeper()->project().messages[0].name)->customContextMenuRequested({3, 3});
        auto *menu = get<QMenu>(u"savedChipMenu"_s);
        for (QAction *each : menu->actions()) {
            if (each->text() == text)
                each->trigger();
        }
        menu->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    choose(u"Send now"_s);
    QCOMPARE(m_control->sends.size(), 1u);
    write(u"two"_s);
    choose(u"Replace by what is written"_s);
    QCOMPARE(keeper()->project().messages[0].text, u"two"_s);
    choose(u"Rename, move, choose a key…"_s);
    auto *name = get<QLineEdit>(u"savedName"_s);
    QTest::keyClicks(name, u"other"_s); // the old name is selected
    get<QComboBox>(u"savedFolder"_s)->setEditText(u"Show"_s);
    QTest::mouseClick(get<QPushButton>(u"savedSave"_s), Qt::LeftButton);
    QCOMPARE(keeper()->project().messages.size(), 1u);
    QCOMPARE(keeper()->project().messages[0].name, u"other"_s);
    QCOMPARE(keeper()->project().messages[0].folder, u"Show"_s);
    QCOMPARE(keeper()->project().messages[0].text, u"two"_s);
    choose(u"Delete"_s);
    QVERIFY(keeper()->project().messages.empty());
    QVERIFY(!chip(u"other"_s));
}

void tst_Saved::longStripsAreCut()
{
    Project project;
    for (int i = 0; i < 40; ++i)
        project.messages.push_back(
            {u"message %1"_s.arg(i), {}, i == 39 ? 1 : 0, {}, {}, DraftType::Auto, {}, {}});
    keeper()->change(project);
    m_window->resize(1024, 700);
    QCoreApplication::processEvents();
    auto *more = get<QToolButton>(u"savedMore"_s);
    QVERIFY(more->isVisible());
    QVERIFY(chip(u"message 39"_s)); // has a key: comes first
    int shown = 0;
    int right = 0;
    for (const SavedChip *each : m_window->findChildren<SavedChip *>()) {
        shown += each->isVisible();
        if (each->isVisible())
            right = std::max(right, each->geometry().right());
    }
    QCOMPARE(more->text(), u"+%1"_s.arg(40 - shown));
    QVERIFY(right < more->x());
    QVERIFY(more->geometry().right() < get<QToolButton>(u"saveMessage"_s)->x());
    QTest::mouseClick(more, Qt::LeftButton);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    for (QAction *each : menu->actions()) {
        if (each->text() == u"message 20")
            each->trigger();
    }
    menu->close();
    QCOMPARE(get<QComboBox>(u"sendType"_s)->currentIndex(), 0);
}

void tst_Saved::stoppedServerSendsNothing()
{
    write(u"one"_s);
    save(u"a"_s, u"F2"_s);
    QTest::keyClick(editor(), Qt::Key_F2);
    QVERIFY(m_control->sends.empty());
    QVERIFY(result().contains(u"“a” was not sent: the server is stopped"));
}

void tst_Saved::filesAreNotSaved()
{
    start();
    filesAreNotTouched();
    auto *view = m_window->findChild<QTableView *>(u"trafficView"_s);
    view->selectRow(view->model()->rowCount() - 1);
    action(u"Ctrl+Shift+R"_s)->trigger();
    action(u"Ctrl+D"_s)->trigger();
    QVERIFY(!get<QLineEdit>(u"savedName"_s)->isVisible());
    QVERIFY(result().contains(u"file"));
}

void tst_Saved::titleShowsWhatIsUnsaved()
{
    QVERIFY(!m_window->isWindowModified());
    QCOMPARE(m_window->windowTitle(), u"Pushdeck[*]"_s);
    write(u"one"_s);
    save(u"a"_s);
    QVERIFY(m_window->isWindowModified());
    QCOMPARE(m_window->windowTitle(), u"Untitled[*] – Pushdeck"_s);
    const QString path = m_folder->filePath(u"demo.pushdeck.json"_s);
    QTest::keyClick(editor(), Qt::Key_S, Qt::ControlModifier); // asks where to
    auto *dialog = m_window->findChild<QFileDialog *>();
    QVERIFY(dialog);
    dialog->selectFile(path);
    static_cast<QDialog *>(dialog)->accept();
    QTRY_COMPARE(m_window->windowTitle(), u"demo[*] – Pushdeck"_s);
    QVERIFY(!m_window->isWindowModified());
    QVERIFY(readAll(path).contains("\"name\": \"a\""));
    save(u"b"_s);
    QVERIFY(m_window->isWindowModified());
    QTest::keyClick(editor(), Qt::Key_S, Qt::ControlModifier); // knows where to
    QVERIFY(!m_window->isWindowModified());
    QVERIFY(readAll(path).contains("\"name\": \"b\""));
}

void tst_Saved::closingAsksOnce()
{
    int asked = 0;
    write(u"one"_s);
    save(u"a"_s);
    answer(QMessageBox::Cancel, &asked);
    QVERIFY(!m_window->close());
    QVERIFY(m_window->isVisible());
    answer(QMessageBox::Discard, &asked);
    QVERIFY(m_window->close());
    QCOMPARE(asked, 2);
    open();
    QVERIFY(keeper()->project().messages.empty());
    QVERIFY(m_window->close()); // nothing to ask about
    QCOMPARE(asked, 2);
}

void tst_Saved::closingCanSave()
{
    int asked = 0;
    const QString path = put(u"demo.pushdeck.json"_s, writeProject({}));
    QVERIFY(keeper()->open(path));
    write(u"one"_s);
    save(u"a"_s);
    answer(QMessageBox::Save, &asked);
    QVERIFY(m_window->close());
    QCOMPARE(asked, 1);
    open(); // it is there again
    QVERIFY(chip(u"a"_s));
    QVERIFY(m_window->windowTitle().startsWith(u"demo[*]"));
}

void tst_Saved::dropOpensAProject()
{
    Project project;
    project.messages.push_back({u"dropped"_s, {}, 3, {}, {}, DraftType::Auto, u"x"_s, {}});
    const QString path = put(u"shared.pushdeck.json"_s, writeProject(project));
    QVERIFY(!drop(m_window.get(), put(u"photo.png"_s, "png")));
    write(u"text"_s);
    QVERIFY(drop(editor()->viewport(), path)); // handed on to the window
    QTRY_VERIFY(chip(u"dropped"_s));
    QCOMPARE(editor()->toPlainText(), u"text"_s); // not its path as text
    QTest::keyClick(editor(), Qt::Key_N, Qt::ControlModifier);
    QVERIFY(!chip(u"dropped"_s));
    QVERIFY(drop(m_window.get(), path));
    QTRY_VERIFY(chip(u"dropped"_s));
    // Another, over something unsaved: asked first.
    int asked = 0;
    write(u"one"_s);
    save(u"a"_s);
    answer(QMessageBox::Cancel, &asked);
    QVERIFY(drop(m_window.get(), path));
    QTRY_COMPARE(asked, 1);
    QVERIFY(chip(u"a"_s));
}

void tst_Saved::droppedDamageIsSaid()
{
    const QByteArray damaged = "{\n\"pushdeck\": 1,\n\"messages\": [{]}";
    const QString path = put(u"broken.json"_s, damaged);
    QVERIFY(drop(m_window.get(), path));
    QTRY_VERIFY2(barText().contains(u"line 3"), qPrintable(barText()));
    QVERIFY(barText().contains(u"was left as it is"));
    QCOMPARE(readAll(path), damaged);
    QVERIFY(keeper()->path().isEmpty());
}

void tst_Saved::startsOnADamagedProject()
{
    const QString path = put(u"demo.pushdeck.json"_s, writeProject({}));
    QVERIFY(keeper()->open(path));
    m_window->close();
    put(u"demo.pushdeck.json"_s, "\xff\0 damaged");
    open();
    QTRY_VERIFY(barText().contains(path));
    start();
    write(u"still works"_s);
    QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_control->sends.size(), 1u);
}

void tst_Saved::recentProjectsAreInThePalette()
{
    const QString path = put(u"demo.pushdeck.json"_s, writeProject({}));
    QVERIFY(keeper()->open(path));
    QTest::keyClick(editor(), Qt::Key_N, Qt::ControlModifier);
    QVERIFY(keeper()->path().isEmpty());
    action(u"Ctrl+K"_s)->trigger();
    auto *query = get<QLineEdit>(u"paletteQuery"_s);
    QTest::keyClicks(query, u"open demo"_s);
    QCOMPARE(get<QListWidget>(u"paletteList"_s)->item(0)->text(),
             u"Open demo.pushdeck.json again"_s);
    QTest::keyClick(query, Qt::Key_Return);
    QCOMPARE(keeper()->path(), path);
    QTest::keyClick(query, Qt::Key_Escape);
    action(u"Ctrl+K"_s)->trigger();
    QTest::keyClicks(query, u"saved message on"_s); // keys without a message are not listed
    for (int i = 0; i < get<QListWidget>(u"paletteList"_s)->count(); ++i)
        QVERIFY(
            !get<QListWidget>(u"paletteList"_s)->item(i)->text().contains(u"Send a saved message"));
}

void tst_Saved::hostileNamesAreText()
{
    Project project;
    project.messages.push_back({u"<b>x</b>\u202E&y"_s,
                                u"<i>f</i>"_s,
                                1,
                                {},
                                u"<u>e</u>"_s,
                                DraftType::Auto,
                                u"<img src=x>"_s,
                                {}});
    keeper()->change(project);
    const SavedChip *only = m_window->findChild<SavedChip *>();
    QVERIFY(!only->text().contains(QChar(0x202E)));
    for (const QString &tag : {u"<b>"_s, u"<i>"_s, u"<u>"_s, u"<img"_s})
        QVERIFY(!only->toolTip().contains(tag));
    start();
    QTest::keyClick(editor(), Qt::Key_F1);
    QTRY_VERIFY(result().contains(u"13 delivered"));
    QCOMPARE(get<QLabel>(u"sendResult"_s)->textFormat(), Qt::PlainText);
}

QTEST_MAIN(tst_Saved)
#include "tst_saved.moc"
