// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/historyfile.h"

#include "hubfixture.h"
#include "noroom.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace pushdeck;

namespace {

/// A hub on a history file: one run of the server. It ends well, or, `crashed()`, as by `kill -9`.
class Run
{
public:
    explicit Run(const QString &fileName, const QByteArray &epoch = "one",
                 HistoryLimits limits = {})
        : m_hub(kEpoch, limits, [] { return 1000; })
    {
        auto opened = HistoryFile::open(fileName, epoch);
        if (!opened) {
            error = opened.error().words;
            return;
        }
        file = std::move(opened).value();
        m_hub.setKeeper(file.get());
        m_hub.restore(file->takePast());
    }

    Hub &hub() { return m_hub; }
    void publish(const char *topic, const QByteArray &data = "x")
    {
        Publication publication;
        publication.data = data;
        QVERIFY(m_hub.publish(*Topic::fromName(topic), std::move(publication)).ok());
    }
    std::unique_ptr<HistoryFile> file;
    QString error;

private:
    Hub m_hub;
};

Cursor after(const char *epoch, std::uint64_t sequence)
{
    return Cursor::after({epoch, sequence});
}

/// What a process leaves that is killed: the files as they are, and no goodbye.
void copyAsKilled(const QString &from, const QString &to)
{
    for (const char *suffix : {"", "-wal", "-running"}) {
        QFile::remove(to + QLatin1String(suffix));
        QFile::copy(from + QLatin1String(suffix), to + QLatin1String(suffix));
    }
}

} // namespace

/// `--history-file`: what survives which end.
class HistoryFileTest final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void survivesAGoodEnd();
    void survivesAKill();
    void aPowerCutIsAGap();
    void everyFieldSurvives();
    void numbersOfMessagesToOneClientAreNotGivenAgain();
    void whatWentStaysGone();
    void forgottenTopicsStayForgotten();
    void smallerLimitsEvict();
    void nothingIsRememberedWhereTheLimitIsZero();
    void damagedIsSetAside_data();
    void damagedIsSetAside();
    void foreignIsLeftAlone();
    void inUseIsRefused();
    void notAFolderIsRefused();
    void onlyTheOwnerReads();
    void aFullDiskIsToldOnceAndIsAGapLater();

