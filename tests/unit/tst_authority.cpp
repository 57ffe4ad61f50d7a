// SPDX-License-Identifier: GPL-3.0-or-later
// The certificate authority that Pushdeck makes, judged by OpenSSL's own rules and program.
#include "tls/authorityfolder.h"
#include "tls/certificate.h"
#include "tls/ownfiles.h"
#include "tls/tlscontext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;

namespace {

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

const ServerNames kNames{u"Desk.example.lan"_s,
                         {u"192.168.1.14"_s, u"fd00::14"_s, u"203.0.113.9"_s}};

struct Said
{
    int status = -1;
    QByteArray text;
};

Said openssl(const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"openssl"_s, arguments);
    process.waitForFinished();
    return {process.exitCode(), process.readAll()};
}

} // namespace

class tst_Authority : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void chainHoldsByOpenSslsRules();
    void serverIsForEveryName();
    void authoritySaysWhatItMay();
    void serverSaysWhatItMay();
    void livesNoLongerThanPhonesTake();
    void serialsAndKeysDiffer();
    void foreignNamesAreNotCertified();
    void oddHostNamesAreLeftOut_data();
    void oddHostNamesAreLeftOut();
    void filesAreTheOwnersOnly();
    void openFolderIsClosed();
    void isMadeOnceAndFoundAgain();
    void newAddressRenewsTheServerOnly();
    void nearItsEndItIsRenewed();
    void expiredAuthorityIsKeptAside();
    void damagedFileIsKeptAside_data();
    void damagedFileIsKeptAside();
    void anothersServerCertificateIsMadeAnew();
    void halfWrittenFileDoesNoHarm();
    void unusableFolderIsTold();
    void handedOutFileHasNoKey();
    void problemsAreToldAtTheirFile_data();
    void problemsAreToldAtTheirFile();
    void chainBehindTheCertificateIsTaken();

