// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientbook.h"
#include "ui/clients/clientcommand.h"
#include "ui/clients/clientfacts.h"
#include "ui/clients/clientfilter.h"
#include "ui/clients/clientgroups.h"
#include "ui/clients/clientrates.h"
#include "ui/clients/visits.h"
#include "ui/clients/visitstrip.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

/// What the client list is made of, without a widget: names and tags, filter, groups, rates,
/// stays, commands.
class tst_ClientNotes : public QObject
{
    Q_OBJECT

private slots:
    void tags_data();
    void tags();
    void namesAreCut();
    void bookSurvivesARestart();
    void bookIsBounded();
    void bookTakesNoNonsense();
    void filter_data();
    void filter();
    void groups();
    void ratesAreDifferences();
    void ratesOfAWindowThatWaited();
    void ratesForgetWhoLeft();
    void stays();
    void stripBarsFit();
    void commands_data();
    void commands();
    void factsAreText();
};

namespace {

ClientRow someRow()
{
    ClientRow row;
    row.info.id = 7;
    row.info.transport = Transport::WebSocket;
    row.info.topics = {u"/chat/room one"_s, u"/news"_s};
    row.info.address = u"10.0.0.7"_s;
    row.info.userAgent = u"curl/7.88.1"_s;
    row.given = u"Stage left"_s;
    row.tags = {u"VIP"_s, u"tablet"_s};
    describe(row);
    return row;
}

Snapshot snapshotAt(std::int64_t timeMs, std::uint64_t out, std::uint64_t id = 1)
{
    Snapshot snapshot;
    snapshot.timeMs = timeMs;
    ClientInfo info;
    info.id = id;
    info.messagesOut = out;
    info.bytesOut = out * 100;
    snapshot.clients = {info};
    return snapshot;
}

} // namespace

void tst_ClientNotes::tags_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("tags");
    QTest::addRow("commas") << u"vip, stage"_s << QStringList{u"vip"_s, u"stage"_s};
    QTest::addRow("spaces") << u"  vip   stage "_s << QStringList{u"vip"_s, u"stage"_s};
    QTest::addRow("hashes") << u"#vip ##stage #"_s << QStringList{u"vip"_s, u"stage"_s};
    QTest::addRow("once") << u"vip VIP Vip"_s << QStringList{u"vip"_s};
    QTest::addRow("chinese") << u"舞台，观众、前排"_s
                             << QStringList{u"舞台"_s, u"观众"_s, u"前排"_s};
    QTest::addRow("long") << QString(100, u'x') << QStringList{QString(24, u'x')};
    QTest::addRow("pairs") << QString(23, u'x') + u"🎉🎉"_s << QStringList{QString(23, u'x')};
    QTest::addRow("many") << u"a b c d e f g h i j"_s << u"a b c d e f g h"_s.split(u' ');
    QTest::addRow("none") << u" , ,, "_s << QStringList{};
}

void tst_ClientNotes::tags()
{
    QFETCH(QString, text);
    QTEST(tagsIn(text), "tags");
}

void tst_ClientNotes::namesAreCut()
{
    ClientBook book;
    book.setName(u"a"_s, u"  two\n lines\t"_s + QString(200, u'x'));
    QCOMPARE(book.find(u"a"_s)->name.size(), ClientBook::kNameCharacters);
    QVERIFY(book.find(u"a"_s)->name.startsWith(u"two lines x"));
    book.setName(u"a"_s, u"   "_s);
    QVERIFY(!book.find(u"a"_s));
    book.setName({}, u"nobody"_s);
    QCOMPARE(book.size(), 0);
}

void tst_ClientNotes::bookSurvivesARestart()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"s.ini"_s);
    {
        QSettings settings(path, QSettings::IniFormat);
        ClientBook book;
        book.setName(u"a"_s, u"<b>Zoë</b> \"quoted\", 小明"_s);
        book.setTags(u"a"_s, {u"vip"_s, u"前排"_s});
        book.setTags(u"b"_s, {u"vip"_s});
        book.save(settings);
    }
    QSettings settings(path, QSettings::IniFormat);
    ClientBook book;
    book.restore(settings);
    QCOMPARE(book.size(), 2);
    QCOMPARE(book.find(u"a"_s)->name, u"<b>Zoë</b> \"quoted\", 小明"_s);
    QCOMPARE(book.find(u"a"_s)->tags, (QStringList{u"vip"_s, u"前排"_s}));
    QCOMPARE(book.knownTags(), (QStringList{u"vip"_s, u"前排"_s}));
}

