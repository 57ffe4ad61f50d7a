// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowfixture.h"

#include "ui/theme/tones.h"
#include "ui/traffic/filtercompletion.h"
#include "ui/traffic/filterfield.h"
#include "ui/traffic/filterterm.h"
#include "ui/traffic/seenvalues.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QStandardPaths>

using namespace pushdeck;
using namespace Qt::StringLiterals;

// What the filter's field offers while it is typed into, and how a cell becomes a filter.
class tst_Completion : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void offers_data();
    void offers();
    void everyChoiceIsAFilter();
    void sourcesAreBounded();
    void completesAKeyAndItsValue();
    void escapeClosesBeforeItClears();
    void enterIsTheFieldsOwnWhenClosed();
    void arrowsGoRound();
    void theMouseChooses();
    void completesInTheMiddle();
    void quotesWhatNeedsIt();
    void offersWhatIsThere();
    void leavesWithTheFocus();
    void saysWhereItIsWrong();
    void everyCellBecomesAFilter();
    void clearingKeepsTheChosenRowInSight();
};

namespace {

FilterSources sources()
{
    return {{u"/chat"_s, u"/orders/1042"_s, u"/with space"_s, u"/聊天"_s},
            {u"order.paid"_s, u"tick"_s},
            {{7, u"Anna's iPhone · 192.168.1.27:51007"_s}, {12, u"192.168.1.40:5"_s}}};
}

FilterField *fieldOf(WindowFixture &f)
{
    return f.get<FilterField>("trafficFilter");
}

QStringList shownIn(WindowFixture &f)
{
    QStringList labels;
    auto *list = f.get<QListWidget>("filterChoices");
    for (int i = 0; i < list->count(); ++i)
        labels << list->item(i)->text();
    return labels;
}

} // namespace

void tst_Completion::offers_data()
{
    QTest::addColumn<QString>("text"); // | is the cursor
    QTest::addColumn<QString>("first");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("replaced");
    const auto row = [](const char *text, const char *first, int count, const char *replaced) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(first) << count
                            << QString::fromUtf8(replaced);
    };
    row("|", "dir:", 12, "");
    row("to|", "topic:", 3, "to");
    row("hello to|", "topic:", 3, "to");
    row("-to|", "topic:", 3, "to");
    row("!v|", "via:", 1, "v");
    row("-|", "dir:", 12, "");
    row("dir:in & to|", "topic:", 3, "to");
    row("xyz|", "", 0, "");
    row("hel|lo", "", 0, "hello");
    row("dir:|", "in", 3, "");
    row("dir:o|", "out", 1, "o");
    row("dir:out|", "", 0, "out");
    row("dir:in,o|", "out", 1, "o");
    row("dir:i|,out", "in", 1, "i");
    row("DIR:S|", "server", 1, "S");
    row("via:o|", "operator", 2, "o");
    row("-via:|", "ws", 6, "");
    row("topic:|", "/chat", 4, "");
    row("topic:/or|", "/orders/1042", 1, "/or");
    row("topic:space|", "\"/with space\"", 1, "space");
    row("topic:\"/wi|", "\"/with space\"", 1, "\"/wi");
    row("topic:\"/wi|th\" x", "\"/with space\"", 1, "\"/with\"");
    row("topic:天|", "/聊天", 1, "天");
    row("event:t|", "tick", 1, "t");
    row("event:paid|", "order.paid", 1, "paid");
    row("client:|", "#7", 2, "");
    row("client:anna|", "#7", 1, "anna");
    row("client:#1|", "#12", 1, "#1");
    row("size>|", "100", 5, "");
    row("size>=1|", "100", 5, "1");
    row("status:4|", "4xx", 3, "4");
    row("to:|", "0", 4, "");
    row("top|ic:/chat", "topic:", 1, "topic:");
    row("/expre dir:|/", "", 0, "");
    row("\"a phrase dir:|\"", "", 0, "");
    row("topic:/chat |", "dir:", 12, "");
    row("| topic:/chat", "dir:", 12, "");
}

void tst_Completion::offers()
{
    QFETCH(QString, text);
    QFETCH(QString, first);
    QFETCH(int, count);
    QFETCH(QString, replaced);
    const qsizetype cursor = text.indexOf(u'|');
    text.remove(cursor, 1);
    const FilterCompletion found = completeFilter(text, cursor, sources());
    QCOMPARE(static_cast<int>(found.choices.size()), count);
    if (count > 0) {
        QCOMPARE(found.choices.front().insert, first);
        QCOMPARE(text.sliced(found.start, found.length), replaced);
    }
}