private:
    [[nodiscard]] QString path(const char *name) const
    {
        return m_folder->filePath(QLatin1String(name));
    }
    QString write(const char *name, const QByteArray &bytes)
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write %s", name);
        file.write(bytes);
        return file.fileName();
    }
    static QByteArray read(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    PreparedAuthority prepare(const ServerNames &names = kNames, const QDateTime &at = now())
    {
        auto prepared = prepareAuthority(path("tls"), names, at);
        if (!prepared)
            qFatal("%s", qPrintable(prepared.error().words));
        return std::move(prepared).value();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_Authority::chainHoldsByOpenSslsRules()
{
    prepare();
    for (const char *name : {"192.168.1.14", "fd00::14", "203.0.113.9", "127.0.0.1", "::1"}) {
        const Said said = openssl({u"verify"_s, u"-x509_strict"_s, u"-purpose"_s, u"sslserver"_s,
                                   u"-verify_ip"_s, QLatin1String(name), u"-CAfile"_s,
                                   path("tls/ca.crt"), path("tls/server.pem")});
        QVERIFY2(said.status == 0, said.text.constData());
    }
    for (const char *name : {"localhost", "desk.example.lan", "desk.local"}) {
        const Said said = openssl({u"verify"_s, u"-x509_strict"_s, u"-purpose"_s, u"sslserver"_s,
                                   u"-verify_hostname"_s, QLatin1String(name), u"-CAfile"_s,
                                   path("tls/ca.crt"), path("tls/server.pem")});
        QVERIFY2(said.status == 0, said.text.constData());
    }
    QVERIFY(openssl({u"verify"_s, u"-verify_ip"_s, u"192.168.1.15"_s, u"-CAfile"_s,
                     path("tls/ca.crt"), path("tls/server.pem")})
                .status != 0);
}

void tst_Authority::serverIsForEveryName()
{
    const auto facts = certificateFacts(prepare().server.certificate);
    QVERIFY(facts);
    QCOMPARE(facts->names,
             QStringList({u"localhost"_s, u"desk.example.lan"_s, u"desk.local"_s, u"127.0.0.1"_s,
                          u"::1"_s, u"192.168.1.14"_s, u"fd00::14"_s, u"203.0.113.9"_s}));
    QVERIFY(!facts->isCa);
    QCOMPARE(facts->subject, u"Pushdeck on Desk"_s);
}

void tst_Authority::authoritySaysWhatItMay()
{
    prepare();
    const QByteArray text =
        openssl({u"x509"_s, u"-noout"_s, u"-text"_s, u"-in"_s, path("tls/ca.crt")}).text;
    QVERIFY(
        text.contains("X509v3 Basic Constraints: critical\n                CA:TRUE, "
                      "pathlen:0"));
    QVERIFY(
        text.contains("X509v3 Key Usage: critical\n                Certificate Sign, CRL "
                      "Sign"));
    QVERIFY(text.contains("X509v3 Name Constraints: critical"));
    QVERIFY(text.contains("DNS:desk.example.lan"));
    QVERIFY(text.contains("NIST CURVE: P-256"));
    QVERIFY(text.contains("ecdsa-with-SHA256"));
}

void tst_Authority::serverSaysWhatItMay()
{
    prepare();
    const QByteArray text =
        openssl({u"x509"_s, u"-noout"_s, u"-text"_s, u"-in"_s, path("tls/server.pem")}).text;
    QVERIFY(text.contains("X509v3 Basic Constraints: critical\n                CA:FALSE"));
    QVERIFY(text.contains("X509v3 Key Usage: critical\n                Digital Signature\n"));
    QVERIFY(text.contains("TLS Web Server Authentication\n"));
    QVERIFY(text.contains("X509v3 Authority Key Identifier"));
}

void tst_Authority::livesNoLongerThanPhonesTake()
{
    const PreparedAuthority prepared = prepare();
    const auto server = certificateFacts(prepared.server.certificate);
    QVERIFY(server->from <= now().addSecs(-3600)); // a late clock
    QCOMPARE(server->from.daysTo(server->until), qint64(kServerDays));
    const auto authority = certificateFacts(prepared.authority);
    QVERIFY(authority->until > now().addYears(kAuthorityYears).addDays(-1));
    QVERIFY(authority->isCa);
    // Not beyond whoever signed it.
    const QDateTime late = authority->until.addDays(-60);
    QCOMPARE(certificateFacts(prepare(kNames, late).server.certificate)->until, authority->until);
}

void tst_Authority::serialsAndKeysDiffer()
{
    const auto a = makeAuthority(u"desk"_s, now());
    const auto b = makeAuthority(u"desk"_s, now());
    QVERIFY(a && b);
    QVERIFY(a->key != b->key);
    const auto serial = [this](const Credentials &of) {
        const QString file = write("x.pem", of.certificate);
        return openssl({u"x509"_s, u"-noout"_s, u"-serial"_s, u"-in"_s, file}).text.trimmed();
    };
    QVERIFY(serial(*a) != serial(*b));
    QCOMPARE(serial(*a).size(), qsizetype(sizeof "serial=" - 1 + 32)); // 16 bytes
}

void tst_Authority::foreignNamesAreNotCertified()
{
    // The machine was renamed after the authority was made.
    prepare();
    const auto facts =
        certificateFacts(prepare({u"shop.example.com"_s, {u"192.168.1.14"_s}}).server.certificate);
    QCOMPARE(facts->names, QStringList({u"localhost"_s, u"shop.local"_s, u"127.0.0.1"_s, u"::1"_s,
                                        u"192.168.1.14"_s}));
    QVERIFY(
        openssl({u"verify"_s, u"-CAfile"_s, path("tls/ca.crt"), path("tls/server.pem")}).status ==
        0);

    // And what somebody else signs with a key that leaked is refused.
    const QString config = write("evil.cnf", "subjectAltName=DNS:bank.example.com\n");
    QCOMPARE(openssl({u"req"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-subj"_s, u"/CN=evil"_s,
                      u"-keyout"_s, path("evil.key"), u"-out"_s, path("evil.csr")})
                 .status,
             0);
    QCOMPARE(openssl({u"x509"_s, u"-req"_s, u"-in"_s, path("evil.csr"), u"-CA"_s,
                      path("tls/authority.pem"), u"-CAkey"_s, path("tls/authority.pem"),
                      u"-CAcreateserial"_s, u"-extfile"_s, config, u"-out"_s, path("evil.crt")})
                 .status,
             0);
    const Said said = openssl({u"verify"_s, u"-CAfile"_s, path("tls/ca.crt"), path("evil.crt")});
    QVERIFY(said.status != 0);
    QVERIFY2(said.text.contains("permitted subtree violation"), said.text.constData());
}

void tst_Authority::oddHostNamesAreLeftOut_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("none") << QString();
    QTest::newRow("spaces") << u"my desk"_s;
    QTest::newRow("not ascii") << u"büro"_s;
    QTest::newRow("dots") << u"a..b"_s;
    QTest::newRow("extension") << u"a,IP:8.8.8.8"_s;
    QTest::newRow("newline") << u"a\nb"_s;
    QTest::newRow("long") << QString(300, u'a');
}

void tst_Authority::oddHostNamesAreLeftOut()
{
    QFETCH(QString, host);
    const auto facts = certificateFacts(prepare({host, {u"192.168.1.14"_s}}).server.certificate);
    QVERIFY(facts);
    QCOMPARE(facts->names,
             QStringList({u"localhost"_s, u"127.0.0.1"_s, u"::1"_s, u"192.168.1.14"_s}));
}

void tst_Authority::filesAreTheOwnersOnly()
{
    prepare();
    constexpr auto kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                             QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(path("tls")) & kOthers));
    for (const char *name : {"tls/authority.pem", "tls/server.pem", "tls/ca.crt"}) {
        QVERIFY2(!(QFile::permissions(path(name)) & kOthers), name);
        QVERIFY2(!(QFile::permissions(path(name)) & QFile::ExeOwner), name);
    }
    QVERIFY(!QFile::exists(path("tls/authority.pem.new")));
}

