// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/traffictext.h"

#include <QAbstractItemModelTester>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_TrafficModel : public QObject
{
    Q_OBJECT

private slots:
    void pullsWhatIsNew();
    void oneRemovalAndOneInsertionAPull();
    void evictsWithTheLog();
    void runPastByTheLog();
    void filters();
    void filtersPieceByPiece();
    void clears();
    void aFloodStaysConsistent_data();
    void aFloodStaysConsistent();
    void rowsOfEveryKind();
    void hostilePayloadsStayOneLine();
    void aMegabyteCostsALine();
    void aConnectingBrowserIsTwoWords();
    void whoOnlyPublishesHasNoPort();
    void copiesAsJson();
    void curlSurvivesAShell_data();
    void curlSurvivesAShell();
};

namespace {

TrafficEvent message(int n)
{
    TrafficEvent event;
    event.kind = TrafficKind::Message;
    event.direction = n % 2 ? Direction::In : Direction::Out;
    event.topic = n % 3 ? u"/chat"_s : u"/news"_s;
    event.payload = QByteArray::number(n);
    return event;
}

TrafficFilter filter(const QString &text)
{
    return std::get<TrafficFilter>(parseTrafficFilter(text));
}

constexpr auto kLong = 10'000ms;

} // namespace

void tst_TrafficModel::pullsWhatIsNew()
{
    TrafficLog log;
    TrafficModel model(log);
    QAbstractItemModelTester tester(&model);
    QCOMPARE(model.pull(kLong).inserted, 0);
    log.append(message(1));
    log.append(message(2));
    QCOMPARE(model.waiting(), 2u);
    QCOMPARE(model.pull(kLong).inserted, 2);
    QCOMPARE(model.waiting(), 0u);
    log.append(message(3));
    QCOMPARE(model.pull(kLong).inserted, 1);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.event(2).payload, QByteArray("3"));
    QCOMPARE(model.latest().size(), 1u);
    QCOMPARE(model.dropped(), 0u);
}

void tst_TrafficModel::oneRemovalAndOneInsertionAPull()
{
    TrafficLog log({100, 1 << 20});
    TrafficModel model(log);
    QAbstractItemModelTester tester(&model);
    for (int i = 0; i < 100; ++i)
        log.append(message(i));
    model.pull(kLong);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    for (int i = 0; i < 30; ++i)
        log.append(message(i));
    const auto change = model.pull(kLong);
    QCOMPARE(change.inserted, 30);
    QCOMPARE(change.removed, 30);
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(reset.size(), 0);
}

void tst_TrafficModel::evictsWithTheLog()
{
    TrafficLog log({50, 1 << 20});
    TrafficModel model(log);
    for (int i = 0; i < 40; ++i)
        log.append(message(i));
    model.pull(kLong);
    for (int i = 40; i < 60; ++i)
        log.append(message(i));
    model.pull(kLong);
    QCOMPARE(model.rowCount(), 50);
    QCOMPARE(model.numberAt(0), 11u);
    QCOMPARE(model.dropped(), 10u);
    QCOMPARE(model.held(), 50u);
    QVERIFY(!model.find(10));
    QVERIFY(model.find(11));
}

void tst_TrafficModel::runPastByTheLog()
{
    // As after a long pause: nothing of what the model has is held by the log any more.
    TrafficLog log({50, 1 << 20});
    TrafficModel model(log);
    QAbstractItemModelTester tester(&model);
    for (int i = 0; i < 50; ++i)
        log.append(message(i));
    model.pull(kLong);
    for (int i = 0; i < 500; ++i)
        log.append(message(i));
    QCOMPARE(model.waiting(), 500u);
    model.pull(kLong);
    QCOMPARE(model.rowCount(), 50);
    QCOMPARE(model.numberAt(0), 501u);
    QCOMPARE(model.numberAt(49), 550u);
    QCOMPARE(model.dropped(), 500u);
}

void tst_TrafficModel::filters()
{
    TrafficLog log;
    TrafficModel model(log);
    QAbstractItemModelTester tester(&model);
    for (int i = 0; i < 30; ++i)
        log.append(message(i));
    model.pull(kLong);
    model.setFilter(filter(u"topic:/news"_s), kLong);
    QCOMPARE(model.rowCount(), 10);
    for (int row = 0; row < 10; ++row)
        QCOMPARE(model.event(row).topic, u"/news"_s);
    log.append(message(30));
    log.append(message(31));
    QCOMPARE(model.pull(kLong).inserted, 1);
    QCOMPARE(model.rowOf(31), 10);
    QCOMPARE(model.rowOf(32), -1);
    QCOMPARE(model.rowAtOrAfter(2), 1);
    model.setFilter({}, kLong);
    QCOMPARE(model.rowCount(), 32);
}

void tst_TrafficModel::filtersPieceByPiece()
{
    TrafficLog log;
    TrafficModel model(log);
    QAbstractItemModelTester tester(&model);
    for (int i = 0; i < 5000; ++i)
        log.append(message(i));
    model.pull(kLong);
    model.setFilter(filter(u"topic:/news"_s), 0ms);
    QVERIFY(model.isFiltering());
    QVERIFY(model.rowCount() < 100);
    for (int turn = 0; turn < 1000 && model.isFiltering(); ++turn)
        model.pull(0ms);
    QVERIFY(!model.isFiltering());
    QCOMPARE(model.rowCount(), 1667);
}

