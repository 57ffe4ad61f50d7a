// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumented.h"
#include "windowfixture.h"

#include "ui/inspector/inspectorpanel.h"
#include "ui/inspector/payloaddocument.h"
#include "ui/inspector/payloadsave.h"
#include "ui/inspector/payloadtext.h"

#include <QAccessible>
#include <QAction>
#include <QFileDialog>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace pushdeck;
using namespace Qt::StringLiterals;

// A payload beyond what is painted: what a screen reader is told of it, and what is written to a
// file.
class tst_Payload : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void screenReadersSeeText();
    void screenReadersReadByPieces_data();
    void screenReadersReadByPieces();
    void screenReadersMoveTheCaret();
    void screenReadersFindCharactersOnTheScreen();
    void oddOffsetsAreTaken();
    void largeTextIsReadByTheLine();
    void savesWithoutHoldingTheWindowUp();
    void saysWhatCouldNotBeSaved();
    void closingWaitsForWhatIsBeingSaved();

private:
    static PayloadText *inspect(WindowFixture &f, const QByteArray &payload)
    {
        f.message(payload);
        f.pull();
        f.choose(f.model().rowCount() - 1);
        auto *view = f.get<PayloadText>("prettyText");
        (void)QTest::qWaitFor(
            [view] { return view->isComplete() && !view->toPlainText().isEmpty(); });
        return view;
    }
    static QAccessibleInterface *accessible(PayloadText *view)
    {
        return QAccessible::queryAccessibleInterface(view);
    }
};

void tst_Payload::screenReadersSeeText()
{
    WindowFixture f;
    PayloadText *view = inspect(f, R"({"a":[1,2]})");
    QAccessibleInterface *found = accessible(view);
    QVERIFY(found && found->isValid());
    QCOMPARE(found->text(QAccessible::Name), u"Payload, indented"_s);
    QVERIFY(found->state().readOnly);
    QVERIFY(found->state().multiLine);
    QVERIFY(!found->state().busy);
    QAccessibleTextInterface *text = found->textInterface();
    QVERIFY(text);
    QCOMPARE(text->text(0, text->characterCount()), view->toPlainText());
    // Whatever is folded is still there to be read.
    view->foldAll();
    QCOMPARE(text->text(0, text->characterCount()), view->toPlainText());
    view->setLoading();
    QVERIFY(found->state().busy);
    QCOMPARE(text->characterCount(), 0);
}

void tst_Payload::screenReadersReadByPieces_data()
{
    QTest::addColumn<int>("boundary");
    QTest::addColumn<int>("offset");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("at");
    QTest::addColumn<QString>("after");
    // "one two\nthree\n\nlast"
    const int line = QAccessible::LineBoundary;
    const int word = QAccessible::WordBoundary;
    const int sign = QAccessible::CharBoundary;
    QTest::newRow("first line") << line << 3 << QString() << u"one two\n"_s << u"three\n"_s;
    QTest::newRow("second line") << line << 8 << u"one two\n"_s << u"three\n"_s << u"\n"_s;
    QTest::newRow("empty line") << line << 14 << u"three\n"_s << u"\n"_s << u"last"_s;
    QTest::newRow("last line") << line << 16 << u"\n"_s << u"last"_s << QString();
    QTest::newRow("end of the text") << line << 19 << u"\n"_s << u"last"_s << QString();
    QTest::newRow("word") << word << 5 << u" "_s << u"two"_s << u"\n"_s;
    QTest::newRow("sign") << sign << 4 << u" "_s << u"t"_s << u"w"_s;
    QTest::newRow("sign after a line end") << sign << 8 << u"\n"_s << u"t"_s << u"h"_s;
}

void tst_Payload::screenReadersReadByPieces()
{
    QFETCH(int, boundary);
    QFETCH(int, offset);
    WindowFixture f;
    QAccessibleTextInterface *text =
        accessible(inspect(f, "one two\nthree\n\nlast"))->textInterface();
    const auto kind = static_cast<QAccessible::TextBoundaryType>(boundary);
    int start = 0;
    int end = 0;
    QTEST(text->textAtOffset(offset, kind, &start, &end), "at");
    QVERIFY(start <= offset);
    QVERIFY(end >= offset);
    QTEST(text->textBeforeOffset(offset, kind, &start, &end), "before");
    QTEST(text->textAfterOffset(offset, kind, &start, &end), "after");
}

