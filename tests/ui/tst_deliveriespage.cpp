// SPDX-License-Identifier: GPL-3.0-or-later
#include "instrumented.h"
#include "windowfixture.h"

#include "ui/clients/clientspanel.h"
#include "ui/deliveries/deliveriespage.h"
#include "ui/deliveries/deliverymodel.h"
#include "ui/deliveries/deliverysummary.h"
#include "ui/deliveries/deliverytext.h"
#include "ui/deliveries/deliveryview.h"
#include "ui/inspector/inspectorpanel.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabBar>
#include <QTextDocument>

using namespace pushdeck;
using namespace Qt::StringLiterals;

namespace {

ClientDelivery row(std::uint64_t id, DeliveryState state, DeliveryWhy why)
{
    ClientDelivery row;
    row.clientId = id;
    row.transport = Transport::WebSocket;
    row.state = state;
    row.why = why;
    row.address = u"10.0.0.%1:5000"_s.arg(id);
    row.timeMs = 1'700'000'000'000;
    return row;
}

DeliveryReport report(std::vector<ClientDelivery> rows)
{
    DeliveryReport report;
    report.messageId = u"e-1"_s;
    report.memory = DeliveryReport::Memory::Remembered;
    report.takenMs = 1'700'000'004'000;
    report.clients = std::move(rows);
    return report;
}

DeliveryReportPtr counted(DeliveryReport report)
{
    for (const ClientDelivery &client : report.clients)
        ++report.counts[static_cast<std::size_t>(client.state)];
    return std::make_shared<const DeliveryReport>(std::move(report));
}

const auto live = [](std::uint64_t id) {
    return row(id, DeliveryState::Delivered, DeliveryWhy::Live);
};
const auto queued = [](std::uint64_t id, std::uint64_t bytes) {
    ClientDelivery one = row(id, DeliveryState::Queued, DeliveryWhy::InProgram);
    one.programBytes = bytes;
    return one;
};
const auto missed = [](std::uint64_t id) {
    return row(id, DeliveryState::Missed, DeliveryWhy::LeftBefore);
};

/// A window with three clients and one message, to be looked at.
class Looking final : public WindowFixture
{
public:
    Looking()
    {
        control.start({QString(), 8080});
        for (int i = 0; i < 3; ++i)
            control.addClient(Transport::WebSocket, u"/chat"_s);
        control.snapshot.clients[1].name = u"Anna"_s;
        control.publish();
        QTest::qWait(250);
        control.deliveries = report({live(1), queued(2, 2048), missed(3)});
        add("e-1");
    }
    void add(const char *id, std::uint32_t fanOut = 3, TrafficKind kind = TrafficKind::Message)
    {
        TrafficEvent event;
        event.kind = kind;
        event.direction = Direction::In;
        event.messageId = QString::fromLatin1(id);
        event.fanOut = fanOut;
        event.topic = u"/chat"_s;
        event.payload = "{}";
        event.timeMs = control.snapshot.timeMs;
        control.writableLog().append(event);
        pull();
    }
    DeliveryView *view() { return get<DeliveryView>("deliveryView"); }
    DeliveriesPage *page() { return get<DeliveriesPage>("deliveriesPage"); }
    QPoint cell(int row, int column)
    {
        return log()->visualRect(log()->model()->index(row, column)).center();
    }
    QString state(int row) { return page()->model().index(row, 0).data().toString(); }
};

} // namespace

// Who got a message, as the window shows it.
class tst_DeliveriesPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void modelKeepsItsRows();
    void modelSorts();
    void manyRowsAreQuick();
    void words();
    void opensFromTheLog_data();
    void opensFromTheLog();
    void ordinaryDoubleClickStays();
    void refreshesWhileSomethingIsQueued();
    void askedOnlyInSight();
    void oneQuestionAtATime();
    void clickChoosesTheClient();
    void headerSorts();
    void copies();
    void statesWithoutRows();
    void recordedSession();
    void theCapIsTold_data();
    void theCapIsTold();
    void hostileNames();
};

