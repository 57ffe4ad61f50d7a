// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/csvwriter.h"
#include "ui/export/eventcodec.h"
#include "ui/export/exportjob.h"
#include "ui/export/harwriter.h"
#include "ui/export/jsonlreader.h"
#include "ui/export/jsonlwriter.h"
#include "ui/traffic/trafficmodel.h"

#include <QBuffer>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <unistd.h>
#include <csignal>

using namespace pushdeck;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// What goes into files is what was logged, in every format; and writing it keeps the window alive.
class tst_Export : public QObject
{
    Q_OBJECT

private slots:
    void timesRoundTrip_data();
    void timesRoundTrip();
    void jsonlRoundTrip();
    void jsonlIsALineEach();
    void jsonlIsReadablePlainly();
    void damagedLines_data();
    void damagedLines();
    void damagedLinesAreCounted();
    void longLinesAreSkipped();
    void readingHasBounds();
    void readingStops();
    void csvRoundTrip();
    void csvRunsNoFormulas();
    void harIsWellFormed();
    void harOfManyClientsIsBounded();
    void formatByExtension();
    void exportsEverythingHeld_data();
    void exportsEverythingHeld();
    void exportsWhatPassesTheFilter();
    void exportOfACase();
    void cancelLeavesNoFile();
    void failureKeepsTheOldFile_data();
    void failureKeepsTheOldFile();
    void aFullDiskIsTold();
    void twoHundredThousandRowsKeepTheLoopTicking();
};

namespace {

constexpr auto kLong = 10'000ms;

bool same(const TrafficEvent &a, const TrafficEvent &b)
{
    return a.number == b.number && a.timeMs == b.timeMs && a.kind == b.kind &&
           a.direction == b.direction && a.transport == b.transport && a.binary == b.binary &&
           a.code == b.code && a.clientId == b.clientId && a.fanOut == b.fanOut &&
           a.client == b.client && a.topic == b.topic && a.event == b.event &&
           a.contentType == b.contentType && a.messageId == b.messageId && a.text == b.text &&
           a.payload == b.payload;
}

QString randomText(QRandomGenerator &random)
{
    static const QStringList pieces = {
        u"plain"_s,     u"大家好"_s, u"🎉"_s,      u"\""_s,     u"\\"_s,
        u"\r\n"_s,      u"\t"_s,     u"\u0001"_s, u"\u007f"_s, u"\u2028"_s,
        u"\u2029"_s,    u"\ufeff"_s, u","_s,      u"="_s,      QString(QChar(0)),
        u"</script>"_s, u"'"_s,      u"\u202e"_s, u"@"_s,      u"  "_s,
        u"{}"_s};
    QString text;
    for (int i = random.bounded(5); i > 0; --i)
        text += pieces[random.bounded(pieces.size())];
    return text;
}

QByteArray randomPayload(QRandomGenerator &random)
{
    if (random.bounded(2))
        return randomText(random).toUtf8();
    QByteArray bytes;
    for (int i = random.bounded(60); i > 0; --i)
        bytes += static_cast<char>(random.bounded(256));
    return bytes;
}

TrafficEvent randomEvent(QRandomGenerator &random)
{
    TrafficEvent event;
    event.number = random.generate64() >> random.bounded(1, 64);
    event.timeMs = static_cast<std::int64_t>(random.bounded(4e12));
    event.kind = static_cast<TrafficKind>(random.bounded(6));
    event.direction = static_cast<Direction>(random.bounded(3));
    event.transport = static_cast<Transport>(random.bounded(4));
    event.binary = random.bounded(2);
    event.code = random.bounded(-5, 5000);
    event.clientId = random.bounded(3) ? random.bounded(1000) : random.generate64() >> 1;
    event.fanOut = random.bounded(2) ? 0 : random.generate();
    for (QString *text : {&event.client, &event.topic, &event.event, &event.contentType,
                          &event.messageId, &event.text})
        *text = randomText(random);
    event.payload = randomPayload(random);
    return event;
}

std::vector<TrafficEvent> randomEvents(int count, quint32 seed)
{
    QRandomGenerator random(seed);
    std::vector<TrafficEvent> events;
    for (int i = 0; i < count; ++i)
        events.push_back(randomEvent(random));
    events.back().payload = QByteArray(1024 * 1024, '"');
    events.front().payload = QByteArray(1024 * 1024, '\xff');
    return events;
}

QByteArray written(ExportFormat format, const std::vector<TrafficEvent> &events)
{
    const auto writer = makeTrafficWriter(format, events, u"http://192.168.1.14:8080"_s);
    QByteArray out;
    while (writer->writeNext(out)) {
        if (writer->done() > events.size())
            qFatal("more done than there is");
    }
    if (writer->done() != events.size())
        qFatal("not all done");
    return out;
}

OpenedSession readBack(const QByteArray &text, const SessionLimits &limits = {})
{
    QBuffer buffer;
    buffer.setData(text);
    buffer.open(QIODevice::ReadOnly);
    return readSession(buffer, limits, [](std::uint64_t) { return true; });
}

TrafficEvent message(const QByteArray &payload, const QString &topic = u"/chat"_s)
{
    TrafficEvent event;
    event.timeMs = 1'772'366'641'221;
    event.kind = TrafficKind::Message;
    event.direction = Direction::In;
    event.topic = topic;
    event.fanOut = 1;
    event.payload = payload;
    return event;
}

TrafficEvent about(TrafficKind kind, Transport via, std::uint64_t client, const QString &topic = {},
                   int code = 0, const QString &text = {})
{
    TrafficEvent event;
    event.timeMs = 1'772'366'641'221;
    event.kind = kind;
    event.transport = via;
    event.clientId = client;
    event.client = u"192.168.1.41:51200"_s;
    event.topic = topic;
    event.code = code;
    event.text = text;
    return event;
}

using Table = QList<QList<QByteArray>>;

/// RFC 4180, strictly: every line ends in CR LF, a quote stands only where it may.
Table parseCsv(QByteArrayView text)
{
    Table rows{{}};
    QByteArray cell;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text[at] == '"') {
            for (++at; at < text.size(); ++at) {
                if (text[at] != '"') {
                    cell += text[at];
                } else if (at + 1 < text.size() && text[at + 1] == '"') {
                    cell += '"';
                    ++at;
                } else {
                    break;
                }
            }
        } else if (text[at] == ',') {
            rows.back() << std::exchange(cell, {});
        } else if (text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') {
            rows.back() << std::exchange(cell, {});
            rows << QList<QByteArray>();
            ++at;
        } else {
            cell += text[at];
        }
    }
    rows.removeLast();
    return rows;
}

