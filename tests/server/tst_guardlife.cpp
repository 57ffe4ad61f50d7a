// SPDX-License-Identifier: GPL-3.0-or-later
#include "guardfixture.h"

#include <QtTest>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

using namespace pushdeck;
using namespace std::chrono_literals;

/// How connections live and end: deadlines, streams, upgrades, clients that leave, floods.
class GuardLifeTest final : public QObject
{
    Q_OBJECT

private slots:
    void deadline_data();
    void deadline();
    void trickledHeadGetsNoMoreTime();
    void idleConnectionsAreClosedWithoutAWord_data();
    void idleConnectionsAreClosedWithoutAWord();
    void clientThatDoesNotReadIsDropped();
    void lingersNoLongerThanAllowed();
    void heldClientLeaves_data();
    void heldClientLeaves();
    void floodWhileHeldIsAborted();
    void stormOfAborts();
    void streamTakesTheSocket_data();
    void streamTakesTheSocket();
    void takenSocketTellsWhenTheClientLeaves();
    void heldRequestBecomesAStream();
    void tooManyConnections();
    void takenSocketsCount();
    void outOfDescriptors();
    void upgrades();
    void upgradeOnAUsedConnection();
    void badUpgrade_data();
    void badUpgrade();
    void closeAllEndsEverything();
    void destroyedWithEverythingOpen();
    void opensAgain();
    void refusesASocketOfSomebodyElse();
    void openFails_data();
    void openFails();
    void withoutQHttpServer();
    void socketOptions();
};

namespace {

QByteArray get(const QByteArray &target)
{
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n";
}

const QByteArray kUpgrade =
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

QByteArray upgrade(const QByteArray &target = "/ws")
{
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + kUpgrade + "\r\n";
}

/// A masked text frame of at most 125 bytes, with a key of zeros.
QByteArray frame(const QByteArray &text)
{
    return QByteArray("\x81") + char(0x80 | text.size()) + QByteArray(4, '\0') + text;
}

/// Everything short that may be, the others far away.
Limits quick(std::chrono::milliseconds Limits::*which)
{
    Limits limits;
    limits.*which = 100ms;
    return limits;
}

/// Lowers the soft limit of open files for its lifetime.
class FewDescriptors final
{
public:
    explicit FewDescriptors(rlim_t most)
    {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        const rlimit fewer{most, m_before.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &fewer);
    }
    ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &m_before); }
    FewDescriptors(const FewDescriptors &) = delete;
    FewDescriptors &operator=(const FewDescriptors &) = delete;

private:
    rlimit m_before{};
};

int openDescriptors()
{
    return int(QDir(QStringLiteral("/proc/self/fd"))
                   .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
                   .size());
}

} // namespace

Q_DECLARE_METATYPE(std::chrono::milliseconds Limits::*)

void GuardLifeTest::deadline_data()
{
    QTest::addColumn<std::chrono::milliseconds Limits::*>("which");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("answered"); // requests before it
    QTest::addColumn<int>("status");
    const auto row = [](const char *what, std::chrono::milliseconds Limits::*which,
                        const QByteArray &bytes, int answered, int status) {
        QTest::newRow(what) << which << bytes << answered << status;
    };
    const QByteArray body = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel";
    const QByteArray chunks =
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    row("first head", &Limits::headDeadline, "GET /", 0, 408);
    row("first head, one byte", &Limits::headDeadline, "G", 0, 408);
    row("second head", &Limits::headDeadline, get("/echo") + "GET /", 1, 408);
    row("first body", &Limits::bodyDeadline, body, 0, 408);
    row("second body", &Limits::bodyDeadline, get("/echo") + body, 1, 408);
    row("chunked body", &Limits::bodyDeadline, chunks, 0, 408);
    row("body that was asked for", &Limits::bodyDeadline,
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n", 1,
        408);
    row("handler", &Limits::handlerDeadline, get("/hold"), 0, 503);
    row("handler of the second", &Limits::handlerDeadline, get("/echo") + get("/hold"), 1, 503);
    row("handler that forgot", &Limits::handlerDeadline, get("/never"), 0, 503);
}

