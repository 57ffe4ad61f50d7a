// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowfixture.h"

#include "ui/inspector/changes.h"
#include "ui/inspector/jsondiff.h"
#include "ui/inspector/payloadtext.h"
#include "ui/inspector/sequencediff.h"

#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTabBar>

using namespace pushdeck;
using namespace Qt::StringLiterals;

// What changed since the message before it.
class tst_Changes : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void sequencesComeBack();
    void sequencesAreBounded();
    void json_data();
    void json();
    void jsonIsBounded();
    void text();
    void lines();
    void bytes();
    void differingBytesAreToldApart();
    void largeIsCompared();
    void previousOfTheSameKind();
    void showsTheChanges();
    void saysWhenThereIsNothing();
    void survivesEviction();
};

namespace {

const StopFlag never = false;

QStringList jsonChanges(const QByteArray &before, const QByteArray &after)
{
    const auto old = JsonTree::parse(before, 100'000);
    const auto now = JsonTree::parse(after, 100'000);
    QStringList out;
    for (const JsonChange &change : diffJson(*old, *now, never).changes) {
        const QString path = change.path + u' ';
        const QString was = QString::fromUtf8(change.before);
        const QString is = QString::fromUtf8(change.after);
        out << (change.kind == JsonChange::Kind::Added     ? u"+ "_s + path + is
                : change.kind == JsonChange::Kind::Removed ? u"- "_s + path + was
                                                           : u"~ "_s + path + was + u" → "_s + is);
    }
    return out;
}

TrafficEvent sent(const QByteArray &payload, bool binary = false)
{
    TrafficEvent made;
    made.kind = TrafficKind::Message;
    made.payload = payload;
    made.binary = binary;
    return made;
}

SharedDocument documentOf(const QByteArray &before, const QByteArray &after)
{
    return changesBetween(sent(before, true), sent(after, true), never);
}

QStringList between(const QByteArray &before, const QByteArray &after, bool binary = false)
{
    const auto document = changesBetween(sent(before, binary), sent(after, binary), never);
    return document->text.split(u'\n');
}

} // namespace

void tst_Changes::sequencesComeBack()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 400; ++round) {
        std::vector<std::uint64_t> before;
        std::vector<std::uint64_t> after;
        for (int i = random.bounded(12); i-- > 0;)
            before.push_back(random.bounded(4u));
        for (int i = random.bounded(12); i-- > 0;)
            after.push_back(random.bounded(4u));
        for (const std::size_t most : {100u, 2u, 0u}) {
            const SequenceDiff diff = diffSequences(before, after, most, never);
            std::vector<std::uint64_t> rebuilt;
            std::size_t x = 0;
            for (const DiffRun &run : diff.runs) {
                QCOMPARE(run.before, x);
                QCOMPARE(run.after, rebuilt.size());
                const bool added = run.kind == DiffRun::Kind::Added;
                if (run.kind != DiffRun::Kind::Removed) {
                    const auto &from = added ? after : before;
                    const std::size_t at = added ? run.after : run.before;
                    rebuilt.insert(rebuilt.end(), from.begin() + static_cast<long>(at),
                                   from.begin() + static_cast<long>(at + run.length));
                }
                if (!added)
                    x += run.length;
            }
            QCOMPARE(x, before.size());
            QCOMPARE(rebuilt, after);
        }
    }
}

void tst_Changes::sequencesAreBounded()
{
    std::vector<std::uint64_t> before;
    std::vector<std::uint64_t> after;
    for (std::uint64_t i = 0; i < 300'000; ++i) {
        before.push_back(2 * i);
        after.push_back(2 * i + 1);
    }
    QElapsedTimer clock;
    clock.start();
    const SequenceDiff diff = diffSequences(before, after, 1'000, never);
    QVERIFY(diff.coarse);
    QCOMPARE(diff.runs.size(), 2u);
    QVERIFY(clock.elapsed() < 5'000);
}

void tst_Changes::json_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("changes");
    const auto row = [](const char *before, const char *after, const char *changes) {
        QTest::addRow("%s to %s", before, after)
            << QByteArray(before) << QByteArray(after) << QString::fromUtf8(changes);
    };
    row("1", "2", "~ $ 1 → 2");
    row("{\"a\":1}", "{\"a\":2}", "~ a 1 → 2");
    row("{\"a\":1}", "{\"b\":1}", "+ b 1|- a 1");
    row("{\"a\":1,\"b\":2}", "{ \"b\": 2, \"a\" :1 }", "");
    row("{\"a\":{\"b\":[1,{\"c\":null}]}}", "{\"a\":{\"b\":[1,{\"c\":true}]}}",
        "~ a.b[1].c null → true");
    row("[1,2,3,4]", "[1,3,4]", "- [1] 2");
    row("[1,2,3]", "[0,1,2,3]", "+ [0] 0");
    row("[{\"n\":1},{\"n\":2}]", "[{\"n\":1},{\"n\":3}]", "~ [1].n 2 → 3");
    row("[1]", "{\"0\":1}", "~ $ [1] → {\"0\":1}");
    row("{\"a b\":1,\"\":2}", "{\"a b\":2,\"\":3}", "~ [\"a b\"] 1 → 2|~ [\"\"] 2 → 3");
    row("{\"a\":\"\\u00e9\"}", "{\"a\":\"é\"}", "");
    row("{\"n\":1.0}", "{\"n\":1}", "~ n 1.0 → 1");
    row("{\"n\":12345678901234567890}", "{\"n\":12345678901234567891}",
        "~ n 12345678901234567890 → 12345678901234567891");
    row("{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":3}", "~ a 2 → 3");
    row("{\"a\":[]}", "{\"a\":[{}]}", "+ a[0] {}");
    row("[]", "[]", "");
}

void tst_Changes::json()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, changes);
    QCOMPARE(jsonChanges(before, after).join(u'|'), changes);
}

