// SPDX-License-Identifier: GPL-3.0-or-later
// Signed tokens: what is taken, and that all else is not.
#include "policy/jwt.h"
#include "signedtoken.h"

#include <QTemporaryDir>
#include <QTest>

using namespace pushdeck;
using namespace std::chrono_literals;

class tst_Jwt : public QObject
{
    Q_OBJECT

private slots:
    void vectorsOfTheRfc_data();
    void vectorsOfTheRfc();
    void everyChangedBitIsRefused_data() { vectorsOfTheRfc_data(); }
    void everyChangedBitIsRefused();
    void noKeyTakesWhatIsForAnother();
    void refused_data();
    void refused();
    void base64HasOneSpelling();
    void times_data();
    void times();
    void topics();
    void topicsThatAreNone_data();
    void topicsThatAreNone();
    void keys_data();
    void keys();
    void aKeyFromAFile();
};

namespace {

constexpr char kRsa1024[] = R"(-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDL6kPzjCMjfGJannDnt+ZWTWAi
ytnmrokru1NveiCdBtSP0/RZAq39VbGMOqRfEepxGL5aYt8952oQuRDqSjD+KWR2
+rQwgyrRjvWRlJogNpGTB29l2lAd6873K+xghykqWVvI6GGwCnSdnBTNRNd3Us9u
9qYlJpA+xCYqcoVonwIDAQAB
-----END PUBLIC KEY-----
)";
constexpr char kP384[] = R"(-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEJEgSEvHvfDD9WOTDz3ntGc2UuKz5BgOS
eFni8NtGSI9eZQIoKMeiPf4kRv1FrNrt92ev6nSa1sbUo0nWbMaoEMLy9QMqjTJJ
owffV2hR45aoWQOX05uRY1Yt0RxUCjDI
-----END PUBLIC KEY-----
)";

constexpr std::int64_t kNowMs = 1'700'000'000'000;
constexpr std::int64_t kNow = kNowMs / 1000;
/// A second before the RFC's examples end.
constexpr std::int64_t kRfcMs = (1'300'819'380 - 1) * 1000ll;

/// RFC 7515, A.1.1: the same claims in all three.
const QByteArray kRfcClaims =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlf"
    "Q";

JwtKey secret(const QByteArray &text = kTestSecret)
{
    return JwtKey::fromText(text).value();
}

/// The words of the refusal; empty: it was taken.
QString why(const QByteArray &token, const JwtKey &key = secret(), std::int64_t nowMs = kNowMs)
{
    const auto claims = verifiedClaims(token, key, nowMs);
    if (claims)
        return {};
    if (claims.error().kind != ErrorKind::InvalidToken || claims.error().words.isEmpty())
        qFatal("A refusal without a reason.");
    return claims.error().words;
}

} // namespace

void tst_Jwt::vectorsOfTheRfc_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("token");
    // A.1: the key is bytes, not text.
    QTest::newRow("A.1 HS256") << QByteArray::fromBase64(
                                      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-"
                                      "1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
                                      QByteArray::Base64UrlEncoding)
                               << "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + kRfcClaims +
                                      ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    QTest::newRow("A.2 RS256") << QByteArray(kRsa)
                               << "eyJhbGciOiJSUzI1NiJ9." + kRfcClaims +
                                      ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__"
                                      "dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
                                      "O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_"
                                      "nZLgrnbyTyWzO75vRK5h6xBArLIAR"
                                      "NPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-"
                                      "eOkHWEsqtFZESc6BfI7noOPqvh"
                                      "J1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmt"
                                      "VrBp0igcN_IoypGlUPQGe77Rw";
    QTest::newRow("A.3 ES256") << QByteArray(kP256)
                               << "eyJhbGciOiJFUzI1NiJ9." + kRfcClaims +
                                      ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-"
                                      "F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
}

void tst_Jwt::vectorsOfTheRfc()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, token);
    const auto read = JwtKey::fromText(key);
    QVERIFY(read);
    const auto claims = verifiedClaims(token, *read, kRfcMs);
    QVERIFY2(claims, claims ? "" : qPrintable(claims.error().words));
    QCOMPARE(claims->expiresMs, std::optional<std::int64_t>(1'300'819'380'000));
    QVERIFY(claims->publish.empty() && claims->subscribe.empty());
    QCOMPARE(why(token, *read, kNowMs), QStringLiteral("The token has expired."));
}

