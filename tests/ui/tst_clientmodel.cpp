// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientmodel.h"
#include "ui/clients/visits.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

class tst_ClientModel : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatASnapshotHas();
    void comesAndGoesWithoutReset();
    void goneStaysTwoMinutes();
    void goneSaysWhy();
    void filters();
    void sorts_data();
    void sorts();
    void selectionSurvivesSorting();
    void fiveThousandClients();
    void aRandomLife();
    void rttOnlyWhereReal();
    void hostileStringsStayText();
    void reconnectsAreTold();
    void states();
    void comesBackInItsRow();
    void groupsComeAndGo();
};

namespace {

ClientInfo client(std::uint64_t id, const QString &topic = u"/t"_s)
{
    ClientInfo info;
    info.id = id;
    info.transport = Transport::WebSocket;
    info.topics = {topic};
    info.address = u"10.0.0.%1"_s.arg(id % 250);
    info.connectedAtMs = static_cast<std::int64_t>(id) * 1000;
    return info;
}

/// One of few who come and go.
ClientInfo someone(std::uint64_t id, const QString &topic)
{
    ClientInfo info = client(id, topic);
    info.identity = u"who-%1"_s.arg(id % 40);
    return info;
}

std::vector<ClientInfo> clients(std::uint64_t from, std::uint64_t to)
{
    std::vector<ClientInfo> list;
    for (std::uint64_t id = from; id < to; ++id)
        list.push_back(client(id));
    return list;
}

} // namespace

void tst_ClientModel::showsWhatASnapshotHas()
{
    ClientModel model;
    QAbstractItemModelTester tester(&model);
    ClientInfo info = client(7, u"/chat"_s);
    info.messagesIn = 12;
    info.bytesIn = 2048;
    info.messagesOut = 12'431;
    info.backlogBytes = 4096;
    info.userAgent = u"curl/7.88.1"_s;
    model.update({info}, 67'000);
    const auto cell = [&model](int column) { return model.index(0, column).data().toString(); };
    QCOMPARE(cell(ClientModel::NameColumn), u"curl 7.88"_s);
    QCOMPARE(cell(ClientModel::TransportColumn), u"WS"_s);
    QCOMPARE(cell(ClientModel::TopicsColumn), u"/chat"_s);
    QCOMPARE(cell(ClientModel::AddressColumn), u"10.0.0.7"_s);
    QCOMPARE(cell(ClientModel::SinceColumn), u"1 min"_s);
    QCOMPARE(cell(ClientModel::InColumn), u"12"_s);
    QCOMPARE(cell(ClientModel::BytesInColumn), u"2 KB"_s);
    QCOMPARE(cell(ClientModel::OutColumn), u"12.4k"_s);
    QCOMPARE(cell(ClientModel::BacklogColumn), u"4 KB"_s);
    QCOMPARE(model.connectedCount(), 1);
}

void tst_ClientModel::comesAndGoesWithoutReset()
{
    ClientModel model;
    QAbstractItemModelTester tester(&model);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removes(&model, &QAbstractItemModel::rowsRemoved);
    model.update(clients(1, 100), 1000);
    QCOMPARE(inserts.size(), 1);
    model.update(clients(1, 150), 1100);
    QCOMPARE(inserts.size(), 2);
    QCOMPARE(model.rowCount(), 149);
    model.update(clients(50, 150), 1200);
    QCOMPARE(model.rowCount(), 149);
    QCOMPARE(model.connectedCount(), 100);
    model.update(clients(50, 150), 1200 + ClientModel::kGoneStayMs);
    QCOMPARE(model.rowCount(), 100);
    QCOMPARE(removes.size(), 1);
    QCOMPARE(resets.size(), 0);
}

void tst_ClientModel::goneStaysTwoMinutes()
{
    ClientModel model;
    model.update(clients(1, 3), 1000);
    model.update(clients(2, 3), 2000);
    QVERIFY(model.find(1)->gone);
    model.update(clients(2, 3), 2000 + ClientModel::kGoneStayMs - 1);
    QCOMPARE(model.rowCount(), 2);
    model.update(clients(2, 3), 2000 + ClientModel::kGoneStayMs);
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(!model.find(1));
}

void tst_ClientModel::goneSaysWhy()
{
    ClientModel model;
    model.update(clients(1, 4), 1000);
    model.noteClosed(1, 1006, u"lost"_s); // before the snapshot that lacks it
    model.update(clients(3, 4), 2000);
    model.noteClosed(2, 1000, u"bye"_s); // after it
    QCOMPARE(stateWords(*model.find(1), 2000), u"closed 1006 · lost"_s);
    QCOMPARE(stateWords(*model.find(2), 2000), u"closed 1000 · bye"_s);
}

void tst_ClientModel::filters()
{
    ClientModel model;
    QAbstractItemModelTester tester(&model);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.update({client(1, u"/chat"_s), client(2, u"/news"_s), client(3, u"/chat"_s)}, 1000);
    model.setFilterText(u"CHAT"_s);
    QCOMPARE(model.rowCount(), 2);
    model.setFilterText(u"chat 10.0.0.3"_s);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.idAt(0), 3u);
    model.update({client(1, u"/chat"_s), client(3, u"/chat"_s), client(4, u"/x"_s)}, 1100);
    QCOMPARE(model.rowCount(), 1);
    model.setFilterText(u"#1"_s);
    QCOMPARE(model.idAt(0), 1u);
    model.setFilterText({});
    QCOMPARE(model.rowCount(), 4); // the gone one too
    QCOMPARE(resets.size(), 0);
}