void GuardLifeTest::deadline()
{
    using Which = std::chrono::milliseconds Limits::*;
    QFETCH(Which, which);
    QFETCH(QByteArray, bytes);
    QFETCH(int, answered);
    QFETCH(int, status);
    Guarded guarded(quick(which));
    RawClient client(guarded.port());
    client.send(bytes);
    for (int i = 0; i < answered; ++i)
        QVERIFY(client.response());
    const auto response = client.response();
    QVERIFY(response);
    QCOMPARE(response->status, status);
    QCOMPARE(response->field("Connection"), "close");
    QVERIFY(client.awaitClose());
    QVERIFY(guarded.held.empty());
    QTRY_COMPARE(guarded.door->openConnections(), 0);
    QVERIFY(guarded.serves());
}

/// The deadline is for the head, not for its next byte.
void GuardLifeTest::trickledHeadGetsNoMoreTime()
{
    Guarded guarded(quick(&Limits::headDeadline));
    RawClient client(guarded.port());
    client.send("GET / HTTP/1.1\r\nA: ");
    QTimer trickle;
    connect(&trickle, &QTimer::timeout, &client.socket(), [&client] { client.send("a"); });
    trickle.start(5ms);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(client.response().value_or(Response()).status, 408);
    QVERIFY(timer.elapsed() < 3000);
}

void GuardLifeTest::idleConnectionsAreClosedWithoutAWord_data()
{
    using Which = std::chrono::milliseconds Limits::*;
    QTest::addColumn<Which>("which");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("never a byte") << &Limits::headDeadline << QByteArray();
    QTest::newRow("an empty line") << &Limits::headDeadline << QByteArray("\r\n");
    QTest::newRow("after a request") << &Limits::keepAliveIdle << get("/echo");
}

void GuardLifeTest::idleConnectionsAreClosedWithoutAWord()
{
    using Which = std::chrono::milliseconds Limits::*;
    QFETCH(Which, which);
    QFETCH(QByteArray, bytes);
    Guarded guarded(quick(which));
    RawClient client(guarded.port());
    client.send(bytes);
    if (bytes.startsWith("GET"))
        QVERIFY(client.response());
    QVERIFY(client.awaitClose());
    QVERIFY(client.received().isEmpty());
    QVERIFY(guarded.refusals.empty());
    QTRY_COMPARE(guarded.door->openConnections(), 0);
}

void GuardLifeTest::clientThatDoesNotReadIsDropped()
{
    Guarded guarded(quick(&Limits::writeStall));
    for (const char *rest : {" HTTP/1.1\r\nHost: x\r\n\r\n", " HTTP/1.0\r\n\r\n"}) {
        RawClient client(guarded.port());
        client.socket().setReadBufferSize(1024);
        client.send(QByteArray("GET /big") + rest);
        QTRY_COMPARE(guarded.door->openConnections(), 1);
        QTRY_COMPARE(guarded.door->openConnections(), 0);
    }
    QVERIFY(guarded.serves());
}

void GuardLifeTest::lingersNoLongerThanAllowed()
{
    Guarded guarded(quick(&Limits::lingerDeadline));
    RawClient client(guarded.port());
    client.socket().setReadBufferSize(16); // does not see the FIN, and so does not close
    client.send("nonsense\r\n");
    QTRY_COMPARE(guarded.refusals.size(), std::size_t(1));
    QCOMPARE(guarded.door->openConnections(), 1);
    QTRY_COMPARE(guarded.door->openConnections(), 0);
}

void GuardLifeTest::heldClientLeaves_data()
{
    QTest::addColumn<int>("how");
    QTest::addColumn<QByteArray>("bytes");
    for (int how = 0; how < 3; ++how) {
        const char *names[] = {"FIN", "reset", "half-close"};
        QTest::addRow("%s", names[how]) << how << get("/hold");
        QTest::addRow("%s, on a used connection", names[how]) << how << get("/echo") + get("/hold");
        QTest::addRow("%s, more was asked", names[how]) << how << get("/hold") + get("/echo");
    }
}