void tst_Completion::everyChoiceIsAFilter()
{
    for (const FilterChoice &key : completeFilter({}, 0, sources()).choices) {
        QVERIFY(!key.hint.isEmpty());
        const auto values = completeFilter(key.insert, key.insert.size(), sources());
        QVERIFY2(!values.choices.empty(), qPrintable(key.insert));
        for (const FilterChoice &value : values.choices) {
            const QString text = u'-' + key.insert + value.insert;
            QVERIFY2(std::holds_alternative<TrafficFilter>(parseTrafficFilter(text)),
                     qPrintable(text));
        }
    }
    // A cursor anywhere in anything: no crash, no end that is not in the text.
    const QString all = u"-dir:in,\"o\\\" \"topic:\"/a b\" /x y/i & size>>=1k \"open 聊 !"_s;
    for (qsizetype length = 0; length <= all.size(); ++length) {
        for (qsizetype cursor = 0; cursor <= length; ++cursor) {
            const FilterCompletion found = completeFilter(all.first(length), cursor, sources());
            QVERIFY(found.start >= 0 && found.length >= 0);
            QVERIFY(found.start + found.length <= length);
        }
    }
}

void tst_Completion::sourcesAreBounded()
{
    TrafficLog log({200'000, 256 << 20});
    for (int i = 0; i < 30'000; ++i) {
        TrafficEvent event;
        event.kind = TrafficKind::Message;
        event.topic = u"/t/%1"_s.arg(i);
        event.event = QString(i % 2 ? 2'000'0 : 3, u'e');
        event.clientId = static_cast<std::uint64_t>(i + 1);
        log.append(event);
    }
    TrafficModel model(log);
    model.pull(std::chrono::seconds(5));
    const FilterSources found = filterSources(model, nullptr);
    QCOMPARE(found.topics.size(), 200);
    QCOMPARE(found.topics.front(), u"/t/29999"_s);
    QCOMPARE(found.events, QStringList{u"eee"_s});
    QVERIFY(found.clients.size() <= 400);
}

void tst_Completion::completesAKeyAndItsValue()
{
    WindowFixture f;
    f.message("a", "/chat");
    f.message("b", "/news");
    f.pull();
    FilterField *field = fieldOf(f);
    field->setFocus();
    QTest::keyClicks(field, u"top"_s);
    QVERIFY(field->isCompleting());
    QCOMPARE(shownIn(f), QStringList{u"topic:"_s});
    QTest::keyClick(field, Qt::Key_Tab);
    QVERIFY(field->hasFocus());
    QCOMPARE(field->text(), u"topic:"_s);
    QVERIFY(field->isCompleting());
    QCOMPARE(shownIn(f), (QStringList{u"/news"_s, u"/chat"_s}));
    QTest::keyClicks(field, u"/c"_s);
    QCOMPARE(shownIn(f), QStringList{u"/chat"_s});
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(field->text(), u"topic:/chat "_s);
    QVERIFY(!field->isCompleting());
    QCOMPARE(f.model().rowCount(), 1);
    // A term that leaves out is completed the same.
    field->setFilterText({});
    QTest::keyClicks(field, u"-to"_s);
    QTest::keyClick(field, Qt::Key_Tab);
    QTest::keyClick(field, Qt::Key_Tab);
    QCOMPARE(field->text(), u"-topic:/news "_s);
    QCOMPARE(f.model().rowCount(), 1);
    QTest::keyClick(field, Qt::Key_Tab);
    QVERIFY(!field->hasFocus());
}

void tst_Completion::escapeClosesBeforeItClears()
{
    WindowFixture f;
    FilterField *field = fieldOf(f);
    field->setFocus();
    QTest::keyClicks(field, u"di"_s);
    QVERIFY(field->isCompleting());
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->isCompleting());
    QCOMPARE(field->text(), u"di"_s);
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(field->text(), QString());
    // Asked for, it shows everything.
    QTest::keyClick(field, Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(field->isCompleting());
    QCOMPARE(shownIn(f).size(), 12);
    QTest::keyClick(field, Qt::Key_Escape);
    QTest::keyClick(field, Qt::Key_Down);
    QVERIFY(field->isCompleting());
}

void tst_Completion::enterIsTheFieldsOwnWhenClosed()
{
    WindowFixture f;
    f.message("hello", "/chat");
    f.message("other", "/chat");
    f.pull();
    FilterField *field = fieldOf(f);
    field->setFocus();
    QTest::keyClicks(field, u"hello"_s);
    QVERIFY(!field->isCompleting());
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(field->text(), u"hello"_s);
    QCOMPARE(f.model().rowCount(), 1);
    // A finished value needs no more: Enter takes the filter.
    field->setFilterText({});
    QTest::keyClicks(field, u"dir:in"_s);
    QVERIFY(!field->isCompleting());
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(field->text(), u"dir:in"_s);
    QCOMPARE(f.panel()->filterText(), u"dir:in"_s);
}

void tst_Completion::arrowsGoRound()
{
    WindowFixture f;
    FilterField *field = fieldOf(f);
    field->setFocus();
    QTest::keyClicks(field, u"kind:"_s);
    auto *list = f.get<QListWidget>("filterChoices");
    QAbstractItemModelTester tester(list->model());
    QCOMPARE(list->currentRow(), 0);
    QTest::keyClick(field, Qt::Key_Up);
    QCOMPARE(list->currentRow(), 5);
    QTest::keyClick(field, Qt::Key_Down);
    QTest::keyClick(field, Qt::Key_Down);
    QCOMPARE(list->currentRow(), 1);
    QVERIFY(field->accessibleDescription().startsWith(u"connect"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(field->text(), u"kind:connect "_s);
    QVERIFY(field->hasFocus());
}

void tst_Completion::theMouseChooses()
{
    WindowFixture f;
    FilterField *field = fieldOf(f);
    field->setFocus();
    QTest::keyClicks(field, u"via:"_s);
    auto *list = f.get<QListWidget>("filterChoices");
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualItemRect(list->item(2)).center());
    QCOMPARE(field->text(), u"via:lp "_s);
    QVERIFY(field->hasFocus());
    QVERIFY(!field->isCompleting());
}

void tst_Completion::completesInTheMiddle()
{
    WindowFixture f;
    FilterField *field = fieldOf(f);
    field->setFocus();
    field->setText(u"dir:i size>1k"_s);
    field->setCursorPosition(4);
    QTest::keyClicks(field, u"o"_s);
    QCOMPARE(shownIn(f), QStringList{u"out"_s});
    QTest::keyClick(field, Qt::Key_Tab);
    QCOMPARE(field->text(), u"dir:out size>1k"_s);
    QCOMPARE(field->cursorPosition(), 7);
    // One of several values.
    QTest::keyClicks(field, u",in"_s);
    QTest::keyClick(field, Qt::Key_Backspace);
    QVERIFY(field->isCompleting());
    QTest::keyClick(field, Qt::Key_Tab);
    QCOMPARE(field->text(), u"dir:out,in size>1k"_s);
}

void tst_Completion::quotesWhatNeedsIt()
{
    WindowFixture f;
    f.message("a", "/with space");
    f.message("b", "/plain");
    f.pull();
    FilterField *field = fieldOf(f);
    field->setFocus();
    QTest::keyClicks(field, u"topic:with"_s);
    QTest::keyClick(field, Qt::Key_Tab);
    QCOMPARE(field->text(), u"topic:\"/with space\" "_s);
    QCOMPARE(f.model().rowCount(), 1);
    field->setFilterText({});
    QTest::keyClicks(field, u"topic:\"/with s"_s);
    QVERIFY(field->isCompleting());
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(field->text(), u"topic:\"/with space\" "_s);
}

void tst_Completion::offersWhatIsThere()
{
    WindowFixture f;
    ClientInfo &client = f.control.addClient(Transport::WebSocket, u"/chat"_s);
    client.name = u"<b>Anna</b>\u202E"_s;
    f.control.snapshot.topics.push_back({u"/quiet"_s, 1, 0, 0, {}});
    f.control.publish();
    f.message("x", "/chat", "tick\n2");
    QTest::qWait(230);
    f.pull();
    FilterField *field = fieldOf(f);
    field->setFocus();
    QTest::keyClicks(field, u"topic:"_s);
    QCOMPARE(shownIn(f), (QStringList{u"/chat"_s, u"/quiet"_s}));
    field->setFilterText({});
    QTest::keyClicks(field, u"event:"_s);
    QCOMPARE(shownIn(f), QStringList{u"tick↵2"_s});
    field->setFilterText({});
    QTest::keyClicks(field, u"client:"_s);
    QCOMPARE(shownIn(f), (QStringList{u"#1"_s, u"#7"_s}));
    const QString hint =
        f.get<QListWidget>("filterChoices")->item(0)->data(Qt::UserRole).toString();
    QVERIFY(hint.contains(u"<b>Anna</b>⟪RLO⟫"));
}

void tst_Completion::leavesWithTheFocus()
{
    WindowFixture f;
    FilterField *field = fieldOf(f);
    field->setFocus();
    QTest::keyClicks(field, u"dir:"_s);
    QVERIFY(field->isCompleting());
    f.get<QPlainTextEdit>("sendText")->setFocus();
    QVERIFY(!field->isCompleting());
}

void tst_Completion::saysWhereItIsWrong()
{
    WindowFixture f;
    FilterField *field = fieldOf(f);
    auto *problem = f.get<QLabel>("filterProblem");
    field->setFocus();
    QTest::keyClicks(field, u"  hello size>big x"_s);
    QTRY_VERIFY(problem->isVisible());
    QVERIFY2(problem->text().startsWith(u"Filter, at character 9, size>big: "),
             qPrintable(problem->text()));
    // The place is underlined in the colour of errors.
    const auto isUnderlined = [field] {
        const QImage picture = field->grab().toImage();
        const QColor error = tonesFor(field->palette()).error;
        int found = 0;
        for (int y = picture.height() / 2; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x)
                found += picture.pixelColor(x, y).red() - picture.pixelColor(x, y).green() > 90;
        }
        return found > 20 && error.red() > error.green();
    };
    QVERIFY(isUnderlined());
    field->setText(u"  hello size>1k  x"_s);
    QTRY_VERIFY(!isUnderlined());
    field->setFilterText(u"\"open"_s);
    QVERIFY(problem->text().contains(u"closing quote"));
    field->setFilterText(u"/(/"_s);
    QVERIFY(problem->text().contains(u"at character 1"));
    field->setFilterText({});
    QVERIFY(!problem->isVisible());
}

void tst_Completion::everyCellBecomesAFilter()
{
    WindowFixture f;
    f.message("12345", "/chat", "tick");
    f.message("1", "/news");
    TrafficEvent sent;
    sent.kind = TrafficKind::Message;
    sent.direction = Direction::Out;
    sent.fanOut = 3;
    sent.topic = u"/news"_s;
    f.control.writableLog().append(sent);
    TrafficEvent refused;
    refused.kind = TrafficKind::Refused;
    refused.code = 401;
    f.control.writableLog().append(refused);
    f.pull();
    const auto cell = [&f](int row, int column, const QString &entry) {
        f.panel()->setFilterText({});
        const QModelIndex index = f.log()->model()->index(row, column);
        QTest::mouseClick(f.log()->viewport(), Qt::RightButton, {},
                          f.log()->visualRect(index).center());
        emit f.log()->customContextMenuRequested(f.log()->visualRect(index).center());
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        bool found = false;
        for (QAction *each : menu ? menu->actions() : QList<QAction *>()) {
            if (each->text() == entry) {
                found = true;
                each->trigger();
                break;
            }
        }
        if (menu)
            menu->close();
        QCoreApplication::processEvents();
        return found ? f.model().rowCount() : -1;
    };
    using M = TrafficModel;
    QCOMPARE(cell(0, M::DirectionColumn, u"Show only dir:in"_s), 2);
    QCOMPARE(cell(0, M::TransportColumn, u"Show only via:ws"_s), 2);
    QCOMPARE(cell(2, M::TransportColumn, u"Leave out via:operator"_s), 3);
    QCOMPARE(cell(2, M::ClientColumn, u"Show only via:operator"_s), 1);
    QCOMPARE(cell(0, M::ClientColumn, u"Leave out client:#7"_s), 2);
    QCOMPARE(cell(2, M::FanOutColumn, u"Show only to:3"_s), 1);
    QCOMPARE(cell(2, M::FanOutColumn, u"Show only to<=3"_s), 3);
    QCOMPARE(cell(1, M::TopicColumn, u"Show only topic:/news"_s), 2);
    QCOMPARE(cell(0, M::EventColumn, u"Leave out event:tick"_s), 3);
    QCOMPARE(cell(0, M::SizeColumn, u"Show only size:5"_s), 1);
    QCOMPARE(cell(0, M::SizeColumn, u"Show only size>=5"_s), 1);
    QCOMPARE(cell(1, M::SizeColumn, u"Show only size<=1"_s), 2);
    QCOMPARE(cell(3, M::ContentColumn, u"Show only status:401"_s), 1);
    QCOMPARE(cell(3, M::TransportColumn, u"Show only via:http"_s), 1);
}

void tst_Completion::clearingKeepsTheChosenRowInSight()
{
    WindowFixture f;
    for (int i = 0; i < 600; ++i)
        f.message("m " + QByteArray::number(i), i % 2 ? "/odd" : "/even");
    f.pull();
    f.choose(100);
    const auto inSight = [&f] {
        return f.log()->viewport()->rect().intersects(f.log()->visualRect(f.log()->currentIndex()));
    };
    FilterField *field = fieldOf(f);
    field->setFocus();
    // Also where the filter hid the row meanwhile.
    for (const QString &filter : {u"topic:/even"_s, u"topic:/odd"_s}) {
        QTest::keyClicks(field, filter);
        field->takeNow();
        QCOMPARE(f.model().rowCount(), 300);
        field->clear();
        QTRY_COMPARE(f.model().rowCount(), 600);
        QCOMPARE(f.chosen(), u"m 100"_s);
        QVERIFY(inSight());
        QVERIFY(!f.panel()->isFollowing());
    }
}

QTEST_MAIN(tst_Completion)
#include "tst_completion.moc"
