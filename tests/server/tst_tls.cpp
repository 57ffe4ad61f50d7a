// SPDX-License-Identifier: GPL-3.0-or-later
// TLS on the one port, with Qt's own TLS at the other end.
#include "serverfixture.h"
#include "wireclient.h"

#include <QFile>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QWebSocket>

using namespace pushdeck;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Source = ServerSettings::Encryption::Source;

namespace {

constexpr int kPatienceMs = 10'000;

/// Passes bytes on between a client and the server, and counts the records with data (RFC
/// 8446, 5.1) that the server sends.
class RecordCounter final : public QObject
{
public:
    explicit RecordCounter(quint16 port)
    {
        m_listener.listen(QHostAddress::LocalHost);
        connect(&m_listener, &QTcpServer::newConnection, this, [this, port] {
            QTcpSocket *near = m_listener.nextPendingConnection();
            auto *far = new QTcpSocket(near);
            far->connectToHost(QHostAddress::LocalHost, port);
            connect(near, &QTcpSocket::readyRead, far,
                    [near, far] { far->write(near->readAll()); });
            connect(far, &QTcpSocket::readyRead, this, [this, near, far] {
                const QByteArray bytes = far->readAll();
                m_rest += bytes;
                near->write(bytes);
                constexpr qsizetype kHead = 5;
                while (m_rest.size() >= kHead) {
                    const qsizetype size = (quint8(m_rest[3]) << 8) | quint8(m_rest[4]);
                    if (m_rest.size() < kHead + size)
                        break;
                    constexpr char kData = 0x17;
                    records += m_rest[0] == kData ? 1 : 0;
                    m_rest.remove(0, kHead + size);
                }
            });
        });
    }
    [[nodiscard]] quint16 port() const { return m_listener.serverPort(); }

    int records = 0;

private:
    QTcpServer m_listener;
    QByteArray m_rest;
};

} // namespace

class tst_Tls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void plainAndEncryptedShareThePort();
    void headsMayComeByteByByte();
    void aTurnIsOneRecord();
    void largeMessagesComeWhole();
    void silentHandshakeIsGivenUp_data();
    void silentHandshakeIsGivenUp();
    void handshakeWithoutARequestIsGivenUp();
    void offIsToldWithAnAlert();
    void settingsHoldAtOnce();
    void unusableSettingsKeepWhatThereWas();
    void switchedOffItStaysForThoseWhoAreThere();
    void reloadTellsOfANewCertificate();
    void clientsAreToldApart();
    void slowReaderIsClosedWithinBounds();
    void abortedInTheMiddle();
    void refusedUnderTls();
    void restartKeepsIt();