void tst_Jwt::everyChangedBitIsRefused()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, token);
    const JwtKey read = JwtKey::fromText(key).value();
    const QByteArrayList parts = token.split('.');
    for (int part = 0; part < 3; ++part) {
        const QByteArray bytes = QByteArray::fromBase64(parts[part], QByteArray::Base64UrlEncoding);
        for (qsizetype bit = 0; bit < 8 * bytes.size(); bit += 3) {
            QByteArray changed = bytes;
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
            QByteArrayList tampered = parts;
            tampered[part] = base64Url(changed);
            QVERIFY2(!why(tampered.join('.'), read, kRfcMs).isEmpty(), changed.constData());
        }
    }
}

void tst_Jwt::noKeyTakesWhatIsForAnother()
{
    // Signed with the public key's own text as the secret: what confuses those who let the token
    // choose (RFC 8725, 2.1).
    for (const char *pem : {kRsa, kP256}) {
        const JwtKey key = JwtKey::fromText(pem).value();
        for (const QByteArray &asSecret : {QByteArray(pem), QByteArray(pem).trimmed()}) {
            const QByteArray token = signedToken("{}", R"({"alg":"HS256"})", asSecret);
            QVERIFY(why(token, key).startsWith(QLatin1String("The token is not signed with")));
        }
    }
    // The right signature under another name.
    QVERIFY(!why(signedToken("{}", R"({"alg":"HS512"})")).isEmpty());
    QVERIFY(!why(signedToken("{}", R"({"alg":"hs256"})")).isEmpty());
    QVERIFY(why(signedToken("{}")).isEmpty());
}

void tst_Jwt::refused_data()
{
    QTest::addColumn<QByteArray>("token");
    const auto row = [](const char *name, const QByteArray &token) {
        QTest::newRow(name) << token;
    };
    const QByteArray good = signedToken("{}");
    const QByteArrayList parts = good.split('.');
    const QByteArray none = base64Url(R"({"alg":"none"})");
    row("empty", "");
    row("no dots", "abc");
    row("only dots", "..");
    row("two parts", parts[0] + '.' + parts[1]);
    row("four parts", good + ".x");
    row("no signature", parts[0] + '.' + parts[1] + '.');
    row("alg none, unsigned", none + '.' + parts[1] + '.');
    row("alg none, signed", signedToken("{}", R"({"alg":"none"})"));
    row("alg None", base64Url(R"({"alg":"None"})") + '.' + parts[1] + '.');
    row("no alg", signedToken("{}", "{}"));
    row("alg a number", signedToken("{}", R"({"alg":256})"));
    row("alg a list", signedToken("{}", R"({"alg":["HS256"]})"));
    row("alg twice", signedToken("{}", R"({"alg":"none","alg":"HS256"})"));
    row("alg twice, escaped", signedToken("{}", R"({"alg":"none","\u0061lg":"HS256"})"));
    row("crit", signedToken("{}", R"({"alg":"HS256","crit":["exp"],"exp":1})"));
    row("header a list", signedToken("{}", R"(["HS256"])"));
    row("header no JSON", signedToken("{}", R"({"alg":"HS256")"));
    row("another secret",
        signedToken("{}", R"({"alg":"HS256"})", "another-secret-of-many-bytes-123456789"));
    row("a prefix of the secret",
        signedToken("{}", R"({"alg":"HS256"})", QByteArray(kTestSecret).chopped(1)));
    row("signature cut", good.chopped(4));
    row("signature longer", good + "AAAA");
    row("claims a list", signedToken("[]"));
    row("claims a string", signedToken("\"x\""));
    row("claims empty", signedToken(""));
    row("claims no UTF-8", signedToken("{\"sub\":\"\xff\"}"));
    row("claims with a tail", signedToken("{} {}"));
    row("claim twice", signedToken(R"({"exp":1,"exp":9999999999})"));
    row("claim twice within", signedToken(R"({"mercure":{"publish":[],"publish":["*"]}})"));
    row("claim twice, escaped", signedToken(R"({"exp":1,"e\u0078p":9999999999})"));
    row("sub a number", signedToken(R"({"sub":1})"));
    row("sub too long", signedToken("{\"sub\":\"" + QByteArray(257, 'x') + "\"}"));
    row("mercure a list", signedToken(R"({"mercure":[]})"));
    row("publish a string", signedToken(R"({"mercure":{"publish":"*"}})"));
    row("publish with a number", signedToken(R"({"mercure":{"publish":[1]}})"));
    row("too many topics", signedToken("{\"mercure\":{\"publish\":[" +
                                       QByteArray("\"/a\",").repeated(kJwtTopics) + "\"/a\"]}}"));
    row("huge", signedToken("{\"x\":\"" + QByteArray(kJwtBytes, 'x') + "\"}"));
    row("deep", signedToken(QByteArray(2000, '[') + QByteArray(2000, ']')));
    row("a gigabyte of dots", QByteArray(1'000'000, '.'));
}

