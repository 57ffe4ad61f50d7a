// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumented.h"
#include "windowfixture.h"

#include "ui/inspector/inspectorpanel.h"
#include "ui/inspector/payloaddocument.h"
#include "ui/inspector/payloadtext.h"
#include "ui/inspector/textrows.h"
#include "ui/text/json.h"
#include "ui/theme/fonts.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QStandardPaths>

using namespace pushdeck;
using namespace Qt::StringLiterals;

// The inspector's text: folding, wrapping, selecting, and that large payloads stall nothing.
class tst_Folding : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void documentKnowsItsFolds();
    void documentColoursLines();
    void cutDocumentsFoldToTheirEnd();
    void bracketsInStringsAreText();
    void deepNestingStaysSmall();
    void wrapsToTheWidth();
    void stackedMarksEndARow();
    void foldsWithTheMouse();
    void foldsWithTheKeyboard();
    void foldsToALevel();
    void opensFromItsSummary();
    void selectsAndCopies();
    void theCaretMoves();
    void menuOffersFolding();
    void previewIsCapped();
    void largePayloadsStallNothing_data();
    void largePayloadsStallNothing();
    void choosingQuicklyEndsWithTheLast();

private:
    static PayloadText *inspect(WindowFixture &f, const QByteArray &payload)
    {
        f.message(payload);
        f.pull();
        f.choose(f.model().rowCount() - 1);
        return f.get<PayloadText>("prettyText");
    }
};

namespace {

const StopFlag never = false;

const QByteArray kOrder = R"({"id":7,"items":[{"sku":"a","n":1},{"sku":"b","n":2}],)"
                          R"("empty":{},"user":{"name":"Zoë"}})";

SharedDocument pretty(const QByteArray &payload, qsizetype most = 1 << 20)
{
    return prettyDocument(payload, most, never);
}

QByteArray largeJson(qsizetype bytes)
{
    QByteArray json = "{\"rows\":[";
    for (int i = 0; json.size() < bytes; ++i)
        json += (i ? ",{\"id\":" : "{\"id\":") + QByteArray::number(i) +
                ",\"name\":\"row\",\"on\":true,\"at\":{\"x\":1.5,\"y\":-2}}";
    return json + "]}";
}

} // namespace

void tst_Folding::documentKnowsItsFolds()
{
    const SharedDocument document = pretty(kOrder);
    QVERIFY(document->json);
    QCOMPARE(document->lines.size(), 17u);
    QCOMPARE(document->lines[0].foldEnd, 16);
    QCOMPARE(document->lines[0].children, 4);
    QCOMPARE(document->lineText(2), u"  \"items\": [");
    QCOMPARE(document->lines[2].foldEnd, 11);
    QCOMPARE(document->lines[2].children, 2);
    QCOMPARE(document->lines[2].level, 1);
    QCOMPARE(document->lines[3].level, 2);
    QCOMPARE(document->lineText(12), u"  \"empty\": {},");
    QCOMPARE(document->lines[12].foldEnd, -1);
    QCOMPARE(document->lineAt(document->lines[5].start), 5u);
    QCOMPARE(document->lineAt(document->lines[6].start - 1), 5u);
}

void tst_Folding::documentColoursLines()
{
    const SharedDocument document = pretty(R"({"k\"e:y":"v, }","n":-1.5e3,"t":null,"o":{}})");
    const auto tones = [&document](std::size_t line) {
        QStringList out;
        for (const TextSpan &span : document->spansOf(line))
            out << u"%1:%2"_s.arg(int(span.tone))
                       .arg(document->text.sliced(span.start, span.length));
        return out.join(u" "_s);
    };
    QCOMPARE(tones(1), u"1:\"k\\\"e:y\" 5:: 2:\"v, }\" 5:,"_s);
    QCOMPARE(tones(2), u"1:\"n\" 5:: 3:-1.5e3 5:,"_s);
    QCOMPARE(tones(3), u"1:\"t\" 5:: 4:null 5:,"_s);
    QCOMPARE(tones(4), u"1:\"o\" 5:: 5:{}"_s);
}

