// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/identitybook.h"

#include <QtTest>

#include <algorithm>
#include <vector>

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
    void identityOutlivesTheBook();
    void severalWithOneKeyDiffer();
    void manyWithOneKeyCostNoMore();
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

void IdentityBookTest::identityOutlivesTheBook()
{
    QString before;
    for (int run = 0; run < 2; ++run) {
        IdentityBook book(3);
        ClientInfo first = somebody(1, QStringLiteral("anna"));
        book.arrive(first, "id\nanna");
        QVERIFY(!first.identity.isEmpty());
        QVERIFY(first.identity.size() <= 40);
        book.depart(first, 2000);
        ClientInfo again = somebody(2, QStringLiteral("anna"));
        book.arrive(again, "id\nanna");
        QCOMPARE(again.identity, first.identity);
        if (run == 1)
            QCOMPARE(again.identity, before);
        before = again.identity;
    }
}

void IdentityBookTest::severalWithOneKeyDiffer()
{
    IdentityBook book(3);
    ClientInfo one = somebody(1);
    ClientInfo two = somebody(2);
    book.arrive(one, "key");
    book.arrive(two, "key");
    QVERIFY(one.identity != two.identity);
    // The first tab is loaded anew while the second stays: each keeps its own.
    book.depart(one, 3000);
    ClientInfo back = somebody(3);
    book.arrive(back, "key");
    QCOMPARE(back.identity, one.identity);
    // The same ?client_id= twice is one client.
    ClientInfo named = somebody(4, QStringLiteral("x"));
    ClientInfo alsoNamed = somebody(5, QStringLiteral("x"));
    book.arrive(named, "id\nx");
    book.arrive(alsoNamed, "id\nx");
    QCOMPARE(named.identity, alsoNamed.identity);
}

void IdentityBookTest::manyWithOneKeyCostNoMore()
{
    // A load test's clients are all alike. Looking each of them through would take minutes here.
    constexpr std::uint64_t kClients = 100'000;
    IdentityBook book(kClients / 2);
    QElapsedTimer clock;
    clock.start();
    std::vector<ClientInfo> clients;
    for (int round = 0; round < 2; ++round) {
        clients.clear();
        for (std::uint64_t i = 1; i <= kClients; ++i) {
            clients.push_back(somebody(std::uint64_t(round) * kClients + i));
            book.arrive(clients.back(), "alike");
        }
        QCOMPARE(book.away(), 0u);
        for (const ClientInfo &client : clients)
            book.depart(client, 1000);
        QCOMPARE(book.away(), kClients / 2);
    }
    QVERIFY2(clock.elapsed() < 20'000, qPrintable(QString::number(clock.elapsed())));
    // Half of them were known, half forgotten.
    const auto known = std::count_if(clients.begin(), clients.end(),
                                     [](const ClientInfo &one) { return one.reconnects > 0; });
    QCOMPARE(known, std::ptrdiff_t(kClients / 2));
}

QTEST_GUILESS_MAIN(IdentityBookTest)
#include "tst_identitybook.moc"
