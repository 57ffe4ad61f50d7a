// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/snippets.h"
#include "ui/charts/rates.h"
#include "ui/clients/closebar.h"
#include "ui/commandpalette.h"
#include "ui/composer/attachment.h"
#include "ui/composer/draft.h"

#include <QTemporaryDir>
#include <QTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

// The arithmetic behind the composer, the charts and the small dialogs.
class tst_Draft : public QObject
{
    Q_OBJECT

private slots:
    void countsRecipients();
    void outcomes_data();
    void outcomes();
    void contentTypes();
    void walksSentTexts();
    void sentTextsAreBounded();
    void rates();
    void seriesIsBounded();
    void closeCodes_data();
    void closeCodes();
    void snippets();
    void paletteFindsWords();
    void readsAttachments();
};

void tst_Draft::countsRecipients()
{
    Snapshot snapshot;
    for (std::uint64_t id = 1; id <= 4; ++id) {
        ClientInfo client;
        client.id = id * 2;
        client.topics = {id % 2 ? u"/orders/*"_s : u"/chat"_s};
        snapshot.clients.push_back(client);
    }
    snapshot.topics.push_back({u"/chat"_s, 17, 0, 0, {}});
    SendTarget target;
    QCOMPARE(countRecipients(target, snapshot), 4u);
    target.kind = SendTarget::Kind::Topic;
    target.topic = u"/chat"_s;
    QCOMPARE(countRecipients(target, snapshot), 17u); // the server knows best
    target.topic = u"/orders/9"_s;
    QCOMPARE(countRecipients(target, snapshot), 2u); // not a topic yet: by pattern
    target.topic = u"/nobody"_s;
    QCOMPARE(countRecipients(target, snapshot), 0u);
    target.kind = SendTarget::Kind::Clients;
    target.clients = {2, 3, 8, 99};
    QCOMPARE(countRecipients(target, snapshot), 2u); // those who have left do not count
}

void tst_Draft::outcomes_data()
{
    QTest::addColumn<bool>("ok");
    QTest::addColumn<int>("delivered");
    QTest::addColumn<int>("queued");
    QTest::addColumn<bool>("topic");
    QTest::addColumn<QString>("words");
    QTest::newRow("delivered") << true << 13 << 0 << false << u"13 delivered"_s;
    QTest::newRow("queued too") << true << 13 << 1 << false << u"13 delivered, 1 queued"_s;
    QTest::newRow("nobody") << true << 0 << 0 << false << u"Nobody was there to get it"_s;
    QTest::newRow("nobody on a topic")
        << true << 0 << 0 << true << u"Remembered; nobody is subscribed right now"_s;
    QTest::newRow("failed") << false << 0 << 0 << false << u"too <large>"_s;
}

void tst_Draft::outcomes()
{
    QFETCH(bool, ok);
    QFETCH(int, delivered);
    QFETCH(int, queued);
    QFETCH(bool, topic);
    SendOutcome outcome;
    outcome.ok = ok;
    outcome.delivered = static_cast<std::uint32_t>(delivered);
    outcome.queued = static_cast<std::uint32_t>(queued);
    outcome.words = u"too <large>"_s;
    QTEST(outcomeWords(outcome, topic ? SendTarget::Kind::Topic : SendTarget::Kind::All), "words");
}

void tst_Draft::contentTypes()
{
    QCOMPARE(contentTypeFor(DraftType::Auto, "{\"a\":1}"), u"application/json"_s);
    QVERIFY(contentTypeFor(DraftType::Auto, "{a:1}").startsWith(u"text/plain"));
    QVERIFY(contentTypeFor(DraftType::Auto, "12").startsWith(u"text/plain"));
    QVERIFY(contentTypeFor(DraftType::Text, "{\"a\":1}").startsWith(u"text/plain"));
    QCOMPARE(contentTypeFor(DraftType::Json, "{broken"), u"application/json"_s);
}

void tst_Draft::walksSentTexts()
{
    SentTexts sent;
    QVERIFY(!sent.older(u"x"_s));
    sent.add(u"one"_s);
    sent.add(u"two"_s);
    sent.add(u"two"_s);
    sent.add(QString());
    QCOMPARE(sent.texts(), QStringList({u"one"_s, u"two"_s}));
    QCOMPARE(*sent.older(u"writing"_s), u"two"_s);
    QCOMPARE(*sent.older(u"two"_s), u"one"_s);
    QVERIFY(!sent.older(u"one"_s));
    QCOMPARE(*sent.newer(), u"two"_s);
    QCOMPARE(*sent.newer(), u"writing"_s);
    QVERIFY(!sent.newer());
}