void GuardLifeTest::heldClientLeaves()
{
    QFETCH(int, how);
    QFETCH(QByteArray, bytes);
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(bytes);
    QTRY_COMPARE(guarded.held.size(), std::size_t(1));
    QPointer<HttpConnection> connection = guarded.held[0].connection;
    const quint64 id = connection->connectionId();
    QSignalSpy errors(connection, &QAbstractSocket::errorOccurred);
    if (how == 0)
        client.abort();
    else if (how == 1)
        client.reset();
    else
        client.shutDownWriting();
    QTRY_COMPARE(guarded.heldLeft, 1);
    QCOMPARE(errors.size(), 1);
    QCOMPARE(guarded.door->connection(id), nullptr);
    QTRY_VERIFY(!connection);
    QTRY_COMPARE(guarded.door->openConnections(), 0);
    QVERIFY(guarded.serves());
}

void GuardLifeTest::floodWhileHeldIsAborted()
{
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(get("/hold") + QByteArray(20'000, 'a'));
    QTRY_COMPARE(guarded.held.size(), std::size_t(1));
    client.send(QByteArray(200'000, 'a'));
    QTRY_COMPARE(guarded.heldLeft, 1);
    QVERIFY(guarded.serves());
}

/// Clients that leave at every point of an exchange, in every way.
void GuardLifeTest::stormOfAborts()
{
    Limits limits;
    limits.lingerDeadline = 100ms;
    Guarded guarded(limits);
    const QByteArray conversations[] = {
        {},
        "GET",
        get("/echo"),
        get("/echo").repeated(5),
        get("/hold"),
        get("/take"),
        get("/big"),
        get("/hold") + get("/hold"),
        get("/takelater"),
        get("/chunked"),
        get("/parts"),
        "bad\r\n",
        upgrade(),
        upgrade() + "x",
        upgrade("/forbidden"),
        get("/echo") + upgrade(),
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc",
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n" +
            QByteArray(200'000, 'a'),
        "GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + get("/echo")};
    for (int round = 0; round < 12; ++round) {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (const QByteArray &bytes : conversations) {
            clients.push_back(std::make_unique<RawClient>(guarded.port()));
            clients.back()->send(bytes);
        }
        for (int turn = 0; turn < round; ++turn)
            QCoreApplication::processEvents();
        if (round % 4 == 0 && !guarded.held.empty())
            guarded.answerHeld("late");
        for (std::size_t i = 0; i < clients.size(); ++i) {
            if ((i + std::size_t(round)) % 3 == 0)
                clients[i]->reset();
            else if ((i + std::size_t(round)) % 3 == 1)
                clients[i]->abort();
            else
                clients[i].reset();
        }
        if (round % 5 == 0 && !guarded.held.empty())
            guarded.takeHeld();
        guarded.streams.clear();
        QVERIFY(guarded.serves());
    }
    QTRY_VERIFY(guarded.held.empty());
    for (const auto &socket : guarded.webSockets)
        socket->abort();
    guarded.webSockets.clear();
    guarded.streams.clear();
    QTRY_COMPARE(guarded.door->openConnections(), 0);
}

void GuardLifeTest::streamTakesTheSocket_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("answered");
    QTest::newRow("first request") << get("/take") << 0;
    QTest::newRow("later request") << get("/echo") + get("/echo") + get("/take") << 2;
    QTest::newRow("more was asked") << get("/take") + get("/echo") + "GET" << 0;
}

void GuardLifeTest::streamTakesTheSocket()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, answered);
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(bytes);
    for (int i = 0; i < answered; ++i)
        QVERIFY(client.response());
    QVERIFY(client.awaitBytes(": hello\n\n"));
    QCOMPARE(guarded.streams.size(), std::size_t(1));
    QTcpSocket &socket = *guarded.streams[0];
    QCOMPARE(socket.parent(), nullptr);
    QVERIFY(!socket.isTransactionStarted());
    QCOMPARE(socket.bytesAvailable(), 0);
    QCOMPARE(guarded.door->connection(1), nullptr);
    QTRY_VERIFY(guarded.door->findChildren<HttpConnection *>().isEmpty());
    socket.write("data: x\n\n");
    QVERIFY(client.awaitBytes("data: x\n\n"));
    QCOMPARE(guarded.door->openConnections(), 1);
    guarded.streams.clear();
    QCOMPARE(guarded.door->openConnections(), 0);
    QVERIFY(client.awaitClose());
    QVERIFY(guarded.serves());
}

void GuardLifeTest::takenSocketTellsWhenTheClientLeaves()
{
    Guarded guarded;
    for (const bool reset : {false, true}) {
        RawClient client(guarded.port());
        client.send(get("/take"));
        QVERIFY(client.awaitBytes(": hello"));
        QSignalSpy gone(guarded.streams.back().get(), &QTcpSocket::disconnected);
        if (reset)
            client.reset();
        else
            client.abort();
        QTRY_COMPARE(gone.size(), 1);
        guarded.streams.clear();
    }
}

void GuardLifeTest::heldRequestBecomesAStream()
{
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(get("/takelater"));
    QTRY_COMPARE(guarded.held.size(), std::size_t(1));
    const QPointer<HttpConnection> connection = guarded.held[0].connection;
    guarded.takeHeld();
    QVERIFY(client.awaitBytes("\r\n\r\nstream"));
    QTRY_VERIFY(!connection);
    QCOMPARE(guarded.heldLeft, 0);
    QVERIFY(client.isOpen());
}

void GuardLifeTest::tooManyConnections()
{
    Limits limits;
    limits.connections = 3;
    Guarded guarded(limits);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<RawClient>(guarded.port()));
        clients.back()->send(i == 0 ? QByteArray("GET") : get("/hold"));
    }
    QTRY_COMPARE(guarded.held.size(), std::size_t(2));
    for (int i = 0; i < 5; ++i) {
        RawClient refused(guarded.port());
        refused.send(get("/echo"));
        const auto response = refused.response();
        QVERIFY(response);
        QCOMPARE(response->status, 503);
        QVERIFY(refused.awaitClose());
    }
    QCOMPARE(guarded.refusals.size(), std::size_t(5));
    clients.pop_back();
    QTRY_COMPARE(guarded.held.size(), std::size_t(1));
    QTRY_VERIFY(guarded.door->openConnections() < 3);
    QVERIFY(guarded.serves());
    QCOMPARE(guarded.door->acceptedTotal(), quint64(9));
}

void GuardLifeTest::takenSocketsCount()
{
    Limits limits;
    limits.connections = 2;
    Guarded guarded(limits);
    RawClient stream(guarded.port());
    stream.send(get("/take"));
    QVERIFY(stream.awaitBytes(": hello"));
    RawClient webSocket(guarded.port());
    webSocket.send(upgrade());
    QVERIFY(webSocket.awaitBytes("\r\n\r\n"));
    QVERIFY(!guarded.serves());
    QCOMPARE(guarded.refusals.back().status, 503);
    guarded.streams.clear();
    QTRY_COMPARE(guarded.door->openConnections(), 1);
    QVERIFY(guarded.serves());
}

/// The process has no descriptor left: whoever comes then is told so, and the next one who comes
/// after somebody left is served.
void GuardLifeTest::outOfDescriptors()
{
    Guarded guarded;
    std::vector<std::unique_ptr<RawClient>> clients;
    QVERIFY(guarded.serves());
    QTRY_COMPARE(guarded.door->openConnections(), 0);
    // Both ends live in this process. Clients get theirs before the server accepts.
    std::vector<std::unique_ptr<QTcpSocket>> waiting;
    {
        const FewDescriptors few(rlim_t(openDescriptors() + 20));
        for (int i = 0; i < 14; ++i) {
            waiting.push_back(std::make_unique<QTcpSocket>());
            waiting.back()->connectToHost(QHostAddress(QHostAddress::LocalHost), guarded.port());
            if (!waiting.back()->waitForConnected(1000))
                break;
            waiting.back()->write(get("/hold"));
            waiting.back()->flush();
        }
        QTRY_VERIFY(!guarded.refusals.empty());
        QCOMPARE(guarded.refusals[0].status, 503);
        // Everybody was either accepted or told, in bounded time.
        QTRY_COMPARE(guarded.held.size() + guarded.refusals.size(), waiting.size());
        int told = 0;
        for (const auto &socket : waiting) {
            if (QTest::qWaitFor([&] { return socket->bytesAvailable() > 0; }, 50))
                told += int(socket->readAll().startsWith("HTTP/1.1 503 "));
        }
        QCOMPARE(std::size_t(told), guarded.refusals.size());
        waiting.clear();
        QTRY_VERIFY(guarded.held.empty());
        QTRY_VERIFY(guarded.serves());
    }
    QVERIFY(guarded.serves());
}

void GuardLifeTest::upgrades()
{
    Guarded guarded;
    QWebSocket client;
    QSignalSpy received(&client, &QWebSocket::textMessageReceived);
    client.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/a/path?q=1").arg(guarded.port())));
    QTRY_COMPARE(guarded.webSockets.size(), std::size_t(1));
    QCOMPARE(guarded.webSockets[0]->requestUrl().path(), QStringLiteral("/a/path"));
    // The server is there first, and a socket that has no answer yet sends nothing.
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    client.sendTextMessage(QStringLiteral("hello"));
    QTRY_COMPARE(received.size(), 1);

    RawClient byteByByte(guarded.port());
    for (const char c : "\r\n" + upgrade()) {
        byteByByte.send(QByteArray(1, c));
        QCoreApplication::processEvents();
    }
    QCOMPARE(byteByByte.response().value_or(Response()).status, 101);
    byteByByte.send(frame("hi"));
    QVERIFY(byteByByte.awaitBytes("\x81\x02hi"));
    QVERIFY(guarded.refusals.empty());
}

void GuardLifeTest::upgradeOnAUsedConnection()
{
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(get("/echo") + upgrade());
    QCOMPARE(client.response().value_or(Response()).status, 200);
    QCOMPARE(client.response().value_or(Response()).status, 101);
    client.send(frame("hi"));
    QVERIFY(client.awaitBytes("\x81\x02hi"));
    QTRY_VERIFY(guarded.door->findChildren<HttpConnection *>().isEmpty());
}

void GuardLifeTest::badUpgrade_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("field");
    const auto row = [](const char *what, const QByteArray &bytes, int status,
                        const QByteArray &field = {}) {
        QTest::newRow(what) << bytes << status << field;
    };
    const auto with = [](const QByteArray &from, const QByteArray &to) {
        return upgrade().replace(from, to);
    };
    row("bytes behind the head", upgrade() + frame("early"), 400);
    row("a request behind the head", upgrade() + get("/echo"), 400);
    row("POST", with("GET", "POST"), 405, "Allow: GET");
    row("HEAD", with("GET", "HEAD"), 405, "Allow: GET");
    row("with a body", with("Upgrade:", "Content-Length: 1\r\nUpgrade:") + "x", 400);
    row("with chunks", with("Upgrade:", "Transfer-Encoding: chunked\r\nUpgrade:"), 400);
    row("no key", with("Sec-WebSocket-Key", "X"), 400);
    row("short key", with("dGhl", ""), 400);
    row("key that is no base64", with("dGhl", "*Ghl"), 400);
    row("two keys", with("Upgrade:", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nUpgrade:"),
        400);
    row("version 8", with("Version: 13", "Version: 8"), 426, "Sec-WebSocket-Version: 13");
    row("no version", with("Sec-WebSocket-Version", "X"), 426, "Sec-WebSocket-Version: 13");
    row("version of words", with("Version: 13", "Version: x"), 426, "Sec-WebSocket-Version: 13");
    row("websocket among others", with("Upgrade: websocket", "Upgrade: h2c, websocket"), 400);
    row("empty host", with("Host: x", "Host:"), 400);
    row("a field Qt does not read", with("Host: x", "Host: x\r\nCookie: " + QByteArray(9000, 'a')),
        431);
    row("a target Qt does not read", upgrade("/" + QByteArray(8100, 'a')), 414);
    row("refused by the handler", upgrade("/forbidden"), 403, "X-Why: test");
    row("no upgrade but a bad head", with("Host: x", "Host : x"), 400);
}

void GuardLifeTest::badUpgrade()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    QFETCH(QByteArray, field);
    Guarded guarded;
    for (const QByteArray &before : {QByteArray(), get("/echo")}) {
        RawClient client(guarded.port());
        client.send(before + bytes);
        if (!before.isEmpty())
            QVERIFY(client.response());
        const auto response = client.response();
        QVERIFY(response);
        QCOMPARE(response->status, status);
        QVERIFY2(response->head.contains("\r\n" + field), response->head.constData());
        QCOMPARE(response->head.count("Content-Type:"), 1);
        QVERIFY(client.awaitClose());
    }
    QVERIFY(guarded.webSockets.empty());
    QCOMPARE(guarded.refusals.size(), std::size_t(status == 403 ? 0 : 2));
    QVERIFY(guarded.serves());
    QTRY_COMPARE(guarded.door->openConnections(), 0);
}