void tst_Folding::cutDocumentsFoldToTheirEnd()
{
    const SharedDocument document = pretty(largeJson(100'000), 4'000);
    QVERIFY(document->cut);
    QVERIFY(document->text.size() <= 4'000);
    QCOMPARE(document->lines[0].foldEnd, static_cast<int>(document->lines.size()) - 1);
    QVERIFY(document->lines[0].open);
    QVERIFY(!pretty(kOrder)->cut);
    // Not JSON at all: as it is.
    QVERIFY(!pretty("{\"a\":")->json);
    QCOMPARE(pretty("plain")->text, u"plain"_s);
    QCOMPARE(pretty({})->lines.size(), 1u);
}

void tst_Folding::bracketsInStringsAreText()
{
    const SharedDocument document = pretty(R"({"a":"x{","b":"}","c":["[",1]})");
    QCOMPARE(document->lines[1].foldEnd, -1);
    QCOMPARE(document->lines[2].foldEnd, -1);
    QCOMPARE(document->lines[3].foldEnd, 6);
}

void tst_Folding::deepNestingStaysSmall()
{
    constexpr int kDepth = 100'000;
    const QByteArray deep = QByteArray(kDepth, '[') + QByteArray(kDepth, ']');
    const SharedDocument document = pretty(deep, 64 << 20);
    QVERIFY(document->text.size() < 200 * deep.size());
    QCOMPARE(document->lines[0].foldEnd, static_cast<int>(document->lines.size()) - 1);
    PayloadText view;
    view.setDocument(document);
    view.foldToLevel(3);
    QCOMPARE(view.shownRows().size(), 7);
}

void tst_Folding::wrapsToTheWidth()
{
    CharWidths widths(fixedFont());
    const qreal cell = widths.cell();
    PayloadDocument document;
    document.text = QString(25, u'a') + u"\n\n中文中文中文中文\n🎉🎉🎉🎉🎉🎉\n\tx"_s;
    findLines(document);
    const std::vector<bool> open(document.lines.size(), false);
    const auto rows = wrapRows(document, open, cell * 10 + 1, widths);
    QStringList texts;
    for (const TextRow &row : rows) {
        texts << document.text.sliced(row.start, row.length);
        QVERIFY(texts.last().isEmpty() || !texts.last().front().isLowSurrogate());
        QVERIFY(QFontMetricsF(fixedFont()).horizontalAdvance(texts.last()) <= cell * 10 + 60);
    }
    QCOMPARE(texts.mid(0, 4),
             (QStringList{QString(10, u'a'), QString(10, u'a'), QString(5, u'a'), QString()}));
    QCOMPARE(texts.join(QString()), QString(document.text).remove(u'\n'));
    // However narrow, it ends.
    QVERIFY(wrapRows(document, open, 0, widths).size() >= 25);
}

void tst_Folding::stackedMarksEndARow()
{
    CharWidths widths(fixedFont());
    PayloadDocument document;
    document.text = u'a' + QString(100'000, QChar(0x0351));
    findLines(document);
    const auto rows = wrapRows(document, {false}, widths.cell() * 80, widths);
    for (const TextRow &row : rows)
        QVERIFY(row.length <= 80 * 8 + 1);
}

void tst_Folding::foldsWithTheMouse()
{
    WindowFixture f;
    PayloadText *view = inspect(f, kOrder);
    QCOMPARE(view->shownRows().size(), 17);
    const QRect sign = view->foldSign(2);
    QVERIFY(!sign.isEmpty());
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, sign.center());
    QCOMPARE(view->shownRows().size(), 8);
    QCOMPARE(view->shownRows()[2], u"  \"items\": […],  2 items"_s);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->foldSign(2).center());
    QCOMPARE(view->shownRows().size(), 17);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->foldSign(0).center());
    QCOMPARE(view->shownRows(), QStringList{u"{…}  4 keys"_s});
    // A line that opens nothing has no sign, and none where none is.
    QVERIFY(view->foldSign(1).isNull());
}

void tst_Folding::foldsWithTheKeyboard()
{
    WindowFixture f;
    PayloadText *view = inspect(f, kOrder);
    view->setFocus();
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(view, Qt::Key_Down);
    // On `"sku": "a"`: what it is in.
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(view->shownRows()[3], u"    {…},  2 keys"_s);
    QTest::keyClick(view, Qt::Key_Space);
    QCOMPARE(view->shownRows().size(), 17);
    QTest::keyClick(view, Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClick(view, Qt::Key_Minus);
    QCOMPARE(view->shownRows().size(), 1);
    QTest::keyClick(view, Qt::Key_Minus);
    QCOMPARE(view->shownRows().size(), 1);
    QTest::keyClick(view, Qt::Key_Plus);
    QCOMPARE(view->shownRows().size(), 17);
}

void tst_Folding::foldsToALevel()
{
    WindowFixture f;
    PayloadText *view = inspect(f, kOrder);
    f.action("Alt+Shift+0")->trigger();
    QCOMPARE(view->shownRows(), QStringList{u"{…}  4 keys"_s});
    f.action("Alt+Shift+1")->trigger();
    QCOMPARE(view->shownRows(),
             (QStringList{u"{"_s, u"  \"id\": 7,"_s, u"  \"items\": […],  2 items"_s,
                          u"  \"empty\": {},"_s, u"  \"user\": {…}  1 key"_s, u"}"_s}));
    f.action("Alt+Shift+2")->trigger();
    QVERIFY(view->shownRows().contains(u"    {…},  2 keys"_s));
    f.action("Alt+Shift+9")->trigger();
    QCOMPARE(view->shownRows().size(), 17);
    // From another tab it comes back to the one that folds.
    f.action("Alt+2")->trigger();
    f.action("Alt+Shift+0")->trigger();
    QVERIFY(view->isVisible());
    QCOMPARE(view->shownRows().size(), 1);
    // Another event starts unfolded.
    f.message("[1,[2]]");
    f.pull();
    f.choose(1);
    QCOMPARE(view->shownRows().size(), 6);
}

void tst_Folding::opensFromItsSummary()
{
    WindowFixture f;
    PayloadText *view = inspect(f, kOrder);
    view->foldAll();
    const QRect sign = view->foldSign(0);
    const int cell = QFontMetrics(view->font()).horizontalAdvance(u'0');
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                      QPoint(sign.right() + 5 + 5 * cell, sign.center().y()));
    QVERIFY(view->shownRows().size() > 1);
}

void tst_Folding::selectsAndCopies()
{
    WindowFixture f;
    PayloadText *view = inspect(f, kOrder);
    view->setFocus();
    const auto at = [view](std::size_t line, int column) {
        const QRect sign = view->foldSign(0);
        const qreal cell = QFontMetricsF(view->font()).horizontalAdvance(u'0');
        return QPoint(sign.right() + 5 + static_cast<int>(cell * column),
                      sign.center().y() + static_cast<int>(line) * sign.height());
    };
    QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, at(1, 4));
    QCOMPARE(view->selectedText(), u"id"_s);
    QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"id"_s);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, at(1, 4)); // the third: the line
    QCOMPARE(view->selectedText(), u"  \"id\": 7,"_s);
    QTest::qWait(QApplication::doubleClickInterval() + 50);
    QTest::mousePress(view->viewport(), Qt::LeftButton, {}, at(0, 0));
    QTest::mouseMove(view->viewport(), at(2, 3));
    QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, at(2, 3));
    QCOMPARE(view->selectedText(), u"{\n  \"id\": 7,\n  \""_s);
    // What is folded is copied whole.
    view->foldAll();
    QTest::keyClick(view, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), view->toPlainText());
}