void tst_ClientModel::sorts_data()
{
    QTest::addColumn<int>("column");
    for (int column = 0; column < ClientModel::ColumnCount; ++column)
        QTest::addRow("column %d", column) << column;
}

void tst_ClientModel::sorts()
{
    QFETCH(int, column);
    ClientModel model;
    QAbstractItemModelTester tester(&model);
    auto list = clients(1, 40);
    QRandomGenerator random(3);
    for (ClientInfo &info : list) {
        info.messagesIn = random.bounded(100u);
        info.messagesOut = random.bounded(100u);
        info.bytesIn = random.bounded(100u);
        info.bytesOut = random.bounded(100u);
        info.backlogBytes = random.bounded(100u);
        if (info.id % 3)
            info.rttMs = random.bounded(100.0);
    }
    model.update(list, 100'000);
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        model.sort(column, order);
        QCOMPARE(model.rowCount(), 39);
        const auto key = [&model, column](int row) -> double {
            const ClientInfo &info = model.row(row).info;
            switch (column) {
                case ClientModel::InColumn:
                    return double(info.messagesIn);
                case ClientModel::OutColumn:
                    return double(info.messagesOut);
                case ClientModel::BytesInColumn:
                    return double(info.bytesIn);
                case ClientModel::BytesOutColumn:
                    return double(info.bytesOut);
                case ClientModel::BacklogColumn:
                    return double(info.backlogBytes);
                case ClientModel::RttColumn:
                    return info.rttMs.value_or(-1);
                case ClientModel::SinceColumn:
                    return double(info.connectedAtMs);
                default:
                    return 0;
            }
        };
        for (int row = 1; row < model.rowCount(); ++row) {
            if (order == Qt::AscendingOrder)
                QVERIFY(key(row - 1) <= key(row));
            else
                QVERIFY(key(row - 1) >= key(row));
        }
    }
}

void tst_ClientModel::selectionSurvivesSorting()
{
    ClientModel model;
    QAbstractItemModelTester tester(&model);
    auto list = clients(1, 20);
    model.update(list, 1000);
    model.sort(ClientModel::OutColumn, Qt::DescendingOrder);
    const QPersistentModelIndex chosen = model.index(model.rowOf(5), 0);
    list[4].messagesOut = 99;
    model.update(list, 1100);
    QCOMPARE(chosen.row(), 0);
    QCOMPARE(model.idAt(chosen.row()), 5u);
}

void tst_ClientModel::fiveThousandClients()
{
    ClientModel model;
    auto list = clients(1, 5001);
    model.update(list, 1000);
    model.sort(ClientModel::OutColumn, Qt::DescendingOrder);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy layouts(&model, &QAbstractItemModel::layoutChanged);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QRandomGenerator random(5);
    QElapsedTimer clock;
    clock.start();
    for (int tick = 0; tick < 10; ++tick) {
        for (ClientInfo &info : list)
            info.messagesOut += random.bounded(50u);
        model.update(list, 1000 + tick);
    }
    // Ten updates of all of them: one signal each, whatever changed.
    QCOMPARE(changes.size(), 10);
    QVERIFY(layouts.size() <= 10);
    QCOMPARE(resets.size(), 0);
    qInfo("an update of 5000 sorted clients: %.1f ms", double(clock.elapsed()) / 10);
}