void GuardLifeTest::closeAllEndsEverything()
{
    Limits limits;
    limits.lingerDeadline = 100ms;
    Guarded guarded(limits);
    const QByteArray conversations[] = {
        {},           "GET",
        get("/echo"), get("/hold"),
        get("/big"),  "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc",
        get("/take")};
    std::vector<std::unique_ptr<RawClient>> clients;
    for (const QByteArray &bytes : conversations) {
        clients.push_back(std::make_unique<RawClient>(guarded.port()));
        clients.back()->send(bytes);
    }
    QTRY_COMPARE(guarded.served.size(), std::size_t(4));
    QTRY_COMPARE(guarded.door->openConnections(), 7);
    guarded.door->closeAll();
    QVERIFY(guarded.held.empty());
    QCOMPARE(guarded.heldLeft, 1);
    QVERIFY(!guarded.door->isListening());
    const auto big = clients[4]->response(); // was answered: may leave
    QVERIFY(big);
    QCOMPARE(big->body.size(), 8 * 1024 * 1024);
    for (std::size_t i = 0; i + 1 < clients.size(); ++i)
        QVERIFY(clients[i]->awaitClose());
    QTRY_COMPARE(guarded.door->openConnections(), 1);
    QVERIFY(clients.back()->isOpen()); // a stream is its owner's
}

