// SPDX-License-Identifier: GPL-3.0-or-later
// The preferences without a window: as text, in a file, over a command line.
#include "app/launch.h"
#include "app/settingsfile.h"
#include "ui/preferences/numberfields.h"
#include "ui/preferences/preferenceskeeper.h"
#include "ui/preferences/quantity.h"
#include "ui/preferences/textchecks.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace pushdeck;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(pushdeck::Quantity)

class tst_Settings : public QObject
{
    Q_OBJECT

private slots:
    void quantities_data();
    void quantities();
    void quantitiesComeBack();
    void everyFieldComesBack();
    void refusesWhatCannotBe_data();
    void refusesWhatCannotBe();
    void originsAreAsBrowsersSendThem();
    void addressesAreTheMachines();
    void pathsAreLookedAt();
    void numbersThatConflict();
    void newTokensAreLongAndDiffer();
    void storesOnlyWhatIsUnusual();
    void aStoredValueOutOfBoundsIsToldAndReplaced();
    void conflictsInTheFileEndInDefaults();
    void hugeValuesAreRefused();
    void keeperTellsWhatChanged();
    void fixedOnesStayAndAreNotStored();
    void differencesByWhenTheyHold();
    void commandLineWins();
    void limitsOfTheCommandLineAreFixed();
    void accessOfTheCommandLine_data();
    void accessOfTheCommandLine();
    void rulesAndKeyAreJudgedByTheServer();
    void fileIsTheOwnersOnly();
    void damagedFileIsKeptAside_data();
    void damagedFileIsKeptAside();
    void whatIsNoFileIsKeptAside();
    void secondDamagedFileDoesNotReplaceTheFirst();

private:
    QTemporaryDir m_folder;
};