void tst_ClientModel::aRandomLife()
{
    ClientModel model;
    QAbstractItemModelTester tester(&model);
    QRandomGenerator random(11);
    std::vector<ClientInfo> list;
    std::uint64_t next = 1;
    std::int64_t now = 1000;
    for (int step = 0; step < 400; ++step) {
        now += random.bounded(20'000);
        for (unsigned i = random.bounded(12u); i > 0; --i)
            list.push_back(someone(next++, random.bounded(2) ? u"/chat"_s : u"/news"_s));
        std::erase_if(list, [&random](const ClientInfo &) { return random.bounded(10) == 0; });
        for (ClientInfo &info : list) {
            info.messagesOut += random.bounded(5u);
            if (random.bounded(20) == 0)
                info.topics = {random.bounded(2) ? u"/chat"_s : u"/news"_s};
        }
        if (random.bounded(5) == 0)
            model.sort(random.bounded(int(ClientModel::ColumnCount)),
                       random.bounded(2) ? Qt::AscendingOrder : Qt::DescendingOrder);
        if (random.bounded(5) == 0)
            model.setFilterText(random.bounded(2) ? u"chat"_s : QString());
        if (random.bounded(6) == 0)
            model.setGrouping(static_cast<ClientGrouping>(random.bounded(4)));
        if (random.bounded(6) == 0 && !list.empty())
            model.book().setTags(list[random.bounded(quint32(list.size()))].identity,
                                 {random.bounded(2) ? u"a"_s : u"b"_s, u"c"_s});
        if (random.bounded(10) == 0)
            model.setAllFolded(random.bounded(2));
        else if (model.rowCount() > 0 && random.bounded(3) == 0)
            model.setFolded(random.bounded(model.rowCount()), random.bounded(2));
        model.update(list, now);
        for (const ClientInfo &info : list) {
            const bool wanted = !model.isFiltered() || info.topics.first() == u"/chat"_s;
            if (!wanted)
                QVERIFY(model.rowOf(info.id) < 0);
            model.reveal(info.id);
            QCOMPARE(model.rowOf(info.id) >= 0, wanted);
        }
        // Headers stand above their members, which are counted.
        int members = 0;
        for (int row = model.rowCount() - 1; row >= 0; --row) {
            if (!model.isGroup(row)) {
                ++members;
                continue;
            }
            const ClientGroup &group = model.group(row);
            QCOMPARE(members, group.folded ? 0 : int(group.summary.members));
            members = 0;
        }
        QVERIFY(model.grouping() == ClientGrouping::None || members == 0);
    }
}

void tst_ClientModel::rttOnlyWhereReal()
{
    ClientModel model;
    ClientInfo measured = client(1);
    measured.rttMs = 12.4;
    model.update({measured, client(2)}, 5000);
    QCOMPARE(model.index(0, ClientModel::RttColumn).data().toString(), u"12 ms"_s);
    QCOMPARE(model.index(1, ClientModel::RttColumn).data().toString(), u"—"_s);
}

void tst_ClientModel::hostileStringsStayText()
{
    ClientModel model;
    ClientInfo info = client(1, u"/<img src=x>\u202E"_s);
    info.name = u"<h1>Big</h1>\r\nsecond"_s;
    info.userAgent = u"<script>\x07"_s;
    model.update({info}, 1000);
    QCOMPARE(model.index(0, 0).data().toString(), u"<h1>Big</h1>⟪CR⟫↵second"_s);
    const QString tip = model.index(0, 0).data(Qt::ToolTipRole).toString();
    QVERIFY(!tip.contains(u"<h1>"));
    QVERIFY(!tip.contains(u"<script>"));
    QVERIFY(!tip.contains(u"<img"));
    QVERIFY(!tip.contains(QChar(0x202E)));
    QVERIFY(tip.contains(u"&lt;h1&gt;"));
}

void tst_ClientModel::reconnectsAreTold()
{
    ClientInfo info = client(4);
    QVERIFY(visitLines(info).isEmpty());
    info.transport = Transport::Sse;
    info.connectedAtMs = 14'100;
    info.reconnects = 3;
    info.resumedAt = u"e-17"_s;
    info.missed = 5;
    info.earlier = std::make_shared<const ClientVisits>(
        ClientVisits{{1, Transport::LongPoll, 1000, 2000, {}, 0, true},
                     {2, Transport::WebSocket, 4000, 10'000, {}, 0, false}});
    const QStringList lines = visitLines(info);
    QCOMPARE(lines.size(), 5);
    QCOMPARE(lines[0], u"Reconnect 3, after 4.1 s, over SSE instead of WS"_s);
    QCOMPARE(lines[1], u"Resumed at e-17"_s);
    QVERIFY2(lines[2].startsWith(u"missed 5 message"), qPrintable(lines[2]));
    QVERIFY2(lines[3].startsWith(u"Before: WS from "), qPrintable(lines[3]));
    QVERIFY2(lines[4].endsWith(u"missed an unknown number of messages"), qPrintable(lines[4]));
    ClientModel model;
    model.update({info}, 20'000);
    QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(u"Reconnect 3"));
}

void tst_ClientModel::states()
{
    ClientRow row;
    row.info = client(1);
    QCOMPARE(stateOf(row), ClientState::Active);
    row.info.transport = Transport::LongPoll;
    QCOMPARE(stateOf(row), ClientState::Idle);
    row.info.waiting = true;
    QCOMPARE(stateOf(row), ClientState::Waiting);
    row.info.slow = true;
    QCOMPARE(stateOf(row), ClientState::Slow);
    row.gone = true;
    QCOMPARE(stateOf(row), ClientState::Gone);
}

void tst_ClientModel::comesBackInItsRow()
{
    ClientModel model;
    QAbstractItemModelTester tester(&model);
    ClientInfo first = client(1);
    first.identity = u"anna"_s;
    model.update({first, client(2)}, 1000);
    const QPersistentModelIndex row = model.index(model.rowOf(1), 0);
    // Between two snapshots: never seen gone.
    ClientInfo second = first;
    second.id = 3;
    model.update({client(2), second}, 2000);
    QVERIFY(!model.find(1));
    QCOMPARE(model.idAt(row.row()), 3u);
    // Gone for a while, with a reason.
    model.noteClosed(3, 1006, u"lost"_s);
    model.update({client(2)}, 3000);
    QVERIFY(model.find(3)->gone);
    ClientInfo third = first;
    third.id = 4;
    model.update({client(2), third}, 4000);
    QCOMPARE(model.idAt(row.row()), 4u);
    QCOMPARE(stateOf(*model.find(4)), ClientState::Active);
    QCOMPARE(model.find(4)->closeCode, 0);
    // Twice at once: two rows. Gone for too long: a new one.
    ClientInfo fourth = first;
    fourth.id = 5;
    model.update({client(2), third, fourth}, 5000);
    QCOMPARE(model.rowCount(), 3);
    model.update({client(2)}, 6000);
    model.update({client(2)}, 6000 + ClientModel::kGoneStayMs);
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(!row.isValid());
    model.update({client(2), first}, 7000 + ClientModel::kGoneStayMs);
    QCOMPARE(model.rowCount(), 2);
}

void tst_ClientModel::groupsComeAndGo()
{
    ClientModel model;
    QAbstractItemModelTester tester(&model);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setGrouping(ClientGrouping::Topic);
    QCOMPARE(model.rowCount(), 0);
    ClientInfo both = client(1, u"/b"_s);
    both.topics << u"/a"_s;
    model.update({both, client(2, u"/b"_s)}, 1000);
    QCOMPARE(model.rowCount(), 5); // /a 1 /b 1 2
    QVERIFY(model.isGroup(0));
    QCOMPARE(model.group(0).title, u"/a"_s);
    QCOMPARE(model.idAt(0), 0u);
    QCOMPARE(model.flags(model.index(0, 0)), Qt::ItemIsEnabled | Qt::ItemNeverHasChildren);
    QCOMPARE(model.groupRow(4), 2);
    const QPersistentModelIndex row = model.index(4, 0); // client 2
    both.topics = {u"/c"_s};
    model.update({both, client(2, u"/b"_s)}, 2000);
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.idAt(row.row()), 2u);
    // A folded group says what is in it, and stays folded when it was empty for a time.
    model.setFolded(model.groupRow(row.row()), true);
    QVERIFY(!row.isValid());
    QCOMPARE(model.group(0).summary.members, 1u);
    model.setFilterText(u"/c"_s);
    QCOMPARE(model.rowCount(), 2);
    model.setFilterText({});
    QVERIFY(model.group(0).folded);
    QCOMPARE(model.folded(), QStringList{u"topic /b"_s});
    model.setGrouping(ClientGrouping::Transport);
    model.setGrouping(ClientGrouping::Topic);
    QVERIFY(model.group(0).folded);
    model.reveal(2);
    QVERIFY(model.rowOf(2) >= 0);
    QCOMPARE(resets.size(), 0);
}

QTEST_GUILESS_MAIN(tst_ClientModel)
#include "tst_clientmodel.moc"