void tst_DeliveriesPage::modelKeepsItsRows()
{
    DeliveryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setReport(counted(report({live(1), live(2)})));
    QCOMPARE(resets.count(), 1);
    model.setReport(counted(report({live(1), live(2)})));
    QCOMPARE(resets.count(), 1);
    QCOMPARE(changes.count(), 1);
    model.setReport(counted(report({live(1), live(2), live(3)})));
    QCOMPARE(resets.count(), 2);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.rowOf(3), 2);
    QCOMPARE(model.rowOf(9), -1);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void tst_DeliveriesPage::modelSorts()
{
    DeliveryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setLabel([](std::uint64_t id) { return QString(QChar(u'z' - int(id))); });
    model.setReport(counted(report({live(1), queued(2, 10), missed(3), queued(4, 20)})));
    const auto ids = [&model] {
        QList<int> list;
        for (int i = 0; i < model.rowCount(); ++i)
            list << int(model.client(i).clientId);
        return list;
    };
    QCOMPARE(ids(), (QList<int>{2, 4, 3, 1})); // what is not well first
    const QPersistentModelIndex third(model.index(2, 1));
    model.sort(DeliveryModel::ClientColumn, Qt::AscendingOrder);
    QCOMPARE(ids(), (QList<int>{4, 3, 2, 1}));
    QCOMPARE(third.row(), 1);
    model.sort(DeliveryModel::WaitingColumn, Qt::DescendingOrder);
    QCOMPARE(ids(), (QList<int>{4, 2, 1, 3}));
    for (int column = 0; column < DeliveryModel::kColumns; ++column)
        model.sort(column, Qt::DescendingOrder);
}

void tst_DeliveriesPage::manyRowsAreQuick()
{
    std::vector<ClientDelivery> rows;
    for (std::uint64_t id = 1; id <= kDeliveriesListed; ++id)
        rows.push_back(id % 7 ? live(id) : queued(id, id));
    const DeliveryReportPtr many = counted(report(std::move(rows)));
    DeliveryModel model;
    DeliveryView view;
    view.setModel(&model);
    view.resize(700, 400);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    model.setReport(many);
    QCoreApplication::processEvents();
    Heartbeat beat;
    for (int i = 0; i < 5; ++i) {
        model.setReport(many);
        beat.beat();
        view.viewport()->repaint();
        beat.beat();
    }
    QVERIFY2(beat.worstCpuMs < 100 * kSlowness, qPrintable(QString::number(beat.worstCpuMs)));
}

void tst_DeliveriesPage::words()
{
    DeliveryReport three = *counted(report({live(1), queued(2, 2048), missed(3)}));
    QCOMPARE(summaryText(three), u"1 delivered · 1 queued · 1 missed"_s);
    three.counts = {118'000, 0, 2, 0};
    QCOMPARE(summaryText(three), u"118,000 delivered · 2 pending"_s);
    QCOMPARE(waitingText(live(1)), QString());
    QCOMPARE(waitingText(queued(1, 2048)), u"2 KB"_s);
    ClientDelivery both = queued(1, 2048);
    both.kernelBytes = 1024;
    QCOMPARE(waitingText(both), u"3 KB"_s);
    QCOMPARE(waitingDetail(both), u"2 KB in this program, 1 KB in the kernel"_s);
    QCOMPARE(whenText(both, both.timeMs + 4000), u"for 4 s"_s);
    both.timeMs = 0;
    QCOMPARE(whenText(both, 4000), u"—"_s);
    // Every state and every reason has words and an icon of its own.
    QStringList all;
    for (int why = 0; why <= int(DeliveryWhy::ClosedSlow); ++why)
        all << whyWords(row(1, DeliveryState::Missed, DeliveryWhy(why)));
    for (int state = 0; state < int(kDeliveryStates); ++state)
        all << stateWord(DeliveryState(state)) << stateIcon(DeliveryState(state));
    QCOMPARE(all.removeDuplicates(), 0);
    QVERIFY(!all.contains(QString()));
}

void tst_DeliveriesPage::opensFromTheLog_data()
{
    QTest::addColumn<QString>("by");
    for (const char *by :
         {"enter", "ctrl double click", "double click on the number", "keys", "tab", "menu"})
        QTest::newRow(by) << QString::fromLatin1(by);
}

void tst_DeliveriesPage::opensFromTheLog()
{
    QFETCH(QString, by);
    Looking f;
    f.choose(0);
    QVERIFY(f.control.asks.empty());
    if (by == u"enter"_s) {
        QTest::keyClick(f.log(), Qt::Key_Return);
    } else if (by == u"ctrl double click"_s) {
        QTest::mouseDClick(f.log()->viewport(), Qt::LeftButton, Qt::ControlModifier,
                           f.cell(0, TrafficModel::TopicColumn));
    } else if (by == u"double click on the number"_s) {
        QTest::mouseDClick(f.log()->viewport(), Qt::LeftButton, {},
                           f.cell(0, TrafficModel::FanOutColumn));
    } else if (by == u"keys"_s) {
        f.action("Alt+4")->trigger();
    } else if (by == u"tab"_s) {
        auto *tabs = f.get<QTabBar>("inspectorTabs");
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(3).center());
    } else {
        emit f.log()->customContextMenuRequested(f.cell(0, TrafficModel::TopicColumn));
        QMenu *menu = f.panel()->findChild<QMenu *>();
        QVERIFY(menu);
        QVERIFY(menu->actions().first()->text().startsWith(u"Who got this message"_s));
        menu->actions().first()->trigger();
        menu->close();
    }
    QVERIFY(f.page()->isVisible());
    QVERIFY(!f.control.asks.empty());
    QCOMPARE(f.control.asks.front(), u"e-1"_s);
    QCOMPARE(f.page()->summary(), u"1 delivered · 1 queued · 1 missed"_s);
    QCOMPARE(f.get<DeliverySummary>("deliverySummary")->accessibleName(), f.page()->summary());
    QCOMPARE(f.page()->model().rowCount(), 3);
    QCOMPARE(f.state(0), u"Queued"_s);
    QCOMPARE(f.page()->model().index(0, DeliveryModel::ClientColumn).data().toString(), u"Anna"_s);
    QCOMPARE(f.page()->model().index(0, DeliveryModel::WaitingColumn).data().toString(), u"2 KB"_s);
    QCOMPARE(f.get<QTabBar>("inspectorTabs")->tabText(3), u"Deliveries"_s);
    if (by == u"enter"_s) {
        // There and back with the keyboard.
        QCOMPARE(QApplication::focusWidget(), f.view());
        QTest::keyClick(f.view(), Qt::Key_Escape);
        QCOMPARE(QApplication::focusWidget(), f.log());
    }
}