private:
    [[nodiscard]] QString name(const char *file = "history") const
    {
        return m_folder->filePath(QLatin1String(file));
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void HistoryFileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void HistoryFileTest::survivesAGoodEnd()
{
    {
        Run run(name());
        for (int i = 0; i < 5; ++i)
            run.publish("/a", QByteArray::number(i));
    }
    QVERIFY(!QFile::exists(name("history-running")));
    Run run(name(), "two");
    QCOMPARE(run.hub().newest(), (MessageId{"one", 5}));
    run.publish("/a");
    Subscribed resumed(run.hub(), {"/a"}, after("one", 3));
    QCOMPARE(resumed->messages(), (Sequences{4, 5, 6}));
    QVERIFY(resumed->gaps().empty());
}

void HistoryFileTest::survivesAKill()
{
    Run run(name());
    for (int i = 0; i < 300; ++i)
        run.publish(i % 3 ? "/a" : "/b");
    copyAsKilled(name(), name("killed"));

    Run next(name("killed"), "two");
    QCOMPARE(next.hub().newest(), (MessageId{"one", 300}));
    Subscribed resumed(next.hub(), {"/a", "/b"}, after("one", 150));
    QCOMPARE(resumed->messages(), range(151, 300));
    QVERIFY(resumed->gaps().empty());
}

void HistoryFileTest::aPowerCutIsAGap()
{
    Run run(name());
    for (int i = 0; i < 10; ++i)
        run.publish("/a");
    copyAsKilled(name(), name("cut"));
    QFile mark(name("cut-running"));
    QVERIFY(mark.open(QIODevice::WriteOnly));
    mark.write("another boot of the machine");
    mark.close();

    Run next(name("cut"), "two");
    QCOMPARE(next.hub().newest(), (MessageId{"two", 10}));
    // Up to 12: the client got two that the file has not.
    for (const std::uint64_t read : {4u, 12u}) {
        Subscribed resumed(next.hub(), {"/a"}, after("one", read));
        QCOMPARE(resumed->gaps().size(), 1u);
        QCOMPARE(resumed->gaps()[0].reason, Gap::Reason::Restarted);
        QVERIFY(!resumed->gaps()[0].lost);
        QCOMPARE(resumed->messages(), range(int(read) + 1, 10));
    }
    // The gap is told once: where it resumes is a cursor of the new epoch.
    next.publish("/a");
    Subscribed again(next.hub(), {"/a"}, after("two", 10));
    QVERIFY(again->gaps().empty());
    QCOMPARE(again->messages(), (Sequences{11}));
    // Another good end later the old epoch is still known.
    copyAsKilled(name("cut"), name("later"));
    Run later(name("later"), "two");
    Subscribed old(later.hub(), {"/a"}, after("one", 9));
    QCOMPARE(old->gaps().size(), 1u);
    QCOMPARE(old->messages(), (Sequences{10, 11}));
}

void HistoryFileTest::everyFieldSurvives()
{
    const QByteArray binary("\xff\x00\xfe", 3);
    {
        Run run(name());
        Publication publication;
        publication.data = binary;
        publication.event = "née";
        publication.contentType = "image/x";
        publication.binary = true;
        publication.publisher = Publisher::Http;
        publication.origin = "1.2.3.4:5";
        QVERIFY(run.hub().publish(*Topic::fromName("/é"), std::move(publication)).ok());
        run.publish("/é", {});
        QVERIFY(run.hub().publishToAll({"to all", {}, {}, false, Publisher::Operator, 0, {}}).ok());
    }
    Run run(name());
    const Hub::Reading reading = run.hub().read(patterns({"/é"}), kAll, 10);
    QCOMPARE(reading.messages.size(), 2u);
    const Message::Fields &fields = reading.messages[0]->fields();
    QCOMPARE(fields.id, QByteArray("one-1"));
    QCOMPARE(fields.data, binary);
    QCOMPARE(fields.event, QByteArray("née"));
    QCOMPARE(fields.contentType, QByteArray("image/x"));
    QCOMPARE(fields.topic, QByteArray("/é"));
    QCOMPARE(fields.origin, QByteArray("1.2.3.4:5"));
    QCOMPARE(fields.timeMs, 1000);
    QVERIFY(fields.binary);
    QVERIFY(!fields.utf8);
    QVERIFY(fields.publisher == Publisher::Http);
    QVERIFY(reading.messages[1]->fields().data.isEmpty());
    QVERIFY(reading.messages[1]->fields().utf8);
    const auto topics = run.hub().topics();
    QCOMPARE(topics.size(), 1u);
    QCOMPARE(topics[0].lastId, QByteArray("one-2"));
    QCOMPARE(topics[0].remembered, 2u);
    // What went to all is there for whoever comes.
    Subscribed somebody(run.hub(), {"/other"}, kAll);
    QCOMPARE(somebody->messages(), (Sequences{3}));
}

void HistoryFileTest::numbersOfMessagesToOneClientAreNotGivenAgain()
{
    {
        Run run(name());
        run.publish("/a");
        QVERIFY(run.hub().publishToClient(7, "/a", {}).ok());
    }
    Run run(name());
    run.publish("/a");
    QCOMPARE(run.hub().newest(), (MessageId{"one", 3}));
    Subscribed seven(run.hub(), {"/a"}, kAll, 7);
    QCOMPARE(seven->messages(), (Sequences{1, 3}));
}

void HistoryFileTest::whatWentStaysGone()
{
    HistoryLimits limits;
    limits.messagesPerTopic = 100;
    {
        Run run(name(), "one", limits);
        for (int i = 0; i < 1000; ++i)
            run.publish("/a");
    }
    Run run(name(), "two", limits);
    QCOMPARE(run.hub().history().messages(), 100u);
    Subscribed missed(run.hub(), {"/a"}, after("one", 899));
    QCOMPARE(missed->gaps().size(), 1u);
    QCOMPARE(missed->gaps()[0].reason, Gap::Reason::Evicted);
    QCOMPARE(missed->messages(), range(901, 1000));
    Subscribed whole(run.hub(), {"/a"}, after("one", 900));
    QVERIFY(whole->gaps().empty());
    QCOMPARE(whole->messages(), range(901, 1000));
}

void HistoryFileTest::forgottenTopicsStayForgotten()
{
    HistoryLimits limits;
    limits.topics = 2;
    {
        Run run(name(), "one", limits);
        for (const char *topic : {"/a", "/b", "/c"})
            run.publish(topic);
    }
    Run run(name(), "two", limits);
    QCOMPARE(run.hub().history().messages(), 2u);
    Subscribed missed(run.hub(), {"/a"}, after("one", 0));
    QCOMPARE(missed->gaps().size(), 1u);
    Subscribed whole(run.hub(), {"/b", "/c"}, after("one", 0));
    QVERIFY(whole->gaps().empty());
    QCOMPARE(whole->messages(), (Sequences{2, 3}));
    // Even where it came back meanwhile, and the process was killed then.
    run.publish("/a");
    copyAsKilled(name(), name("killed"));
    Run next(name("killed"), "three", limits);
    Subscribed back(next.hub(), {"/a"}, after("one", 0));
    QCOMPARE(back->gaps().size(), 1u);
    QCOMPARE(back->messages(), (Sequences{4}));
}

void HistoryFileTest::smallerLimitsEvict()
{
    {
        Run run(name());
        for (int i = 0; i < 10; ++i)
            run.publish("/a");
    }
    HistoryLimits limits;
    limits.messagesPerTopic = 3;
    {
        Run run(name(), "two", limits);
        QCOMPARE(run.hub().history().messages(), 3u);
        Subscribed missed(run.hub(), {"/a"}, after("one", 5));
        QCOMPARE(missed->gaps()[0].lost, std::optional<std::uint64_t>(2));
        QCOMPARE(missed->messages(), range(8, 10));
    }
    Run run(name(), "three");
    QCOMPARE(run.hub().history().messages(), 3u);
}

void HistoryFileTest::nothingIsRememberedWhereTheLimitIsZero()
{
    HistoryLimits none;
    none.messagesPerTopic = 0;
    {
        Run run(name(), "one", none);
        run.publish("/a");
        run.publish("/a");
    }
    Run run(name(), "two", none);
    QCOMPARE(run.hub().newest(), (MessageId{"one", 2}));
    Subscribed missed(run.hub(), {"/a"}, after("one", 1));
    QCOMPARE(missed->gaps().size(), 1u);
    Subscribed whole(run.hub(), {"/a"}, after("one", 2));
    QVERIFY(whole->gaps().empty());
}

void HistoryFileTest::damagedIsSetAside_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : {"text", "header", "middle", "cut"})
        QTest::newRow(how) << QString::fromLatin1(how);
}