void tst_Settings::quantities_data()
{
    QTest::addColumn<Quantity>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("value"); // -1: refused
    QTest::newRow("count") << Quantity::Count << u"20000"_s << qint64(20000);
    QTest::newRow("grouped") << Quantity::Count << u"20 000"_s << qint64(20000);
    QTest::newRow("negative") << Quantity::Count << u"-1"_s << qint64(-1);
    QTest::newRow("half") << Quantity::Count << u"1.5"_s << qint64(-1);
    QTest::newRow("exponent") << Quantity::Count << u"1e9"_s << qint64(-1);
    QTest::newRow("empty") << Quantity::Count << QString() << qint64(-1);
    QTest::newRow("kb") << Quantity::Bytes << u"16 KB"_s << qint64(16384);
    QTest::newRow("lower, no space") << Quantity::Bytes << u"16kb"_s << qint64(16384);
    QTest::newRow("one and a half") << Quantity::Bytes << u"1.5 MB"_s << qint64(1572864);
    QTest::newRow("no unit") << Quantity::Bytes << u"16"_s << qint64(-1);
    QTest::newRow("zero") << Quantity::Bytes << u"0"_s << qint64(0);
    QTest::newRow("seconds") << Quantity::Time << u"10 s"_s << qint64(10'000);
    QTest::newRow("minutes") << Quantity::Time << u"2 min"_s << qint64(120'000);
    QTest::newRow("wrong unit") << Quantity::Time << u"10 KB"_s << qint64(-1);
    QTest::newRow("unit twice") << Quantity::Bytes << u"1 KB 2 KB"_s << qint64(-1);
    QTest::newRow("too large") << Quantity::Bytes << u"99999999999999 GB"_s << qint64(-1);
    QTest::newRow("endless") << Quantity::Count << QString(100'000, u'9') << qint64(-1);
    QTest::newRow("other digits") << Quantity::Count << u"١٢"_s << qint64(-1);
}

void tst_Settings::quantities()
{
    QFETCH(Quantity, kind);
    QFETCH(QString, text);
    QFETCH(qint64, value);
    QCOMPARE(qint64(readQuantity(kind, text).value_or(-1)), value);
}

void tst_Settings::quantitiesComeBack()
{
    for (const std::int64_t value : {0ll, 1ll, 999ll, 1024ll, 1025ll, 16ll << 20, 60'000ll,
                                     75'000ll, 3'600'000ll, 1'000'000'007ll}) {
        for (const Quantity kind : {Quantity::Count, Quantity::Bytes, Quantity::Time})
            QCOMPARE(readQuantity(kind, quantityText(kind, value)).value_or(-1), value);
    }
    QCOMPARE(quantityText(Quantity::Bytes, 8ll << 20), u"8 MB"_s);
    QCOMPARE(quantityText(Quantity::Time, 75'000), u"75 s"_s);
}

void tst_Settings::everyFieldComesBack()
{
    Preferences changed;
    changed.listen = {u"127.0.0.1"_s, 9000};
    changed.server.access = {"op", "pub", "sub", {"https://a.example", "null"}, false, {}, {}};
    changed.server.historyFile = m_folder.filePath(u"history.db"_s);
    changed.server.wwwFolder = m_folder.path();
    changed.theme = ThemeChoice::Dark;
    changed.language = Language::Chinese;
    changed.keepInTray = true;
    for (const NumberField &field : numberFields()) {
        if (field.editable)
            field.set(changed, std::max(field.least, field.get(changed) / 2));
    }
    QSettings settings(m_folder.filePath(u"round.ini"_s), QSettings::IniFormat);
    writePreferences(changed, {}, settings);
    settings.sync();
    const QSettings again(settings.fileName(), QSettings::IniFormat);
    const ReadPreferences read = readPreferences(again);
    QCOMPARE(problemWords(read).contains(u'('), false);
    QVERIFY(read.preferences == changed);
}

void tst_Settings::refusesWhatCannotBe_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::newRow("port too high") << u"server/port"_s << u"65536"_s;
    QTest::newRow("port of letters") << u"server/port"_s << u"http"_s;
    QTest::newRow("port empty") << u"server/port"_s << QString();
    QTest::newRow("connections none") << u"limits/connections"_s << u"0"_s;
    QTest::newRow("head too small") << u"limits/head"_s << u"10 B"_s;
    QTest::newRow("deadline too long") << u"limits/head-deadline"_s << u"100 min"_s;
    QTest::newRow("token with a space") << u"access/publish-token"_s << u"a b"_s;
    QTest::newRow("token with a line end") << u"access/publish-token"_s << u"a\nb"_s;
    QTest::newRow("token in Chinese") << u"access/publish-token"_s << u"令牌"_s;
    QTest::newRow("token too long") << u"access/publish-token"_s << QString(257, u'x');
    QTest::newRow("origin with a path") << u"access/origins"_s << u"https://a.example/page"_s;
    QTest::newRow("origin without scheme") << u"access/origins"_s << u"a.example"_s;
    QTest::newRow("flag") << u"access/relay"_s << u"perhaps"_s;
    QTest::newRow("no folder") << u"server/www"_s << u"/no/such/folder"_s;
}

void tst_Settings::refusesWhatCannotBe()
{
    QFETCH(QString, key);
    QFETCH(QString, text);
    const Preferences base;
    const ReadPreferences read = readTexts({{key, text}}, base, {});
    QCOMPARE(read.problems.size(), 1);
    QVERIFY(!read.problems.value(key).isEmpty());
    QVERIFY(read.preferences == base);
}

void tst_Settings::originsAreAsBrowsersSendThem()
{
    QByteArrayList origins;
    QCOMPARE(originsProblem(u"HTTPS://Example.ORG:443/\n http://localhost:3000  null\n"
                            "https://example.org http://[::1]:80"_s,
                            origins),
             QString());
    QCOMPARE(origins, (QByteArrayList{"https://example.org", "http://localhost:3000", "null",
                                      "http://[::1]"}));
    QVERIFY(!originsProblem(u"https://user:pw@example.org"_s, origins).isEmpty());
    QVERIFY(!originsProblem(u"https://example.org?x=1"_s, origins).isEmpty());
    QStringList many;
    for (int i = 0; i < 200; ++i)
        many << u"https://h%1.example"_s.arg(i);
    QVERIFY(!originsProblem(many.join(u' '), origins).isEmpty());
}

void tst_Settings::addressesAreTheMachines()
{
    const Machine machine{
        {{u"192.168.1.14"_s, u"wlan0"_s, false}, {u"127.0.0.1"_s, u"lo"_s, true}}};
    for (const QString &good :
         {QString(), u"0.0.0.0"_s, u"::"_s, u"192.168.1.14"_s, u"127.0.0.1"_s})
        QCOMPARE(addressProblem(good, machine), QString());
    QVERIFY(addressProblem(u"10.0.0.1"_s, machine).contains(u"10.0.0.1"));
    QVERIFY(!addressProblem(u"<b>x</b>"_s, machine).isEmpty());
}

void tst_Settings::pathsAreLookedAt()
{
    const QString file = m_folder.filePath(u"plain"_s);
    QFile plain(file);
    QVERIFY(plain.open(QIODevice::WriteOnly));
    QCOMPARE(folderProblem(m_folder.path()), QString());
    QVERIFY(!folderProblem(file).isEmpty());
    QCOMPARE(newFileProblem(file), QString());
    QCOMPARE(newFileProblem(m_folder.filePath(u"new"_s)), QString());
    QVERIFY(!newFileProblem(m_folder.path()).isEmpty());
    QVERIFY(!newFileProblem(m_folder.filePath(u"no/such/file"_s)).isEmpty());
}

void tst_Settings::numbersThatConflict()
{
    ReadPreferences read = readTexts({{u"limits/body"_s, u"16 MB"_s}}, {}, {});
    QVERIFY(read.problems.value(u"limits/backlog"_s).contains(u"16 MB"));
    read = readTexts({{u"limits/body"_s, u"16 MB"_s}, {u"limits/backlog"_s, u"32 MB"_s}}, {}, {});
    QVERIFY(read.problems.isEmpty());
    read = readTexts({{u"limits/body"_s, u"100 MB"_s}, {u"limits/backlog"_s, u"1 GB"_s}}, {}, {});
    QVERIFY(read.problems.contains(u"limits/body"_s));
}

void tst_Settings::newTokensAreLongAndDiffer()
{
    const QString token = newToken();
    QCOMPARE(token.size(), 32);
    QCOMPARE(tokenProblem(token), QString());
    QVERIFY(newToken() != token);
}

void tst_Settings::storesOnlyWhatIsUnusual()
{
    QSettings settings(m_folder.filePath(u"few.ini"_s), QSettings::IniFormat);
    writePreferences({}, {}, settings);
    QVERIFY(settings.allKeys().isEmpty());
    Preferences changed;
    changed.listen.port = 9000;
    writePreferences(changed, {}, settings);
    QCOMPARE(settings.allKeys(), QStringList{u"server/port"_s});
    writePreferences({}, {}, settings);
    QVERIFY(settings.allKeys().isEmpty());
}

void tst_Settings::aStoredValueOutOfBoundsIsToldAndReplaced()
{
    QSettings settings(m_folder.filePath(u"bounds.ini"_s), QSettings::IniFormat);
    settings.setValue(u"server/port"_s, 99999);
    settings.setValue(u"limits/connections"_s, u"lots"_s);
    settings.setValue(u"access/publish-token"_s, u"good"_s);
    settings.setValue(u"window/theme"_s, QStringList{u"a"_s, u"b"_s});
    const ReadPreferences read = readPreferences(settings);
    QCOMPARE(read.preferences.listen.port, std::uint16_t(8080));
    QCOMPARE(read.preferences.server.limits.connections, 20'000);
    QCOMPARE(read.preferences.server.access.publishToken, "good");
    QVERIFY(problemWords(read).contains(u"server/port"));
    QVERIFY(!problemWords(read).contains(u"publish-token"));
}

void tst_Settings::conflictsInTheFileEndInDefaults()
{
    QSettings settings(m_folder.filePath(u"conflict.ini"_s), QSettings::IniFormat);
    settings.setValue(u"limits/message"_s, u"64 MB"_s);
    const ReadPreferences read = readPreferences(settings);
    QVERIFY(!read.problems.isEmpty());
    QVERIFY(read.preferences.server.limits == ServerSettings::Limits{});
}

void tst_Settings::hugeValuesAreRefused()
{
    const ReadPreferences read =
        readTexts({{u"access/origins"_s, QString(5'000'000, u'x')}}, {}, {});
    QVERIFY(!read.problems.isEmpty());
}

void tst_Settings::keeperTellsWhatChanged()
{
    QSettings settings(m_folder.filePath(u"keeper.ini"_s), QSettings::IniFormat);
    PreferencesKeeper keeper(settings);
    QSignalSpy changes(&keeper, &PreferencesKeeper::changed);
    Preferences wanted = keeper.preferences();
    keeper.apply(wanted);
    QCOMPARE(changes.size(), 0);
    wanted.listen.port = 9001;
    keeper.apply(wanted);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(PreferencesKeeper(settings).preferences().listen.port, std::uint16_t(9001));
}

void tst_Settings::fixedOnesStayAndAreNotStored()
{
    QSettings settings(m_folder.filePath(u"fixed.ini"_s), QSettings::IniFormat);
    settings.setValue(u"server/port"_s, u"7000"_s);
    PreferencesKeeper keeper(settings);
    Preferences launched = keeper.preferences();
    launched.listen.port = 9000;
    launched.server.access.publishToken = "from-the-environment";
    keeper.setLaunched(launched, {keyOf(keys::kPort), keyOf(keys::kPublishToken)});
    Preferences wanted = launched;
    wanted.listen.port = 1234;
    wanted.keepInTray = true;
    keeper.apply(wanted);
    QCOMPARE(keeper.preferences().listen.port, std::uint16_t(9000));
    QVERIFY(keeper.preferences().keepInTray);
    QCOMPARE(settings.value(u"server/port"_s).toString(), u"7000"_s);
    QVERIFY(!settings.contains(u"access/publish-token"_s));
}

void tst_Settings::differencesByWhenTheyHold()
{
    const Preferences before;
    Preferences after;
    after.listen.port = 1;
    after.server.access.relay = false;
    after.language = Language::English;
    after.server.historyFile = u"history"_s;
    after.server.limits.connections = 5;
    QCOMPARE(differences(before, after, Applies::AtOnce),
             (QStringList{u"access/relay"_s, u"window/language"_s}));
    QCOMPARE(differences(before, after, Applies::ProgramStart), QStringList{u"history/file"_s});
    QCOMPARE(differences(before, after, Applies::ServerStart),
             (QStringList{u"server/port"_s, u"limits/connections"_s}));
}

void tst_Settings::commandLineWins()
{
    Preferences stored;
    stored.listen.port = 7000;
    stored.server.access.publishToken = "stored";
    stored.server.access.subscribeToken = "also stored";
    stored.server.history.messagesPerTopic = 10;
    stored.server.limits.connections = 77;
    const CommandLine line = CommandLine::parse(
        {u"pushdeck"_s, u"--port"_s, u"9000"_s, u"--publish-token"_s, u"given"_s});
    QVERIFY(line.action == CommandLine::Action::Run);
    const Launch launch = launchWith(line, stored);
    QCOMPARE(launch.preferences.listen.port, std::uint16_t(9000));
    QCOMPARE(launch.server.access.publishToken, "given");
    QCOMPARE(launch.server.access.subscribeToken, "also stored");
    QCOMPARE(launch.server.history.messagesPerTopic, std::size_t(10));
    QCOMPARE(launch.server.limits.connections, 77);
    QCOMPARE(launch.fixed, (QSet<PreferenceKey>{keyOf(keys::kPort), keyOf(keys::kPublishToken)}));

    qputenv("PUSHDECK_OPERATOR_TOKEN", "from-env");
    const CommandLine fromEnvironment = CommandLine::parse({u"pushdeck"_s});
    qunsetenv("PUSHDECK_OPERATOR_TOKEN");
    QVERIFY(fromEnvironment.given.contains(u"operator-token"_s));
    QCOMPARE(launchWith(fromEnvironment, stored).preferences.listen.port, std::uint16_t(7000));
}

void tst_Settings::limitsOfTheCommandLineAreFixed()
{
    Preferences stored;
    stored.server.limits.backlogBytes = 32 * 1024 * 1024;
    stored.server.limits.connections = 77;
    stored.server.rates = {5, 6, 7};
    const CommandLine line =
        CommandLine::parse({u"pushdeck"_s, u"--limit"_s, u"connections=99"_s, u"--limit"_s,
                            u"frame_deadline_ms=5000"_s, u"--rate"_s, u"11"_s, u"--rule"_s,
                            u"/a publish=token"_s, u"--rule"_s, u"/b subscribe=nobody"_s});
    QVERIFY2(line.action == CommandLine::Action::Run, qPrintable(line.text));
    const Launch launch = launchWith(line, stored);
    QCOMPARE(launch.server.limits.connections, 99);
    QCOMPARE(launch.server.limits.frameDeadline, std::chrono::milliseconds(5000));
    QCOMPARE(launch.server.limits.backlogBytes, qint64(32 * 1024 * 1024)); // as stored
    QCOMPARE(launch.preferences.server.limits.connections, 99);
    QCOMPARE(launch.server.rate, (PublishRate{11, 6, 7}));
    QCOMPARE(launch.server.access.topicRules, "/a publish=token\n/b subscribe=nobody\n");
    for (const QString &key : {u"limits/connections"_s, u"limits/frame-deadline"_s,
                               keyOf(keys::kRate), keyOf(keys::kTopicRules)})
        QVERIFY2(launch.fixed.contains(key), qPrintable(key));
    for (const QString &key : {u"limits/backlog"_s, keyOf(keys::kBurst), keyOf(keys::kJwtKey)})
        QVERIFY2(!launch.fixed.contains(key), qPrintable(key));
}

void tst_Settings::accessOfTheCommandLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words"); // of the refusal; empty: it runs
    const auto row = [](const char *name, const QStringList &arguments, const QString &words) {
        QTest::newRow(name) << QStringList{u"pushdeck"_s} + arguments << words;
    };
    row("rule", {u"--rule"_s, u"/a publish=any"_s}, u"--rule: Line 1: 'publish=any'"_s);
    row("rules", {u"--rules"_s, u"/nowhere/rules"_s}, u"--rules: cannot read /nowhere/rules"_s);
    row("key", {u"--jwt-key"_s, u"short"_s}, u"--jwt-key: A secret"_s);
    row("key of a file", {u"--jwt-key"_s, u"@/nowhere/key"_s}, u"cannot read /nowhere/key"_s);
    row("good key", {u"--jwt-key"_s, QString(32, u'k')}, {});
    row("rate", {u"--rate"_s, u"-1"_s}, u"--rate takes a number from 0"_s);
    row("burst", {u"--burst"_s, u"0"_s}, u"--burst takes a number from 1"_s);
    row("limit without a value", {u"--limit"_s, u"connections"_s}, u"names no limit"_s);
    row("limit of nothing", {u"--limit"_s, u"speed=1"_s}, u"'speed=1' names no limit"_s);
    row("limit too high", {u"--limit"_s, u"head_fields=99"_s},
        u"head_fields is a number from 10 to 90"_s);
    row("limit, not a number", {u"--limit"_s, u"body_bytes=1MB"_s}, u"body_bytes is a number"_s);
    row("limits at odds", {u"--limit"_s, u"backlog_bytes=65536"_s},
        u"backlog_bytes is too small"_s);
    row("limits that go together",
        {u"--limit"_s, u"backlog_bytes=65536"_s, u"--limit"_s, u"body_bytes=65536"_s, u"--limit"_s,
         u"frame_bytes=65536"_s},
        {});
}

void tst_Settings::accessOfTheCommandLine()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, words);
    const CommandLine line = CommandLine::parse(arguments);
    QVERIFY2(line.text.contains(words), qPrintable(line.text));
    QCOMPARE(line.action == CommandLine::Action::Fail, !words.isEmpty());
}

void tst_Settings::rulesAndKeyAreJudgedByTheServer()
{
    const Machine machine = thisMachine();
    const auto problemOf = [&machine](const char16_t *key, const QString &text) {
        const ReadPreferences read = readTexts({{keyOf(key), text}}, {}, machine);
        return read.problems.value(keyOf(key));
    };
    QVERIFY(problemOf(keys::kTopicRules, u"/a publish=token\n/b"_s).contains(u"Line 2"));
    QCOMPARE(problemOf(keys::kTopicRules, u"/a publish=token"_s), QString());
    QCOMPARE(problemOf(keys::kTopicRules, {}), QString());
    QVERIFY(problemOf(keys::kJwtKey, u"short"_s).contains(u"32 bytes"));
    QVERIFY(problemOf(keys::kJwtKey, u"@/nowhere/key.pem"_s).contains(u"/nowhere/key.pem"));
    QCOMPARE(problemOf(keys::kJwtKey, QString(40, u'k')), QString());
    QCOMPARE(problemOf(keys::kJwtKey, {}), QString());
}

void tst_Settings::fileIsTheOwnersOnly()
{
#ifdef Q_OS_UNIX
    constexpr QFile::Permissions kOthers =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    const QString path = m_folder.filePath(u"own/Pushdeck.conf"_s);
    QVERIFY(!prepareSettingsFile(path).problem);
    QVERIFY(!(QFile::permissions(path) & kOthers));
    {
        QSettings settings(path, QSettings::IniFormat);
        settings.setValue(u"access/publish-token"_s, u"secret"_s);
    }
    QVERIFY(!(QFile::permissions(path) & kOthers));
    // One that others may read, from before there were tokens in it.
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
    QVERIFY(!prepareSettingsFile(path).problem);
    QVERIFY(!(QFile::permissions(path) & kOthers));
    QCOMPARE(QSettings(path, QSettings::IniFormat).value(u"access/publish-token"_s).toString(),
             u"secret"_s);
#endif
}

void tst_Settings::damagedFileIsKeptAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("noise") << QByteArray("\x00\x01\xff[[[\n=", 8);
    QTest::newRow("half a line") << QByteArray("[server]\nport=9000\nacce");
    QTest::newRow("bad section") << QByteArray("[server\nport=9000\n");
    QTest::newRow("endless") << QByteArray(5 * 1024 * 1024, 'x');
}

void tst_Settings::damagedFileIsKeptAside()
{
    QFETCH(QByteArray, content);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"Pushdeck.conf"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    const SettingsFile prepared = prepareSettingsFile(path);
    QVERIFY(prepared.problem);
    QVERIFY(prepared.problem().contains(u"Pushdeck.conf.damaged"));
    QFile aside(path + u".damaged"_s);
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), content);
    QSettings settings(path, QSettings::IniFormat);
    QVERIFY(settings.allKeys().isEmpty());
    settings.setValue(u"server/port"_s, 9000);
    settings.sync();
    QCOMPARE(settings.status(), QSettings::NoError);
    QVERIFY(!prepareSettingsFile(path).problem);
}

