// SPDX-License-Identifier: GPL-3.0-or-later
// The server on its own thread, steered and watched from this one, as the program does it. Meant to
// be run under the thread sanitizer as well.
#include "app/serverthread.h"

#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

#include <memory>
#include <vector>

using namespace pushdeck;

class ThreadsTest : public QObject
{
    Q_OBJECT

private slots:
    void commandsAndTrafficCross();
    void stopsWhileTrafficFlows();
    void stopsBeforeItEverStarted();
};

namespace {

constexpr int kClients = 8;
constexpr int kMessages = 200;

struct Connected
{
    std::vector<std::unique_ptr<QWebSocket>> sockets;
    int received = 0;
};

quint16 started(ServerControl &control)
{
    QSignalSpy spy(&control, &ServerControl::started);
    control.start({QStringLiteral("127.0.0.1"), 0});
    if (spy.isEmpty() && !spy.wait())
        return 0;
    return spy.first().first().value<quint16>();
}

void connectClients(Connected &clients, quint16 port)
{
    for (int i = 0; i < kClients; ++i) {
        auto socket = std::make_unique<QWebSocket>();
        QObject::connect(socket.get(), &QWebSocket::textMessageReceived, socket.get(),
                         [&clients] { ++clients.received; });
        socket->open(QUrl(QStringLiteral("ws://127.0.0.1:%1/t").arg(port)));
        clients.sockets.push_back(std::move(socket));
    }
}

SendRequest message(std::uint64_t ref)
{
    SendRequest request;
    request.ref = ref;
    request.target.kind = SendTarget::Kind::Topic;
    request.target.topic = QStringLiteral("/t");
    request.data = QByteArray::number(qulonglong(ref));
    return request;
}

} // namespace

void ThreadsTest::commandsAndTrafficCross()
{
    ServerThread control({});
    QSignalSpy sent(&control, &ServerControl::sent);
    const quint16 port = started(control);
    QVERIFY(port > 0);
    Connected clients;
    connectClients(clients, port);
    QTRY_COMPARE(control.snapshots().latest()->clients.size(), std::size_t(kClients));

    // The window's part: pull the log and the snapshot while messages flow.
    std::uint64_t seen = 0;
    std::size_t messageRows = 0;
    const auto pull = [&] {
        const TrafficLog::Slice slice = control.log().since(seen);
        for (const TrafficRow &row : slice.events) {
            if (row->kind != TrafficKind::Message)
                continue;
            ++messageRows;
            QCOMPARE(row->fanOut, std::uint32_t(kClients));
        }
        if (!slice.events.empty())
            seen = slice.events.back()->number;
    };
    for (int i = 1; i <= kMessages; ++i) {
        control.send(message(static_cast<std::uint64_t>(i)));
        if (i % 10 == 0) {
            QCoreApplication::processEvents();
            pull();
        }
    }
    QTRY_COMPARE(clients.received, kClients * kMessages);
    QTRY_COMPARE(sent.size(), kMessages);
    for (int i = 0; i < kMessages; ++i) {
        const auto outcome = sent.at(i).first().value<SendOutcome>();
        QCOMPARE(outcome.ref, std::uint64_t(i + 1));
        QVERIFY(outcome.ok);
        QCOMPARE(outcome.delivered + outcome.queued, std::uint32_t(kClients));
    }
    pull();
    QCOMPARE(messageRows, std::size_t(kMessages));

    const std::uint64_t first = control.snapshots().latest()->clients.front().id;
    control.closeClient(first, 4001, QStringLiteral("enough"));
    QTRY_COMPARE(control.snapshots().latest()->clients.size(), std::size_t(kClients - 1));
}

void ThreadsTest::stopsWhileTrafficFlows()
{
    Connected clients;
    auto thread = std::make_unique<ServerThread>(ServerOptions{});
    const quint16 port = started(*thread);
    connectClients(clients, port);
    QTRY_COMPARE(thread->snapshots().latest()->clients.size(), std::size_t(kClients));
    for (int i = 1; i <= kMessages; ++i)
        thread->send(message(static_cast<std::uint64_t>(i)));
    thread.reset();
    // Commands are carried out in order: all was sent before the stop, and the close said why.
    QTRY_COMPARE(clients.received, kClients * kMessages);
    for (const auto &socket : clients.sockets) {
        QTRY_COMPARE(socket->state(), QAbstractSocket::UnconnectedState);
        // To Qt 6.4's client 1012, which came later than RFC 6455, is an error, and it says 1002.
        const auto code = static_cast<int>(socket->closeCode());
        QVERIFY2(code == 1012 || code == 1002, QByteArray::number(code).constData());
    }
}

void ThreadsTest::stopsBeforeItEverStarted()
{
    ServerThread control({});
    QVERIFY(control.snapshots().latest()->clients.empty());
}

QTEST_GUILESS_MAIN(ThreadsTest)
#include "tst_threads.moc"