void tst_Folding::theCaretMoves()
{
    WindowFixture f;
    PayloadText *view = inspect(f, "one two\nx\n🎉 three");
    view->setFocus();
    const auto key = [view](Qt::Key k, Qt::KeyboardModifiers m = {}) {
        QTest::keyClick(view, k, m);
        return view->caret();
    };
    QCOMPARE(key(Qt::Key_Right), 1);
    QCOMPARE(key(Qt::Key_Right, Qt::ControlModifier), 3);
    QCOMPARE(key(Qt::Key_End), 7);
    QCOMPARE(key(Qt::Key_Down), 9);
    QCOMPARE(key(Qt::Key_Up), 7); // where it was, though the row between is short
    QCOMPARE(key(Qt::Key_End, Qt::ControlModifier), 18);
    QVERIFY(!f.panel()->isFollowing() || view->hasFocus());
    QCOMPARE(key(Qt::Key_Home), 10);
    QCOMPARE(key(Qt::Key_Right), 12); // a whole character
    QCOMPARE(key(Qt::Key_Left), 10);
    QCOMPARE(key(Qt::Key_Left), 9);
    QCOMPARE(key(Qt::Key_Home, Qt::ControlModifier), 0);
    QCOMPARE(key(Qt::Key_Down, Qt::ShiftModifier), 8);
    QCOMPARE(view->selectedText(), u"one two\n"_s);
    QCOMPARE(key(Qt::Key_PageDown), 10);
}

void tst_Folding::menuOffersFolding()
{
    WindowFixture f;
    PayloadText *view = inspect(f, kOrder);
    QContextMenuEvent asked(QContextMenuEvent::Mouse, QPoint(50, 20),
                            view->viewport()->mapToGlobal(QPoint(50, 20)));
    QApplication::sendEvent(view->viewport(), &asked);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    for (QAction *each : menu->actions()) {
        if (each->text() == u"Fold all of the payload")
            each->trigger();
    }
    menu->close();
    QCOMPARE(view->shownRows().size(), 1);
}