QByteArray withoutGuard(const QByteArray &cell)
{
    return cell.startsWith('\'') ? cell.sliced(1) : cell;
}

QJsonArray harEntries(const QByteArray &har)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(har, &error);
    if (error.error != QJsonParseError::NoError)
        qFatal("no JSON at %d: %s", error.offset, qPrintable(error.errorString()));
    const QJsonObject log = document[u"log"].toObject();
    if (log[u"version"] != u"1.2"_s || !log[u"creator"][u"name"].isString() ||
        !log[u"creator"][u"version"].isString())
        qFatal("no HAR 1.2");
    return log[u"entries"].toArray();
}

/// The fields that HAR 1.2 demands of every entry.
void checkEntry(const QJsonObject &entry)
{
    QVERIFY(utcFromIso(entry[u"startedDateTime"].toString()));
    QVERIFY(entry[u"time"].toDouble(-1) >= 0);
    QVERIFY(entry[u"cache"].isObject());
    for (const QString &name : {u"send"_s, u"wait"_s, u"receive"_s})
        QVERIFY(entry[u"timings"][name].toDouble(-1) >= 0);
    for (const QString &side : {u"request"_s, u"response"_s}) {
        const QJsonObject object = entry[side].toObject();
        QVERIFY(object[u"httpVersion"].isString());
        QVERIFY(object[u"cookies"].isArray());
        QVERIFY(object[u"headersSize"].isDouble());
        QVERIFY(object[u"bodySize"].isDouble());
        QVERIFY(object[u"headers"].isArray());
        for (const QJsonValue &header : object[u"headers"].toArray())
            QVERIFY(header[u"name"].isString() && header[u"value"].isString());
    }
    QVERIFY(entry[u"request"][u"method"].isString());
    QVERIFY(!entry[u"request"][u"url"].toString().isEmpty());
    QVERIFY(entry[u"request"][u"queryString"].isArray());
    QVERIFY(entry[u"response"][u"status"].isDouble());
    QVERIFY(entry[u"response"][u"statusText"].isString());
    QVERIFY(entry[u"response"][u"redirectURL"].isString());
    QVERIFY(entry[u"response"][u"content"][u"size"].isDouble());
    QVERIFY(entry[u"response"][u"content"][u"mimeType"].isString());
    for (const QJsonValue &frame : entry[u"_webSocketMessages"].toArray()) {
        QVERIFY(frame[u"type"] == u"send"_s || frame[u"type"] == u"receive"_s);
        QVERIFY(frame[u"time"].isDouble());
        QVERIFY(frame[u"opcode"] == 1 || frame[u"opcode"] == 2);
        QVERIFY(frame[u"data"].isString());
    }
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ExportOutcome finish(ExportJob &job)
{
    QSignalSpy finished(&job, &ExportJob::finished);
    job.start();
    if (!finished.wait(60'000))
        qFatal("the export does not end");
    return finished[0][0].value<ExportOutcome>();
}

} // namespace

void tst_Export::timesRoundTrip_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("epoch") << qint64(0) << QByteArray("1970-01-01T00:00:00.000Z");
    QTest::newRow("before") << qint64(-1) << QByteArray("1969-12-31T23:59:59.999Z");
    QTest::newRow("leap day") << qint64(1'709'164'800'005)
                              << QByteArray("2024-02-29T00:00:00.005Z");
}

void tst_Export::timesRoundTrip()
{
    QFETCH(qint64, ms);
    QFETCH(QByteArray, text);
    QCOMPARE(isoUtc(ms), text);
    QCOMPARE(utcFromIso(QString::fromLatin1(text)), std::optional<std::int64_t>(ms));
    QVERIFY(!utcFromIso(u"2026-02-30T00:00:00.000Z"));
    QVERIFY(!utcFromIso(u"2026-02-20T24:00:00.000Z"));
}

void tst_Export::jsonlRoundTrip()
{
    const auto events = randomEvents(3'000, 11);
    const QByteArray text = written(ExportFormat::Jsonl, events);
    const QList<QByteArray> lines = text.split('\n');
    QCOMPARE(lines.size(), qsizetype(events.size()) + 1);
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto read = eventFromJsonLine(lines[qsizetype(i)]);
        if (const auto *words = std::get_if<Wording>(&read))
            QFAIL(qPrintable((*words)()));
        QVERIFY2(same(std::get<TrafficEvent>(read), events[i]),
                 lines[qsizetype(i)].left(2'000).constData());
    }
    // The same from a file: in order, numbered anew.
    const OpenedSession session = readBack(text);
    QCOMPARE(session.rows, events.size());
    QCOMPARE(session.damaged, 0u);
    const auto slice = session.log->since(0);
    for (std::size_t i = 0; i < events.size(); ++i) {
        TrafficEvent expected = events[i];
        expected.number = i + 1;
        QVERIFY(same(*slice.events[i], expected));
    }
}

void tst_Export::jsonlIsALineEach()
{
    TrafficEvent event = message(u"a\n\r\u2028\u2029\u0000\u007fb"_s.toUtf8() + '\0' + '\x1b');
    QByteArray line;
    JsonlWriter::appendLine(line, event);
    QVERIFY(line.endsWith('\n'));
    line.chop(1);
    for (const QChar c : QString::fromUtf8(line)) {
        QVERIFY(c.category() != QChar::Other_Control);
        QVERIFY(c.category() != QChar::Separator_Line);
        QVERIFY(c.category() != QChar::Separator_Paragraph);
    }
}

void tst_Export::jsonlIsReadablePlainly()
{
    TrafficEvent event = message("hello");
    event.number = 7;
    event.transport = Transport::WebSocket;
    event.clientId = 3;
    QByteArray line;
    JsonlWriter::appendLine(line, event);
    QCOMPARE(line,
             QByteArray(R"({"number":7,"time":"2026-03-01T12:04:01.221Z","kind":"message",)"
                        R"("direction":"in","transport":"websocket","client_id":3,"topic":"/chat",)"
                        R"("fan_out":1,"data":"hello"})"
                        "\n"));
}

void tst_Export::damagedLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("words");
    const QByteArray good =
        R"({"time":"2026-03-01T12:04:01.221Z","kind":"notice","direction":"in")";
    QTest::newRow("no JSON") << QByteArray("12:04 hello") << u"not JSON"_s;
    QTest::newRow("cut") << QByteArray(good) << u"not JSON"_s;
    QTest::newRow("list") << QByteArray("[1]") << u"not a JSON object"_s;
    QTest::newRow("other object") << QByteArray("{}") << u"kind"_s;
    QTest::newRow("kind") << QByteArray(good).replace("notice", "song") + "}" << u"kind"_s;
    QTest::newRow("time") << QByteArray(good).replace("T12", "T25") + "}" << u"time"_s;
    QTest::newRow("number") << good + R"(,"fan_out":-1})" << u"fan_out"_s;
    QTest::newRow("fraction") << good + R"(,"fan_out":1.5})" << u"fan_out"_s;
    QTest::newRow("too large") << good + R"(,"code":3000000000})" << u"code"_s;
    QTest::newRow("text") << good + R"(,"topic":[]})" << u"topic"_s;
    QTest::newRow("base64") << good + R"(,"data":"%%","encoding":"base64"})" << u"data"_s;
    QTest::newRow("encoding") << good + R"(,"data":"","encoding":"rot13"})" << u"encoding"_s;
    QTest::newRow("not UTF-8") << good + ",\"topic\":\"\xff\"}" << u"not JSON"_s;
    QTest::newRow("deep") << QByteArray(5'000, '[') << u"not JSON"_s;
}

void tst_Export::damagedLines()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, words);
    const auto read = eventFromJsonLine(line);
    QVERIFY(std::holds_alternative<Wording>(read));
    const QString why = std::get<Wording>(read)();
    QVERIFY2(why.contains(words), qPrintable(why));
}

void tst_Export::damagedLinesAreCounted()
{
    QByteArray good;
    JsonlWriter::appendLine(good, message("x"));
    QByteArray text = "\xEF\xBB\xBF" + good + "nonsense\n\r\n" + good;
    for (int i = 0; i < 20; ++i)
        text += "{}\n";
    text += good.trimmed(); // without a line end
    const OpenedSession session = readBack(text);
    QCOMPARE(session.rows, 3u);
    QCOMPARE(session.damaged, 21u);
    QCOMPARE(session.damagedLines.size(), OpenedSession::kNamedLines);
    QCOMPARE(session.damagedLines[0].line, 2u);
    QCOMPARE(session.damagedLines[1].line, 5u);
    QVERIFY(!session.cutShort);
}

void tst_Export::longLinesAreSkipped()
{
    QByteArray text;
    JsonlWriter::appendLine(text, message("first"));
    JsonlWriter::appendLine(text, message(QByteArray(3'000'000, 'x')));
    JsonlWriter::appendLine(text, message("last"));
    SessionLimits limits;
    limits.lineBytes = 1'000'000;
    const OpenedSession session = readBack(text, limits);
    QCOMPARE(session.rows, 2u);
    QCOMPARE(session.damaged, 1u);
    QCOMPARE(session.damagedLines[0].line, 2u);
    QCOMPARE(session.log->since(0).events[1]->payload, QByteArray("last"));
}

void tst_Export::readingHasBounds()
{
    QByteArray text;
    for (int i = 0; i < 100; ++i)
        JsonlWriter::appendLine(text, message(QByteArray(1000, 'x')));
    SessionLimits rows;
    rows.rows = 10;
    QCOMPARE(readBack(text, rows).rows, 10u);
    QVERIFY(readBack(text, rows).cutShort);
    SessionLimits bytes;
    bytes.bytes = 20'000;
    QVERIFY(readBack(text, bytes).rows < 20u);
    QVERIFY(readBack(text, bytes).cutShort);
    rows.rows = 100;
    QVERIFY(!readBack(text, rows).cutShort);
}

void tst_Export::readingStops()
{
    QByteArray text;
    for (int i = 0; i < 100; ++i)
        JsonlWriter::appendLine(text, message("x"));
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    int asked = 0;
    const OpenedSession session =
        readSession(buffer, {}, [&](std::uint64_t) { return ++asked < 5; });
    QCOMPARE(session.rows, 5u);
}

void tst_Export::csvRoundTrip()
{
    const auto events = randomEvents(2'000, 12);
    const QByteArray csv = written(ExportFormat::Csv, events);
    QVERIFY(csv.startsWith("\xEF\xBB\xBFnumber,time,kind,"));
    const Table table = parseCsv(QByteArrayView(csv).sliced(3));
    QCOMPARE(table.size(), qsizetype(events.size()) + 1);
    const QList<QByteArray> head = table[0];
    for (std::size_t i = 0; i < events.size(); ++i) {
        const TrafficEvent &event = events[i];
        const QList<QByteArray> &row = table[qsizetype(i) + 1];
        QCOMPARE(row.size(), head.size());
        const auto cell = [&](const char *name) { return row[head.indexOf(name)]; };
        const auto text = [&](const char *name) {
            return QString::fromUtf8(u"|"_s.toUtf8() + withoutGuard(cell(name))).sliced(1);
        };
        QCOMPARE(cell("number").toULongLong(), event.number);
        QCOMPARE(cell("time"), isoUtc(event.timeMs));
        QCOMPARE(cell("kind"), QByteArray(kindName(event.kind).data()));
        QCOMPARE(cell("code").toInt(), event.code);
        QCOMPARE(cell("client_id").toULongLong(), event.clientId);
        QCOMPARE(text("client"), event.client);
        QCOMPARE(text("topic"), event.topic);
        QCOMPARE(text("event"), event.event);
        QCOMPARE(text("content_type"), event.contentType);
        QCOMPARE(text("id"), event.messageId);
        QCOMPARE(text("text"), event.text);
        const QByteArray data = withoutGuard(cell("data"));
        QCOMPARE(cell("encoding") == "base64" ? QByteArray::fromBase64(data) : data, event.payload);
    }
}

void tst_Export::csvRunsNoFormulas()
{
    for (const QByteArray &evil :
         {QByteArray("=HYPERLINK(\"http://x\")"), QByteArray("+1"), QByteArray("-1"),
          QByteArray("@SUM(A1)"), QByteArray("\t=1"), QByteArray("\r=1"), QByteArray("\n=1"),
          QByteArray("'=1"), u"＝1"_s.toUtf8(), QByteArray("=1\nx")}) {
        TrafficEvent event = message(evil);
        event.topic = event.event = event.client = event.text = QString::fromUtf8(evil);
        QByteArray row;
        CsvWriter::appendRow(row, event);
        int guarded = 0;
        const Table table = parseCsv(row);
        for (const QByteArray &cell : table[0]) {
            QVERIFY(!cell.startsWith('=') && !cell.startsWith('+') && !cell.startsWith('@'));
            if (cell == '\'' + evil)
                ++guarded;
        }
        QVERIFY2(guarded == 5, row.constData());
    }
}

void tst_Export::harIsWellFormed()
{
    using K = TrafficKind;
    using T = Transport;
    std::vector<TrafficEvent> events;
    events.push_back(about(K::Notice, T::None, 0, {}, 0, u"Listening"_s));
    events.push_back(about(K::Connected, T::WebSocket, 1, u"/chat"_s, 0, u"Firefox \"x\""_s));
    events.push_back(about(K::Connected, T::Sse, 2, u"/**"_s));
    TrafficEvent said = message(u"{\"op\":\"hé\"}"_s.toUtf8());
    said.transport = T::WebSocket;
    said.clientId = 1;
    events.push_back(said);
    TrafficEvent posted = message("\xff\x01", u"/chat"_s);
    posted.binary = true;
    posted.event = u"a&b"_s;
    posted.messageId = u"e-2"_s;
    events.push_back(posted);
    TrafficEvent news = message("two\nlines", u"/news 1"_s);
    news.direction = Direction::Out;
    events.push_back(news);
    events.push_back(about(K::Gap, T::Sse, 2, {}, 0, u"missed 37"_s));
    events.push_back(about(K::Refused, T::None, 0, u"/admin"_s, 401, u"a token is required"_s));
    events.push_back(about(K::Disconnected, T::WebSocket, 1, {}, 1006, u"connection lost"_s));
    events.push_back(message("nobody there", u"/chat"_s)); // the WebSocket has gone
    for (std::size_t i = 0; i < events.size(); ++i)
        events[i].timeMs += qint64(i) * 1000;

    const QJsonArray entries = harEntries(written(ExportFormat::Har, events));
    QCOMPARE(entries.size(), 6);
    for (const QJsonValue &entry : entries)
        checkEntry(entry.toObject());

    const QJsonObject socket = entries[0].toObject();
    QCOMPARE(socket[u"request"][u"url"], u"ws://192.168.1.14:8080/chat"_s);
    QCOMPARE(socket[u"response"][u"status"], 101);
    QCOMPARE(socket[u"_resourceType"], u"websocket"_s);
    QCOMPARE(socket[u"_closeCode"], 1006);
    QCOMPARE(socket[u"time"], 7000);
    const QJsonArray frames = socket[u"_webSocketMessages"].toArray();
    QCOMPARE(frames.size(), 3);
    QCOMPARE(frames[0][u"type"], u"send"_s);
    QCOMPARE(frames[0][u"data"], u"{\"op\":\"hé\"}"_s);
    QCOMPARE(frames[0][u"opcode"], 1);
    QCOMPARE(frames[0][u"time"], 1'772'366'644.221);
    QCOMPARE(frames[1][u"type"], u"receive"_s);
    QCOMPARE(frames[1][u"data"], u"{\"op\":\"hé\"}"_s);
    QCOMPARE(frames[2][u"type"], u"receive"_s);
    QCOMPARE(frames[2][u"opcode"], 2);
    QCOMPARE(QByteArray::fromBase64(frames[2][u"data"].toString().toLatin1()), posted.payload);

    const QJsonObject stream = entries[1].toObject();
    QCOMPARE(stream[u"response"][u"content"][u"mimeType"], u"text/event-stream"_s);
    const QString text = stream[u"response"][u"content"][u"text"].toString();
    QVERIFY(text.contains(u"data: two\ndata: lines\n\n"));
    QVERIFY(text.contains(u"id: e-2\nevent: a&b\ndata: "));
    QCOMPARE(stream[u"_gaps"].toArray().size(), 1);

    const QJsonObject post = entries[2].toObject();
    QCOMPARE(post[u"request"][u"method"], u"POST"_s);
    QCOMPARE(post[u"request"][u"url"], u"http://192.168.1.14:8080/chat?event=a%26b"_s);
    QCOMPARE(post[u"request"][u"queryString"][0][u"value"], u"a&b"_s);
    QCOMPARE(post[u"request"][u"postData"][u"_encoding"], u"base64"_s);
    QCOMPARE(entries[3][u"request"][u"url"], u"http://192.168.1.14:8080/news%201"_s);
    QCOMPARE(entries[4][u"response"][u"status"], 401);

    // Anything goes in, JSON comes out.
    for (const QJsonValue &entry : harEntries(written(ExportFormat::Har, randomEvents(500, 13))))
        checkEntry(entry.toObject());
    QCOMPARE(harEntries(written(ExportFormat::Har, {})).size(), 0);
}

void tst_Export::harOfManyClientsIsBounded()
{
    std::vector<TrafficEvent> events;
    for (int i = 1; i <= 1'000; ++i)
        events.push_back(about(TrafficKind::Connected, Transport::WebSocket, i, u"/chat"_s));
    for (int i = 0; i < 1'000; ++i)
        events.push_back(message("tick"));
    const QByteArray har = written(ExportFormat::Har, events);
    QVERIFY2(har.size() < 40'000'000, qPrintable(QString::number(har.size())));
    QVERIFY(har.contains("1000 received messages are left out"));
}

void tst_Export::formatByExtension()
{
    QCOMPARE(exportFormatOf(u"/a.b/x.CSV"_s), std::optional(ExportFormat::Csv));
    QCOMPARE(exportFormatOf(u"x.har"_s), std::optional(ExportFormat::Har));
    QCOMPARE(exportFormatOf(u"x.jsonl"_s), std::optional(ExportFormat::Jsonl));
    QVERIFY(!exportFormatOf(u"x.txt"_s));
    QVERIFY(!exportFormatOf(u"jsonl"_s));
}

void tst_Export::exportsEverythingHeld_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &suffix : {u"jsonl"_s, u"csv"_s, u"har"_s})
        QTest::newRow(qPrintable(suffix)) << u"traffic."_s + suffix;
}

void tst_Export::exportsEverythingHeld()
{
    QFETCH(QString, name);
    QTemporaryDir folder;
    TrafficLog log;
    TrafficModel model(log);
    for (TrafficEvent &event : randomEvents(3'000, 14))
        log.append(std::move(event));
    model.pull(kLong);
    log.append(message("not pulled yet"));
    ExportRequest request;
    request.path = folder.filePath(name);
    request.format = *exportFormatOf(name);
    ExportJob job(model, request);
    const ExportOutcome outcome = finish(job);
    QVERIFY2(outcome.kind == ExportOutcome::Kind::Written, qPrintable(outcome.words));
    QCOMPARE(outcome.rows, 3'000u);
    QCOMPARE(outcome.lost, 0u);
    std::vector<TrafficEvent> expected;
    model.copyHeld(1, 3'001, 3'000, expected);
    QCOMPARE(expected.size(), 3'000u);
    const auto writer = makeTrafficWriter(request.format, expected, {});
    QByteArray bytes;
    while (writer->writeNext(bytes)) {
    }
    QVERIFY(contentOf(request.path) == bytes);
    QCOMPARE(outcome.bytes, std::uint64_t(bytes.size()));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
}

void tst_Export::exportsWhatPassesTheFilter()
{
    QTemporaryDir folder;
    TrafficLog log;
    TrafficModel model(log);
    for (int i = 0; i < 100; ++i)
        log.append(message("x", i % 4 ? u"/chat"_s : u"/news"_s));
    model.pull(kLong);
    ExportRequest request;
    request.path = folder.filePath(u"x.jsonl"_s);
    request.filter = std::get<TrafficFilter>(parseTrafficFilter(u"topic:/news"_s));
    ExportJob job(model, request);
    QCOMPARE(finish(job).rows, 25u);
    QCOMPARE(readBack(contentOf(request.path)).rows, 25u);
}

void tst_Export::exportOfACase()
{
    // What the log drops while rows are copied is counted, and nothing else is lost.
    QTemporaryDir folder;
    TrafficLog log({50'000, 1 << 28});
    TrafficModel model(log);
    for (int i = 0; i < 50'000; ++i)
        log.append(message("x"));
    for (int i = 0; i < 3; ++i)
        model.pull(kLong);
    ExportRequest request;
    request.path = folder.filePath(u"x.jsonl"_s);
    ExportJob job(model, request);
    QSignalSpy finished(&job, &ExportJob::finished);
    job.start();
    for (int i = 0; i < 20'000; ++i)
        log.append(message("y"));
    model.pull(kLong);
    QVERIFY(finished.wait(30'000));
    const auto outcome = finished[0][0].value<ExportOutcome>();
    QCOMPARE(outcome.rows + outcome.lost, 50'000u);
    QCOMPARE(outcome.lost, 20'000u);
    QCOMPARE(readBack(contentOf(request.path)).rows, 30'000u);
}

void tst_Export::cancelLeavesNoFile()
{
    QTemporaryDir folder;
    TrafficLog log({200'000, 1 << 30});
    TrafficModel model(log);
    for (int i = 0; i < 100'000; ++i)
        log.append(message(QByteArray(500, 'x')));
    while (model.held() < 100'000)
        model.pull(kLong);
    ExportRequest request;
    request.path = folder.filePath(u"x.jsonl"_s);
    for (const int afterMs : {0, 20, 60}) {
        ExportJob job(model, request);
        QSignalSpy finished(&job, &ExportJob::finished);
        job.start();
        QTest::qWait(afterMs);
        job.cancel();
        QVERIFY(finished.wait(10'000));
        QVERIFY(finished[0][0].value<ExportOutcome>().kind == ExportOutcome::Kind::Cancelled);
        QVERIFY(QDir(folder.path()).isEmpty());
    }
    // So does a window that is closed in the middle.
    {
        ExportJob job(model, request);
        job.start();
        QTest::qWait(60);
    }
    QVERIFY(QDir(folder.path()).isEmpty());
}

void tst_Export::failureKeepsTheOldFile_data()
{
    QTest::addColumn<bool>("readOnlyFolder");
    QTest::newRow("no such folder") << false;
    QTest::newRow("read-only folder") << true;
}

void tst_Export::failureKeepsTheOldFile()
{
    QFETCH(bool, readOnlyFolder);
    if (readOnlyFolder && ::geteuid() == 0)
        QSKIP("root may write everywhere");
    QTemporaryDir folder;
    TrafficLog log;
    TrafficModel model(log);
    log.append(message("x"));
    model.pull(kLong);
    ExportRequest request;
    request.path = folder.filePath(readOnlyFolder ? u"x.jsonl"_s : u"none/x.jsonl"_s);
    const auto all = QFile::permissions(folder.path());
    if (readOnlyFolder)
        QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner);
    ExportJob job(model, request);
    const ExportOutcome outcome = finish(job);
    QFile::setPermissions(folder.path(), all);
    QVERIFY(outcome.kind == ExportOutcome::Kind::Failed);
    QVERIFY(!outcome.words.isEmpty());
    QVERIFY(!QFile::exists(request.path));
}

void tst_Export::aFullDiskIsTold()
{
    // A limit on file sizes fails a write in the middle as a full disk does.
    QTemporaryDir folder;
    const QString path = folder.filePath(u"x.csv"_s);
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("old");
    old.close();
    TrafficLog log;
    TrafficModel model(log);
    for (int i = 0; i < 5'000; ++i)
        log.append(message(QByteArray(500, 'x')));
    model.pull(kLong);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    rlimit tight = before;
    tight.rlim_cur = 1'000'000;
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    ExportRequest request;
    request.path = path;
    request.format = ExportFormat::Csv;
    ExportJob job(model, request);
    const ExportOutcome outcome = finish(job);
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    QVERIFY(outcome.kind == ExportOutcome::Kind::Failed);
    QVERIFY(!outcome.words.isEmpty());
    QCOMPARE(contentOf(path), QByteArray("old"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
}

void tst_Export::twoHundredThousandRowsKeepTheLoopTicking()
{
    QTemporaryDir folder;
    TrafficLog log({200'000, 1 << 30});
    TrafficModel model(log);
    QRandomGenerator random(5);
    for (int i = 0; i < 200'000; ++i) {
        TrafficEvent event =
            message("{\"n\":" + QByteArray::number(i) + "}", u"/topic/%1"_s.arg(i % 50));
        event.client = u"192.168.1.%1"_s.arg(random.bounded(250));
        event.messageId = u"k3x9-%1"_s.arg(i);
        log.append(std::move(event));
    }
    while (model.held() < 200'000)
        model.pull(kLong);
    for (const ExportFormat format : {ExportFormat::Jsonl, ExportFormat::Csv, ExportFormat::Har}) {
        ExportRequest request;
        request.path = folder.filePath(u"x."_s + exportSuffix(format));
        request.format = format;
        auto job = std::make_unique<ExportJob>(model, request);
        QSignalSpy progressed(job.get(), &ExportJob::progressed);
        QSignalSpy finished(job.get(), &ExportJob::finished);
        QElapsedTimer sinceBeat;
        qint64 worst = 0;
        int beats = 0;
        QTimer heart;
        connect(&heart, &QTimer::timeout, this, [&] {
            worst = std::max(worst, sinceBeat.restart());
            ++beats;
        });
        heart.start(5);
        sinceBeat.start();
        QElapsedTimer clock;
        clock.start();
        job->start();
        QVERIFY(finished.wait(120'000));
        const qint64 took = clock.elapsed();
        job.reset();
        worst = std::max(worst, sinceBeat.elapsed());
        QCOMPARE(finished[0][0].value<ExportOutcome>().rows, 200'000u);
        qInfo("200,000 rows to %s: %lld ms, longest pause of the loop %lld ms in %d beats",
              qPrintable(exportSuffix(format)), took, worst, beats);
        QVERIFY2(worst < 250, qPrintable(QString::number(worst)));
        QVERIFY(took < 500 || progressed.size() > 0);
    }
}

QTEST_GUILESS_MAIN(tst_Export)
#include "tst_export.moc"