void tst_Changes::jsonIsBounded()
{
    QVERIFY(!JsonTree::parse("[1,2,3,4]", 3));
    QVERIFY(!JsonTree::parse("[1,", 100));
    constexpr int kDepth = 50'000;
    const QByteArray open(kDepth, '[');
    const QByteArray close(kDepth, ']');
    QCOMPARE(jsonChanges(open + "1" + close, open + "2" + close).size(), 1);
    QByteArray before = "{";
    QByteArray after = "{";
    for (int i = 0; i < 5'000; ++i) {
        before += (i ? ",\"k" : "\"k") + QByteArray::number(i) + "\":1";
        after += (i ? ",\"k" : "\"k") + QByteArray::number(i) + "\":2";
    }
    const QStringList shown = between(before + "}", after + "}");
    QVERIFY(shown.last().startsWith(u"… and 3,000 more"));
}

void tst_Changes::text()
{
    const QStringList shown =
        between("a\nb\nc\nd\ne\nf\ng\nh\ni\nj", "a\nb\nc\nd\ne\nX\ng\nh\ni\nj");
    QVERIFY(shown[0].startsWith(u"Compared with row"));
    QCOMPARE(shown[1], u"Lines: 1 added · 1 removed"_s);
    QCOMPARE(shown.mid(3),
             (QStringList{u"  ⋯ 2 lines the same"_s, u"  c"_s, u"  d"_s, u"  e"_s, u"− f"_s,
                          u"+ X"_s, u"  g"_s, u"  h"_s, u"  i"_s, u"  ⋯ 1 line the same"_s}));
    // Markup stays text, and what would reorder it is named.
    QVERIFY(between("x", u"<b>\u202Ey"_s.toUtf8()).contains(u"+ <b>⟪RLO⟫y"_s));
    QVERIFY(between("same", "same")[1].startsWith(u"Nothing changed"));
    QVERIFY(between("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}")[1].startsWith(u"The same values"));
    QVERIFY(between("{\"a\":1}", "{\"a\":2}").contains(u"~ a: 1 → 2"_s));
    // JSON against something else is compared as text.
    QVERIFY(between("{\"a\":1}", "oops").contains(u"+ oops"_s));
}

void tst_Changes::lines()
{
    const auto document =
        changesBetween(sent("price is 12.5 today"), sent("price is 13.0 today"), never);
    QVERIFY(!document->numbered);
    const auto find = [&document](const QString &start) {
        for (std::size_t i = 0; i < document->lines.size(); ++i) {
            if (document->lineText(i).startsWith(start))
                return i;
        }
        return document->lines.size();
    };
    const std::size_t added = find(u"+ "_s);
    QCOMPARE(document->lines[added].tone, TextTone::Added);
    QCOMPARE(document->lines[find(u"− "_s)].tone, TextTone::Removed);
    // What differs within the line is told apart.
    const auto spans = document->spansOf(added);
    QCOMPARE(document->text.sliced(spans.back().start, spans.back().length), u"3.0"_s);
}

