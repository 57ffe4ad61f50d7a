// SPDX-License-Identifier: GPL-3.0-or-later
// The field that tells when a response was made: its form, and that it is made once a second.
#include "net/datefield.h"
#include "net/refusal.h"
#include "net/responsemeter.h"

#include <QTest>

using namespace pushdeck;
using namespace std::chrono_literals;

class tst_DateField : public QObject
{
    Q_OBJECT

private slots:
    void form_data();
    void form();
    void isNowAndShared();
    void responsesGetOne_data();
    void responsesGetOne();
    void refusalsGetOne();
};

void tst_DateField::form_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QByteArray>("field");
    const auto row = [](const char *date, qint64 seconds) {
        QTest::newRow(date) << seconds << QByteArray("Date: ") + date + " GMT\r\n";
    };
    row("Sun, 06 Nov 1994 08:49:37", 784111777); // RFC 9110's example
    row("Thu, 01 Jan 1970 00:00:00", 0);
    row("Thu, 29 Feb 2024 23:59:59", 1709251199);
    row("Fri, 31 Dec 9999 23:59:59", 253402300799);
}

void tst_DateField::form()
{
    QFETCH(qint64, seconds);
    QFETCH(QByteArray, field);
    QCOMPARE(dateFieldAt(std::chrono::sys_seconds(std::chrono::seconds(seconds))), field);
    QCOMPARE(field.size(), 37);
}

void tst_DateField::isNowAndShared()
{
    const auto now = [] {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    };
    // Twice within one second, which the first try may miss.
    QTRY_VERIFY([&] {
        const auto before = now();
        const QByteArray first = dateField();
        const QByteArray second = dateField();
        return before == now() && first == dateFieldAt(before) &&
               first.constData() == second.constData();
    }());
    const QByteArray before = dateField();
    QTRY_VERIFY(dateField() != before);
}

void tst_DateField::responsesGetOne_data()
{
    QTest::addColumn<QByteArray>("response");
    QTest::addColumn<int>("dates");
    QTest::newRow("200") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na") << 1;
    QTest::newRow("204") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << 1;
    QTest::newRow("its own") << QByteArray(
                                    "HTTP/1.1 200 OK\r\ndate: x\r\nContent-Length: 0\r\n\r\n")
                             << 1;
    QTest::newRow("interim") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n") << 0;
    QTest::newRow("interim, then 200")
        << QByteArray("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        << 1;
}

void tst_DateField::responsesGetOne()
{
    QFETCH(QByteArray, response);
    QFETCH(int, dates);
    ResponseMeter meter;
    meter.begin({});
    QByteArray out;
    QVERIFY(meter.feed(response, out) != ResponseMeter::State::Broken);
    QCOMPARE(int(out.toLower().count("\r\ndate: ")), dates);
}

void tst_DateField::refusalsGetOne()
{
    QCOMPARE(int(refusalResponse({400, "No.", {}}, false).count("\r\nDate: ")), 1);
}

QTEST_APPLESS_MAIN(tst_DateField)
#include "tst_datefield.moc"