void tst_Payload::screenReadersMoveTheCaret()
{
    WindowFixture f;
    PayloadText *view = inspect(f, "one two\nthree");
    QAccessibleTextInterface *text = accessible(view)->textInterface();
    text->setCursorPosition(5);
    QCOMPARE(view->caret(), 5);
    QCOMPARE(text->cursorPosition(), 5);
    QCOMPARE(text->selectionCount(), 0);
    text->addSelection(4, 7);
    QCOMPARE(view->selectedText(), u"two"_s);
    QCOMPARE(text->selectionCount(), 1);
    int start = 0;
    int end = 0;
    text->selection(0, &start, &end);
    QCOMPARE(start, 4);
    QCOMPARE(end, 7);
    text->removeSelection(0);
    QCOMPARE(text->selectionCount(), 0);
    // And what the keyboard does is seen.
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClick(view, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(text->cursorPosition(), 1);
    text->selection(0, &start, &end);
    QCOMPARE(start, 0);
    QCOMPARE(end, 1);
}

void tst_Payload::screenReadersFindCharactersOnTheScreen()
{
    WindowFixture f;
    PayloadText *view = inspect(f, "one two\nthree\n" + QByteArray(4000, '\n') + "end");
    QAccessibleTextInterface *text = accessible(view)->textInterface();
    const QRect first = text->characterRect(0);
    const QRect below = text->characterRect(8);
    QVERIFY(!first.isEmpty());
    QCOMPARE(below.left(), first.left());
    QVERIFY(below.top() >= first.bottom());
    QCOMPARE(text->offsetAtPoint(text->characterRect(5).center()), 5);
    const int last = text->characterCount() - 1;
    QVERIFY(text->characterRect(last).isNull());
    text->scrollToSubstring(last, last + 1);
    QVERIFY(!text->characterRect(last).isNull());
    QVERIFY(text->characterRect(0).isNull());
    QCOMPARE(text->offsetAtPoint(QPoint(-5000, -5000)), -1);
}

void tst_Payload::oddOffsetsAreTaken()
{
    WindowFixture f;
    PayloadText *view = inspect(f, "abc");
    QAccessibleTextInterface *text = accessible(view)->textInterface();
    int start = 7;
    int end = 7;
    for (const int offset : {-1, 4, 1'000'000}) {
        QCOMPARE(text->textAtOffset(offset, QAccessible::CharBoundary, &start, &end), QString());
        QCOMPARE(start, -1);
        QCOMPARE(end, -1);
    }
    QCOMPARE(text->text(-3, 99), u"abc"_s);
    QCOMPARE(text->text(2, 1), u"b"_s);
    text->setSelection(0, -5, 99);
    QCOMPARE(view->selectedText(), u"abc"_s);
    text->setSelection(3, 0, 1); // there is no fourth one
    QCOMPARE(view->selectedText(), u"abc"_s);
    text->setCursorPosition(-1);
    QCOMPARE(text->cursorPosition(), 0);
}

void tst_Payload::largeTextIsReadByTheLine()
{
    WindowFixture f;
    QByteArray payload;
    for (int i = 0; payload.size() < 200'000; ++i)
        payload += "line " + QByteArray::number(i) + '\n';
    QAccessibleTextInterface *text = accessible(inspect(f, payload))->textInterface();
    const double begin = threadCpuMs();
    int start = 0;
    int end = 0;
    for (int i = 0; i < 1000; ++i)
        QVERIFY(text->textAtOffset(i * 190, QAccessible::WordBoundary, &start, &end).size() < 20);
    // Looking at the whole text each time takes several seconds.
    const double took = threadCpuMs() - begin;
    QVERIFY2(took < 1000 * kSlowness, qPrintable(QString::number(took)));
}

void tst_Payload::savesWithoutHoldingTheWindowUp()
{
    const QTemporaryDir folder;
    PayloadSave files;
    QSignalSpy saved(&files, &PayloadSave::saved);
    const QByteArray large(64 * 1024 * 1024, 'x');
    const double begin = threadCpuMs();
    files.save(large, folder.filePath(u"large"_s));
    files.save("small", folder.filePath(u"small"_s));
    const double held = threadCpuMs() - begin;
    QVERIFY(files.isBusy());
    QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 2, 60'000);
    QVERIFY(!files.isBusy());
    QVERIFY2(held < 20 * kSlowness, qPrintable(QString::number(held)));
    QFile file(folder.filePath(u"large"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.size(), large.size());
    QVERIFY(file.readAll() == large);
    QFile small(folder.filePath(u"small"_s));
    QVERIFY(small.open(QIODevice::ReadOnly));
    QCOMPARE(small.readAll(), QByteArray("small"));
}

void tst_Payload::saysWhatCouldNotBeSaved()
{
    const QTemporaryDir folder;
    WindowFixture f;
    inspect(f, "kept");
    auto *panel = f.window->findChild<InspectorPanel *>();
    QSignalSpy problems(panel, &InspectorPanel::problemFound);
    auto *files = panel->findChild<PayloadSave *>();
    QVERIFY(files);
    files->save("kept", folder.filePath(u"no/such/folder"_s));
    QTRY_COMPARE(problems.count(), 1);
    QVERIFY(problems[0][0].value<Wording>()().contains(u"no/such/folder"_s));
    QVERIFY(!files->isBusy());
}

void tst_Payload::closingWaitsForWhatIsBeingSaved()
{
    const QTemporaryDir folder;
    const QByteArray large(16 * 1024 * 1024, 'y');
    {
        PayloadSave files;
        files.save(large, folder.filePath(u"large"_s));
    }
    QCOMPARE(QFileInfo(folder.filePath(u"large"_s)).size(), large.size());
}

QTEST_MAIN(tst_Payload)
#include "tst_payload.moc"