void tst_Authority::openFolderIsClosed()
{
    QVERIFY(QDir().mkpath(path("tls")));
    QVERIFY(QFile::setPermissions(path("tls"), QFile::Permissions(0x7777)));
    prepare();
    QVERIFY(!(QFile::permissions(path("tls")) & (QFile::ReadOther | QFile::ExeGroup)));
}

void tst_Authority::isMadeOnceAndFoundAgain()
{
    const PreparedAuthority first = prepare();
    QVERIFY(first.isRenewed);
    QVERIFY(first.notices.isEmpty());
    const PreparedAuthority second = prepare();
    QVERIFY(!second.isRenewed);
    QCOMPARE(second.authority, first.authority);
    QCOMPARE(second.server.certificate, first.server.certificate);
    QVERIFY(second.server.key.contains("PRIVATE KEY"));
}

void tst_Authority::newAddressRenewsTheServerOnly()
{
    const PreparedAuthority first = prepare();
    ServerNames moved = kNames;
    moved.addresses = {u"10.0.0.7"_s};
    const PreparedAuthority second = prepare(moved);
    QVERIFY(second.isRenewed);
    QCOMPARE(second.authority, first.authority);
    QVERIFY(certificateFacts(second.server.certificate)->names.contains(u"10.0.0.7"_s));
    QVERIFY(second.notices.isEmpty());
}

void tst_Authority::nearItsEndItIsRenewed()
{
    const PreparedAuthority first = prepare();
    const QDateTime end = certificateFacts(first.server.certificate)->until;
    QVERIFY(!prepare(kNames, end.addDays(-kRenewDays - 1)).isRenewed);
    const PreparedAuthority renewed = prepare(kNames, end.addDays(-kRenewDays));
    QVERIFY(renewed.isRenewed);
    QVERIFY(certificateFacts(renewed.server.certificate)->until > end.addDays(300));
    // The clock was put back: a certificate of the future is of no use now.
    QVERIFY(prepare().isRenewed);
}