void tst_DeliveriesPage::ordinaryDoubleClickStays()
{
    Looking f;
    f.choose(0);
    QTest::mouseDClick(f.log()->viewport(), Qt::LeftButton, {},
                       f.cell(0, TrafficModel::TopicColumn));
    QVERIFY(!f.page()->isVisible());
    // Nor is there anybody to show for what is no message.
    f.add("", 0, TrafficKind::Notice);
    f.choose(1);
    QTest::keyClick(f.log(), Qt::Key_Return);
    QVERIFY(!f.page()->isVisible());
    QVERIFY(f.control.asks.empty());
}

void tst_DeliveriesPage::refreshesWhileSomethingIsQueued()
{
    Looking f;
    f.choose(0);
    f.action("Alt+4")->trigger();
    QCOMPARE(f.control.asks.size(), 1u);
    QElapsedTimer clock;
    clock.start();
    f.view()->selectRow(1);
    const std::uint64_t chosen = f.page()->model().client(1).clientId;
    QTRY_COMPARE(f.control.asks.size(), 3u);
    QVERIFY(clock.elapsed() >= 2 * DeliveriesPage::kQueuedMs - 50); // twice a second, no more
    // All have it: another order, the same row chosen, and no question any more.
    f.control.deliveries = report({live(1), live(2), missed(3)});
    QTRY_COMPARE(f.page()->summary(), u"2 delivered · 1 missed"_s);
    QCOMPARE(f.page()->model().client(f.view()->currentIndex().row()).clientId, chosen);
    const std::size_t asks = f.control.asks.size();
    QTest::qWait(DeliveriesPage::kQueuedMs + 200);
    QCOMPARE(f.control.asks.size(), asks);
    f.view()->setFocus();
    QTest::keyClick(f.view(), Qt::Key_R, Qt::AltModifier);
    QCOMPARE(f.control.asks.size(), asks + 1);
}

void tst_DeliveriesPage::askedOnlyInSight()
{
    Looking f;
    f.add("e-2");
    f.choose(0);
    f.choose(1);
    QVERIFY(f.control.asks.empty());
    f.action("Alt+4")->trigger();
    QCOMPARE(f.control.asks.size(), 1u);
    QCOMPARE(f.control.asks.back(), u"e-2"_s);
    f.action("Alt+1")->trigger();
    QTest::qWait(DeliveriesPage::kQueuedMs + 200);
    QCOMPARE(f.control.asks.size(), 1u); // hidden: nobody looks
    f.action("Alt+4")->trigger();
    QCOMPARE(f.control.asks.size(), 2u);
}