// A folder or a pipe in the place of the file: neither is read, both are kept.
void tst_Settings::whatIsNoFileIsKeptAside()
{
#ifdef Q_OS_UNIX
    QTemporaryDir folder;
    const QString path = folder.filePath(u"Pushdeck.conf"_s);
    for (const bool pipe : {true, false}) {
        if (pipe)
            QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
        else
            QVERIFY(QDir().mkdir(path));
        QVERIFY(prepareSettingsFile(path).problem);
        QVERIFY(QFileInfo(path).isFile());
        QVERIFY(!prepareSettingsFile(path).problem);
        QVERIFY(QFile::remove(path));
    }
    QVERIFY(QFileInfo::exists(path + u".damaged"_s));
    QVERIFY(QFileInfo(path + u".damaged-2"_s).isDir());
#else
    QSKIP("pipes are files on Unix");
#endif
}

void tst_Settings::secondDamagedFileDoesNotReplaceTheFirst()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"Pushdeck.conf"_s);
    for (int i = 0; i < 2; ++i) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        // Another length: QSettings remembers what it read of a file, by size and time.
        file.write(i == 0 ? "broken" : "broken again");
        file.close();
        QVERIFY(prepareSettingsFile(path).problem);
    }
    QVERIFY(QFile::exists(path + u".damaged"_s));
    QVERIFY(QFile::exists(path + u".damaged-2"_s));
}

QTEST_GUILESS_MAIN(tst_Settings)
#include "tst_settings.moc"
