// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/attachment.h"
#include "ui/project/project.h"
#include "ui/project/projectkeeper.h"

#include <QFile>
#include <QJsonDocument>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace pushdeck;
using namespace Qt::StringLiterals;

// The file of saved messages: what is written, what is read, what is refused and why.
class tst_Project : public QObject
{
    Q_OBJECT

private slots:
    void writesWhatAPersonCanRead();
    void readsBackWhatItWrote();
    void unknownMembersStay();
    void refuses_data();
    void refuses();
    void damagedInEveryWayNeverCrashes();
    void putsKeysRight();
    void placesMessages();
    void bounds();
    void savesAndOpens();
    void damagedFileIsLeftAndKeptAside();
    void foreignFileIsKeptAside();
    void unwritablePlaces();
    void remembersAcrossStarts();

private:
    static Project sample();
    static void put(const QString &path, const QByteArray &bytes);
    static QByteArray get(const QString &path);
};

Project tst_Project::sample()
{
    Project project;
    project.messages = {{u"greet"_s, {}, 1, {}, {}, DraftType::Auto, u"hello"_s, {}},
                        {u"tick"_s,
                         u"Prices"_s,
                         2,
                         u"/ticker"_s,
                         u"tick"_s,
                         DraftType::Json,
                         u"{\"t\":\"{{now}}\",\n \"n\":{{seq}}}"_s,
                         {}},
                        {u"bad & <b>json</b>"_s,
                         u"Prices"_s,
                         0,
                         u"/新闻"_s,
                         {},
                         DraftType::Text,
                         u"{\"\\\u2028\u0000\r\ttab"_s,
                         {}}};
    return project;
}

void tst_Project::put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QByteArray tst_Project::get(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

void tst_Project::writesWhatAPersonCanRead()
{
    Project project = sample();
    project.messages.pop_back();
    QCOMPARE(writeProject(project), QByteArray(R"({
  "pushdeck": 1,
  "messages": [
    {
      "name": "greet",
      "key": "F1",
      "to": "all",
      "format": "auto",
      "text": "hello"
    },
    {
      "name": "tick",
      "folder": "Prices",
      "key": "F2",
      "to": "/ticker",
      "event": "tick",
      "format": "json",
      "text": [
        "{\"t\":\"{{now}}\",",
        " \"n\":{{seq}}}"
      ]
    }
  ]
}
)"));
    QCOMPARE(writeProject({}), QByteArray("{\n  \"pushdeck\": 1,\n  \"messages\": []\n}\n"));
}

void tst_Project::readsBackWhatItWrote()
{
    const QByteArray bytes = writeProject(sample());
    const auto read = parseProject(bytes);
    if (const auto *words = std::get_if<QString>(&read))
        QFAIL(qPrintable(*words));
    const auto &got = std::get<ReadProject>(read);
    QVERIFY(got.project == sample());
    QVERIFY(got.notes.isEmpty());
    QCOMPARE(writeProject(got.project), bytes);
    QCOMPARE(foldersOf(got.project), QStringList({u"Prices"_s}));
}

void tst_Project::unknownMembersStay()
{
    const QByteArray bytes = R"({"pushdeck": 1, "theme": {"a": [1, null, "x"]}, "messages": [
        {"name": "m", "colour": "red", "tags": ["a", "b"]}]})";
    const auto read = std::get<ReadProject>(parseProject(bytes));
    const QByteArray again = writeProject(read.project);
    QVERIFY(again.contains("\"colour\": \"red\""));
    QVERIFY(again.contains("\"tags\": [\"a\",\"b\"]"));
    QVERIFY(again.contains("\"theme\": {\"a\":[1,null,\"x\"]}"));
    QVERIFY(std::get<ReadProject>(parseProject(again)).project == read.project);
}