void tst_DeliveriesPage::oneQuestionAtATime()
{
    Looking f;
    for (const char *id : {"e-2", "e-3", "e-4"})
        f.add(id);
    f.choose(0);
    f.control.answersAsks = false;
    f.action("Alt+4")->trigger();
    QCOMPARE(f.view()->emptyTitle(), u"Asking the server…"_s);
    f.log()->setFocus();
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(f.log(), Qt::Key_Down);
    QCOMPARE(f.control.asks, (std::vector<QString>{u"e-1"_s}));
    // The answer to what is not looked at any more brings the question for what is.
    f.control.answersAsks = true;
    f.control.askDeliveries(u"e-1"_s);
    QCOMPARE(f.control.asks.back(), u"e-4"_s);
    QCOMPARE(f.page()->model().report()->messageId, u"e-4"_s);
    // What nobody here asked for changes nothing.
    f.control.askDeliveries(u"e-2"_s);
    QCOMPARE(f.page()->model().report()->messageId, u"e-4"_s);
}

void tst_DeliveriesPage::clickChoosesTheClient()
{
    Looking f;
    f.choose(0);
    QTest::keyClick(f.log(), Qt::Key_Return);
    auto *clients = f.window->findChild<ClientsPanel *>();
    QTest::mouseClick(f.view()->viewport(), Qt::LeftButton, {},
                      f.view()->visualRect(f.page()->model().index(0, 1)).center());
    QCOMPARE(clients->selectedIds(), (std::vector<std::uint64_t>{2}));
    for (int i = 0; i < 2; ++i)
        QTest::keyClick(f.view(), Qt::Key_Down);
    QTest::keyClick(f.view(), Qt::Key_Return);
    QCOMPARE(clients->selectedIds(), (std::vector<std::uint64_t>{1}));
    QVERIFY(!clients->choose(999));
    QCOMPARE(clients->selectedIds(), (std::vector<std::uint64_t>{1}));
}

void tst_DeliveriesPage::headerSorts()
{
    Looking f;
    f.choose(0);
    f.action("Alt+4")->trigger();
    QHeaderView *header = f.view()->horizontalHeader();
    const auto click = [header](int column) {
        QTest::mouseClick(
            header->viewport(), Qt::LeftButton, {},
            QPoint(header->sectionViewportPosition(column) + 10, header->height() / 2));
    };
    click(DeliveryModel::ClientColumn);
    const QString first = f.page()->model().label(0);
    click(DeliveryModel::ClientColumn);
    QCOMPARE(f.page()->model().label(2), first);
    click(DeliveryModel::StateColumn);
    QCOMPARE(f.state(0), u"Queued"_s);
    click(DeliveryModel::StateColumn);
    QCOMPARE(f.state(0), u"Delivered"_s);
}

void tst_DeliveriesPage::copies()
{
    Looking f;
    f.choose(0);
    QTest::keyClick(f.log(), Qt::Key_Return);
    f.view()->selectRow(0);
    QTest::keyClick(f.view(), Qt::Key_C, Qt::ControlModifier);
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY2(text.startsWith(u"Queued\tAnna\t#2\tWS\t"_s), qPrintable(text));
    QCOMPARE(text.count(u'\n'), 0);
    for (QAction *action : f.view()->actions()) {
        if (action->text() == u"Copy all rows"_s)
            action->trigger();
    }
    QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 2);
}

void tst_DeliveriesPage::statesWithoutRows()
{
    Looking f;
    f.choose(0);
    f.action("Alt+4")->trigger();
    const auto titleOf = [&f](const char *id, DeliveryReport::Memory memory) {
        f.control.deliveries = report({});
        f.control.deliveries.memory = memory;
        f.add(id);
        f.choose(f.log()->model()->rowCount() - 1);
        return f.view()->emptyTitle();
    };
    using M = DeliveryReport::Memory;
    QCOMPARE(titleOf("e-2", M::Evicted), u"No longer known"_s);
    QCOMPARE(f.page()->summary(), u"No longer known"_s);
    QCOMPARE(titleOf("e-3", M::Unknown), u"Not known"_s);
    QCOMPARE(titleOf("e-4", M::Remembered), u"Nobody was there to get it"_s);
    const std::size_t asks = f.control.asks.size();
    QCOMPARE(titleOf("", M::Remembered), u"Not relayed"_s);
    QCOMPARE(f.control.asks.size(), asks);
    QCOMPARE(f.page()->model().rowCount(), 0);
}