void HistoryFileTest::damagedIsSetAside()
{
    QFETCH(QString, how);
    {
        Run run(name());
        for (int i = 0; i < 200; ++i)
            run.publish("/a", QByteArray(1000, 'x'));
    }
    QFile file(name());
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray before = file.readAll();
    if (how == u"text")
        QVERIFY(file.resize(0) && file.write("this is no database, it is a text of some length"));
    else if (how == u"header")
        QVERIFY(file.seek(0) && file.write(QByteArray(100, 'x')));
    else if (how == u"middle")
        QVERIFY(file.seek(4096) && file.write(QByteArray(before.size() - 4096, '\x55')));
    else
        QVERIFY(file.resize(before.size() / 2));
    file.close();

    Run run(name(), "two");
    QCOMPARE(run.error, QString());
    QVERIFY2(run.file->setAside().startsWith(name() + QLatin1String(".damaged-")),
             qPrintable(run.file->setAside()));
    QVERIFY(QFile::exists(run.file->setAside()));
    QCOMPARE(run.hub().newest(), (MessageId{"two", 0}));
    run.publish("/a");
    Subscribed old(run.hub(), {"/a"}, after("one", 5));
    QCOMPARE(old->gaps().size(), 1u);
    QCOMPARE(old->gaps()[0].reason, Gap::Reason::Restarted);
}

void HistoryFileTest::foreignIsLeftAlone()
{
    auto [database, code] = sqlite::Database::open(name());
    QCOMPARE(code, 0);
    QCOMPARE(database->execute("CREATE TABLE precious(x); INSERT INTO precious VALUES(1)"), 0);
    database.reset();
    Run run(name());
    QVERIFY(!run.file);
    QVERIFY2(run.error.contains(u"no history file"), qPrintable(run.error));
    auto [again, opened] = sqlite::Database::open(name());
    QCOMPARE(again->integer("SELECT x FROM precious"), 1);
}

void HistoryFileTest::inUseIsRefused()
{
    Run first(name());
    first.publish("/a");
    Run second(name());
    QVERIFY(!second.file);
    QVERIFY2(second.error.contains(u"in use"), qPrintable(second.error));
    first.publish("/a");
    QVERIFY(!first.file->hasFailed());
}

void HistoryFileTest::notAFolderIsRefused()
{
    Run run(name("missing/history"));
    QVERIFY(!run.file);
    QVERIFY2(run.error.contains(u"cannot be used"), qPrintable(run.error));
}

void HistoryFileTest::onlyTheOwnerReads()
{
    Run run(name());
    run.publish("/a");
    const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
    for (const char *suffix : {"", "-wal"})
        QVERIFY(!(QFile::permissions(name() + QLatin1String(suffix)) & others));
}

void HistoryFileTest::aFullDiskIsToldOnceAndIsAGapLater()
{
    int told = 0;
    {
        Run run(name());
        run.publish("/a");
        run.file->onFailure([&told](const QString &words) {
            QVERIFY(!words.isEmpty());
            ++told;
        });
        {
            const NoRoom noRoom;
            for (int i = 0; i < 50; ++i)
                run.publish("/a", QByteArray(10'000, 'x'));
        }
        QCOMPARE(told, 1);
        QVERIFY(run.file->hasFailed());
        // Nobody who is here loses anything.
        Subscribed here(run.hub(), {"/a"}, after("one", 1));
        QCOMPARE(here->messages(), range(2, 51));
        copyAsKilled(name(), name("killed"));
    }
    Run next(name("killed"), "two");
    Subscribed resumed(next.hub(), {"/a"}, after("one", 40));
    QCOMPARE(resumed->gaps().size(), 1u);
    Run afterGoodEnd(name(), "two");
    Subscribed also(afterGoodEnd.hub(), {"/a"}, after("one", 40));
    QCOMPARE(also->gaps().size(), 1u);
}

QTEST_GUILESS_MAIN(HistoryFileTest)
#include "tst_historyfile.moc"