void tst_Authority::expiredAuthorityIsKeptAside()
{
    const PreparedAuthority first = prepare();
    const PreparedAuthority later = prepare(kNames, now().addYears(kAuthorityYears + 1));
    QVERIFY(later.authority != first.authority);
    QCOMPARE(later.notices.size(), 1);
    QVERIFY(later.notices.first().contains(u"expired"_s));
    QVERIFY(QFile::exists(path("tls/authority.pem.damaged")));
    QCOMPARE(read(path("tls/ca.crt")), later.authority);
}

void tst_Authority::damagedFileIsKeptAside_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("authority empty") << u"authority.pem"_s << QByteArray();
    QTest::newRow("authority noise") << u"authority.pem"_s << QByteArray(5000, '\xfe');
    QTest::newRow("authority cut")
        << u"authority.pem"_s << QByteArray("-----BEGIN CERTIFICATE-----\nMIIB");
    QTest::newRow("server empty") << u"server.pem"_s << QByteArray();
    QTest::newRow("server noise") << u"server.pem"_s << QByteArray(5000, '\0');
}

void tst_Authority::damagedFileIsKeptAside()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    const PreparedAuthority first = prepare();
    write(qPrintable(u"tls/"_s + file), content);
    const PreparedAuthority again = prepare();
    QCOMPARE(again.notices.size(), 1);
    QVERIFY2(again.notices.first().contains(file + u".damaged"_s),
             qPrintable(again.notices.first()));
    QCOMPARE(read(path("tls/") + file + u".damaged"_s), content);
    QCOMPARE(again.authority == first.authority, file == u"server.pem");
    QVERIFY(
        openssl({u"verify"_s, u"-CAfile"_s, path("tls/ca.crt"), path("tls/server.pem")}).status ==
        0);
    // A second one does not write over the first.
    write(qPrintable(u"tls/"_s + file), "other");
    QVERIFY(prepare().notices.first().contains(file + u".damaged-2"_s));
}

void tst_Authority::anothersServerCertificateIsMadeAnew()
{
    prepare();
    const auto foreign = makeAuthority(u"elsewhere"_s, now());
    const auto server = makeServerCertificate(*foreign, kNames, now());
    QVERIFY(server);
    write("tls/server.pem", server->certificate + server->key);
    QVERIFY(prepare().isRenewed);
    QVERIFY(
        openssl({u"verify"_s, u"-CAfile"_s, path("tls/ca.crt"), path("tls/server.pem")}).status ==
        0);
}

void tst_Authority::halfWrittenFileDoesNoHarm()
{
    const PreparedAuthority first = prepare();
    write("tls/authority.pem.new", "half");
    write("tls/server.pem.new", "half");
    const PreparedAuthority second = prepare();
    QCOMPARE(second.authority, first.authority);
    ServerNames moved = kNames;
    moved.addresses.clear();
    QVERIFY(prepare(moved).isRenewed);
    QVERIFY(!QFile::exists(path("tls/server.pem.new")));
}

void tst_Authority::unusableFolderIsTold()
{
    write("file", "x");
    const auto prepared = prepareAuthority(path("file/tls"), kNames, now());
    QVERIFY(!prepared);
    QVERIFY(prepared.error().words.contains(u"file"_s));
}

void tst_Authority::handedOutFileHasNoKey()
{
    const PreparedAuthority prepared = prepare();
    const QByteArray handedOut = read(path("tls/ca.crt"));
    QCOMPARE(handedOut, prepared.authority);
    QCOMPARE(handedOut.count("-----BEGIN "), 1);
    QVERIFY(!handedOut.contains("PRIVATE"));
    QVERIFY(!prepared.server.certificate.contains("PRIVATE"));
    QCOMPARE(prepared.server.certificate.count("BEGIN CERTIFICATE"), 2);
}

