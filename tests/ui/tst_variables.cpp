// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/variables.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

// {{now}} and the like in the text of a message.
class tst_Variables : public QObject
{
    Q_OBJECT

private slots:
    void fills_data();
    void fills();
    void problems_data();
    void problems();
    void escapes_data();
    void escapes();
    void uuidsDiffer();
    void randomStaysInside_data();
    void randomStaysInside();
    void randomReachesBothEnds();
    void placesLeadBack();
    void hugeTexts_data();
    void hugeTexts();

private:
    std::variant<FilledText, VariableProblem> fill(const QString &text)
    {
        return fillVariables(text, {1'772'355'600'123, 41}, m_random);
    }
    QString text(const QString &from)
    {
        const auto filled = fill(from);
        const auto *good = std::get_if<FilledText>(&filled);
        return good ? good->text : u"problem: "_s + std::get<VariableProblem>(filled).words;
    }
    QRandomGenerator m_random{7};
};

void tst_Variables::fills_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("none") << u"{\"a\":{\"b\":1}} }}"_s << u"{\"a\":{\"b\":1}} }}"_s;
    QTest::newRow("now") << u"{{now}}"_s << u"2026-03-01T09:00:00.123Z"_s;
    QTest::newRow("now_ms") << u"{{now_ms}}"_s << u"1772355600123"_s;
    QTest::newRow("seq, always the same in one message") << u"{{seq}}/{{seq}}"_s << u"41/41"_s;
    QTest::newRow("spaces") << u"a {{  seq }} b"_s << u"a 41 b"_s;
    QTest::newRow("in JSON") << u"{\"n\":{{seq}}}"_s << u"{\"n\":41}"_s;
    QTest::newRow("three braces") << u"{{{seq}}}"_s << u"{41}"_s;
    QTest::newRow("literal") << u"{{{{now}}"_s << u"{{now}}"_s;
    QTest::newRow("literal and one") << u"{{{{{"_s << u"{{{"_s;
    QTest::newRow("literal and a variable") << u"{{{{{{seq}}"_s << u"{{41"_s;
    QTest::newRow("literal, a brace, a variable") << u"{{{{{{{seq}}"_s << u"{{{41"_s;
    QTest::newRow("two literals") << u"{{{{{{{{"_s << u"{{{{"_s;
    QTest::newRow("one brace at the end") << u"{"_s << u"{"_s;
    QTest::newRow("one number") << u"{{random 6 6}}{{random -3 -3}}"_s << u"6-3"_s;
    QTest::newRow("the widest numbers")
        << u"{{random 9007199254740991 9007199254740991}}"_s << u"9007199254740991"_s;
    QTest::newRow("control characters stay")
        << u"\u0000\u0001{{seq}}\u202E"_s << u"\u0000\u000141\u202E"_s;
    QTest::newRow("many lines") << u"{{seq}}\n{{seq}}\n"_s << u"41\n41\n"_s;
}

void tst_Variables::fills()
{
    QFETCH(QString, from);
    QTEST(text(from), "to");
}

void tst_Variables::problems_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("at");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("words");
    const QString open = u"{{ is not closed"_s;
    QTest::newRow("open") << u"abc{{"_s << 3 << 2 << open;
    QTest::newRow("open with a name") << u"{{now"_s << 0 << 2 << open;
    QTest::newRow("one brace closes nothing") << u"{{now} x"_s << 0 << 2 << open;
    QTest::newRow("one brace at the end") << u"{{now}"_s << 0 << 2 << open;
    QTest::newRow("over two lines") << u"{{now\n}}"_s << 0 << 2 << open;
    QTest::newRow("inside another") << u"{{random {{seq}} 6}}"_s << 0 << 2 << open;
    QTest::newRow("three open") << u"{{{"_s << 1 << 2 << open;
    QTest::newRow("second one") << u"{{seq}} {{"_s << 8 << 2 << open;
    QTest::newRow("endless name") << u"{{"_s + QString(500, u'n') + u"}}"_s << 0 << 2 << open;
    QTest::newRow("no name") << u"x{{}}"_s << 1 << 4 << u"has a name"_s;
    QTest::newRow("blank name") << u"{{   }}"_s << 0 << 7 << u"has a name"_s;
    QTest::newRow("unknown") << u"a {{user.name}}"_s << 2 << 13 << u"there is no “user.name”"_s;
    QTest::newRow("wrong case") << u"{{Now}}"_s << 0 << 7 << u"there is no “Now”"_s;
    QTest::newRow("tabs are not spaces") << u"{{\tnow}}"_s << 0 << 8 << u"there is no “⇥now”"_s;
    QTest::newRow("hostile name") << u"{{<b>\u202E}}"_s << 0 << 8 << u"“<b>⟪RLO⟫”"_s;
    QTest::newRow("seq with more") << u"{{seq 3}}"_s << 0 << 9 << u"takes nothing"_s;
    QTest::newRow("random alone") << u"{{random}}"_s << 0 << 10 << u"takes two numbers"_s;
    QTest::newRow("random with one") << u"{{random 6}}"_s << 0 << 12 << u"takes two numbers"_s;
    QTest::newRow("random with three")
        << u"{{random 1 2 3}}"_s << 0 << 16 << u"takes two numbers"_s;
    QTest::newRow("words") << u"{{random a 6}}"_s << 0 << 14 << u"“a” is not a whole number"_s;
    QTest::newRow("fraction") << u"{{random 1.5 6}}"_s << 0 << 16 << u"“1.5” is not"_s;
    QTest::newRow("hexadecimal") << u"{{random 0x1 6}}"_s << 0 << 16 << u"“0x1” is not"_s;
    QTest::newRow("minus only") << u"{{random - 6}}"_s << 0 << 14 << u"“-” is not"_s;
    QTest::newRow("Arabic digits") << u"{{random ١ 6}}"_s << 0 << 14 << u"“١” is not"_s;
    QTest::newRow("reversed") << u"{{random 6 1}}"_s << 0 << 14 << u"smaller number first"_s;
    QTest::newRow("above") << u"{{random 1 9007199254740992}}"_s << 0 << 29 << u"out of range"_s;
    QTest::newRow("below") << u"{{random -9007199254740992 1}}"_s << 0 << 30 << u"out of range"_s;
    QTest::newRow("beyond 64 bits")
        << u"{{random 1 99999999999999999999999}}"_s << 0 << 36 << u"out of range"_s;
}

