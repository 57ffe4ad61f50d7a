// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/identitybook.h"

#include <QtTest>

using namespace pushdeck;

namespace {

ClientInfo somebody(std::uint64_t id, const QString &name = {})
{
    ClientInfo info;
    info.id = id;
    info.name = name;
    info.transport = Transport::WebSocket;
    info.connectedAtMs = static_cast<std::int64_t>(1000 * id);
    return info;
}

} // namespace

/// What is remembered of clients that went, and that it is bounded.
class IdentityBookTest final : public QObject
{
    Q_OBJECT

private slots:
    void remembersWhoWentLast();
    void whoIsHereIsNeverForgotten();
    void departingTwiceIsHarmless();
};

void IdentityBookTest::remembersWhoWentLast()
{
    IdentityBook book(3);
    for (std::uint64_t id = 1; id <= 10; ++id) {
        ClientInfo info = somebody(id);
        book.arrive(info, QByteArray::number(qulonglong(id)));
        book.depart(info, info.connectedAtMs + 500);
    }
    QCOMPARE(book.away(), 3u);
    ClientInfo forgotten = somebody(11);
    book.arrive(forgotten, "7");
    QCOMPARE(forgotten.reconnects, 0u);
    QVERIFY(!forgotten.earlier);
    ClientInfo known = somebody(12);
    book.arrive(known, "8");
    QCOMPARE(known.reconnects, 1u);
    QCOMPARE(known.earlier->size(), 1u);
    QCOMPARE(known.earlier->front().clientId, 8u);
    QCOMPARE(known.earlier->front().untilMs, 8500);
    QCOMPARE(book.away(), 2u);
}

void IdentityBookTest::whoIsHereIsNeverForgotten()
{
    IdentityBook book(1);
    ClientInfo here = somebody(1, QStringLiteral("anna"));
    book.arrive(here, "anna");
    for (std::uint64_t id = 2; id <= 50; ++id) {
        ClientInfo info = somebody(id);
        book.arrive(info, QByteArray::number(qulonglong(id)));
        book.depart(info, 0);
    }
    QCOMPARE(book.away(), 1u);
    book.depart(here, 9000);
    ClientInfo back = somebody(60, QStringLiteral("anna"));
    book.arrive(back, "anna");
    QCOMPARE(back.reconnects, 1u);
}

void IdentityBookTest::departingTwiceIsHarmless()
{
    IdentityBook book(10);
    ClientInfo info = somebody(1);
    book.depart(info, 0);
    book.arrive(info, "a");
    book.depart(info, 1);
    book.depart(info, 2);
    QCOMPARE(book.away(), 1u);
}

QTEST_GUILESS_MAIN(IdentityBookTest)
#include "tst_identitybook.moc"
