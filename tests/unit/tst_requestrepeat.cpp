// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/requestrepeat.h"

#include <QtTest>

using namespace pushdeck;

/// A request that comes again, the same but for one value.
class RequestRepeatTest final : public QObject
{
    Q_OBJECT

private slots:
    void learns_data();
    void learns();
    void recognises_data();
    void recognises();
    void passesOverADate_data();
    void passesOverADate();
};

namespace {

const QByteArray kHead = "GET /p?since=e-17 HTTP/1.1\r\nHost: x\r\n\r\n";

} // namespace

void RequestRepeatTest::learns_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("is");
    QTest::newRow("there once") << kHead << QByteArray("e-17") << true;
    QTest::newRow("not there") << kHead << QByteArray("e-18") << false;
    QTest::newRow("there twice") << QByteArray(kHead).replace("x", "e-17") << QByteArray("e-17")
                                 << false;
    QTest::newRow("twice, overlapping")
        << QByteArray(kHead).replace("e-17", "--1--1--") << QByteArray("--1--") << false;
    QTest::newRow("empty") << kHead << QByteArray("") << false;
    QTest::newRow("spaces") << kHead << QByteArray("e-17 H") << false;
    QTest::newRow("quotes") << QByteArray(kHead).replace("x", "\"a\"") << QByteArray("\"a\"")
                            << false;
    QTest::newRow("as long as may be")
        << QByteArray(kHead).replace("x",
                                     QByteArray(RequestRepeat::kMostBytes - kHead.size() + 1, 'x'))
        << QByteArray("e-17") << true;
    QTest::newRow("too long") << QByteArray(kHead).replace(
                                     "x",
                                     QByteArray(RequestRepeat::kMostBytes - kHead.size() + 2, 'x'))
                              << QByteArray("e-17") << false;
}

void RequestRepeatTest::learns()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, value);
    const auto repeat = RequestRepeat::of(head, value);
    QTEST(repeat != nullptr, "is");
    if (repeat) {
        QVERIFY(repeat->canBe(head.size()));
        QCOMPARE(repeat->valueIn(head), QByteArrayView(value));
    }
}

void RequestRepeatTest::recognises_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("value"); // null: it is another
    const auto row = [](const char *name, const char *from, const char *to,
                        const QByteArray &value) {
        QTest::newRow(name) << QByteArray(kHead).replace(from, to) << value;
    };
    row("another value", "e-17", "e-18", "e-18");
    row("a longer one", "e-17", "e-1234567", "e-1234567");
    row("a shorter one", "e-17", "e", "e");
    row("none", "e-17", "", {});
    row("encoded", "e-17", "e%2d17", {});
    row("a space", "e-17", "e 17", {});
    row("another parameter", "e-17", "e-17&x=y", {});
    row("another field", "e-17 HTTP/1.1", "e-17 HTTP/1.1\r\nX: e-17 HTTP/1.1", {});
    row("a question mark", "e-17", "e-1?", {});
    row("another method", "GET", "PUT", {});
    row("another host", "Host: x", "Host: y", {});
    row("incomplete", "\r\n\r\n", "\r\n", {});
    row("more behind it", "\r\n\r\n", "\r\n\r\nG", {});
    QTest::newRow("empty") << QByteArray() << QByteArray();
    // Where what stands before and after the value would overlap.
    QTest::newRow("too short") << kHead.first(kHead.size() - 4) << QByteArray();
    QTest::newRow("too long") << QByteArray(kHead).replace(
                                     "e-17", QByteArray(RequestRepeat::kMostBytes, '1'))
                              << QByteArray();
}

void RequestRepeatTest::recognises()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, value);
    const auto repeat = RequestRepeat::of(kHead, "e-17");
    QVERIFY(repeat);
    const QByteArrayView found = repeat->valueIn(bytes);
    QCOMPARE(found.isNull(), value.isNull());
    QCOMPARE(found, QByteArrayView(value));
}

void RequestRepeatTest::passesOverADate_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("value"); // null: it is another
    const QByteArray date = "Mon, 30 Nov 2026 16:00:00 GMT";
    const QByteArray later = "Mon, 30 Nov 2026 16:00:01 GMT";
    const QByteArray behind = "GET / HTTP/1.1\r\nI: e-17\r\nM: " + date + "\r\nX: y\r\n\r\n";
    const QByteArray before = "GET / HTTP/1.1\r\nM: " + date + "\r\nI: e-17\r\nX: y\r\n\r\n";
    const auto row = [&](const char *name, const QByteArray &head, const QByteArray &to,
                         const QByteArray &value) {
        QTest::newRow(name) << head << date
                            << QByteArray(head).replace("e-17", "e-1234").replace(date, to)
                            << value;
    };
    row("behind the value", behind, later, "e-1234");
    row("before the value", before, later, "e-1234");
    row("the same", behind, date, "e-1234");
    row("a longer one", behind, later + ' ', {});
    row("a shorter one", before, later.chopped(1), {});
    row("none", behind, "", {});
    row("another field in it", behind, "Mon, 30 Nov 2026\r\nX: :00 GMT", {});
    row("a line's end in it", before, "Mon, 30 Nov 2026\n16:00:00 GMT", {});
    row("a NUL in it", before, QByteArray(date).replace(' ', '\0'), {});
    const QByteArray twice = QByteArray(behind).replace("y", date);
    row("twice", twice, later, {});
    row("twice, the same", twice, date, "e-1234");
    QTest::newRow("none was told")
        << behind << QByteArray() << QByteArray(behind).replace(date, later) << QByteArray();
    QTest::newRow("not there") << behind << later << QByteArray(behind).replace(date, later)
                               << QByteArray();
    QTest::newRow("with the value in it")
        << behind << QByteArray("e-17") << behind << QByteArray("e-17");
    const QByteArray odd = QByteArray(behind).replace(date, "\"a\"");
    QTest::newRow("no date") << odd << QByteArray("\"a\"")
                             << QByteArray(odd).replace("\"a\"", "\"b\"") << QByteArray();
}

void RequestRepeatTest::passesOverADate()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, date);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, value);
    const auto repeat = RequestRepeat::of(head, "e-17", date);
    QVERIFY(repeat);
    QCOMPARE(repeat->valueIn(head), QByteArrayView("e-17"));
    const QByteArrayView found = repeat->valueIn(bytes);
    QCOMPARE(found.isNull(), value.isNull());
    QCOMPARE(found, QByteArrayView(value));
}

QTEST_APPLESS_MAIN(RequestRepeatTest)
#include "tst_requestrepeat.moc"
