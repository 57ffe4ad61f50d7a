// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cursor.h"

#include <QtTest>

using namespace pushdeck;
using namespace std::chrono_literals;
using Kind = Cursor::Kind;

Q_DECLARE_METATYPE(pushdeck::Cursor)

/// The values of Last-Event-ID, ?last_event_id=, ?since= and If-None-Match.
class CursorTest final : public QObject
{
    Q_OBJECT

private slots:
    void understood_data();
    void understood();
    void refused_data();
    void refused();
    void idComesBackAsItWasGiven();
};

void CursorTest::understood_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Cursor>("cursor");
    const auto row = [](const char *what, const char *text, Cursor cursor) {
        QTest::newRow(what) << QByteArray(text) << cursor;
    };
    const auto after = [](const char *epoch, std::uint64_t sequence) {
        return Cursor::after({epoch, sequence});
    };
    const auto lastN = [](std::uint32_t count) { return Cursor{Kind::LastN, count, {}, {}}; };
    const auto age = [](std::chrono::milliseconds ms) { return Cursor{Kind::Age, 0, ms, {}}; };

    row("nothing is latest", "", Cursor{});
    row("latest", "latest", Cursor{});
    row("all", "all", Cursor{Kind::All, 0, {}, {}});
    row("spaces around", " all\t", Cursor{Kind::All, 0, {}, {}});

    row("the last one", "-1", lastN(1));
    row("the last ten", "-10", lastN(10));
    row("the most", "-1000000", lastN(1'000'000));

    row("seconds", "30s", age(30s));
    row("minutes", "10m", age(10min));
    row("hours", "2h", age(2h));
    row("no time at all", "0s", age(0s));
    row("a year of hours", "8760h", age(8760h));
    row("a year of minutes", "525600m", age(8760h));
    row("a year of seconds", "31536000s", age(8760h));

    row("id", "abc123-42", after("abc123", 42));
    row("id, digits only", "17-42", after("17", 42));
    row("id, upper case", "AbC-1", after("AbC", 1));
    row("id, before the first message", "abc-0", after("abc", 0));
    row("id, highest sequence", "abc-18446744073709551615", after("abc", UINT64_MAX));
    row("id, longest epoch", "abcdefghijklmnopqrstuvwxyz012345-1",
        after("abcdefghijklmnopqrstuvwxyz012345", 1));
    row("id like a word", "latest-1", after("latest", 1));

    row("entity tag", "\"abc-42\"", after("abc", 42));
    row("weak entity tag", "W/\"abc-42\"", after("abc", 42));
    row("weak, quotes lost", "W/abc-42", after("abc", 42));
    row("entity tag, spaces around", " \"abc-42\" ", after("abc", 42));
    row("empty entity tag", "\"\"", Cursor{});
    row("word in quotes", "\"latest\"", Cursor{});
}

void CursorTest::understood()
{
    QFETCH(const QByteArray, text);
    QFETCH(const Cursor, cursor);
    const auto parsed = Cursor::parse(text);
    QVERIFY2(parsed.ok(), text.constData());
    QCOMPARE(parsed->kind, cursor.kind);
    QCOMPARE(parsed->count, cursor.count);
    QCOMPARE(parsed->age.count(), cursor.age.count());
    QCOMPARE(parsed->id.epoch, cursor.id.epoch);
    QCOMPARE(parsed->id.sequence, cursor.id.sequence);
}

void CursorTest::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *what, const QByteArray &text) { QTest::newRow(what) << text; };
    row("a word", "newest");
    row("upper case", "ALL");
    row("a number", "10");
    row("any entity tag", "*");
    row("two entity tags", "\"abc-1\", \"abc-2\"");
    row("quote not closed", "\"abc-1");
    row("quote not opened", "abc-1\"");
    row("weak in quotes", "\"W/abc-1\"");
    row("lower case weak", "w/\"abc-1\"");

    row("last none", "-0");
    row("last nothing", "-");
    row("last too many", "-1000001");
    row("last far too many", "-99999999999999999999999");
    row("last, twice negative", "--1");
    row("last, positive sign", "-+1");
    row("last, a fraction", "-1.5");
    row("last, hexadecimal", "-0x10");
    row("last, space", "- 1");

    row("age without amount", "s");
    row("age without unit", "30");
    row("age in days", "3d");
    row("age, upper case", "3S");
    row("age, two units", "1h30m");
    row("age, fraction", "1.5h");
    row("age, sign", "+3s");
    row("age, space", "3 s");
    row("age over a year, hours", "8761h");
    row("age over a year, minutes", "525601m");
    row("age over a year, seconds", "31536001s");
    row("age that overflows", "99999999999999999999s");
    row("age that overflows as hours", "18446744073709551615h");

    row("id without epoch", "-");
    row("id without sequence", "abc-");
    row("id without dash", "abc42");
    row("id, epoch with a dash", "a-b-1");
    row("id, epoch with a line break", "a\nb-1");
    row("id, epoch with a space", "a b-1");
    row("id, epoch not ASCII", "\xc3\xa9-1");
    row("id, epoch with NUL", QByteArray("a\0b-1", 5));
    row("id, epoch too long", QByteArray(33, 'a') + "-1");
    row("id, sequence not a number", "abc-x");
    row("id, sequence with a sign", "abc-+1");
    row("id, sequence overflows", "abc-18446744073709551616");
    row("id, sequence with NUL", QByteArray("abc-1\0", 6));
    row("very long", QByteArray(100'000, '9'));
}

void CursorTest::refused()
{
    QFETCH(const QByteArray, text);
    const auto parsed = Cursor::parse(text);
    QVERIFY(!parsed.ok());
    QCOMPARE(parsed.error().kind, ErrorKind::BadRequest);
    // The words name every form there is.
    for (const char *form : {"latest", "all", "-N", "30s", "10m", "2h", "id"})
        QVERIFY2(parsed.error().words.contains(QLatin1String(form)), form);
}

void CursorTest::idComesBackAsItWasGiven()
{
    const MessageId id{"k3f9", 7};
    QCOMPARE(id.toByteArray(), QByteArray("k3f9-7"));
    QCOMPARE(Cursor::parse(id.toByteArray())->id, id);
    QCOMPARE(Cursor::parse('"' + id.toByteArray() + '"')->id, id);
}

QTEST_APPLESS_MAIN(CursorTest)
#include "tst_cursor.moc"