void tst_Folding::previewIsCapped()
{
    WindowFixture f;
    const QByteArray json = largeJson(1 << 20);
    PayloadText *view = inspect(f, json);
    QTRY_VERIFY(view->isComplete());
    QVERIFY(view->toPlainText().size() <= InspectorPanel::kPreviewBytes);
    QCOMPARE(f.get<QLabel>("previewNotice")->text(), u"The first 256 KB of 1 MB"_s);
    auto *all = f.get<QPushButton>("loadAll");
    QVERIFY(all->isVisible());
    view->foldToLevel(2);
    QVERIFY(view->shownRows()[0] == u"{");
    QVERIFY(view->shownRows().last().endsWith(u"keys"));
    QTest::mouseClick(all, Qt::LeftButton);
    QTRY_VERIFY(view->isComplete());
    QCOMPARE(view->toPlainText().toUtf8(), *prettyJson(json));
    QVERIFY(!all->isVisible());
}

void tst_Folding::largePayloadsStallNothing_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("1 MB, one line") << QByteArray(1 << 20, 'x');
    QTest::newRow("1 MB, one line of ideographs") << u"中文"_s.repeated(180'000).toUtf8();
    QTest::newRow("4 MB of JSON") << largeJson(4 << 20);
    QTest::newRow("4 MB, one JSON string")
        << QByteArray("{\"k\":\"" + QByteArray(4 << 20, 'x') + "\"}");
}

void tst_Folding::largePayloadsStallNothing()
{
    QFETCH(QByteArray, payload);
    WindowFixture f;
    f.message("small");
    f.message(payload);
    f.pull();
    f.choose(0);
    auto *pretty = f.get<PayloadText>("prettyText");
    auto *raw = f.get<PayloadText>("rawText");
    QTest::qWait(300);
    Heartbeat heart;
    const auto step = [&heart](const char *what) {
        QCoreApplication::processEvents();
        heart.beat();
        qInfo("  %s: %.1f ms, %.1f ms of its own", what, heart.worstMs, heart.worstCpuMs);
        QVERIFY2(heart.worstCpuMs < 50 * kSlowness, what);
        heart.worstMs = heart.worstCpuMs = 0;
    };
    f.choose(1);
    QTRY_VERIFY_WITH_TIMEOUT(pretty->isComplete(), 30'000 * kSlowness);
    step("choose");
    QTest::mouseClick(f.get<QPushButton>("loadAll"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(pretty->isComplete(), 30'000 * kSlowness);
    step("load all");
    QVERIFY(pretty->toPlainText().size() > 300'000);
    f.action("Alt+Shift+1")->trigger();
    step("fold to a level");
    f.action("Alt+Shift+9")->trigger();
    step("unfold all");
    f.window->resize(1100, 800);
    step("resize");
    pretty->verticalScrollBar()->setValue(pretty->verticalScrollBar()->maximum());
    step("to the end");
    f.action("Alt+2")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(raw->isComplete(), 30'000 * kSlowness);
    step("raw");
    f.action("Alt+3")->trigger();
    step("hexadecimal");
    f.action("Ctrl+Alt+F")->trigger();
    f.action("Alt+1")->trigger();
    QTest::keyClicks(f.get<QLineEdit>("payloadFindField"), u"x"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!f.get<QLabel>("payloadFindCount")->text().startsWith(u"searching"),
                             30'000);
    step("find");
    f.action("Alt+5")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(f.get<PayloadText>("changesText")->isComplete(), 60'000);
    step("changes");
    f.choose(0);
    step("choose another");
}

void tst_Folding::choosingQuicklyEndsWithTheLast()
{
    WindowFixture f;
    for (int i = 0; i < 20; ++i)
        f.message(largeJson(300'000 + i * 10'000));
    f.message("the last");
    f.message("\"" + QByteArray(200'000, 'z') + "\"");
    f.pull();
    auto *view = f.get<PayloadText>("prettyText");
    for (int row = 0; row < 22; ++row)
        f.choose(row);
    QVERIFY(!view->isComplete());
    QTRY_VERIFY(view->isComplete());
    QCOMPARE(view->toPlainText().size(), 200'002);
    f.choose(0);
    f.choose(20);
    QCOMPARE(view->toPlainText(), u"the last"_s);
    QTest::qWait(200);
    QCOMPARE(view->toPlainText(), u"the last"_s);
    // The window may go while something is being read.
    f.choose(3);
}

QTEST_MAIN(tst_Folding)
#include "tst_folding.moc"