void tst_Project::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    const auto message = [](const QByteArray &members) {
        return R"({"pushdeck":1,"messages":[{"name":"ok"},{)" + members + "}]}";
    };
    QTest::newRow("empty") << QByteArray() << u"line 1, column 1: "_s;
    QTest::newRow("cut off") << QByteArray("{\n  \"pushdeck\": 1,\n  \"mess") << u"line 3"_s;
    QTest::newRow("binary") << QByteArray(
                                   "\x7f"
                                   "ELF\0\0",
                                   6)
                            << u"line 1"_s;
    QTest::newRow("an array") << QByteArray("[]") << u"not a Pushdeck project"_s;
    QTest::newRow("other JSON") << QByteArray("{\"a\":1}") << u"not a Pushdeck project"_s;
    QTest::newRow("later") << QByteArray("{\"pushdeck\":2}") << u"later version"_s;
    QTest::newRow("no version") << QByteArray("{\"pushdeck\":0.5}") << u"not a version"_s;
    QTest::newRow("no list") << QByteArray("{\"pushdeck\":1,\"messages\":{}}") << u"not a list"_s;
    QTest::newRow("no object") << QByteArray("{\"pushdeck\":1,\"messages\":[7]}")
                               << u"message 1: is not an object"_s;
    QTest::newRow("no name") << message("\"text\":\"x\"") << u"message 2: “name”: a name"_s;
    QTest::newRow("name with a line end") << message(R"("name":"a\nb")") << u"control"_s;
    QTest::newRow("long name") << message("\"name\":\"" + QByteArray(500, 'n') + "\"")
                               << u"“name”: is longer than 80"_s;
    QTest::newRow("twice") << message(R"("name":"ok")") << u"message 2 (“ok”): the same name"_s;
    QTest::newRow("key") << message(R"("name":"m","key":"F13")") << u"(“m”): “key”: is not one"_s;
    QTest::newRow("key as number") << message(R"("name":"m","key":1)") << u"“key”: is not a text"_s;
    QTest::newRow("to clients") << message(R"("name":"m","to":[1,2])") << u"“to”: is not a text"_s;
    QTest::newRow("no topic") << message(R"("name":"m","to":"news")") << u"starts with /"_s;
    QTest::newRow("a pattern") << message(R"("name":"m","to":"/a/*")") << u"not to a pattern"_s;
    QTest::newRow("format") << message(R"("name":"m","format":"xml")") << u"“format”: is neither"_s;
    QTest::newRow("text") << message(R"("name":"m","text":{})") << u"“text”: is not a text"_s;
    QTest::newRow("lines") << message(R"("name":"m","text":["a",1])") << u"not a list of lines"_s;
    QTest::newRow("long text") << message("\"name\":\"m\",\"text\":\"" +
                                          QByteArray(1024 * 1024 + 1, 't') + "\"")
                               << u"“text”: is longer than"_s;
    QTest::newRow("bad UTF-8") << message("\"name\":\"\xff\"") << u"line 1"_s;
    QTest::newRow("too deep") << QByteArray(5000, '[') << u"line 1"_s;
}

void tst_Project::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const auto read = parseProject(bytes);
    const auto *problem = std::get_if<QString>(&read);
    QVERIFY(problem);
    QVERIFY2(problem->contains(words), qPrintable(*problem));
}

void tst_Project::damagedInEveryWayNeverCrashes()
{
    const QByteArray whole = writeProject(sample());
    for (qsizetype i = 0; i < whole.size() - 2; ++i)
        QVERIFY(std::holds_alternative<QString>(parseProject(whole.first(i))));
    for (qsizetype i = 0; i < whole.size(); ++i) {
        for (const char byte : {'\0', '"', '}', '\xff'}) {
            QByteArray damaged = whole;
            damaged[i] = byte;
            const auto read = parseProject(damaged);
            if (const auto *words = std::get_if<QString>(&read))
                QVERIFY(!words->isEmpty() && words->size() < 500);
        }
    }
}

void tst_Project::putsKeysRight()
{
    const auto read = std::get<ReadProject>(parseProject(R"({"pushdeck":1,"messages":[
        {"name":"a","key":"F1"},{"name":"b","key":"F1"},{"name":"c","key":"F5"}]})"));
    QCOMPARE(read.project.messages[0].key, 1);
    QCOMPARE(read.project.messages[1].key, 0);
    QCOMPARE(read.project.messages[2].key, 0);
    QCOMPARE(read.notes, QStringList({u"F1 is given twice: “b” has none now"_s,
                                      u"F5 is a key of the window: “c” has none now"_s}));
}

void tst_Project::placesMessages()
{
    Project project = sample();
    SavedMessage message = project.messages[0];
    message.text = u"changed"_s;
    QVERIFY(placeMessage(project, message)); // the same name: replaced
    QCOMPARE(project.messages.size(), 3u);
    QCOMPARE(project.messages[0].text, u"changed"_s);
    message.name = u"other"_s;
    QVERIFY(placeMessage(project, message)); // takes F1
    QCOMPARE(project.messages.size(), 4u);
    QCOMPARE(project.messages[0].key, 0);
    QCOMPARE(*findKey(project, 1), 3u);
    message.name = u"greet"_s;
    QVERIFY(placeMessage(project, message, 3)); // renamed onto the first
    QCOMPARE(project.messages.size(), 3u);
    QCOMPARE(*findMessage(project, {}, u"greet"_s), 2u);
    QVERIFY(!findKey(project, 0));
}

void tst_Project::bounds()
{
    Project project;
    for (std::size_t i = 0; i < ProjectLimits::kMessages; ++i) {
        SavedMessage message;
        message.name = QString::number(i);
        project.messages.push_back(message);
    }
    const QByteArray bytes = writeProject(project);
    QVERIFY(std::holds_alternative<ReadProject>(parseProject(bytes)));
    QVERIFY(!placeMessage(project, {u"one more"_s, {}, 0, {}, {}, DraftType::Auto, {}, {}}));
    project.messages.push_back({u"one more"_s, {}, 0, {}, {}, DraftType::Auto, {}, {}});
    QVERIFY(std::get<QString>(parseProject(writeProject(project))).contains(u"more than 2,000"));
    const QByteArray huge(ProjectLimits::kFileBytes + 1, ' ');
    QVERIFY(std::get<QString>(parseProject(huge)).contains(u"larger than 16"));
}

void tst_Project::savesAndOpens()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"demo.pushdeck.json"_s);
    ProjectKeeper keeper;
    QVERIFY(!keeper.isDirty());
    QCOMPARE(keeper.title(), QString());
    keeper.change(sample());
    QVERIFY(keeper.isDirty());
    QCOMPARE(keeper.title(), u"Untitled"_s);
    QVERIFY(keeper.saveTo(path));
    QVERIFY(!keeper.isDirty());
    QCOMPARE(keeper.title(), u"demo"_s);
    QCOMPARE(get(path), writeProject(sample()));
    keeper.change({});
    QVERIFY(keeper.isDirty());
    keeper.change(sample());
    QVERIFY(!keeper.isDirty()); // as it is in the file again
    keeper.startNew();
    QVERIFY(keeper.path().isEmpty());
    QVERIFY(keeper.open(path));
    QVERIFY(keeper.project() == sample());
    QCOMPARE(keeper.recent(), QStringList({path}));
}

void tst_Project::damagedFileIsLeftAndKeptAside()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"demo.pushdeck.json"_s);
    const QByteArray damaged = writeProject(sample()).chopped(20);
    put(path, damaged);
    ProjectKeeper keeper;
    keeper.change(sample());
    QSignalSpy problems(&keeper, &ProjectKeeper::problemFound);
    QSignalSpy notes(&keeper, &ProjectKeeper::noted);
    QVERIFY(!keeper.open(path));
    QCOMPARE(problems.size(), 1);
    QVERIFY(problems[0][0].value<Wording>()().contains(path));
    QVERIFY(problems[0][0].value<Wording>()().contains(u"line "));
    QVERIFY(keeper.project() == sample()); // what was open stays
    QVERIFY(keeper.path().isEmpty());
    QCOMPARE(get(path), damaged);
    QVERIFY(keeper.saveTo(path));
    QCOMPARE(get(path + u".damaged"_s), damaged);
    QCOMPARE(get(path), writeProject(sample()));
    QCOMPARE(notes.size(), 1);
}

void tst_Project::foreignFileIsKeptAside()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"package.json"_s);
    ProjectKeeper keeper;
    for (const QString &name : {u".damaged"_s, u".damaged-2"_s}) {
        put(path, "{\"name\": \"mine\"}");
        QVERIFY(keeper.saveTo(path));
        QCOMPARE(get(path + name), QByteArray("{\"name\": \"mine\"}"));
    }
}

void tst_Project::unwritablePlaces()
{
    QTemporaryDir folder;
    ProjectKeeper keeper;
    keeper.change(sample());
    QSignalSpy problems(&keeper, &ProjectKeeper::problemFound);
    QVERIFY(!keeper.saveTo(folder.filePath(u"none/at/all.json"_s)));
    QVERIFY(!keeper.open(folder.filePath(u"none.json"_s)));
    QVERIFY(!keeper.open(folder.path()));
    QCOMPARE(problems.size(), 3);
    QVERIFY(keeper.isDirty());
#ifdef Q_OS_UNIX
    // Nobody writes into the pipe: whoever opened it would wait for ever.
    const QString pipe = folder.filePath(u"pipe.pushdeck.json"_s);
    QCOMPARE(mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    QVERIFY(!keeper.open(pipe));
    QVERIFY(!keeper.open(u"/dev/zero"_s));
    QCOMPARE(problems.size(), 5);
    QVERIFY(problems[3][0].value<Wording>()().contains(u"no regular file"));
    QVERIFY(std::holds_alternative<Wording>(readAttachment(pipe)));
#endif
}

void tst_Project::remembersAcrossStarts()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath(u"s.ini"_s), QSettings::IniFormat);
    ProjectKeeper first;
    for (int i = 0; i < 8; ++i)
        QVERIFY(first.saveTo(folder.filePath(u"%1.pushdeck.json"_s.arg(i))));
    QCOMPARE(first.recent().size(), qsizetype(ProjectKeeper::kMostRecent));
    first.save(settings);
    ProjectKeeper second;
    second.restore(settings);
    QCOMPARE(second.recent(), first.recent());
    QCOMPARE(second.path(), folder.filePath(u"7.pushdeck.json"_s));
    put(second.path(), "damaged");
    ProjectKeeper third;
    QSignalSpy problems(&third, &ProjectKeeper::problemFound);
    third.restore(settings);
    QCOMPARE(problems.size(), 1);
    QVERIFY(third.path().isEmpty());
    QCOMPARE(third.recent().size(), qsizetype(ProjectKeeper::kMostRecent - 1));
}

QTEST_GUILESS_MAIN(tst_Project)
#include "tst_project.moc"