void tst_DeliveriesPage::recordedSession()
{
    Looking f;
    auto log = std::make_shared<TrafficLog>();
    TrafficEvent event;
    event.kind = TrafficKind::Message;
    event.messageId = u"e-1"_s;
    event.fanOut = 118;
    event.topic = u"/chat"_s;
    log->append(event);
    f.panel()->showSession(u"x.jsonl"_s, log);
    f.choose(0);
    f.action("Alt+4")->trigger();
    QVERIFY(f.control.asks.empty());
    QVERIFY2(f.page()->summary().contains(u"118"_s), qPrintable(f.page()->summary()));
    QCOMPARE(f.page()->model().rowCount(), 0);
}

void tst_DeliveriesPage::theCapIsTold_data()
{
    QTest::addColumn<int>("missedListed");
    QTest::addColumn<int>("deliveredUnlisted");
    QTest::addColumn<int>("missedUnlisted");
    QTest::addColumn<QString>("summary");
    QTest::addColumn<QString>("note");
    QTest::newRow("all fit") << 0 << 0 << 0 << u"10,000 delivered"_s
                             << u"12,345 clients as it was published"_s;
    QTest::newRow("delivered") << 1 << 2'345 << 0 << u"12,344 delivered · 1 missed"_s
                               << u"2,345 of those delivered are not listed"_s;
    QTest::newRow("more missed it than fit")
        << 10'000 << 5 << 2'340 << u"5 delivered · 12,340 missed"_s
        << u"10,000 of 12,345 are listed"_s;
}

// A report lists so many and counts all; what is not listed is said, whoever it is.
void tst_DeliveriesPage::theCapIsTold()
{
    QFETCH(int, missedListed);
    QFETCH(int, deliveredUnlisted);
    QFETCH(int, missedUnlisted);
    Looking f;
    std::vector<ClientDelivery> rows;
    for (std::size_t i = 1; i <= kDeliveriesListed; ++i)
        rows.push_back(i <= std::size_t(missedListed) ? missed(i) : live(i));
    f.control.deliveries = report(std::move(rows));
    f.control.deliveries.counts[std::size_t(DeliveryState::Delivered)] =
        std::uint64_t(deliveredUnlisted);
    f.control.deliveries.counts[std::size_t(DeliveryState::Missed)] = std::uint64_t(missedUnlisted);
    f.add("e-1", 12'345);
    f.choose(f.log()->model()->rowCount() - 1);
    f.action("Alt+4")->trigger();
    QTRY_COMPARE(f.page()->model().rowCount(), int(kDeliveriesListed));
    QTEST(f.page()->summary(), "summary");
    auto *summary = f.get<DeliverySummary>("deliverySummary");
    QTEST(summary->toolTip(), "note");
    QTEST(summary->accessibleDescription(), "note");
    // It stands there, too: without it the same picture looks another way.
    const auto picture = [summary] { return summary->grab().toImage(); };
    const QImage told = picture();
    summary->setNote({});
    QVERIFY(picture() != told);
}

void tst_DeliveriesPage::hostileNames()
{
    Looking f;
    ClientDelivery evil = live(77); // not in the list of clients
    evil.name = u"<h1>Big</h1>\u202Eevil\r\nsecond"_s;
    f.control.deliveries = report({evil});
    f.choose(0);
    f.action("Alt+4")->trigger();
    const QModelIndex index = f.page()->model().index(0, DeliveryModel::ClientColumn);
    QVERIFY(!index.data().toString().contains(u'\n'));
    QVERIFY(!index.data().toString().contains(QChar(0x202E)));
    const QString tip = index.data(Qt::ToolTipRole).toString();
    QVERIFY(!Qt::mightBeRichText(tip) || tip.contains(u"&lt;h1"_s));
    f.view()->selectRow(0);
    QTest::keyClick(f.view(), Qt::Key_Return); // gone from the list: nothing happens
}

QTEST_MAIN(tst_DeliveriesPage)
#include "tst_deliveriespage.moc"