/// No closeAll(): as when the program ends in a hurry.
void GuardLifeTest::destroyedWithEverythingOpen()
{
    std::vector<std::unique_ptr<RawClient>> clients;
    {
        Guarded guarded;
        const QByteArray conversations[] = {
            {},          "GET",     get("/echo"),          get("/never"),
            get("/big"), "bad\r\n", get("/echo") + "POST", upgrade(),
            get("/take")};
        for (const QByteArray &bytes : conversations) {
            clients.push_back(std::make_unique<RawClient>(guarded.port()));
            clients.back()->send(bytes);
        }
        QTRY_COMPARE(guarded.served.size(), std::size_t(5));
        QTRY_COMPARE(guarded.webSockets.size(), std::size_t(1));
        guarded.destroyServer();
        QCOMPARE(guarded.streams[0]->state(), QAbstractSocket::ConnectedState);
    }
    for (const auto &client : clients)
        QVERIFY(client->awaitClose());
}

void GuardLifeTest::refusesASocketOfSomebodyElse()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    RawClient client(server.serverPort());
    QTRY_VERIFY(server.hasPendingConnections());
    QPointer<QTcpSocket> socket = server.nextPendingConnection();
    client.send("GET / HTTP/1.1\r\n");
    FrontDoor::refuse(socket, 429, "Too fast.",
                      {{"Retry-After", "1"}, {"content-type", "text/html"}});
    const auto response = client.response();
    QVERIFY(response);
    QCOMPARE(response->status, 429);
    QCOMPARE(response->field("Retry-After"), "1");
    QCOMPARE(response->field("Content-Type"), "text/html");
    QCOMPARE(response->body, "Too fast.\n");
    QVERIFY(client.awaitClose());
    QTRY_VERIFY(!socket);
}

