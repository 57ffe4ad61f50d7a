// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowfixture.h"

#include "ui/find/findbar.h"
#include "ui/find/findquery.h"
#include "ui/inspector/hexview.h"
#include "ui/inspector/payloadtext.h"
#include "ui/traffic/filterfield.h"
#include "ui/traffic/logsearch.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStandardPaths>
#include <QTabBar>
#include <QToolButton>

using namespace pushdeck;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Searching within the log, and within a payload.
class tst_Find : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void queries_data();
    void queries();
    void hitsInText();
    void hitsInBytes();
    void findsAndSteps();
    void shiftEnterAndThePreviousKey();
    void caseAndExpressions();
    void saysWhatIsWrong();
    void escapeKeepsTheRow();
    void marksTheRows();
    void newRowsAreFound();
    void followingGoesOn();
    void theFilterIsAnotherThing();
    void gapsAndSessionsDoNotConfuse();
    void aHundredThousandRows();
    void waysAround();
    void controlFInTheInspector();
    void bytesAreFound();

private:
    static QLineEdit *open(WindowFixture &f)
    {
        QTest::keyClick(f.window.get(), Qt::Key_F, Qt::ControlModifier);
        return f.get<QLineEdit>("logFindField");
    }
    static QString count(WindowFixture &f) { return f.get<QLabel>("logFindCount")->text(); }
};

namespace {

FindQuery query(const QString &text, bool matchCase = false)
{
    return std::get<FindQuery>(FindQuery::parse(text, matchCase));
}

} // namespace

void tst_Find::queries_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matchCase");
    QTest::addColumn<bool>("found");
    const auto row = [](const char *text, bool matchCase, bool found) {
        QTest::newRow(text) << QString::fromUtf8(text) << matchCase << found;
    };
    row("hello", false, true);
    row("HELLO", false, true);
    row("Hello ", true, true);
    row("hELLO", true, false);
    row("zoë", false, true);
    row("ZOË", false, true);
    row("Zoe", false, false);
    row("/h.llo/", false, true);
    row("/H.llo/", true, true);
    row("/h.LLo/", true, false);
    row("/h.LLo/i", true, true);
    row("/^says/", false, false);
    row("/", false, true);
    row("//", false, false);
    row("", false, false);
    row(".*", false, false);
}

void tst_Find::queries()
{
    QFETCH(QString, text);
    QFETCH(bool, matchCase);
    QFETCH(bool, found);
    const QString where = u"Zoë says/Hello world"_s;
    QCOMPARE(query(text, matchCase).isIn(where.chopped(text == u"Hello " ? 0 : 0)), found);
    QCOMPARE(query(text, matchCase).isIn(QByteArrayView(where.toUtf8())), found);
    QCOMPARE(!query(text, matchCase).hitsIn(where, 10).empty(), found);
}

void tst_Find::hitsInText()
{
    QCOMPARE(query(u"aa"_s).hitsIn(u"aaaaa aa", 9), (std::vector<FindHit>{{0, 2}, {2, 2}, {6, 2}}));
    QCOMPARE(query(u"/a*/"_s).hitsIn(u"baab", 9), (std::vector<FindHit>{{1, 2}}));
    QCOMPARE(query(u"a"_s).hitsIn(QString(100, u'a'), 7).size(), 7u);
    QVERIFY(std::holds_alternative<QString>(FindQuery::parse(u"/(/"_s, false)));
}

void tst_Find::hitsInBytes()
{
    const QByteArray bytes("\x00\xde\xad\xbe\xef PNG png", 13);
    QCOMPARE(query(u"png"_s).hitsInBytes(bytes, 9), (std::vector<FindHit>{{6, 3}, {10, 3}}));
    QCOMPARE(query(u"PNG"_s, true).hitsInBytes(bytes, 9), (std::vector<FindHit>{{6, 3}}));
    QCOMPARE(query(u"de AD be"_s).hitsInBytes(bytes, 9), (std::vector<FindHit>{{1, 3}}));
    QVERIFY(query(u"/p/"_s).hitsInBytes(bytes, 9).empty());
}