void tst_Authority::problemsAreToldAtTheirFile_data()
{
    using Where = TlsProblem::Where;
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<Where>("where");
    QTest::addColumn<QString>("words");

    const auto mine = *makeAuthority(u"desk"_s, now());
    const auto other = *makeAuthority(u"desk"_s, now());
    const auto old = *makeAuthority(u"desk"_s, now().addYears(-11));
    const auto early = *makeAuthority(u"desk"_s, now().addDays(9));
    QTemporaryDir folder;
    const QString weak = folder.filePath(u"weak"_s);
    openssl({u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:1024"_s, u"-nodes"_s, u"-days"_s, u"9"_s,
             u"-subj"_s, u"/CN=w"_s, u"-keyout"_s, weak + u".key"_s, u"-out"_s, weak + u".crt"_s});
    const QString plain = folder.filePath(u"plain"_s);
    QFile file(plain);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(mine.key);
    file.close();
    openssl({u"pkey"_s, u"-in"_s, plain, u"-aes128"_s, u"-passout"_s, u"pass:x"_s, u"-out"_s,
             plain + u".enc"_s});

    QTest::newRow("no certificate")
        << QByteArray("hello") << mine.key << Where::Certificate << u"no certificate"_s;
    QTest::newRow("empty") << QByteArray() << mine.key << Where::Certificate << u"no certificate"_s;
    QTest::newRow("no key") << mine.certificate << QByteArray("hello") << Where::Key
                            << u"no private key"_s;
    QTest::newRow("certificate as key")
        << mine.certificate << mine.certificate << Where::Key << u"no private key"_s;
    QTest::newRow("another's key")
        << mine.certificate << other.key << Where::Key << u"not the certificate's"_s;
    QTest::newRow("encrypted key")
        << mine.certificate << read(plain + u".enc"_s) << Where::Key << u"encrypted"_s;
    QTest::newRow("expired") << old.certificate << old.key << Where::Certificate << u"expired"_s;
    QTest::newRow("not yet") << early.certificate << early.key << Where::Certificate
                             << u"valid from"_s;
    QTest::newRow("weak key") << read(weak + u".crt"_s) << read(weak + u".key"_s)
                              << Where::Certificate << u"key too small"_s;
}

void tst_Authority::problemsAreToldAtTheirFile()
{
    QFETCH(QByteArray, certificate);
    QFETCH(QByteArray, key);
    QFETCH(TlsProblem::Where, where);
    QFETCH(QString, words);
    const TlsContext::Made made = TlsContext::load(write("c", certificate), write("k", key), now());
    QVERIFY(!made.context);
    QVERIFY(made.problem);
    QCOMPARE(made.problem->where, where);
    QVERIFY2(made.problem->words.contains(words), qPrintable(made.problem->words));
}

void tst_Authority::chainBehindTheCertificateIsTaken()
{
    const PreparedAuthority prepared = prepare();
    const auto facts = certificateFacts(prepared.server.certificate);
    const TlsContext::Made made =
        TlsContext::make(prepared.server.certificate, prepared.server.key, now());
    QVERIFY2(made.context, made.problem ? qPrintable(made.problem->words) : "");
    QCOMPARE(made.context->certificate().sha256, facts->sha256);
    QCOMPARE(fingerprintText(facts->sha256).size(), 32 * 3 - 1);
    // Missing files, each at its own.
    QCOMPARE(TlsContext::load(path("none"), path("none"), now()).problem->where,
             TlsProblem::Where::Certificate);
    QCOMPARE(TlsContext::load(path("tls/server.pem"), path("none"), now()).problem->where,
             TlsProblem::Where::Key);
    // Both may be one file.
    QVERIFY(TlsContext::load(path("tls/server.pem"), path("tls/server.pem"), now()).context);
}

QTEST_GUILESS_MAIN(tst_Authority)
#include "tst_authority.moc"