void GuardLifeTest::opensAgain()
{
    Guarded guarded;
    for (int i = 0; i < 3; ++i) {
        QVERIFY(guarded.serves());
        const quint16 port = guarded.port();
        guarded.door->closeAll();
        QVERIFY(!guarded.door->open(QStringLiteral("127.0.0.1"), port));
        QCOMPARE(guarded.port(), port);
    }
    guarded.door->closeAll();
    QVERIFY(!guarded.door->open({}, 0));
    QVERIFY(guarded.serves());
    QTcpSocket v6;
    v6.connectToHost(QHostAddress(QHostAddress::LocalHostIPv6), guarded.port());
    if (v6.waitForConnected(1000)) {
        v6.write("bad\r\n");
        QTRY_COMPARE(guarded.refusals.size(), std::size_t(1));
        QVERIFY(guarded.refusals[0].peer.startsWith(QStringLiteral("[::1]:")));
    }
    RawClient v4(guarded.port());
    v4.send("bad\r\n");
    QVERIFY(v4.response());
    QVERIFY(guarded.refusals.back().peer.startsWith(QStringLiteral("127.0.0.1:")));
}

void GuardLifeTest::openFails_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("busy");
    QTest::newRow("port busy") << QStringLiteral("127.0.0.1") << true;
    QTest::newRow("not ours") << QStringLiteral("192.0.2.1") << false;
    QTest::newRow("no address") << QStringLiteral("nowhere") << false;
}