private:
    ServerOptions options(Source source = Source::Made)
    {
        ServerOptions options = testOptions();
        options.encryption.source = source;
        options.encryption.folder = m_folder->filePath(u"tls"_s);
        return options;
    }
    [[nodiscard]] QSslConfiguration trusting() const
    {
        QSslConfiguration configuration;
        configuration.setCaCertificates(
            QSslCertificate::fromPath(m_folder->filePath(u"tls/ca.crt"_s)));
        return configuration;
    }
    std::unique_ptr<QSslSocket> connected(quint16 port)
    {
        auto socket = std::make_unique<QSslSocket>();
        socket->setSslConfiguration(trusting());
        QSignalSpy encrypted(socket.get(), &QSslSocket::encrypted);
        socket->connectToHostEncrypted(u"127.0.0.1"_s, port);
        if (!QTest::qWaitFor([&] { return !encrypted.isEmpty(); }, kPatienceMs))
            qWarning("%s", qPrintable(socket->errorString()));
        return socket;
    }
    std::unique_ptr<QWebSocket> webSocket(quint16 port, const QString &path)
    {
        auto socket = std::make_unique<QWebSocket>();
        socket->setSslConfiguration(trusting());
        QSignalSpy open(socket.get(), &QWebSocket::connected);
        socket->open(QUrl(u"wss://127.0.0.1:%1%2"_s.arg(port).arg(path)));
        if (!QTest::qWaitFor([&] { return !open.isEmpty(); }, kPatienceMs))
            qWarning("%s", qPrintable(socket->errorString()));
        return socket;
    }
    /// What comes until the text is there.
    static QByteArray until(QSslSocket &socket, const QByteArray &text)
    {
        QByteArray said;
        (void)QTest::qWaitFor(
            [&] {
                said += socket.readAll();
                return said.contains(text);
            },
            kPatienceMs);
        return said;
    }
    static bool closes(QTcpSocket &socket, int withinMs = kPatienceMs)
    {
        return QTest::qWaitFor([&] { return socket.state() == QTcpSocket::UnconnectedState; },
                               withinMs);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_Tls::initTestCase()
{
    if (!QSslSocket::supportsSsl())
        QSKIP("Qt has no TLS here to test with");
}

void tst_Tls::plainAndEncryptedShareThePort()
{
    RunningServer server(options());
    const auto encrypted = connected(server.port());
    QVERIFY(encrypted->isEncrypted());
    QCOMPARE(encrypted->sessionProtocol(), QSsl::TlsV1_3);
    encrypted->write("GET /both HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n");
    QVERIFY(until(*encrypted, ": pushdeck").contains("text/event-stream"));
    WireClient plain(server.port());
    plain.request("POST", "/both", {}, "hello");
    const auto answer = plain.answer();
    QVERIFY(answer);
    QCOMPARE(answer->status, 201);
    QVERIFY(until(*encrypted, "data: hello\n").contains("data: hello\n"));
}

void tst_Tls::headsMayComeByteByByte()
{
    RunningServer server(options());
    const auto socket = connected(server.port());
    for (const char byte : QByteArray("GET /_/health HTTP/1.1\r\nHost: a\r\n\r\n")) {
        socket->write(&byte, 1);
        socket->flush();
        QTest::qWait(1);
    }
    QVERIFY(until(*socket, "\"ok\"").startsWith("HTTP/1.1 200"));
}

void tst_Tls::aTurnIsOneRecord()
{
    RunningServer server(options());
    RecordCounter counter(server.port());
    const auto socket = webSocket(counter.port(), u"/turn"_s);
    QSignalSpy texts(socket.get(), &QWebSocket::textMessageReceived);
    QVERIFY(server.awaitClients(1));
    const int before = counter.records;
    constexpr int kMessages = 100;
    for (int i = 0; i < kMessages; ++i)
        server.control().send(
            {0, {SendTarget::Kind::Topic, u"/turn"_s, {}}, QByteArray::number(i), {}, {}});
    QTRY_COMPARE_WITH_TIMEOUT(texts.size(), kMessages, kPatienceMs);
    for (int i = 0; i < kMessages; ++i)
        QCOMPARE(texts[i].first().toString(), QString::number(i));
    // The commands are run in one turn, or two.
    QVERIFY2(counter.records - before <= 2, qPrintable(QString::number(counter.records - before)));
}

void tst_Tls::largeMessagesComeWhole()
{
    RunningServer server(options());
    const auto socket = webSocket(server.port(), u"/large"_s);
    QSignalSpy came(socket.get(), &QWebSocket::binaryMessageReceived);
    QByteArray sent(1024 * 1024, Qt::Uninitialized);
    for (qsizetype i = 0; i < sent.size(); ++i)
        sent[i] = char((i * 2654435761u) >> 11);
    socket->sendBinaryMessage(sent);
    QTRY_COMPARE_WITH_TIMEOUT(came.size(), 1, kPatienceMs);
    QVERIFY(came.first().first().toByteArray() == sent);
}

void tst_Tls::silentHandshakeIsGivenUp_data()
{
    QTest::addColumn<QByteArray>("begun");
    QTest::newRow("one byte") << QByteArray("\x16");
    QTest::newRow("a record's head") << QByteArray("\x16\x03\x01\x02\x00", 5);
    QTest::newRow("half a hello") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
}

void tst_Tls::silentHandshakeIsGivenUp()
{
    QFETCH(QByteArray, begun);
    ServerOptions limited = options();
    limited.limits.handshakeDeadline = 200ms;
    limited.limits.lingerDeadline = 100ms;
    RunningServer server(limited);
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, server.port());
    QVERIFY(socket.waitForConnected());
    socket.write(begun);
    QVERIFY(closes(socket));
    QVERIFY(server.awaitRows(TrafficKind::Refused, 1));
    const TrafficEvent row = server.rows(TrafficKind::Refused).front();
    QVERIFY2(row.text.contains(u"given up"_s), qPrintable(row.text));
    QCOMPARE(row.code, 0);
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) {
        return s.openConnections == 0 && s.totals.tlsFailed == 1 && s.totals.tlsHandshakes == 0;
    }));
}

