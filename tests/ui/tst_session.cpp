// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeservercontrol.h"
#include "heartbeat.h"
#include "instrumented.h"

#include "ui/export/jsonlwriter.h"
#include "ui/export/sessionfiles.h"
#include "ui/inspector/payloadtext.h"
#include "ui/mainwindow.h"
#include "ui/messagebar.h"
#include "ui/text/format.h"
#include "ui/traffic/trafficdelegate.h"
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/trafficpanel.h"
#include "ui/traffic/traffictext.h"
#include "ui/traffic/trafficview.h"

#include <QAction>
#include <QDateTime>
#include <QDir>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

constexpr double kLongestPauseMs = 400 * kSlowness;

// Exporting and opening again as the operator does it, through the window.
class tst_Session : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void exportsWhatIsShown();
    void asksForAPath();
    void keepsWhatIsLeftWhereRowsWereDropped();
    void showsProgressAndCancels();
    void tellsAFailureAndRetries();
    void opensASession();
    void comesBackToTheLiveLog();
    void comesBackToWhatWasLookedAt();
    void filtersASession();
    void damagedLinesAreTold();
    void tellsWhatIsNoSession_data();
    void tellsWhatIsNoSession();
    void opensADroppedFile();
    void opensAnotherInItsPlace();
    void sessionsAreReadOnly();
    void exportsASession();
    void hostileNamesStayPlain();
    void openingKeepsTheLoopTicking();
    void bookmarks();
    void bookmarksGoWithTheirRows();
    void firstAndLastRow();
    void keysThatHoldCtrlChooseOneRow();
    void chosenRowStaysInSightOfASmallerView();
    void relativeTimes();

private:
    template <typename T>
    T *get(const QString &name)
    {
        T *widget = m_window->findChild<T *>(name);
        if (!widget)
            qFatal("no %s", qPrintable(name));
        return widget;
    }
    QAction *action(const QString &text);
    MessageBar *bar();
    QPushButton *barButton(const QString &text);
    void fill(int messages);
    QString write(const QString &name, const QByteArray &bytes);
    QString session(int rows, const QString &name = u"session.jsonl"_s);
    void openIt(const QString &path);

    SessionFiles &files() { return *m_window->findChild<SessionFiles *>(); }
    TrafficView *log() { return m_window->findChild<TrafficView *>(); }
    TrafficPanel *panel() { return m_window->findChild<TrafficPanel *>(); }
    QString path(const QString &name) { return m_folder->filePath(name); }
    QString content(int row)
    {
        return log()->model()->index(row, TrafficModel::ContentColumn).data().toString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FakeServerControl> m_control;
    std::unique_ptr<MainWindow> m_window;
};

void tst_Session::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

