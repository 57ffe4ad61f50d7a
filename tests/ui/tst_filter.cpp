// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/filterterm.h"
#include "ui/traffic/trafficfilter.h"
#include "ui/traffic/trafficmodel.h"

#include <QTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

class tst_Filter : public QObject
{
    Q_OBJECT

private slots:
    void matches_data();
    void matches();
    void problems_data();
    void problems();
    void jsonIsPlainText();
    void quotedValuesComeBack_data();
    void quotedValuesComeBack();
    void termsOfCells();
    void addsATermOnce();
};

namespace {

TrafficEvent sample()
{
    TrafficEvent event;
    event.kind = TrafficKind::Message;
    event.direction = Direction::In;
    event.transport = Transport::WebSocket;
    event.clientId = 7;
    event.client = u"192.168.1.27:51007"_s;
    event.topic = u"/orders/1042"_s;
    event.event = u"order.paid"_s;
    event.payload = R"({"op":"hi","text":"Zoë says Hello"})";
    return event;
}

std::optional<TrafficFilter> parse(const QString &text)
{
    auto parsed = parseTrafficFilter(text);
    if (auto *filter = std::get_if<TrafficFilter>(&parsed))
        return *filter;
    return std::nullopt;
}

} // namespace

void tst_Filter::matches_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matches");
    const auto yes = [](const char *text) {
        QTest::newRow(text) << QString::fromUtf8(text) << true;
    };
    const auto no = [](const char *text) {
        QTest::newRow(text) << QString::fromUtf8(text) << false;
    };
    yes("");
    yes("hello");
    yes("HELLO");
    yes("zoë");
    yes("ZOË");
    no("goodbye");
    yes("hello orders");
    no("hello goodbye");
    yes("\"says hello\"");
    no("\"hello says\"");
    yes("order.paid");
    yes("192.168.1.27");
    yes("-goodbye");
    no("-hello");
    no("!hello");
    yes("dir:in");
    yes("dir:in,out");
    no("dir:out");
    yes("-dir:out");
    yes("via:ws");
    yes("via:sse,websocket");
    no("via:poll");
    yes("dir:in & via:ws & /hello/i");
    yes("client:#7");
    yes("client:7");
    yes("client:192.168.1");
    yes("client:#9,#7");
    no("client:#70");
    yes("topic:/orders/1042");
    yes("topic:/orders/*");
    yes("topic:/**");
    yes("topic:orders");
    no("topic:/orders");
    yes("event:order.paid");
    yes("event:order.*");
    no("event:order");
    yes("size>10");
    no("size>1k");
    yes("size<=0.5k");
    yes("size<1MB");
    no("size=3");
    no("status:1006");
    yes("kind:message");
    no("kind:close,gap");
    yes("/\"op\":\"h[a-z]\"/");
    no("/HELLO/");
    yes("/HELLO/i");
    yes("/orders\\/\\d+$/");
    yes("/orders");
    yes("topic:\"/orders/1042\"");
    yes("unknown:word -x");
}

void tst_Filter::matches()
{
    QFETCH(QString, text);
    QFETCH(bool, matches);
    auto filter = parse(text);
    QVERIFY(filter);
    if (text.startsWith(u"unknown"))
        matches = false; // not a name: looked for as it stands
    QCOMPARE(filter->matches(sample()), matches);
}

