// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/clientsocket.h"
#include "net/directsend.h"

#include <QtTest>

#include <QTcpServer>

#include <sys/socket.h>

#include <memory>

using namespace pushdeck;

namespace {

/// Gives away the descriptors it accepts.
class Listener final : public QTcpServer
{
public:
    qintptr latest = -1;

protected:
    void incomingConnection(qintptr descriptor) override { latest = descriptor; }
};

class Ends final
{
public:
    Ends()
    {
        listener.listen(QHostAddress::LocalHost);
        client.connectToHost(QHostAddress(QHostAddress::LocalHost), listener.serverPort());
        (void)QTest::qWaitFor([this] { return listener.latest >= 0; });
        (void)QTest::qWaitFor([this] { return client.state() == QTcpSocket::ConnectedState; });
        server = std::make_unique<ClientSocket>(state);
    }

    /// All that has come.
    QByteArray received() { return m_received += client.readAll(); }

    Listener listener;
    QTcpSocket client;
    std::shared_ptr<DoorState> state = std::make_shared<DoorState>(Limits());
    std::unique_ptr<ClientSocket> server;

private:
    QByteArray m_received;
};

} // namespace

/// What isClear() says from memory must always be what Qt's socket would say.
class ClientSocketTest final : public QObject
{
    Q_OBJECT

private slots:
    void isClearOnceConnected();
    void isNotClearWhileSomethingWaits();
    void isNotClearAfterItsEnd_data();
    void isNotClearAfterItsEnd();
    void tellsItsObserver();
};

void ClientSocketTest::isClearOnceConnected()
{
    Ends ends;
    QVERIFY(!ends.server->isClear());
    QCOMPARE(ends.server->descriptor(), -1);
    QVERIFY(ends.server->setSocketDescriptor(ends.listener.latest));
    QVERIFY(ends.server->isClear());
    QCOMPARE(ends.server->descriptor(), ends.listener.latest);
    ends.server->write("hello"); // which the kernel takes
    QVERIFY(ends.server->isClear());
    QTRY_COMPARE(ends.received(), "hello");

    ClientSocket bad(ends.state);
    QVERIFY(!bad.setSocketDescriptor(1'000'000)); // nobody has that many
    QVERIFY(!bad.isClear());
    QCOMPARE(bad.descriptor(), -1);
}

void ClientSocketTest::isNotClearWhileSomethingWaits()
{
    Ends ends;
    QVERIFY(ends.server->setSocketDescriptor(ends.listener.latest));
    ends.client.setReadBufferSize(1024);
    const QByteArray much(32 * 1024 * 1024, 'm');
    ends.server->write(much);
    QVERIFY(ends.server->bytesToWrite() > 0);
    QVERIFY(!ends.server->isClear());
    QVERIFY(!maySendDirectly(*ends.server));
    // Nothing is lost, and then it is clear again.
    ends.client.setReadBufferSize(0);
    QTRY_COMPARE_WITH_TIMEOUT(ends.received().size(), much.size(), 30'000);
    QTRY_VERIFY(ends.server->isClear());
    QVERIFY(maySendDirectly(*ends.server));
    ends.server->write("more");
    QVERIFY(ends.server->isClear());
    QTRY_VERIFY(ends.received().endsWith("more"));
}

void ClientSocketTest::isNotClearAfterItsEnd_data()
{
    QTest::addColumn<QByteArray>("how");
    for (const char *how : {"close", "abort", "disconnectFromHost", "peer leaves", "peer resets",
                            "close with something waiting"})
        QTest::newRow(how) << QByteArray(how);
}

void ClientSocketTest::isNotClearAfterItsEnd()
{
    QFETCH(QByteArray, how);
    Ends ends;
    QVERIFY(ends.server->setSocketDescriptor(ends.listener.latest));
    ends.server->setReadBufferSize(1024); // its end is seen only where there is room to read
    if (how == "close") {
        ends.server->close();
    } else if (how == "abort") {
        ends.server->abort();
    } else if (how == "disconnectFromHost") {
        ends.server->disconnectFromHost();
    } else if (how == "peer leaves") {
        ends.client.disconnectFromHost();
        QTRY_VERIFY(ends.server->state() == QTcpSocket::UnconnectedState);
    } else if (how == "peer resets") {
        const linger atOnce{1, 0};
        ::setsockopt(int(ends.client.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce,
                     sizeof atOnce);
        ends.client.abort();
        QTRY_VERIFY(ends.server->state() == QTcpSocket::UnconnectedState);
    } else {
        ends.client.setReadBufferSize(1024);
        ends.server->write(QByteArray(32 * 1024 * 1024, 'm'));
        ends.server->close();
        QVERIFY(ends.server->state() == QTcpSocket::ClosingState);
    }
    QVERIFY(!ends.server->isClear());
    QCOMPARE(ends.server->descriptor(), -1);
}

void ClientSocketTest::tellsItsObserver()
{
    Ends ends;
    ClientSocket *seen = ends.server.get();
    ends.server->setObserver(&seen);
    ends.server.reset();
    QVERIFY(!seen);
    ClientSocket *other = nullptr;
    {
        ClientSocket socket(ends.state);
        other = &socket;
        socket.setObserver(&other);
        socket.setObserver(nullptr);
    }
    QVERIFY(other); // it did not want to know any more
}

QTEST_GUILESS_MAIN(ClientSocketTest)
#include "tst_clientsocket.moc"