void tst_Variables::problems()
{
    QFETCH(QString, from);
    QFETCH(QString, words);
    const auto filled = fill(from);
    const auto *problem = std::get_if<VariableProblem>(&filled);
    QVERIFY(problem);
    QTEST(int(problem->at), "at");
    QTEST(int(problem->length), "length");
    QVERIFY2(problem->words.contains(words), qPrintable(problem->words));
}

void tst_Variables::escapes_data()
{
    QTest::addColumn<QString>("text");
    for (int braces = 0; braces < 12; ++braces)
        QTest::addRow("%d braces", braces) << QString(braces, u'{') + u"now}}"_s;
    QTest::newRow("mixed") << u"{{{a}} {{now}} {{{{ { {{"_s;
}

void tst_Variables::escapes()
{
    QFETCH(QString, text);
    QCOMPARE(this->text(escapeVariables(text)), text);
}

void tst_Variables::uuidsDiffer()
{
    QSet<QString> seen;
    static const QRegularExpression v4(
        u"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"_s);
    for (int i = 0; i < 500; ++i) {
        for (const QString &id : text(u"{{uuid}} {{uuid}}"_s).split(u' ')) {
            QVERIFY2(v4.match(id).hasMatch(), qPrintable(id));
            seen << id;
        }
    }
    QCOMPARE(seen.size(), 1000);
}

void tst_Variables::randomStaysInside_data()
{
    QTest::addColumn<qint64>("low");
    QTest::addColumn<qint64>("high");
    QTest::newRow("a die") << qint64(1) << qint64(6);
    QTest::newRow("around zero") << qint64(-2) << qint64(2);
    QTest::newRow("everything") << -qint64(9'007'199'254'740'991) << qint64(9'007'199'254'740'991);
}

void tst_Variables::randomStaysInside()
{
    QFETCH(qint64, low);
    QFETCH(qint64, high);
    for (int i = 0; i < 2000; ++i) {
        bool ok = false;
        const qint64 n = text(u"{{random %1 %2}}"_s.arg(low).arg(high)).toLongLong(&ok);
        QVERIFY(ok && n >= low && n <= high);
    }
}

void tst_Variables::randomReachesBothEnds()
{
    QSet<QString> seen;
    for (int i = 0; i < 500; ++i)
        seen << text(u"{{random 1 6}}"_s);
    QCOMPARE(seen.size(), 6);
}

void tst_Variables::placesLeadBack()
{
    const QString from = u"ab{{seq}}cd{{{{ef"_s;
    const auto filled = std::get<FilledText>(fill(from));
    QCOMPARE(filled.text, u"ab41cd{{ef"_s);
    const int expected[] = {0, 1, 2, 2, 9, 10, 11, 11, 15, 16, 17};
    for (int i = 0; i <= filled.text.size(); ++i)
        QCOMPARE(int(filled.sourceOffset(i)), expected[i]);
    QCOMPARE(std::get<FilledText>(fill({})).sourceOffset(0), 0);
}

void tst_Variables::hugeTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << QString(8'000'000, u'x');
    QTest::newRow("open braces") << QString(8'000'000, u'{');
    QTest::newRow("closed braces") << QString(8'000'000, u'}');
    QTest::newRow("variables") << QString(u"{{uuid}}"_s).repeated(200'000);
    QTest::newRow("open at the end") << QString(8'000'000, u' ') + u"{{"_s;
    QTest::newRow("a long tail") << u"{{"_s + QString(8'000'000, u' ');
}

void tst_Variables::hugeTexts()
{
    QFETCH(QString, text);
    QElapsedTimer clock;
    clock.start();
    const auto filled = fill(text);
    QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
    if (const auto *good = std::get_if<FilledText>(&filled))
        QVERIFY(good->text.size() <= text.size() * 5);
}

QTEST_GUILESS_MAIN(tst_Variables)
#include "tst_variables.moc"