void tst_Draft::sentTextsAreBounded()
{
    SentTexts sent;
    for (int i = 0; i < 500; ++i)
        sent.add(QString::number(i));
    QCOMPARE(std::size_t(sent.texts().size()), SentTexts::kMost);
    QCOMPARE(sent.texts().last(), u"499"_s);
}

void tst_Draft::rates()
{
    Snapshot a;
    a.timeMs = 10'000;
    a.totals.published = 100;
    Snapshot b = a;
    b.timeMs = 12'000;
    b.totals.published = 116;
    b.totals.deliveries = 240;
    QCOMPARE(ratesBetween(a, b).in, 8.0);
    QCOMPARE(ratesBetween(a, b).out, 120.0);
    QCOMPARE(ratesBetween(b, a).in, 0.0); // backwards
    QCOMPARE(ratesBetween(a, a).in, 0.0);
    b.totals.published = 3; // another server
    QCOMPARE(ratesBetween(a, b).in, 0.0);
}

void tst_Draft::seriesIsBounded()
{
    Series series;
    for (int i = 0; i < 1000; ++i)
        series.add(i % 300);
    QCOMPARE(series.values().size(), Series::kLength);
    QCOMPARE(series.last(), 99.0);
    QCOMPARE(series.peak(), 299.0);
}

void tst_Draft::closeCodes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("code");
    QTest::newRow("normal") << u"1000 normal"_s << 1000;
    QTest::newRow("own") << u"4711"_s << 4711;
    QTest::newRow("never sent by a server") << u"1006 abnormal"_s << 0;
    QTest::newRow("reserved") << u"2999"_s << 0;
    QTest::newRow("too large") << u"5000"_s << 0;
    QTest::newRow("words") << u"bye"_s << 0;
    QTest::newRow("empty") << QString() << 0;
}

void tst_Draft::closeCodes()
{
    QFETCH(QString, text);
    QTEST(int(closeCodeOf(text)), "code");
}

void tst_Draft::snippets()
{
    QCOMPARE(webSocketUrl(u"https://h:1"_s), u"wss://h:1"_s);
    QVERIFY(javaScriptSnippet(u"http://h:1"_s, u"/chat"_s, {}).contains(u"'ws://h:1/chat'"));
    QCOMPARE(javaScriptSnippet(u"http://h:1"_s, u"/chat"_s, {}).count(u'\n'), 2);
    QVERIFY(publishSnippet(u"http://h:1"_s, u"/chat"_s, {}).endsWith(u"http://h:1/chat"));
}

void tst_Draft::paletteFindsWords()
{
    QVERIFY(paletteScore(u"clr"_s, u"Clear the traffic log"_s) >= 0);
    QVERIFY(paletteScore(u"xyz"_s, u"Clear the traffic log"_s) < 0);
    QVERIFY(paletteScore(u"qr"_s, u"Show the address as a QR code"_s) >
            paletteScore(u"qr"_s, u"quick brown r"_s.replace(u"quick"_s, u"aquick"_s)));
    QCOMPARE(paletteScore({}, u"anything"_s), 0);
}

void tst_Draft::readsAttachments()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"a.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{}");
    file.close();
    const auto read = readAttachment(file.fileName());
    QVERIFY(std::holds_alternative<Attachment>(read));
    QCOMPARE(std::get<Attachment>(read).bytes, QByteArray("{}"));
    QCOMPARE(std::get<Attachment>(read).contentType, u"application/json"_s);
    QCOMPARE(std::get<Attachment>(read).label, u"a.json · 2 B · application/json"_s);
    QVERIFY(std::holds_alternative<Wording>(readAttachment(folder.filePath(u"none"_s))));
    QVERIFY(std::holds_alternative<Wording>(readAttachment(folder.path())));
    QFile large(folder.filePath(u"large"_s));
    QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(Attachment::kMostBytes + 1));
    QVERIFY(std::get<Wording>(readAttachment(large.fileName()))().contains(u"64 MB"));
}

QTEST_GUILESS_MAIN(tst_Draft)
#include "tst_draft.moc"