void tst_Jwt::refused()
{
    QFETCH(QByteArray, token);
    QVERIFY(!why(token).isEmpty());
}

void tst_Jwt::base64HasOneSpelling()
{
    const QByteArray good = signedToken(R"({"sub":"x???"})"); // has '-' or '_' in it
    QVERIFY(why(good).isEmpty());
    const QByteArrayList parts = good.split('.');
    // The signature of 32 bytes is 43 characters: the last has two bits that mean nothing.
    static constexpr char kAlphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int taken = 0;
    for (int i = 0; i < 64; ++i) {
        QByteArray other = good;
        other[other.size() - 1] = kAlphabet[i];
        taken += why(other).isEmpty();
    }
    QCOMPARE(taken, 1);
    QVERIFY(!why(good + '=').isEmpty());
    QVERIFY(!why(parts[0] + "=." + parts[1] + '.' + parts[2]).isEmpty());
    QVERIFY(!why(parts[0] + '.' + parts[1] + " ." + parts[2]).isEmpty());
    QVERIFY(!why(parts[0] + '.' + parts[1] + "\n." + parts[2]).isEmpty());
    // With the alphabet of plain base64, and signed as such.
    const QByteArray plain =
        base64Url(R"({"alg":"HS256"})") + '.' +
        QByteArray(R"({"sub":"x???"})").toBase64(QByteArray::OmitTrailingEquals);
    QVERIFY(plain.contains('/') || plain.contains('+'));
    QVERIFY(!why(plain + '.' +
                 base64Url(QMessageAuthenticationCode::hash(plain, kTestSecret,
                                                            QCryptographicHash::Sha256)))
                 .isEmpty());
}