void tst_Changes::bytes()
{
    QByteArray before(4'000, 'a');
    QByteArray after = before;
    after[1'000] = '\xff';
    after += "tail";
    const QStringList shown = between(before, after, true);
    QVERIFY2(shown[1].startsWith(u"The first 1,000 bytes"), qPrintable(shown[1]));
    QVERIFY(shown[2].contains(u"0x3e8"));
    QVERIFY(shown.join(u'\n').contains(u"61 61 ff 61") || shown.join(u'\n').contains(u"ff"));
    QVERIFY(shown.last().startsWith(u"+ 00000fa0"));
    QCOMPARE(between({}, "\x01", true).last().left(10), u"+ 00000000"_s);
}

void tst_Changes::differingBytesAreToldApart()
{
    const auto told = [](const QByteArray &before, const QByteArray &after, TextTone tone) {
        const SharedDocument document = documentOf(before, after);
        QStringList out;
        for (std::size_t line = 0; line < document->lines.size(); ++line) {
            for (const TextSpan &span : document->spansOf(line)) {
                const QString text = document->text.sliced(span.start, span.length).trimmed();
                if (span.tone == tone && text != u"+"_s && text != u"−"_s)
                    out << text;
            }
        }
        return out;
    };
    QByteArray before("0123456789abcdef");
    QByteArray after = before;
    after[0] = 'A';
    after[7] = 'B';
    after[8] = 'C';
    after[15] = 'D';
    QCOMPARE(told(before, after, TextTone::Added),
             (QStringList{u"41"_s, u"42  43"_s, u"44"_s, u"A"_s, u"BC"_s, u"D"_s}));
    QCOMPARE(told(before, after, TextTone::Removed),
             (QStringList{u"30"_s, u"37  38"_s, u"66"_s, u"0"_s, u"78"_s, u"f"_s}));
    // What one of them alone has differs, the rest of its line does not.
    QCOMPARE(told("ab", "abc", TextTone::Added), (QStringList{u"63"_s, u"c"_s}));
    QCOMPARE(told("ab", "abc", TextTone::Removed), QStringList());
}

void tst_Changes::largeIsCompared()
{
    const QByteArray large(9 << 20, 'x');
    const QStringList shown = between(large, large + "y");
    QVERIFY(shown.filter(u"only the first 4 MB"_s).size() == 1);
    QByteArray many;
    QByteArray others;
    for (int i = 0; i < 200'000; ++i) {
        many += "line " + QByteArray::number(i) + '\n';
        others += "other " + QByteArray::number(i) + '\n';
    }
    const QStringList long_ = between(many, others);
    QVERIFY(long_.size() < 20'010);
    QVERIFY(long_.last().startsWith(u"… only the first"));
    StopFlag stop = true;
    QVERIFY(!changesBetween(sent(many), sent(others), stop));
}

void tst_Changes::previousOfTheSameKind()
{
    WindowFixture f;
    f.message("1", "/a", "x");
    f.message("2", "/a", "y");
    f.message("3", "/b", "x");
    f.message("4", "/a", "x");
    f.pull();
    const auto previous = [&f](int row) {
        const TrafficEvent *found = f.model().previousLike(f.model().event(row));
        return found ? found->payload : QByteArray("none");
    };
    QCOMPARE(previous(3), QByteArray("1"));
    QCOMPARE(previous(2), QByteArray("none"));
    QCOMPARE(previous(0), QByteArray("none"));
    // Also where the filter hides it.
    f.panel()->setFilterText(u"4"_s);
    QCOMPARE(previous(0), QByteArray("1"));
}

void tst_Changes::showsTheChanges()
{
    WindowFixture f;
    f.message("{\"price\":12.5,\"tags\":[\"a\"]}", "/p");
    f.message("{\"else\":1}", "/q");
    f.message("{\"price\":13,\"tags\":[\"a\",\"b\"]}", "/p");
    f.pull();
    f.choose(2);
    QTest::keyClick(f.window.get(), Qt::Key_5, Qt::AltModifier);
    auto *view = f.get<PayloadText>("changesText");
    QVERIFY(view->isVisible());
    const QStringList rows = view->toPlainText().split(u'\n');
    QVERIFY2(rows[0].startsWith(u"Compared with row 1 at "), qPrintable(rows[0]));
    QVERIFY(rows[0].contains(u"0.020 s before"));
    QCOMPARE(rows[1], u"1 changed · 1 added · 0 removed"_s);
    QCOMPARE(rows.mid(3), (QStringList{u"~ price: 12.5 → 13"_s, u"+ tags[1]: \"b\""_s}));
    // The tab stays from row to row, also for bytes.
    f.message("\x01", "/p", "", true);
    f.pull();
    f.choose(3);
    QCOMPARE(f.get<QTabBar>("inspectorTabs")->currentIndex(), 4);
    QVERIFY(view->toPlainText().contains(u"offset 0x0"));
}

void tst_Changes::saysWhenThereIsNothing()
{
    WindowFixture f;
    f.message("{}", "/only");
    f.pull();
    f.choose(0);
    f.action("Alt+5")->trigger();
    auto *view = f.get<PayloadText>("changesText");
    QVERIFY(view->toPlainText().isEmpty());
    QVERIFY(view->isComplete());
    QVERIFY(!view->grab().isNull());
}

void tst_Changes::survivesEviction()
{
    WindowFixture f(TrafficLogLimits{10, 1 << 20});
    f.message("{\"n\":1}");
    f.message("{\"n\":2}");
    f.pull();
    f.choose(1);
    for (int i = 0; i < 50; ++i)
        f.message("other", "/else");
    f.pull();
    f.action("Alt+5")->trigger();
    QVERIFY(f.get<PayloadText>("changesText")->toPlainText().contains(u"~ n: 1 → 2"));
}

QTEST_MAIN(tst_Changes)
#include "tst_changes.moc"