void tst_Filter::problems_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("wrong value") << u"dir:up"_s << u"in, out, server"_s;
    QTest::newRow("no value") << u"topic:"_s << u"needs a value"_s;
    QTest::newRow("no value before more") << u"topic: x"_s << u"needs a value"_s;
    QTest::newRow("size is no number") << u"size>big"_s << u"size>1k"_s;
    QTest::newRow("size that is no number to compare") << u"size>nan"_s << u"size>1k"_s;
    QTest::newRow("negative size") << u"size>-1"_s << u"size>1k"_s;
    QTest::newRow("status is no number") << u"status:abc"_s << u"4xx"_s;
    QTest::newRow("comparison where none is") << u"topic>3"_s << u"colon"_s;
    QTest::newRow("open quote") << u"\"two words"_s << u"quote"_s;
    QTest::newRow("open quote in a value") << u"topic:\"x"_s << u"value"_s;
    QTest::newRow("bad expression") << u"/(unclosed/"_s << u"character"_s;
    QTest::newRow("two sizes") << u"size>1,2"_s << u"one value"_s;
    QTest::newRow("not a comparison") << u"size>>1"_s << u"comparison"_s;
}

void tst_Filter::problems()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto parsed = parseTrafficFilter(text);
    const auto *problem = std::get_if<FilterProblem>(&parsed);
    QVERIFY(problem);
    QVERIFY2(problem->words.contains(says), qPrintable(problem->words));
}

void tst_Filter::jsonIsPlainText()
{
    QVERIFY(parse(u"{\"op\":\"hi\""_s)->matches(sample()));
    QVERIFY(parse(u"\"op\":\"hi\""_s)->matches(sample()));
    QVERIFY(!parse(u"{\"op\":\"no\""_s)->matches(sample()));
}

void tst_Filter::quotedValuesComeBack_data()
{
    QTest::addColumn<QString>("topic");
    for (const char *topic : {"/plain", "/with space", "/with,comma", "/with\"quote",
                              "/back\\slash", "/a&b", "/聊天室", "/x\" size>1"})
        QTest::newRow(topic) << QString::fromUtf8(topic);
}

void tst_Filter::quotedValuesComeBack()
{
    QFETCH(QString, topic);
    TrafficEvent event = sample();
    event.topic = topic;
    const QString term = filterTermFor(event, TrafficModel::TopicColumn);
    QVERIFY(parse(term));
    QVERIFY(parse(term)->matches(event));
    QVERIFY(!parse(u'-' + term)->matches(event));
    QVERIFY(!parse(term)->matches(sample()));
}

void tst_Filter::termsOfCells()
{
    const TrafficEvent event = sample();
    QCOMPARE(filterTermFor(event, TrafficModel::DirectionColumn), u"dir:in"_s);
    QCOMPARE(filterTermFor(event, TrafficModel::TransportColumn), u"via:ws"_s);
    QCOMPARE(filterTermFor(event, TrafficModel::ClientColumn), u"client:#7"_s);
    QCOMPARE(filterTermFor(event, TrafficModel::EventColumn), u"event:order.paid"_s);
    QCOMPARE(filterTermFor(event, TrafficModel::ContentColumn), QString());
    TrafficEvent closed;
    closed.kind = TrafficKind::Disconnected;
    closed.code = 1006;
    QCOMPARE(filterTermFor(closed, TrafficModel::ContentColumn), u"status:1006"_s);
    QVERIFY(parse(u"status:1006"_s)->matches(closed));
    QVERIFY(parse(u"status>=1000 kind:close"_s)->matches(closed));
    closed.kind = TrafficKind::Refused;
    closed.code = 401;
    QVERIFY(parse(u"status:4xx"_s)->matches(closed));
    QVERIFY(!parse(u"status:5xx"_s)->matches(closed));
}

void tst_Filter::addsATermOnce()
{
    QCOMPARE(withFilterTerm({}, u"via:ws"_s), u"via:ws"_s);
    QCOMPARE(withFilterTerm(u"hello "_s, u"via:ws"_s), u"hello via:ws"_s);
    QCOMPARE(withFilterTerm(u"via:ws x"_s, u"via:ws"_s), u"via:ws x"_s);
    QCOMPARE(withFilterTerm(u"via:wss"_s, u"via:ws"_s), u"via:wss via:ws"_s);
}

QTEST_GUILESS_MAIN(tst_Filter)
#include "tst_filter.moc"