void tst_Jwt::times_data()
{
    QTest::addColumn<QByteArray>("claims");
    QTest::addColumn<bool>("taken");
    const auto row = [](const char *name, const QByteArray &claim, std::int64_t value, bool taken) {
        QTest::newRow(name) << "{\"" + claim + "\":" + QByteArray::number(qlonglong(value)) + '}'
                            << taken;
    };
    row("ends later", "exp", kNow + 10, true);
    row("ended within the leeway", "exp", kNow - 59, true);
    row("ended at the leeway", "exp", kNow - 60, false);
    row("ended long ago", "exp", kNow - 100'000, false);
    row("ended in 1970", "exp", 0, false);
    row("begins soon", "nbf", kNow + 60, true);
    row("begins later", "nbf", kNow + 61, false);
    row("issued just now elsewhere", "iat", kNow + 60, true);
    row("issued in the future", "iat", kNow + 61, false);
    row("in milliseconds", "exp", kNowMs, false);
    row("before 1970", "exp", -1, false);
    QTest::newRow("fraction") << QByteArray(R"({"exp":1700000000.5})") << true;
    QTest::newRow("text") << QByteArray(R"({"exp":"1800000000"})") << false;
    QTest::newRow("null") << QByteArray(R"({"exp":null})") << false;
    QTest::newRow("overflow") << QByteArray(R"({"exp":1e308})") << false;
    QTest::newRow("nbf overflow") << QByteArray(R"({"nbf":-1e308})") << false;
    QTest::newRow("none") << QByteArray(R"({"sub":"x"})") << true;
}

void tst_Jwt::times()
{
    QFETCH(QByteArray, claims);
    QFETCH(bool, taken);
    const QString words = why(signedToken(claims));
    QVERIFY2(words.isEmpty() == taken, qPrintable(words));
}

void tst_Jwt::topics()
{
    const auto claims = verifiedClaims(
        signedToken(R"({"sub":"ann","mercure":{"publish":["*"],"subscribe":["/a/*","/b"]}})"),
        secret(), kNowMs);
    QVERIFY(claims);
    QCOMPARE(claims->subject, QStringLiteral("ann"));
    QVERIFY(!claims->expiresMs);
    QVERIFY(claims->mayPublish("/whatever/it/is"));
    QVERIFY(claims->mayPublish("/"));
    const auto may = [&claims](const char *name) {
        return claims->maySubscribe(TopicPattern::fromName(name).value());
    };
    QVERIFY(may("/a/x"));
    QVERIFY(may("/a/*"));
    QVERIFY(may("/b"));
    QVERIFY(!may("/a"));
    QVERIFY(!may("/a/x/y"));
    QVERIFY(!may("/a/**"));
    QVERIFY(!may("/**"));
    QVERIFY(!may("/b/x"));

    const QByteArray most = QByteArray("\"/a\",").repeated(kJwtTopics).chopped(1);
    QVERIFY(why(signedToken("{\"mercure\":{\"subscribe\":[" + most + "]}}")).isEmpty());

    const auto without =
        verifiedClaims(signedToken(R"({"mercure":{"publish":null}})"), secret(), kNowMs);
    QVERIFY(without);
    QVERIFY(!without->mayPublish("/a"));
    QVERIFY(!without->maySubscribe(TopicPattern::fromName("/a").value()));
}

void tst_Jwt::topicsThatAreNone_data()
{
    QTest::addColumn<QByteArray>("selector");
    QTest::addColumn<QString>("words");
    QTest::newRow("template") << QByteArray("/books/{id}") << "URI template";
    QTest::newRow("address") << QByteArray("https://example.com/books/1") << "begins with '/'";
    QTest::newRow("empty") << QByteArray() << "begins with '/'";
    QTest::newRow("reserved") << QByteArray("/_/api") << "reserved";
    QTest::newRow("long") << '/' + QByteArray(300, 'x') << "at most";
}

void tst_Jwt::topicsThatAreNone()
{
    QFETCH(QByteArray, selector);
    QFETCH(QString, words);
    const QString told =
        why(signedToken("{\"mercure\":{\"subscribe\":[\"/fine\",\"" + selector + "\"]}}"));
    QVERIFY2(told.contains(words), qPrintable(told));
}

void tst_Jwt::keys_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("result"); // the algorithm, or part of the refusal
    QTest::newRow("secret") << QByteArray(kTestSecret) << "HS256";
    QTest::newRow("secret with a line break") << QByteArray(kTestSecret) + '\n' << "HS256";
    QTest::newRow("32 bytes") << QByteArray(32, 'k') << "HS256";
    QTest::newRow("31 bytes") << QByteArray(31, 'k') << "at least 32";
    QTest::newRow("spaces do not count") << QByteArray(31, 'k') + "   "
                                         << "at least 32";
    QTest::newRow("nothing") << QByteArray() << "at least 32";
    QTest::newRow("too much") << QByteArray(17'000, 'k') << "at most";
    QTest::newRow("RSA") << QByteArray(kRsa) << "RS256";
    QTest::newRow("P-256") << QByteArray(kP256) << "ES256";
    QTest::newRow("P-256 with CRLF") << QByteArray(kP256).replace("\n", "\r\n") << "ES256";
    QTest::newRow("RSA of 1024 bits") << QByteArray(kRsa1024) << "at least 2048 bits";
    QTest::newRow("P-384") << QByteArray(kP384) << "P-256";
    QTest::newRow("broken PEM") << QByteArray(kRsa).remove(40, 30) << "no public key";
    QTest::newRow("cut PEM") << QByteArray(kRsa).left(200) << "no public key";
    QTest::newRow("certificate")
        << QByteArray("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")
        << "no public key";
    QTest::newRow("private") << QByteArray(
                                    "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")
                             << "private key";
    QTest::newRow("text before PEM") << "key:" + QByteArray(kRsa) << "no public key";
}

void tst_Jwt::keys()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, result);
    const auto key = JwtKey::fromText(text);
    const QString told = key ? QString::fromLatin1(key->name()) : key.error().words;
    QVERIFY2(told.contains(result), qPrintable(told));
    // Whatever looks like a public key never becomes a secret.
    QVERIFY(!key || !text.contains("BEGIN") || key->algorithm() != JwtKey::Algorithm::Hs256);
}

void tst_Jwt::aKeyFromAFile()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("key with space.pem")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(kP256);
    file.close();
    const auto key = JwtKey::fromSetting('@' + file.fileName().toUtf8());
    QVERIFY(key);
    QCOMPARE(key->name(), "ES256");
    const auto missing = JwtKey::fromSetting("@/nowhere/key.pem");
    QVERIFY(!missing);
    QVERIFY(missing.error().words.contains(QLatin1String("/nowhere/key.pem")));
    QVERIFY(!JwtKey::fromSetting('@' + folder.path().toUtf8()));
}

QTEST_APPLESS_MAIN(tst_Jwt)
#include "tst_jwt.moc"