void tst_ClientNotes::bookIsBounded()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    ClientBook book;
    for (int i = 0; i < ClientBook::kMost; ++i)
        book.setName(u"id%1"_s.arg(i), u"name"_s);
    book.touch(u"id0"_s);
    book.setName(u"new"_s, u"name"_s);
    QCOMPARE(book.size(), ClientBook::kMost);
    QVERIFY(book.find(u"id0"_s)); // it was seen since
    QVERIFY(!book.find(u"id1"_s));
    // The order of age is kept, too.
    book.save(settings);
    ClientBook again;
    again.restore(settings);
    again.setName(u"newer"_s, u"name"_s);
    QCOMPARE(again.size(), ClientBook::kMost);
    QVERIFY(again.find(u"id0"_s));
    QVERIFY(!again.find(u"id2"_s));
}

void tst_ClientNotes::bookTakesNoNonsense()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    for (const QString &text :
         {u"{"_s, u"[1, null, {\"id\": 4}, {\"name\":\"x\"}]"_s,
          u"[{\"id\":\"a\",\"name\":7,\"tags\":\"x\"}]"_s, QString(100'000, u'[')}) {
        settings.setValue(u"clients/book"_s, text);
        ClientBook book;
        book.restore(settings);
        QCOMPARE(book.size(), 0);
    }
}

void tst_ClientNotes::filter_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("accepted");
    QTest::addRow("empty") << QString() << true;
    QTest::addRow("word of the name") << u"stage"_s << true;
    QTest::addRow("word of a tag") << u"tablet"_s << true;
    QTest::addRow("tag") << u"tag:vip"_s << true;
    QTest::addRow("other tag") << u"tag:press"_s << false;
    QTest::addRow("any tag") << u"tag:"_s << true;
    QTest::addRow("no tag") << u"-tag:"_s << false;
    QTest::addRow("without a tag") << u"-tag:vip"_s << false;
    QTest::addRow("without another") << u"-tag:press"_s << true;
    QTest::addRow("topic with a space") << u"topic:\"room one\""_s << true;
    QTest::addRow("via") << u"via:ws"_s << true;
    QTest::addRow("via in full") << u"via:WebSocket"_s << true;
    QTest::addRow("via another") << u"via:sse"_s << false;
    QTest::addRow("state") << u"state:connected"_s << true;
    QTest::addRow("other state") << u"state:gone"_s << false;
    QTest::addRow("name") << u"name:left"_s << true;
    QTest::addRow("address") << u"address:10.0."_s << true;
    QTest::addRow("several") << u"tag:vip via:ws left"_s << true;
    QTest::addRow("one fails") << u"tag:vip via:sse"_s << false;
    QTest::addRow("id") << u"#7"_s << true;
    QTest::addRow("quoted prefix is a word") << u"\"tag:vip\""_s << false;
    QTest::addRow("a minus alone") << u"-"_s << true;
    QTest::addRow("open quote") << u"\"stage le"_s << true;
}

void tst_ClientNotes::filter()
{
    QFETCH(QString, text);
    QTEST(ClientFilter(text).accepts(someRow()), "accepted");
}

void tst_ClientNotes::groups()
{
    ClientRow row = someRow();
    QCOMPARE(groupKeys(row, ClientGrouping::None), QStringList());
    QCOMPARE(groupKeys(row, ClientGrouping::Topic), row.info.topics);
    QCOMPARE(groupKeys(row, ClientGrouping::Transport), QStringList{u"WS"_s});
    QCOMPARE(groupKeys(row, ClientGrouping::Tag), (QStringList{u"vip"_s, u"tablet"_s}));
    row.tags.clear();
    QCOMPARE(groupKeys(row, ClientGrouping::Tag), QStringList{QString()});
    row.info.topics.clear();
    for (int i = 0; i < 1000; ++i)
        row.info.topics << u"/t%1"_s.arg(i % 400);
    QCOMPARE(groupKeys(row, ClientGrouping::Topic).size(), kGroupsEach);
    for (const auto grouping : {ClientGrouping::None, ClientGrouping::Topic,
                                ClientGrouping::Transport, ClientGrouping::Tag})
        QCOMPARE(groupingFromName(groupingName(grouping)), grouping);
    QCOMPARE(groupingFromName(u"nonsense"_s), ClientGrouping::None);
    GroupSummary sum;
    sum.add(row);
    row.gone = true;
    sum.add(row);
    QCOMPARE(summaryWords(sum), u"1 connected · 1 gone"_s);
}

void tst_ClientNotes::ratesAreDifferences()
{
    ClientRates rates;
    rates.take(snapshotAt(10'000, 500));
    QCOMPARE(rates.find(1)->size(), 0u); // nothing to compare with: no rate, not 500
    rates.take(snapshotAt(10'400, 600)); // too early: it counts with the next
    rates.take(snapshotAt(11'000, 650));
    QCOMPARE(rates.find(1)->size(), 1u);
    QCOMPARE(rates.find(1)->secondsAgo(0).messagesOut, 150.0F);
    QCOMPARE(rates.find(1)->secondsAgo(0).bytesOut, 15'000.0F);
    QCOMPARE(rates.find(1)->secondsAgo(5).messagesOut, 0.0F);
    // The server's counts began anew, or its clock was set back: zero, not nonsense.
    rates.take(snapshotAt(12'000, 3));
    QCOMPARE(rates.find(1)->secondsAgo(0).messagesOut, 0.0F);
    rates.take(snapshotAt(5'000, 90));
    rates.take(snapshotAt(6'000, 100));
    QCOMPARE(rates.find(1)->secondsAgo(0).messagesOut, 10.0F);
}

void tst_ClientNotes::ratesOfAWindowThatWaited()
{
    ClientRates rates;
    rates.take(snapshotAt(10'000, 0));
    rates.take(snapshotAt(15'000, 500));
    QCOMPARE(rates.find(1)->size(), 5u);
    QCOMPARE(rates.find(1)->secondsAgo(4).messagesOut, 100.0F);
    rates.take(snapshotAt(15'000 + 3'600'000, 500 + 3600));
    QCOMPARE(rates.find(1)->size(), RateTrack::kSeconds);
    QCOMPARE(rates.find(1)->secondsAgo(RateTrack::kSeconds - 1).messagesOut, 1.0F);
}

void tst_ClientNotes::ratesForgetWhoLeft()
{
    ClientRates rates;
    rates.take(snapshotAt(10'000, 0, 1));
    rates.take(snapshotAt(11'000, 40, 2));
    QVERIFY(!rates.find(1));
    QCOMPARE(rates.find(2)->secondsAgo(0).messagesOut, 40.0F); // it came within that second
}

void tst_ClientNotes::stays()
{
    ClientInfo info;
    info.transport = Transport::Sse;
    info.connectedAtMs = 14'100;
    info.resumedAt = u"e-17"_s;
    info.missed = 5;
    QCOMPARE(staysOf(info, 20'000, std::nullopt).size(), 1u);
    info.earlier = std::make_shared<const ClientVisits>(
        ClientVisits{{1, Transport::WebSocket, 1000, 2000, {}, 0, false},
                     {2, Transport::WebSocket, 4000, 10'000, {}, 0, true}});
    const std::vector<Stay> stays = staysOf(info, 20'000, std::nullopt);
    QCOMPARE(stays.size(), 3u);
    QVERIFY(!stays[0].awayMs);
    QCOMPARE(stayWords(stays[0]), QString());
    QCOMPARE(stayWords(stays[1]), u"came back after 2.0 s, missed an unknown number of messages"_s);
    const QString words = stayWords(stays[2]);
    QVERIFY2(words.startsWith(
                 u"came back after 4.1 s, over SSE instead of WS, resumed at e-17, missed 5 "),
             qPrintable(words));
    QVERIFY(stays[2].goesOn);
    QCOMPARE(stays[2].untilMs, 20'000);
    QCOMPARE(staysOf(info, 20'000, 15'000).back().untilMs, 15'000);
    QVERIFY(!staysOf(info, 20'000, 15'000).back().goesOn);
}

void tst_ClientNotes::stripBarsFit()
{
    std::vector<Stay> stays;
    for (int i = 0; i < 21; ++i) {
        Stay stay;
        stay.fromMs = i * 1'000'000;
        stay.untilMs = stay.fromMs + (i % 3 == 0 ? 900'000 : 5);
        if (i > 0)
            stay.awayMs = i % 2 ? 10 : -50; // connections at once overlap
        stays.push_back(stay);
    }
    for (const double width : {1000.0, 320.0, 100.0, 3.0, 0.0}) {
        const std::vector<StripBar> bars = stripBars(stays, width);
        QCOMPARE(bars.size(), stays.size());
        double end = 0;
        for (const StripBar &bar : bars) {
            QVERIFY(bar.left >= end);
            QVERIFY(bar.width >= 0);
            end = bar.left + bar.width;
        }
        QVERIFY2(end <= width + 0.001, qPrintable(QString::number(end)));
    }
    QVERIFY(stripBars({}, 100).empty());
}

void tst_ClientNotes::commands_data()
{
    QTest::addColumn<int>("transport");
    QTest::addColumn<QStringList>("topics");
    QTest::addColumn<QString>("subprotocol");
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("command");
    const int ws = int(Transport::WebSocket);
    const int sse = int(Transport::Sse);
    const int poll = int(Transport::LongPoll);
    QTest::addRow("sse") << sse << QStringList{u"/news"_s} << QString() << u"raw"_s << QString()
                         << u"curl -N -H 'Accept: text/event-stream' 'http://h:1/news'"_s;
    QTest::addRow("poll")
        << poll << QStringList{u"/a b"_s, u"/c&d"_s} << QString() << u"json"_s << u"anna"_s
        << u"curl -i 'http://h:1/a%20b?topic=%2Fc%26d&format=json&client_id=anna'"_s;
    QTest::addRow("ws") << ws << QStringList{u"/chat"_s} << QString() << u"raw"_s << QString()
                        << u"websocat 'ws://h:1/chat'"_s;
    QTest::addRow("subprotocol") << ws << QStringList{u"/chat"_s} << u"pushdeck.v1"_s << u"json"_s
                                 << QString()
                                 << u"websocat --protocol 'pushdeck.v1' 'ws://h:1/chat'"_s;
    QTest::addRow("hostile")
        << sse << QStringList{u"/'; rm -rf ~ #"_s} << QString() << u"raw"_s << u"$(id)'`id`"_s
        << u"curl -N -H 'Accept: text/event-stream' 'http://h:1/%27%3B%20rm%20-rf%20~%20%23?client_id=%24%28id%29%27%60id%60'"_s;
}

void tst_ClientNotes::commands()
{
    QFETCH(int, transport);
    QFETCH(QStringList, topics);
    QFETCH(QString, subprotocol);
    QFETCH(QString, format);
    QFETCH(QString, name);
    ClientInfo info;
    info.transport = static_cast<Transport>(transport);
    info.topics = topics;
    info.subprotocol = subprotocol;
    info.format = format;
    info.name = name;
    QTEST(clientCommand(info, u"http://h:1"_s), "command");
    const QString withToken = clientCommand(info, u"http://h:1"_s, u"a'b"_s);
    QVERIFY2(withToken.endsWith(u"?token=a%27b'") || withToken.endsWith(u"&token=a%27b'"),
             qPrintable(withToken));
}

void tst_ClientNotes::factsAreText()
{
    ClientRow row = someRow();
    auto request = std::make_shared<ClientRequest>();
    request->host = u"<b>host</b>\u202E\r\n"_s;
    request->origin = QString(10'000, u'x');
    row.info.request = request;
    row.info.topics.clear();
    for (int i = 0; i < 100; ++i)
        row.info.topics << u"/t%1"_s.arg(i);
    const std::vector<ClientFact> facts = clientFacts(row, 1000);
    QVERIFY(facts.size() < 40);
    bool hasHost = false;
    for (const ClientFact &fact : facts) {
        QVERIFY(!fact.value.contains(QChar(0x202E)));
        QVERIFY(!fact.value.contains(u'\r'));
        QVERIFY(fact.value.size() < 2000);
        hasHost = hasHost || fact.value.contains(u"<b>host</b>");
        QVERIFY(fact.name != u"Language"); // it said nothing of it
    }
    QVERIFY(hasHost);
    std::vector<const ClientRow *> many(5000, &row);
    QVERIFY(clientsFacts(many, ClientRates(), 1000).size() < 50);
}

QTEST_MAIN(tst_ClientNotes)
#include "tst_clientnotes.moc"