void tst_Tls::handshakeWithoutARequestIsGivenUp()
{
    ServerOptions limited = options();
    limited.limits.headDeadline = 200ms;
    RunningServer server(limited);
    const auto socket = connected(server.port());
    QVERIFY(socket->isEncrypted());
    QVERIFY(closes(*socket));
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.openConnections == 0; }));
    QVERIFY(server.rows(TrafficKind::Refused).empty());
}

void tst_Tls::offIsToldWithAnAlert()
{
    RunningServer server(options(Source::Off));
    QSslSocket socket;
    QSignalSpy failed(&socket, &QSslSocket::errorOccurred);
    socket.connectToHostEncrypted(u"127.0.0.1"_s, server.port());
    QTRY_VERIFY_WITH_TIMEOUT(!failed.isEmpty(), kPatienceMs);
    QVERIFY(server.awaitRows(TrafficKind::Refused, 1));
    QVERIFY(server.rows(TrafficKind::Refused).front().text.contains(u"TLS is off"_s));
    QCOMPARE(server.look()->tls, false);
    // As whoever speaks it reads it: an alert, then the end.
    WireClient raw(server.port());
    raw.send("\x16");
    QCOMPARE(raw.takeBytes(7), QByteArray("\x15\x03\x01\x00\x02\x02\x28", 7));
    QVERIFY(raw.awaitClose());
}

void tst_Tls::settingsHoldAtOnce()
{
    RunningServer server(options(Source::Off));
    QVERIFY(server.look()->addresses.front().url.startsWith(u"http:"_s));
    ServerSettings settings = settingsOf(options());
    server.control().configure(settings);
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.tls; }));
    const auto snapshot = server.look();
    QVERIFY(snapshot->addresses.front().url.startsWith(u"https:"_s));
    QVERIFY(snapshot->encryption->server->names.contains(u"127.0.0.1"_s));
    QVERIFY(snapshot->encryption->authority);
    QVERIFY(!snapshot->encryption->authorityPem.contains("PRIVATE"));
    QVERIFY(connected(server.port())->isEncrypted());

    settings.encryption.only = true;
    server.control().configure(settings);
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.encryption->only; }));
    WireClient plain(server.port());
    plain.request("POST", "/x", {}, "x");
    const auto refused = plain.answer();
    QVERIFY(refused);
    QCOMPARE(refused->status, 403);
}

void tst_Tls::unusableSettingsKeepWhatThereWas()
{
    RunningServer server(options());
    ServerSettings settings = settingsOf(options());
    const QString first = server.look()->encryption->server->fingerprint;
    // The folder of the authority cannot be used any more.
    settings.encryption.folder = u"/proc/nothing"_s;
    server.control().configure(settings);
    QVERIFY(
        server.awaitSnapshot([](const Snapshot &s) { return !s.encryption->problem.isEmpty(); }));
    QVERIFY(server.look()->tls);
    QCOMPARE(server.look()->encryption->server->fingerprint, first);
    QVERIFY(connected(server.port())->isEncrypted());
    // Own files that are not there: Pushdeck's certificate is not shown in their place.
    settings.encryption.source = Source::Files;
    settings.encryption.certificateFile = u"/nonexistent.crt"_s;
    settings.encryption.keyFile = u"/nonexistent.key"_s;
    server.control().configure(settings);
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return !s.tls; }));
    QVERIFY(server.look()->encryption->problem.contains(u"nonexistent.crt"_s));
}

void tst_Tls::switchedOffItStaysForThoseWhoAreThere()
{
    RunningServer server(options());
    const auto socket = webSocket(server.port(), u"/stay"_s);
    QSignalSpy texts(socket.get(), &QWebSocket::textMessageReceived);
    QVERIFY(server.awaitClients(1));
    server.control().configure(settingsOf(options(Source::Off)));
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return !s.tls; }));
    server.publish("/stay", "still here");
    QTRY_COMPARE_WITH_TIMEOUT(texts.size(), 1, kPatienceMs);
    QCOMPARE(texts.first().first().toString(), u"still here"_s);
}

