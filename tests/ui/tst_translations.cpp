// SPDX-License-Identifier: GPL-3.0-or-later
// The files in resources/i18n against the sources, and against what a translation must keep.
// `./dev translate` refreshes them; what this then lists is to be translated.
#include <QtTest>

#include <map>
#include <set>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

struct Entry
{
    QString context, source;
    QStringList said; ///< one for each plural form
    bool plural = false;
    bool unfinished = false;

    QString name() const { return context + u": "_s + source; }
};
using Entries = std::vector<Entry>;

Entries readEntries(const QString &path)
{
    Entries entries;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return entries;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"name") {
            context = xml.readElementText();
        } else if (xml.name() == u"message") {
            entries.push_back({context, QString(), QStringList(),
                               xml.attributes().value(u"numerus"_s) == u"yes", false});
        } else if (xml.name() == u"source") {
            entries.back().source = xml.readElementText();
        } else if (xml.name() == u"translation") {
            entries.back().unfinished = xml.attributes().hasAttribute(u"type"_s);
            if (!entries.back().plural)
                entries.back().said << xml.readElementText();
        } else if (xml.name() == u"numerusform") {
            entries.back().said << xml.readElementText();
        }
    }
    return entries;
}

QString folder()
{
    return QStringLiteral(PUSHDECK_SOURCES "/resources/i18n/");
}

bool isChinese(QChar c)
{
    return c.unicode() >= 0x4E00 && c.unicode() <= 0x9FFF;
}

QStringList all(const QString &pattern, const QString &text)
{
    QStringList found;
    for (auto it = QRegularExpression(pattern).globalMatch(text); it.hasNext();)
        found << it.next().captured();
    found.sort();
    return found;
}

/// The sign a text ends with, the same for both languages.
QChar ending(const QString &text)
{
    static const std::map<QChar, QChar> kSame = {
        {u'：', u':'}, {u'。', u'.'}, {u'？', u'?'}, {u'！', u'!'}, {u'…', u'…'}};
    const QChar last = text.isEmpty() ? QChar() : text.back();
    if (const auto same = kSame.find(last); same != kSame.end())
        return same->second;
    return QStringView(u":.?!").contains(last) ? last : QChar();
}

/// Why `said` is no translation of `source`; empty: it may be one.
QString fault(const QString &source, const QString &said, bool chinese)
{
    if (said.trimmed().isEmpty())
        return u"is empty"_s;
    if (all(u"%L?[1-9n]"_s, source) != all(u"%L?[1-9n]"_s, said))
        return u"has other places to fill in"_s;
    // Keys, variables, paths and markup of the filter are what the operator types.
    const QString typed =
        u"(Ctrl|Alt|Shift)\\+[A-Za-z0-9]+|\\{\\{[^}]*\\}\\}|/_/[a-z]*"
        u"|\\b(dir|via|kind|topic|client|status|tag|state):[^ ]*"_s;
    if (source.contains(QRegularExpression(typed)) && chinese) {
        for (const QString &word : all(typed, source)) {
            if (!said.contains(QString(word).remove(QRegularExpression(u",?\\s*$"_s))) &&
                !source.contains(u": with a word"))
                return u"lacks "_s + word;
        }
    }
    const auto mnemonics = u"&(?=[A-Za-z0-9])"_s;
    if (all(mnemonics, source).size() != all(mnemonics, said).size())
        return u"differs in its mnemonic"_s;
    const auto lines = [](const QString &text) { return text.count(u'\n'); };
    if (lines(source) != lines(said))
        return u"has other lines"_s;
    const auto leading = [](const QString &text) {
        return text.size() - QString(text).remove(QRegularExpression(u"^ +"_s)).size();
    };
    if (leading(source) != leading(said) || source.endsWith(u' ') != said.endsWith(u' '))
        return u"has other spaces around it"_s;
    if (ending(source) != ending(said))
        return u"ends in another sign"_s;
    if (!chinese)
        return said.contains(u"(s)") ? u"has a (s) left"_s : QString();
    if (said.contains(QRegularExpression(u"[\\x{4e00}-\\x{9fff}][,;:?!.](?![A-Za-z0-9_])"_s)))
        return u"has a sign of English in Chinese"_s;
    static const QSet<QString> kAlike = {u"WebSocket"_s,  u"JSON"_s,         u"RTT"_s,
                                         u"Ctrl+Enter"_s, u"Pushdeck"_s,     u"<0.1 ms"_s,
                                         u"%1 of %2"_s,   u"Pushdeck: %1"_s, u"%1 ms"_s};
    const bool says = std::any_of(said.begin(), said.end(), isChinese);
    const bool words = source.contains(QRegularExpression(u"[A-Za-z]{2}"_s));
    if (words && !says && !kAlike.contains(source))
        return u"is not Chinese"_s;
    return {};
}

} // namespace

class tst_Translations final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void matchTheSources_data() { files(); }
    void matchTheSources();
    void areFinished_data() { files(); }
    void areFinished();
    void keepWhatMustBeKept_data() { files(); }
    void keepWhatMustBeKept();
    void carryNoLineNumbers_data() { files(); }
    void carryNoLineNumbers();
    void faultsAreFound_data();
    void faultsAreFound();