void tst_Find::findsAndSteps()
{
    WindowFixture f;
    for (int i = 0; i < 300; ++i)
        f.message((i % 50 == 7 ? "needle " : "hay ") + QByteArray::number(i));
    f.pull();
    f.choose(100);
    QLineEdit *field = open(f);
    QVERIFY(field->hasFocus());
    QVERIFY(f.get<FindBar>("logFind")->isVisible());
    QTest::keyClicks(field, u"NEEDLE"_s);
    // The first from the chosen row on.
    QTRY_COMPARE(count(f), u"3 of 6"_s);
    QCOMPARE(f.chosen(), u"needle 107"_s);
    QVERIFY(f.log()->viewport()->rect().contains(
        f.log()->visualRect(f.log()->currentIndex()).center()));
    QVERIFY(field->hasFocus());
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(f.chosen(), u"needle 157"_s);
    QTest::keyClick(field, Qt::Key_F3);
    QCOMPARE(f.chosen(), u"needle 207"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(count(f), u"6 of 6"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(f.chosen(), u"needle 7"_s);
    QCOMPARE(count(f), u"1 of 6 · ↻ from the first"_s);
    QTest::mouseClick(f.get<QToolButton>("logFindPrevious"), Qt::LeftButton);
    QCOMPARE(f.chosen(), u"needle 257"_s);
    QCOMPARE(count(f), u"6 of 6 · ↺ from the last"_s);
    QTest::mouseClick(f.get<QToolButton>("logFindNext"), Qt::LeftButton);
    QCOMPARE(f.chosen(), u"needle 7"_s);
    QTest::keyClicks(field, u"x"_s);
    QTRY_COMPARE(count(f), u"Not found"_s);
}

void tst_Find::shiftEnterAndThePreviousKey()
{
    WindowFixture f;
    for (int i = 0; i < 30; ++i)
        f.message((i % 10 == 4 ? "needle " : "hay ") + QByteArray::number(i));
    f.pull();
    f.choose(20);
    QLineEdit *field = open(f);
    QTest::keyClicks(field, u"needle"_s);
    QTRY_COMPARE(f.chosen(), u"needle 24"_s);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(f.chosen(), u"needle 14"_s);
    QTest::keyClick(field, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(f.chosen(), u"needle 4"_s);
    // With the bar shut F3 opens it again with what was looked for.
    QTest::keyClick(field, Qt::Key_Escape);
    QTest::keyClick(f.log(), Qt::Key_F3);
    QVERIFY(f.get<FindBar>("logFind")->isVisible());
    QTRY_COMPARE(count(f), u"2 of 3"_s);
    QCOMPARE(f.chosen(), u"needle 14"_s);
    QTest::keyClick(field, Qt::Key_F3);
    QCOMPARE(f.chosen(), u"needle 24"_s);
}

void tst_Find::caseAndExpressions()
{
    WindowFixture f;
    for (const char *text : {"alpha", "Alpha", "beta 12", "beta x"})
        f.message(text);
    f.message("{}", "/alpha/topic");
    f.pull();
    f.choose(0);
    QLineEdit *field = open(f);
    QTest::keyClicks(field, u"alpha"_s);
    QTRY_COMPARE(count(f), u"1 of 3"_s);
    QTest::mouseClick(f.get<QToolButton>("logFindCase"), Qt::LeftButton);
    QTRY_COMPARE(count(f), u"1 of 2"_s);
    QTest::keyClick(field, Qt::Key_C, Qt::AltModifier);
    QTRY_COMPARE(count(f), u"1 of 3"_s);
    field->clear();
    QTest::keyClicks(field, u"/beta \\d+/"_s);
    QTRY_COMPARE(count(f), u"1 of 1"_s);
    QCOMPARE(f.chosen(), u"beta 12"_s);
    field->clear();
    QTest::keyClicks(field, u"#7"_s);
    QTRY_COMPARE(count(f), u"3 of 5"_s);
}

void tst_Find::saysWhatIsWrong()
{
    WindowFixture f;
    f.message("a");
    f.pull();
    QLineEdit *field = open(f);
    QTest::keyClicks(field, u"/(a/"_s);
    QTRY_VERIFY(count(f).startsWith(u"wrong at character"));
    QTest::keyClick(field, Qt::Key_Return);
    field->setText(u"/(a)/"_s);
    QTRY_COMPARE(count(f), u"1 found"_s);
}

void tst_Find::escapeKeepsTheRow()
{
    WindowFixture f;
    for (int i = 0; i < 50; ++i)
        f.message("row " + QByteArray::number(i));
    f.pull();
    f.choose(3);
    QLineEdit *field = open(f);
    QTest::keyClicks(field, u"row 30"_s);
    QTRY_COMPARE(f.chosen(), u"row 30"_s);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(f.get<FindBar>("logFind")->isHidden());
    QVERIFY(f.log()->hasFocus());
    QCOMPARE(f.chosen(), u"row 30"_s);
    QCOMPARE(f.log()->selectionModel()->selectedRows().size(), 1);
    QCOMPARE(f.get<PayloadText>("prettyText")->toPlainText(), u"row 30"_s);
}

void tst_Find::marksTheRows()
{
    WindowFixture f;
    f.message("hay");
    f.message("a needle here");
    f.message(QByteArray(3'000, 'x') + "needle");
    f.pull();
    f.choose(0);
    const auto picture = [&f](int row) {
        const QRect first = f.log()->visualRect(f.log()->model()->index(row, 0));
        return f.log()
            ->viewport()
            ->grab(QRect(0, first.top(), f.log()->viewport()->width(), first.height()))
            .toImage();
    };
    QCoreApplication::processEvents();
    const QImage before[] = {picture(1), picture(2)};
    QLineEdit *field = open(f);
    field->setText(u"hay"_s);
    QTRY_COMPARE(count(f), u"1 of 1"_s);
    QVERIFY(picture(1) == before[0]);
    field->setText(u"needle"_s);
    QTRY_COMPARE(count(f), u"1 of 2"_s);
    f.choose(0);
    QVERIFY(picture(1) != before[0]);
    QVERIFY(picture(2) != before[1]); // beyond what the cell shows: the bar tells it
    QTest::keyClick(f.get<QLineEdit>("logFindField"), Qt::Key_Escape);
    QVERIFY(picture(1) == before[0]);
}

void tst_Find::newRowsAreFound()
{
    WindowFixture f;
    f.message("needle 0");
    f.message("hay");
    f.pull();
    f.choose(0);
    QLineEdit *field = open(f);
    QTest::keyClicks(field, u"needle"_s);
    QTRY_COMPARE(count(f), u"1 of 1"_s);
    f.message("needle 1");
    f.message("needle 2");
    f.pull();
    QTRY_COMPARE(count(f), u"1 of 3"_s);
    QCOMPARE(f.chosen(), u"needle 0"_s);
    QTest::keyClick(field, Qt::Key_F3);
    QCOMPARE(f.chosen(), u"needle 1"_s);
}

void tst_Find::followingGoesOn()
{
    WindowFixture f;
    for (int i = 0; i < 200; ++i)
        f.message("needle " + QByteArray::number(i));
    f.pull();
    QVERIFY(f.panel()->isFollowing());
    QLineEdit *field = open(f);
    QTest::keyClicks(field, u"needle"_s);
    // Typing does not take the view away from the newest.
    QTRY_COMPARE(count(f), u"200 found"_s);
    QVERIFY(f.panel()->isFollowing());
    f.message("needle 200");
    f.pull();
    QTRY_COMPARE(count(f), u"201 found"_s);
    QVERIFY(f.log()->isAtEnd());
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(f.chosen(), u"needle 200"_s);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(f.chosen(), u"needle 199"_s);
    QVERIFY(!f.panel()->isFollowing());
}

void tst_Find::theFilterIsAnotherThing()
{
    WindowFixture f;
    for (int i = 0; i < 40; ++i)
        f.message("needle " + QByteArray::number(i), i % 2 ? "/odd" : "/even");
    f.pull();
    f.choose(10);
    QLineEdit *field = open(f);
    QTest::keyClicks(field, u"needle"_s);
    QTRY_COMPARE(count(f), u"11 of 40"_s);
    QCOMPARE(f.model().rowCount(), 40);
    f.panel()->setFilterText(u"topic:/even"_s);
    QTRY_COMPARE(count(f), u"6 of 20"_s);
    f.panel()->setFilterText({});
    QTRY_COMPARE(count(f), u"11 of 40"_s);
    f.action("Ctrl+L")->trigger();
    QTRY_COMPARE(count(f), u"Not found"_s);
    QTest::keyClick(field, Qt::Key_Return);
}

void tst_Find::gapsAndSessionsDoNotConfuse()
{
    WindowFixture f(TrafficLogLimits{100, 1 << 20});
    for (int i = 0; i < 100; ++i)
        f.message("needle " + QByteArray::number(i));
    f.pull();
    f.choose(50);
    QLineEdit *field = open(f);
    QTest::keyClicks(field, u"needle"_s);
    QTRY_COMPARE(count(f), u"51 of 100"_s);
    for (int i = 0; i < 30; ++i)
        f.message("hay");
    f.pull();
    QTRY_COMPARE(count(f), u"21 of 70"_s);
    auto log = std::make_shared<TrafficLog>();
    TrafficEvent event;
    event.kind = TrafficKind::Message;
    event.payload = "filed needle";
    log->append(event);
    f.panel()->showSession(u"a file"_s, log);
    QTRY_COMPARE(count(f), u"1 found"_s);
    f.panel()->closeSession();
    QTRY_COMPARE(count(f), u"21 of 70"_s);
}

void tst_Find::aHundredThousandRows()
{
    WindowFixture f;
    constexpr int kRows = 120'000;
    for (int i = 0; i < kRows; ++i)
        f.message((i % 1'000 == 999 ? "{\"op\":\"needle\",\"n\":" : "{\"op\":\"hay\",\"n\":") +
                  QByteArray::number(i) + ",\"text\":\"" + QByteArray(60, 'x') + "\"}");
    f.message(QByteArray(3 << 20, 'y'));
    f.pull();
    QCOMPARE(f.model().rowCount(), kRows + 1);
    LogSearch search;
    QAbstractItemModelTester tester(&f.model());
    search.setModel(&f.model());
    QElapsedTimer clock;
    clock.start();
    Heartbeat heart;
    search.setQuery(query(u"NEEDLE"_s));
    QVERIFY(search.isSearching());
    QVERIFY(search.percent() < 100);
    QTRY_VERIFY_WITH_TIMEOUT(!search.isSearching(), 60'000);
    heart.beat();
    qInfo("120,000 rows: %lld ms, longest stretch %.1f ms (%.1f ms of its own)", clock.elapsed(),
          heart.worstMs, heart.worstCpuMs);
    QCOMPARE(search.count(), 120u);
    QVERIFY2(heart.worstCpuMs < 50, qPrintable(QString::number(heart.worstCpuMs)));
    // Another query, or none, ends it at once.
    search.setQuery(query(u"hay"_s));
    QCoreApplication::processEvents();
    QVERIFY(search.isSearching());
    search.setQuery({});
    QVERIFY(!search.isSearching());
    QCOMPARE(search.count(), 0u);
    // And in the window, where it is said while it goes on.
    f.choose(10);
    QLineEdit *field = open(f);
    field->setText(u"needle"_s);
    QTRY_VERIFY(count(f).contains(u"searching…"));
    QTRY_COMPARE_WITH_TIMEOUT(count(f), u"1 of 120"_s, 60'000);
}

void tst_Find::waysAround()
{
    WindowFixture f;
    for (int i = 0; i < 300; ++i)
        f.message("row " + QByteArray::number(i));
    f.pull();
    f.log()->setFocus();
    QTest::keyClick(f.log(), Qt::Key_Home, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(f.chosen(), u"row 0"_s);
    QTest::keyClick(f.log(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    f.choose(150);
    QTest::keyClick(f.log(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(f.log(), Qt::Key_End, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(f.chosen(), u"row 299"_s);
    QTest::keyClick(f.log(), Qt::Key_PageUp, Qt::ControlModifier);
    QCOMPARE(f.chosen(), u"row 150"_s);
    QTest::keyClick(f.log(), Qt::Key_PageUp, Qt::ControlModifier);
    QCOMPARE(f.chosen(), u"row 0"_s);
    QTest::keyClick(f.log(), Qt::Key_PageDown, Qt::ControlModifier);
    QCOMPARE(f.chosen(), u"row 150"_s);
}

void tst_Find::controlFInTheInspector()
{
    WindowFixture f;
    f.message("{\"a\":{\"name\":\"needle\"},\"b\":\"Needle\",\"c\":[\"x\",\"needle\"]}");
    f.message("{\"other\":\"needle\"}");
    f.pull();
    f.choose(0);
    auto *pretty = f.get<PayloadText>("prettyText");
    pretty->setFocus();
    QTest::keyClick(pretty, Qt::Key_F, Qt::ControlModifier);
    auto *field = f.get<QLineEdit>("payloadFindField");
    auto *label = f.get<QLabel>("payloadFindCount");
    QVERIFY(field->hasFocus());
    QVERIFY(f.get<FindBar>("logFind")->isHidden());
    QTest::keyClicks(field, u"needle"_s);
    QTRY_COMPARE(label->text(), u"1 of 3"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(label->text(), u"2 of 3"_s);
    QCOMPARE(pretty->selectedText(), u"Needle"_s);
    QTest::keyClick(field, Qt::Key_F3, Qt::ShiftModifier);
    QTest::keyClick(field, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(label->text(), u"3 of 3 · ↺ from the last"_s);
    QVERIFY(f.get<FindBar>("logFind")->isHidden());
    // What is folded is opened for a match in it.
    pretty->foldAll();
    QCOMPARE(pretty->shownRows().size(), 1);
    QTest::keyClick(field, Qt::Key_F3);
    QCOMPARE(label->text(), u"1 of 3 · ↻ from the first"_s);
    QVERIFY(pretty->shownRows().contains(u"    \"name\": \"needle\""_s));
    QVERIFY(pretty->shownRows().contains(u"  \"c\": […]  2 items"_s));
    // Another row is searched too, another tab as well.
    f.choose(1);
    QTRY_COMPARE(label->text(), u"1 of 1"_s);
    f.action("Alt+2")->trigger();
    QTRY_COMPARE(label->text(), u"1 of 1"_s);
    f.action("Ctrl+Alt+F")->trigger();
    QVERIFY(field->hasFocus());
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(f.get<FindBar>("payloadFind")->isHidden());
    QVERIFY(f.get<PayloadText>("rawText")->hasFocus());
}

void tst_Find::bytesAreFound()
{
    WindowFixture f;
    QByteArray bytes(40'000, '\0');
    bytes.replace(30'000, 4, "\xde\xad\xbe\xef");
    f.message(bytes, "/bin", "", true);
    f.pull();
    f.choose(0);
    QCOMPARE(f.get<QTabBar>("inspectorTabs")->currentIndex(), 2);
    f.action("Ctrl+Alt+F")->trigger();
    auto *field = f.get<QLineEdit>("payloadFindField");
    QTest::keyClicks(field, u"de ad be ef"_s);
    QTRY_COMPARE(f.get<QLabel>("payloadFindCount")->text(), u"1 of 1"_s);
}

QTEST_MAIN(tst_Find)
#include "tst_find.moc"