void tst_Session::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<QSettings>(path(u"s.ini"_s), QSettings::IniFormat);
    m_control = std::make_unique<FakeServerControl>(TrafficLogLimits{200'000, 1 << 28});
    m_control->snapshot.timeMs = QDateTime::currentMSecsSinceEpoch();
    m_window = std::make_unique<MainWindow>(*m_control, *m_settings);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void tst_Session::cleanup()
{
    m_window.reset();
    m_control.reset();
}

QAction *tst_Session::action(const QString &text)
{
    for (QAction *candidate : m_window->actions()) {
        if (candidate->text() == text)
            return candidate;
    }
    qFatal("no action %s", qPrintable(text));
}

MessageBar *tst_Session::bar()
{
    for (MessageBar *each : m_window->findChildren<MessageBar *>()) {
        if (!each->isHidden())
            return each;
    }
    return nullptr;
}

QPushButton *tst_Session::barButton(const QString &text)
{
    for (QPushButton *button :
         bar() ? bar()->findChildren<QPushButton *>() : QList<QPushButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

void tst_Session::fill(int messages)
{
    for (int i = 0; i < messages; ++i)
        m_control->message(i % 2 ? u"/chat"_s : u"/news"_s, "live " + QByteArray::number(i));
    m_window->tick();
    QCoreApplication::processEvents();
}

QString tst_Session::write(const QString &name, const QByteArray &bytes)
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
    return file.fileName();
}

QString tst_Session::session(int rows, const QString &name)
{
    QByteArray text;
    for (int i = 0; i < rows; ++i) {
        TrafficEvent event;
        event.number = std::uint64_t(i) + 1;
        event.timeMs = 1'772'366'641'221 + i;
        event.kind = TrafficKind::Message;
        event.direction = Direction::In;
        event.topic = i % 10 ? u"/old"_s : u"/older"_s;
        event.payload = "filed " + QByteArray::number(i);
        JsonlWriter::appendLine(text, event);
    }
    return write(name, text);
}

void tst_Session::openIt(const QString &file)
{
    files().open(file);
    QTRY_VERIFY_WITH_TIMEOUT(panel()->hasSession(), 30'000);
    m_window->tick();
}

void tst_Session::exportsWhatIsShown()
{
    fill(100);
    get<QLineEdit>(u"trafficFilter"_s)->setText(u"topic:/chat"_s);
    QTRY_COMPARE(log()->model()->rowCount(), 50);
    files().exportTo(path(u"shown.csv"_s), true);
    QTRY_VERIFY(bar());
    QVERIFY2(bar()->text().startsWith(u"Exported 50 rows to shown.csv, "),
             qPrintable(bar()->text()));
    QVERIFY(barButton(u"Show the folder"_s));
    files().exportTo(path(u"all.jsonl"_s), false);
    QTRY_VERIFY(bar() && bar()->text().startsWith(u"Exported 100 rows to all.jsonl"));
    QCOMPARE(m_window->findChildren<MessageBar *>().size(), 1);
}

void tst_Session::asksForAPath()
{
    fill(3);
    action(u"Export the traffic shown…"_s)->trigger();
    auto *dialog = m_window->findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->nameFilters().size(), 3);
    QVERIFY(dialog->selectedFiles()[0].endsWith(u".jsonl"));
    dialog->selectNameFilter(dialog->nameFilters()[2]);
    emit dialog->filterSelected(dialog->nameFilters()[2]);
    QCOMPARE(dialog->defaultSuffix(), u"har"_s);
    dialog->reject();
    action(u"Open session…"_s)->trigger();
    QTRY_VERIFY(m_window->findChildren<QFileDialog *>().size() == 1);
    m_window->findChild<QFileDialog *>()->reject();
}

// Said above the log, with a way to keep the rest: all of it, whatever is filtered.
void tst_Session::keepsWhatIsLeftWhereRowsWereDropped()
{
    auto *button = get<QToolButton>(u"droppedSave"_s);
    fill(3);
    QVERIFY(!button->isVisible());
    constexpr int kRows = 100;
    m_control->writableLog().setLimits({kRows, 1 << 24});
    fill(kRows + 5);
    QTRY_VERIFY(button->isVisible());
    QCOMPARE(get<QLabel>(u"droppedStrip"_s)->textFormat(), Qt::PlainText);
    get<QLineEdit>(u"trafficFilter"_s)->setText(u"topic:/none"_s);
    QTest::mouseClick(button, Qt::LeftButton);
    auto *dialog = m_window->findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    emit dialog->fileSelected(path(u"kept.jsonl"_s));
    dialog->reject();
    QTRY_VERIFY(bar() && bar()->text().startsWith(u"Exported "));
    QVERIFY2(bar()->text().contains(formatCount(panel()->model().held())),
             qPrintable(bar()->text()));
    QVERIFY(panel()->model().held() > 0);
}

void tst_Session::showsProgressAndCancels()
{
    for (int i = 0; i < 100'000; ++i)
        m_control->message(u"/chat"_s, QByteArray(800, 'x'));
    while (panel()->model().held() < 100'000)
        m_window->tick();
    files().exportTo(path(u"x.jsonl"_s), true);
    QVERIFY(!action(u"Export the traffic shown…"_s)->isEnabled());
    QTRY_VERIFY(barButton(u"Cancel"_s));
    QVERIFY2(bar()->text().startsWith(u"Exporting to x.jsonl · "), qPrintable(bar()->text()));
    QTest::mouseClick(barButton(u"Cancel"_s), Qt::LeftButton);
    QTRY_VERIFY(action(u"Export the traffic shown…"_s)->isEnabled());
    QTRY_VERIFY(!bar());
    QCOMPARE(QDir(m_folder->path()).entryList({u"x*"_s}, QDir::Files).size(), 0);
}

void tst_Session::tellsAFailureAndRetries()
{
    fill(3);
    files().exportTo(path(u"none/x.jsonl"_s), true);
    QTRY_VERIFY(barButton(u"Retry"_s));
    QVERIFY2(bar()->text().startsWith(u"x.jsonl could not be written: "),
             qPrintable(bar()->text()));
    QDir(m_folder->path()).mkdir(u"none"_s);
    QTest::mouseClick(barButton(u"Retry"_s), Qt::LeftButton);
    QTRY_VERIFY(bar() && bar()->text().startsWith(u"Exported 3 rows"));
    QVERIFY(QFile::exists(path(u"none/x.jsonl"_s)));
}

void tst_Session::opensASession()
{
    fill(20);
    log()->setColumnWidth(TrafficModel::TopicColumn, 171);
    openIt(session(2'500));
    QVERIFY(get<QWidget>(u"sessionBar"_s)->isVisible());
    QCOMPARE(get<QLabel>(u"sessionWords"_s)->text(), u"Showing session.jsonl · 2,500 rows"_s);
    QCOMPARE(log()->model()->rowCount(), 2'500);
    QCOMPARE(content(0), u"filed 0"_s);
    QCOMPARE(log()->verticalScrollBar()->value(), 0);
    QCOMPARE(log()->columnWidth(TrafficModel::TopicColumn), 171);
    QVERIFY(!bar());
    // A row of it can be looked into.
    const QModelIndex index = log()->model()->index(3, 0);
    QTest::mouseClick(log()->viewport(), Qt::LeftButton, {}, log()->visualRect(index).center());
    QCOMPARE(get<PayloadText>(u"prettyText"_s)->toPlainText(), u"filed 3"_s);
    // Capture goes on meanwhile, and moves nothing here.
    fill(7);
    QCOMPARE(panel()->model().rowCount(), 27);
    QCOMPARE(log()->model()->rowCount(), 2'500);
    QCOMPARE(get<QLabel>(u"sessionNew"_s)->text(), u"7 new live rows"_s);
    QCOMPARE(log()->currentIndex().row(), 3);
}

void tst_Session::comesBackToTheLiveLog()
{
    fill(200);
    QVERIFY(panel()->isFollowing());
    openIt(session(10));
    QVERIFY(panel()->isFollowing());
    fill(50);
    QTest::mouseClick(get<QPushButton>(u"backToLive"_s), Qt::LeftButton);
    QVERIFY(!panel()->hasSession());
    QVERIFY(!get<QWidget>(u"sessionBar"_s)->isVisible());
    QCOMPARE(log()->model(), &panel()->model());
    QCOMPARE(log()->model()->rowCount(), 250);
    QTRY_VERIFY(log()->isAtEnd());
    QVERIFY(panel()->isFollowing());
    fill(30);
    QTRY_VERIFY(log()->isAtEnd());
}

void tst_Session::comesBackToWhatWasLookedAt()
{
    fill(400);
    const QModelIndex index = log()->model()->index(100, 0);
    log()->scrollTo(index, QAbstractItemView::PositionAtTop);
    log()->setCurrentIndex(index);
    QVERIFY(!panel()->isFollowing());
    openIt(session(10));
    fill(50);
    action(u"Back to live traffic"_s)->trigger();
    QCOMPARE(log()->currentIndex().row(), 100);
    QCOMPARE(log()->rowAt(0), 100);
    QVERIFY(!panel()->isFollowing());
}

void tst_Session::filtersASession()
{
    fill(20);
    get<QLineEdit>(u"trafficFilter"_s)->setText(u"topic:/older"_s);
    QTRY_COMPARE(log()->model()->rowCount(), 0);
    openIt(session(100));
    QCOMPARE(log()->model()->rowCount(), 10);
    get<QLineEdit>(u"trafficFilter"_s)->setText(u"topic:/news"_s);
    QTRY_COMPARE(log()->model()->rowCount(), 0);
    action(u"Back to live traffic"_s)->trigger();
    QCOMPARE(log()->model()->rowCount(), 10);
}

void tst_Session::damagedLinesAreTold()
{
    QFile good(session(2, u"good.jsonl"_s));
    QVERIFY(good.open(QIODevice::ReadOnly));
    const QByteArray lines = good.readAll();
    openIt(write(u"bad.jsonl"_s, lines + "nonsense\n" + lines));
    QCOMPARE(log()->model()->rowCount(), 4);
    QTRY_VERIFY(bar());
    QVERIFY2(bar()->text().startsWith(u"1 line of bad.jsonl could not be read (line 3: not JSON"),
             qPrintable(bar()->text()));
    action(u"Back to live traffic"_s)->trigger();
    openIt(write(u"worse.jsonl"_s, lines + QByteArray("{}\n").repeated(40)));
    QTRY_VERIFY(bar());
    QVERIFY2(bar()->text().startsWith(u"40 lines of worse.jsonl could not be read (line 3: “kind”"),
             qPrintable(bar()->text()));
    QVERIFY(bar()->text().endsWith(u"and so on)."));
}

void tst_Session::tellsWhatIsNoSession_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    QTest::newRow("text") << QByteArray("hello\n") << u"x.jsonl holds no traffic"_s;
    QTest::newRow("binary") << QByteArray(5'000'000, '\xfe') << u"x.jsonl holds no traffic"_s;
    QTest::newRow("missing") << QByteArray() << u"x.jsonl could not be read: "_s;
}

void tst_Session::tellsWhatIsNoSession()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    fill(5);
    files().open(bytes.isEmpty() ? path(u"x.jsonl"_s) : write(u"x.jsonl"_s, bytes));
    QTRY_VERIFY(barButton(u"Choose…"_s));
    QVERIFY2(bar()->text().startsWith(words), qPrintable(bar()->text()));
    QVERIFY(!panel()->hasSession());
    QCOMPARE(log()->model()->rowCount(), 5);
}

void tst_Session::opensADroppedFile()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(session(5))});
    const auto drag = [&](QWidget *onto) {
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, {});
        enter.ignore();
        QApplication::sendEvent(onto, &enter);
        return enter.isAccepted();
    };
    QVERIFY(drag(panel()));
    QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(panel(), &drop);
    QTRY_VERIFY(panel()->hasSession());
    data.setUrls({QUrl::fromLocalFile(path(u"x.txt"_s))});
    QVERIFY(!drag(panel()));
}

void tst_Session::opensAnotherInItsPlace()
{
    fill(20);
    openIt(session(5, u"one.jsonl"_s));
    files().open(session(8, u"two.jsonl"_s));
    QTRY_COMPARE(get<QLabel>(u"sessionWords"_s)->text(), u"Showing two.jsonl · 8 rows"_s);
    QCOMPARE(log()->model()->rowCount(), 8);
    action(u"Back to live traffic"_s)->trigger();
    QCOMPARE(log()->model()->rowCount(), 20);
    QVERIFY(panel()->isFollowing());
}

void tst_Session::sessionsAreReadOnly()
{
    fill(20);
    QVERIFY(!action(u"Back to live traffic"_s)->isEnabled());
    openIt(session(5));
    QVERIFY(!action(u"Clear the traffic log"_s)->isEnabled());
    QVERIFY(!action(u"Pause the traffic view"_s)->isEnabled());
    panel()->setFollowing(true);
    m_window->close();
    QCOMPARE(m_settings->value(u"traffic/follow"_s).toBool(), true);
    action(u"Back to live traffic"_s)->trigger();
    QVERIFY(action(u"Clear the traffic log"_s)->isEnabled());
    QVERIFY(!action(u"Back to live traffic"_s)->isEnabled());
    panel()->closeSession(); // once more does nothing
}

void tst_Session::exportsASession()
{
    const QString file = session(300);
    openIt(file);
    files().exportTo(path(u"copy.jsonl"_s), true);
    QTRY_VERIFY(bar() && bar()->text().startsWith(u"Exported 300 rows"));
    QFile a(file);
    QFile b(path(u"copy.jsonl"_s));
    QVERIFY(a.open(QIODevice::ReadOnly) && b.open(QIODevice::ReadOnly));
    QVERIFY(a.readAll() == b.readAll());
}

void tst_Session::hostileNamesStayPlain()
{
    openIt(session(1, u"<b>x<b> \u202Eevil.jsonl"_s));
    auto *words = get<QLabel>(u"sessionWords"_s);
    QCOMPARE(words->textFormat(), Qt::PlainText);
    QVERIFY(!words->text().contains(QChar(0x202E)));
    QVERIFY(words->text().endsWith(u"· 1 row"));
}

void tst_Session::openingKeepsTheLoopTicking()
{
    const QString file = session(200'000);
    Heartbeat heart;
    QElapsedTimer clock;
    clock.start();
    openIt(file);
    const qint64 took = clock.elapsed();
    QTRY_COMPARE(log()->model()->rowCount(), 200'000);
    QTest::qWait(50);
    qInfo("opening 200,000 rows: %lld ms, longest stretch of the loop %.0f ms, %.0f of its own",
          took, heart.worstMs, heart.worstCpuMs);
    QVERIFY2(heart.worstCpuMs < kLongestPauseMs, qPrintable(QString::number(heart.worstCpuMs)));
    heart.beat();
    heart.worstMs = heart.worstCpuMs = 0;
    action(u"Back to live traffic"_s)->trigger();
    QTest::qWait(50);
    qInfo("going back: %.0f ms, %.0f of its own", heart.worstMs, heart.worstCpuMs);
    QVERIFY2(heart.worstCpuMs < kLongestPauseMs, qPrintable(QString::number(heart.worstCpuMs)));
}

void tst_Session::bookmarks()
{
    fill(400);
    QAction *toggle = action(u"Set or remove a bookmark"_s);
    QAction *next = action(u"Go to the next bookmark"_s);
    QAction *previous = action(u"Go to the previous bookmark"_s);
    next->trigger(); // none yet
    const auto mark = [&](int row) {
        log()->setCurrentIndex(log()->model()->index(row, 0));
        toggle->trigger();
    };
    for (const int row : {50, 201, 310})
        mark(row);
    const auto row = [this] { return log()->currentIndex().row(); };
    const auto go = [&](QAction *where) {
        where->trigger();
        return row();
    };
    QCOMPARE(go(next), 50); // and from the last to the first
    QCOMPARE(go(next), 201);
    QCOMPARE(go(next), 310);
    QCOMPARE(go(previous), 201);
    QVERIFY(log()->viewport()->rect().intersects(log()->visualRect(log()->currentIndex())));
    QVERIFY(log()
                ->model()
                ->index(201, 0)
                .data(Qt::AccessibleTextRole)
                .toString()
                .startsWith(u"bookmarked, "));
    mark(201);
    QCOMPARE(go(next), 310);
    QCOMPARE(go(previous), 50);
    QCOMPARE(go(previous), 310);
    // Only those that the filter shows are gone to: 310 is even, /news.
    get<QLineEdit>(u"trafficFilter"_s)->setText(u"topic:/chat"_s);
    QTRY_COMPARE(log()->model()->rowCount(), 200);
    log()->setCurrentIndex(log()->model()->index(7, 0));
    QCOMPARE(go(next), 7);
}

void tst_Session::bookmarksGoWithTheirRows()
{
    TrafficLog small({10, 1 << 20});
    TrafficModel model(small);
    for (int i = 0; i < 10; ++i)
        small.append({});
    model.pull(std::chrono::seconds(1));
    model.setMarked(2, true);
    model.setMarked(7, true);
    for (int i = 0; i < 5; ++i)
        small.append({});
    model.pull(std::chrono::seconds(1));
    QVERIFY(model.isMarked(2));
    QCOMPARE(model.nextMarked(2, 1), 2);
    model.clear();
    QCOMPARE(model.nextMarked(-1, 1), -1);
}

void tst_Session::firstAndLastRow()
{
    fill(400);
    action(u"Go to the first row"_s)->trigger();
    QCOMPARE(log()->currentIndex().row(), 0);
    QCOMPARE(log()->rowAt(0), 0);
    QVERIFY(!panel()->isFollowing());
    action(u"Go to the last row"_s)->trigger();
    QCOMPARE(log()->currentIndex().row(), 399);
    QVERIFY(log()->isAtEnd());
}

void tst_Session::keysThatHoldCtrlChooseOneRow()
{
    fill(400);
    log()->choose(log()->model()->index(20, 0));
    // By the window system's way: only there the keys that are held are known.
    QTest::keyClick(m_window->windowHandle(), Qt::Key_End, Qt::ControlModifier | Qt::AltModifier);
    QTRY_COMPARE(log()->currentIndex().row(), 399);
    const QModelIndexList rows = log()->selectionModel()->selectedRows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().row(), 399);
}

void tst_Session::chosenRowStaysInSightOfASmallerView()
{
    fill(400);
    panel()->setFollowing(false);
    m_window->resize(1440, 900);
    QCoreApplication::processEvents();
    const QModelIndex chosen = log()->model()->index(200, 0);
    log()->choose(chosen);
    log()->scrollTo(chosen, QAbstractItemView::PositionAtBottom);
    const int before = log()->viewport()->height();
    m_window->resize(1440, 700);
    QTRY_VERIFY(log()->viewport()->height() < before);
    QTRY_VERIFY(log()->viewport()->rect().contains(
        QRect(log()->visualRect(chosen).topLeft(), QSize(1, TrafficDelegate::kRowHeight))));
    // What the operator had scrolled away stays away.
    log()->scrollToTop();
    m_window->resize(1440, 600);
    QCoreApplication::processEvents();
    QCOMPARE(log()->rowAt(0), 0);
}

void tst_Session::relativeTimes()
{
    QAction *relative = action(u"Times since the row before"_s);
    openIt(session(5));
    const QString clock = log()->model()->index(3, 0).data().toString();
    QVERIFY(clock.endsWith(u".224"));
    relative->trigger();
    QCOMPARE(log()->model()->index(3, 0).data().toString(), u"+0.001"_s);
    QVERIFY(log()->model()->index(0, 0).data().toString().endsWith(u".221"));
    // The choice is the view's, whatever it shows, and is remembered.
    action(u"Back to live traffic"_s)->trigger();
    fill(3);
    QCOMPARE(log()->model()->index(1, 0).data().toString(), u"+0.000"_s);
    m_window->close();
    QVERIFY(m_settings->value(u"traffic/relative"_s).toBool());
    relative->trigger();
    openIt(session(5));
    QCOMPARE(log()->model()->index(3, 0).data().toString(), clock);
    QCOMPARE(spanText(62'500), u"+1:02.500"_s);
    QCOMPARE(spanText(3'605'001), u"+1:00:05.001"_s);
    QCOMPARE(spanText(-19), u"−0.019"_s);
}

QTEST_MAIN(tst_Session)
#include "tst_session.moc"
