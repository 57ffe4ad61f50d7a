// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/jwtkey.h"

#include <QCoreApplication>
#include <QFile>

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>

#include <optional>

namespace pushdeck {

namespace {

constexpr qsizetype kHashBytes = 32;              // SHA-256
constexpr qsizetype kEs256Bytes = 2 * kHashBytes; // RFC 7518, 3.4: R and S, one after the other

QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck::JwtKey", text);
}

template <auto release>
struct Release
{
    template <typename T>
    void operator()(T *thing) const
    {
        release(thing);
    }
};
using Bio = std::unique_ptr<BIO, Release<&BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Release<&EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Release<&EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Release<&ECDSA_SIG_free>>;
using Number = std::unique_ptr<BIGNUM, Release<&BN_free>>;

const unsigned char *octets(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

/// What OpenSSL keeps of its failures is nobody's business later on.
struct ClearedErrors
{
    ~ClearedErrors() { ERR_clear_error(); }
};

/// ECDSA's signature as OpenSSL wants it: DER (RFC 3279, 2.2.3) instead of R and S.
std::optional<QByteArray> derOf(QByteArrayView raw)
{
    const Signature signature(ECDSA_SIG_new());
    Number r(BN_bin2bn(octets(raw), int(kHashBytes), nullptr));
    Number s(BN_bin2bn(octets(raw) + kHashBytes, int(kHashBytes), nullptr));
    if (!signature || !r || !s)
        return std::nullopt;
    if (ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1)
        return std::nullopt;
    (void)r.release(); // the signature's now
    (void)s.release();
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    if (size <= 0)
        return std::nullopt;
    QByteArray der(size, Qt::Uninitialized);
    auto *end = reinterpret_cast<unsigned char *>(der.data());
    i2d_ECDSA_SIG(signature.get(), &end);
    return der;
}

bool isP256(const EVP_PKEY *key)
{
    char group[64] = {};
    std::size_t size = 0;
    return EVP_PKEY_get_group_name(key, group, sizeof group, &size) == 1 &&
           OBJ_txt2nid(group) == NID_X9_62_prime256v1;
}

} // namespace

struct JwtKey::PublicKey
{
    explicit PublicKey(Key given) : key(std::move(given)) {}

    Key key;
};

Result<JwtKey> JwtKey::fromText(const QByteArray &text)
{
    const ClearedErrors cleared;
    const QByteArray trimmed = text.trimmed();
    if (trimmed.size() > kMostBytes)
        return badRequest(tr("A key for signed tokens has at most %1 bytes.").arg(kMostBytes));
    JwtKey key;
    // A public key must never become a secret: everybody knows it (RFC 8725, 2.1).
    if (!trimmed.contains("-----BEGIN")) {
        if (trimmed.size() < kSecretBytes)
            return badRequest(
                tr("A secret for signed tokens has at least %1 bytes.").arg(kSecretBytes));
        key.m_secret = trimmed;
        return key;
    }
    if (trimmed.contains("PRIVATE KEY-----"))
        return badRequest(
            tr("This is a private key. To verify signed tokens the public one is "
               "enough: 'openssl pkey -pubout' makes it."));
    const Bio bio(BIO_new_mem_buf(trimmed.constData(), int(trimmed.size())));
    Key read(bio ? PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr) : nullptr);
    if (!read)
        return badRequest(
            tr("The key for signed tokens is no public key in PEM "
               "('-----BEGIN PUBLIC KEY-----')."));
    if (EVP_PKEY_get_base_id(read.get()) == EVP_PKEY_RSA) {
        if (EVP_PKEY_get_bits(read.get()) < kRsaBits)
            return badRequest(
                tr("An RSA key for signed tokens has at least %1 bits.").arg(kRsaBits));
        key.m_algorithm = Algorithm::Rs256;
    } else if (EVP_PKEY_get_base_id(read.get()) == EVP_PKEY_EC && isP256(read.get())) {
        key.m_algorithm = Algorithm::Es256;
    } else {
        return badRequest(
            tr("A key for signed tokens is a secret, an RSA key, or an elliptic one "
               "on P-256."));
    }
    key.m_public = std::make_shared<const PublicKey>(std::move(read));
    return key;
}

Result<JwtKey> JwtKey::fromSetting(const QByteArray &setting)
{
    if (!setting.startsWith('@'))
        return fromText(setting);
    QFile file(QString::fromUtf8(setting.mid(1)));
    if (!file.open(QIODevice::ReadOnly))
        return badRequest(tr("The key for signed tokens cannot be read from %1: %2.")
                              .arg(file.fileName(), file.errorString()));
    return fromText(file.read(kMostBytes + 1));
}

const char *JwtKey::name() const
{
    switch (m_algorithm) {
        case Algorithm::Hs256:
            return "HS256";
        case Algorithm::Rs256:
            return "RS256";
        case Algorithm::Es256:
            break;
    }
    return "ES256";
}

bool JwtKey::verifies(QByteArrayView signedBytes, QByteArrayView signature) const
{
    const ClearedErrors cleared;
    const auto count = std::size_t(signedBytes.size());
    if (m_algorithm == Algorithm::Hs256) {
        unsigned char mac[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        return HMAC(EVP_sha256(), m_secret.constData(), int(m_secret.size()), octets(signedBytes),
                    count, mac, &size) &&
               signature.size() == qsizetype(size) &&
               CRYPTO_memcmp(mac, signature.data(), size) == 0;
    }
    QByteArrayView checked = signature;
    std::optional<QByteArray> der;
    if (m_algorithm == Algorithm::Es256) {
        der = signature.size() == kEs256Bytes ? derOf(signature) : std::nullopt;
        if (!der)
            return false;
        checked = *der;
    }
    const DigestContext context(EVP_MD_CTX_new());
    return context &&
           EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr,
                                m_public->key.get()) == 1 &&
           EVP_DigestVerify(context.get(), octets(checked), std::size_t(checked.size()),
                            octets(signedBytes), count) == 1;
}

} // namespace pushdeck