void GuardLifeTest::openFails()
{
    QFETCH(QString, address);
    QFETCH(bool, busy);
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    FrontDoor door{Limits()};
    const auto error = door.open(address, other.serverPort());
    QVERIFY(error);
    QCOMPARE(error->portBusy, busy);
    QVERIFY(error->words.contains(busy ? QString::number(other.serverPort()) : address));
    QVERIFY(!door.isListening());
}

void GuardLifeTest::withoutQHttpServer()
{
    FrontDoor door{Limits()};
    QVERIFY(!door.open(QStringLiteral("127.0.0.1"), 0));
    RawClient client(door.serverPort());
    client.send(get("/"));
    QCOMPARE(client.response().value_or(Response()).status, 503);
    QVERIFY(client.awaitClose());
    client.send({});
    RawClient notUpgraded(door.serverPort());
    notUpgraded.send(upgrade());
    QCOMPARE(notUpgraded.response().value_or(Response()).status, 503);
}

void GuardLifeTest::socketOptions()
{
    Guarded guarded;
    RawClient client(guarded.port());
    client.send(get("/take"));
    QVERIFY(client.awaitBytes(": hello"));
    const auto option = [&](int level, int name) {
        int value = -1;
        socklen_t size = sizeof value;
        ::getsockopt(int(guarded.streams[0]->socketDescriptor()), level, name, &value, &size);
        return value;
    };
    QCOMPARE(option(IPPROTO_TCP, TCP_NODELAY), 1);
    QCOMPARE(option(SOL_SOCKET, SO_KEEPALIVE), 1);
    QCOMPARE(option(IPPROTO_TCP, TCP_USER_TIMEOUT), 60'000);
    QCOMPARE(option(IPPROTO_TCP, TCP_KEEPIDLE), 60);
}

QTEST_GUILESS_MAIN(GuardLifeTest)
#include "tst_guardlife.moc"