void tst_Tls::reloadTellsOfANewCertificate()
{
    RunningServer server(options());
    const auto early = webSocket(server.port(), u"/early"_s);
    QVERIFY(server.awaitClients(1));
    const QString first = server.look()->encryption->server->fingerprint;
    server.control().reloadCertificates();
    QVERIFY(QTest::qWaitFor([&] { return server.look() != nullptr; }, kPatienceMs));
    QCOMPARE(server.look()->encryption->server->fingerprint, first); // nothing has changed
    QVERIFY(QFile::remove(m_folder->filePath(u"tls/server.pem"_s)));
    server.control().reloadCertificates();
    QVERIFY(server.awaitSnapshot(
        [&](const Snapshot &s) { return s.encryption->server->fingerprint != first; }));
    QVERIFY(connected(server.port())->isEncrypted());
    QCOMPARE(early->state(), QAbstractSocket::ConnectedState);
    bool told = false;
    for (const TrafficEvent &row : server.rows(TrafficKind::Notice))
        told = told || row.text.contains(u"new certificate"_s);
    QVERIFY(told);
}

void tst_Tls::clientsAreToldApart()
{
    RunningServer server(options());
    const auto encrypted = webSocket(server.port(), u"/one"_s);
    QWebSocket plain;
    plain.open(QUrl(u"ws://127.0.0.1:%1/two"_s.arg(server.port())));
    QVERIFY(server.awaitClients(2));
    for (const ClientInfo &client : server.look()->clients) {
        const bool is = client.topics.first() == u"/one";
        QCOMPARE(client.isEncrypted(), is);
        QCOMPARE(client.request->tlsVersion, is ? u"TLS 1.3"_s : QString());
        QCOMPARE(client.request->tlsCipher.startsWith(u"TLS_"_s), is);
    }
}

void tst_Tls::slowReaderIsClosedWithinBounds()
{
    ServerOptions limited = options();
    limited.limits.backlogBytes = 256 * 1024;
    RunningServer server(limited);
    const auto socket = connected(server.port());
    socket->setReadBufferSize(1024);
    socket->write("GET /slow HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n");
    QVERIFY(server.awaitClients(1));
    std::uint64_t most = 0;
    const QByteArray block(64 * 1024, 'x');
    for (int i = 0; i < 400 && server.rows(TrafficKind::Disconnected).empty(); ++i) {
        server.publish("/slow", block);
        constexpr int kLooks = 8; // a look at each would take its time
        if (i % kLooks != 0)
            continue;
        for (const ClientInfo &client : server.look()->clients)
            most = std::max(most, client.backlogBytes);
    }
    QVERIFY(server.awaitRows(TrafficKind::Disconnected, 1));
    QVERIFY(server.rows(TrafficKind::Disconnected).front().text.contains(u"too slow"_s));
    QVERIFY2(most <= 256 * 1024 + 2 * 64 * 1024, qPrintable(QString::number(most)));
}

void tst_Tls::abortedInTheMiddle()
{
    RunningServer server(options());
    for (int i = 0; i < 20; ++i) {
        QTcpSocket raw;
        raw.connectToHost(u"127.0.0.1"_s, server.port());
        QVERIFY(raw.waitForConnected());
        raw.write("\x16\x03\x01", 1 + i % 3);
        raw.flush();
        QTest::qWait(1);
        raw.abort();
        const auto socket = connected(server.port());
        socket->write(QByteArray("GET /a HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n")
                          .first(10 + i));
        socket->flush();
        QTest::qWait(1);
        socket->abort();
    }
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) { return s.openConnections == 0; }));
    QVERIFY(connected(server.port())->isEncrypted());
}

void tst_Tls::refusedUnderTls()
{
    ServerOptions limited = options();
    limited.access.subscribeToken = "secret";
    RunningServer server(limited);
    const auto socket = connected(server.port());
    socket->write(
        "GET /x HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    QVERIFY(until(*socket, "token=").startsWith("HTTP/1.1 401"));
    QVERIFY(closes(*socket));
}

void tst_Tls::restartKeepsIt()
{
    RunningServer server(options());
    const QString first = server.look()->encryption->server->fingerprint;
    QVERIFY(server.stop());
    QVERIFY(server.start());
    QVERIFY(connected(server.port())->isEncrypted());
    QCOMPARE(server.look()->encryption->server->fingerprint, first);
}

QTEST_GUILESS_MAIN(tst_Tls)
#include "tst_tls.moc"