private:
    static void files();
    QTemporaryDir m_fresh;
};

void tst_Translations::files()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("forms");
    QTest::newRow("English") << u"pushdeck_en.ts"_s << 2;
    QTest::newRow("Chinese") << u"pushdeck_zh_CN.ts"_s << 1;
    QTest::newRow("the server's words in Chinese") << u"server_zh_CN.ts"_s << 1;
}

void tst_Translations::initTestCase()
{
    const QStringList names = QDir(folder()).entryList({u"*.ts"_s});
    QCOMPARE(names.size(), 3);
    for (const QString &name : names)
        QVERIFY(QFile::copy(folder() + name, m_fresh.filePath(name)));
    QProcess refresh;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LUPDATE"_s, QStringLiteral(PUSHDECK_LUPDATE));
    refresh.setProcessEnvironment(environment);
    refresh.setProcessChannelMode(QProcess::MergedChannels);
    refresh.start(folder() + u"refresh"_s, {m_fresh.path()});
    QVERIFY2(refresh.waitForFinished(60'000), qPrintable(refresh.errorString()));
    QVERIFY2(refresh.exitCode() == 0, refresh.readAll().constData());
}

void tst_Translations::matchTheSources()
{
    QFETCH(QString, file);
    const auto namesIn = [](const Entries &entries) {
        std::set<QString> names;
        for (const Entry &entry : entries)
            names.insert(entry.name() + (entry.plural ? u" (plural)"_s : QString()));
        return names;
    };
    const std::set<QString> kept = namesIn(readEntries(folder() + file));
    const std::set<QString> said = namesIn(readEntries(m_fresh.filePath(file)));
    QVERIFY(!said.empty());
    QStringList problems;
    for (const QString &name : said) {
        if (!kept.contains(name))
            problems << u"missing   "_s + name;
    }
    for (const QString &name : kept) {
        if (!said.contains(name))
            problems << u"not said  "_s + name;
    }
    QVERIFY2(problems.isEmpty(), qPrintable(u"run ./dev translate\n"_s + problems.join(u'\n')));
}

void tst_Translations::areFinished()
{
    QFETCH(QString, file);
    QFETCH(int, forms);
    QStringList problems;
    for (const Entry &entry : readEntries(m_fresh.filePath(file))) {
        if (entry.unfinished)
            problems << entry.name();
        else if (entry.said.size() != (entry.plural ? forms : 1))
            problems << entry.name() + u" lacks a plural form"_s;
    }
    QVERIFY2(problems.isEmpty(), qPrintable(u"to be translated:\n"_s + problems.join(u'\n')));
}

void tst_Translations::keepWhatMustBeKept()
{
    QFETCH(QString, file);
    QStringList problems;
    for (const Entry &entry : readEntries(folder() + file)) {
        for (const QString &said : entry.said) {
            const QString words = fault(entry.source, said, !file.contains(u"_en"));
            if (!words.isEmpty())
                problems << u"%1\n    “%2” %3"_s.arg(entry.name(), said, words);
        }
    }
    QVERIFY2(problems.isEmpty(), qPrintable(u'\n' + problems.join(u'\n')));
}

// They would change with every line above them, and with them every diff.
void tst_Translations::carryNoLineNumbers()
{
    QFETCH(QString, file);
    QFile text(folder() + file);
    QVERIFY(text.open(QIODevice::ReadOnly));
    const QByteArray all = text.readAll();
    QVERIFY(!all.contains("<location"));
    QVERIFY(!all.contains("\"vanished\"") && !all.contains("\"obsolete\""));
}

void tst_Translations::faultsAreFound_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("words");
    QTest::newRow("good") << u"Close %1…"_s << u"关闭 %1…"_s << QString();
    QTest::newRow("empty") << u"Close"_s << u" "_s << u"is empty"_s;
    QTest::newRow("place") << u"%1 of %2"_s << u"%1 / %1"_s << u"has other places to fill in"_s;
    QTest::newRow("number") << u"%n rows"_s << u"行"_s << u"has other places to fill in"_s;
    QTest::newRow("ellipsis") << u"Save…"_s << u"保存"_s << u"ends in another sign"_s;
    QTest::newRow("colon") << u"Reason:"_s << u"原因"_s << u"ends in another sign"_s;
    QTest::newRow("key") << u"Ctrl+S saves"_s << u"按 Ctrl+X 保存"_s << u"lacks Ctrl+S"_s;
    QTest::newRow("mnemonic") << u"&File"_s << u"文件"_s << u"differs in its mnemonic"_s;
    QTest::newRow("comma") << u"a, b"_s << u"甲, 乙"_s << u"has a sign of English in Chinese"_s;
    QTest::newRow("English") << u"Close"_s << u"Close"_s << u"is not Chinese"_s;
    QTest::newRow("space") << u" end"_s << u"结束"_s << u"has other spaces around it"_s;
}

void tst_Translations::faultsAreFound()
{
    QFETCH(QString, source);
    QFETCH(QString, said);
    QFETCH(QString, words);
    QCOMPARE(fault(source, said, true), words);
}

QTEST_GUILESS_MAIN(tst_Translations)
#include "tst_translations.moc"