void tst_TrafficModel::clears()
{
    TrafficLog log({20, 1 << 20});
    TrafficModel model(log);
    QAbstractItemModelTester tester(&model);
    for (int i = 0; i < 30; ++i)
        log.append(message(i));
    model.pull(kLong);
    QCOMPARE(model.dropped(), 10u);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.dropped(), 0u);
    log.append(message(99));
    model.pull(kLong);
    QCOMPARE(model.rowCount(), 1);
    // What was cleared is not counted as dropped.
    QCOMPARE(model.dropped(), 0u);
    for (int i = 0; i < 25; ++i)
        log.append(message(i));
    model.pull(kLong);
    QCOMPARE(model.dropped(), 6u);
}

void tst_TrafficModel::aFloodStaysConsistent_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("no filter") << QString();
    QTest::newRow("filter") << u"topic:/news dir:in"_s;
}

void tst_TrafficModel::aFloodStaysConsistent()
{
    QFETCH(QString, text);
    TrafficLog log({6'000, 1 << 24});
    TrafficModel model(log);
    QAbstractItemModelTester tester(&model);
    const TrafficFilter wanted = filter(text);
    model.setFilter(wanted, kLong);
    QRandomGenerator random(7);
    int logged = 0;
    while (logged < 20'000) {
        const int batch = random.bounded(700);
        for (int i = 0; i < batch; ++i)
            log.append(message(logged++));
        model.pull(10ms);
        // Numbers rise, each event is the one of its number, and each passes.
        std::uint64_t previous = 0;
        for (int row = 0; row < model.rowCount(); row += 1 + row % 7) {
            QVERIFY(model.numberAt(row) > previous);
            previous = model.numberAt(row);
            QCOMPARE(model.event(row).number, previous);
            QCOMPARE(model.event(row).payload, QByteArray::number(previous - 1));
            QVERIFY(wanted.matches(model.event(row)));
        }
        QVERIFY(model.held() <= 6'000u);
        QCOMPARE(model.dropped(), std::max(0, logged - 6'000));
    }
    while (model.isFiltering())
        model.pull(10ms);
    const int expected = text.isEmpty() ? 6'000 : 1'000;
    QCOMPARE(model.rowCount(), expected);
}

void tst_TrafficModel::rowsOfEveryKind()
{
    TrafficLog log;
    TrafficModel model(log);
    QAbstractItemModelTester tester(&model);
    const auto add = [&log](TrafficKind kind, int code, const QString &text) {
        TrafficEvent event;
        event.kind = kind;
        event.code = code;
        event.text = text;
        event.clientId = 3;
        event.transport = Transport::Sse;
        log.append(event);
    };
    add(TrafficKind::Connected, 0, u"SSE to /news"_s);
    add(TrafficKind::Disconnected, 1006, u"connection lost"_s);
    add(TrafficKind::Gap, 0, u"37 messages lost"_s);
    add(TrafficKind::Refused, 401, QString());
    add(TrafficKind::Notice, 0, u"Listening"_s);
    TrafficEvent fanOut = message(1);
    fanOut.fanOut = 120;
    log.append(fanOut);
    model.pull(kLong);
    const auto cell = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    QCOMPARE(cell(0, TrafficModel::DirectionColumn), u"+"_s);
    QCOMPARE(cell(0, TrafficModel::TransportColumn), u"SSE"_s);
    QCOMPARE(cell(1, TrafficModel::ContentColumn), u"1006 · connection lost"_s);
    QCOMPARE(cell(1, TrafficModel::DirectionColumn), u"✕"_s);
    QCOMPARE(cell(2, TrafficModel::DirectionColumn), u"⚠"_s);
    QCOMPARE(cell(3, TrafficModel::ContentColumn), u"401 · refused"_s);
    QCOMPARE(cell(4, TrafficModel::ContentColumn), u"Listening"_s);
    QCOMPARE(cell(5, TrafficModel::FanOutColumn), u"×120"_s);
    QCOMPARE(cell(5, TrafficModel::DirectionColumn), u"↓"_s);
    QVERIFY(!model.index(5, 0).data(Qt::AccessibleTextRole).toString().isEmpty());
}

void tst_TrafficModel::hostilePayloadsStayOneLine()
{
    TrafficLog log;
    TrafficModel model(log);
    for (const QByteArray &payload :
         {QByteArray("a\r\nb"), QByteArray("\0x", 2), u"\u202Eevil\u2029"_s.toUtf8(),
          QByteArray("<b>x</b>"), QByteArray("\xff\xc3\x28")}) {
        TrafficEvent event = message(0);
        event.payload = payload;
        event.topic = u"/<i>\n"_s;
        event.event = u"\u2067e\r"_s;
        event.client = u"<u>"_s;
        log.append(event);
    }
    model.pull(kLong);
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < TrafficModel::ColumnCount; ++column) {
            const QModelIndex index = model.index(row, column);
            for (const QChar c : index.data().toString()) {
                QVERIFY(c.category() != QChar::Other_Control);
                QVERIFY(c.category() != QChar::Other_Format);
                QVERIFY(c.category() != QChar::Separator_Line);
                QVERIFY(c.category() != QChar::Separator_Paragraph);
            }
            const QString tip = index.data(Qt::ToolTipRole).toString();
            QVERIFY(!tip.contains(u"<b>") && !tip.contains(u"<i>") && !tip.contains(u"<u>"));
        }
    }
}

void tst_TrafficModel::aMegabyteCostsALine()
{
    TrafficEvent event = message(0);
    event.payload = QByteArray(1024 * 1024, 'x');
    QVERIFY(contentText(event).size() < 500);
    event.binary = true;
    QVERIFY(contentText(event).size() < 500);
    QVERIFY(eventToolTip(event, true).size() < 3000);
}

void tst_TrafficModel::copiesAsJson()
{
    TrafficEvent event = message(1);
    event.payload = u"{\"a\":\"大\"}"_s.toUtf8();
    event.fanOut = 3;
    QJsonObject object = QJsonDocument::fromJson(eventAsJson(event).toUtf8()).object();
    QCOMPARE(object[u"data"].toString(), u"{\"a\":\"大\"}"_s);
    QCOMPARE(object[u"fan_out"].toInt(), 3);
    QCOMPARE(object[u"direction"].toString(), u"in"_s);
    event.payload = QByteArray("\xff\x00", 2);
    object = QJsonDocument::fromJson(eventAsJson(event).toUtf8()).object();
    QCOMPARE(object[u"encoding"].toString(), u"base64"_s);
    QCOMPARE(QByteArray::fromBase64(object[u"data"].toString().toLatin1()), event.payload);
}

void tst_TrafficModel::curlSurvivesAShell_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("plain") << QByteArray("hello");
    QTest::newRow("quotes") << QByteArray("it's \"quoted\" $HOME `id` \\ !");
    QTest::newRow("at sign") << QByteArray("@/etc/passwd");
    QTest::newRow("lines") << QByteArray("a\nb\n");
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
    QTest::newRow("not UTF-8") << QByteArray("\xff\xfe\x01");
    QTest::newRow("Chinese") << u"大家好"_s.toUtf8();
}

void tst_TrafficModel::curlSurvivesAShell()
{
    QFETCH(QByteArray, payload);
    TrafficEvent event = message(0);
    event.topic = u"/a b/'x'"_s;
    event.event = u"e&f"_s;
    event.payload = payload;
    // A curl of our own tells what a real one would send.
    const QString script =
        u"curl() { last=; for a; do if [ \"$last\" = --data-binary ]; then "
        "if [ \"$a\" = @- ]; then cat; else printf %s \"$a\"; fi; fi; last=$a; done; }; "_s +
        eventAsCurl(event, u"http://h:1"_s);
    QProcess shell;
    shell.start(u"bash"_s, {u"-c"_s, script});
    if (!shell.waitForStarted())
        QSKIP("no bash");
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardOutput(), payload);
    QVERIFY(
        eventAsCurl(event, u"http://h:1"_s).endsWith(u"'http://h:1/a%20b/%27x%27?event=e%26f'"));
    QVERIFY(eventAsCurl(event, u"http://h:1"_s, u"t'&%1"_s)
                .endsWith(u"/%27x%27?event=e%26f&token=t%27%26%251'"));
    event.event.clear();
    QVERIFY(eventAsCurl(event, u"http://h:1"_s, u"t"_s).endsWith(u"/%27x%27?token=t'"));
}

void tst_TrafficModel::whoOnlyPublishesHasNoPort()
{
    TrafficEvent event;
    event.client = u"192.168.1.20:43645"_s;
    QCOMPARE(rowClient(event), u"192.168.1.20"_s);
    event.client = u"[fd00::1]:43645"_s;
    QCOMPARE(rowClient(event), u"[fd00::1]"_s);
    event.client = u"fd00::1"_s;
    QCOMPARE(rowClient(event), u"fd00::1"_s);
    event.clientId = 7;
    QCOMPARE(rowClient(event), u"#7"_s);
}

void tst_TrafficModel::aConnectingBrowserIsTwoWords()
{
    TrafficEvent event;
    event.kind = TrafficKind::Connected;
    const QString agent =
        u"Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0"_s;
    event.text = agent;
    QCOMPARE(rowWords(event), u"Firefox · Linux"_s);
    event.text = u"reconnect 2 · "_s + agent;
    QCOMPARE(rowWords(event), u"reconnect 2 · Firefox · Linux"_s);
    event.text = u"curl/7.88.1"_s;
    QCOMPARE(rowWords(event), u"curl/7.88.1"_s);
    // What a client says is not taken apart.
    event.kind = TrafficKind::Message;
    event.payload = agent.toUtf8();
    QCOMPARE(rowWords(event), agent);
}

QTEST_GUILESS_MAIN(tst_TrafficModel)
#include "tst_trafficmodel.moc"
