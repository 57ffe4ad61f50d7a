// SPDX-License-Identifier: GPL-3.0-or-later
#include "tls/authority.h"

#include "tls/openssl.h"

#include <QHostAddress>

#include <openssl/bn.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include <algorithm>

namespace pushdeck {

namespace {

/// Devices whose clock is late must not find a certificate that begins in their future.
constexpr qint64 kBackdatedSeconds = 24 * 3600;
constexpr int kSerialBytes = 16;
constexpr qsizetype kCommonNameCharacters = 64; // RFC 5280, appendix A.1: ub-common-name
constexpr qsizetype kLabelCharacters = 63;      // RFC 1035, 2.3.4

/// Names that no DNS server of the internet leads anywhere (RFC 6761, RFC 6762, RFC 8375, and what
/// home routers use).
constexpr const char *kLocalNames[] = {"localhost", "local",    "lan",  "home.arpa",
                                       "internal",  "intranet", "home", "test"};

/// As it may stand in a certificate: letters, digits, hyphens, dots; empty where the machine's name
/// is no host name.
QString hostName(const QString &host)
{
    const QString name = host.toLower();
    const bool fits = std::all_of(name.begin(), name.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'.';
    });
    const bool shaped = !name.isEmpty() && !name.startsWith(QLatin1Char('.')) &&
                        !name.endsWith(QLatin1Char('.')) && !name.contains(QLatin1String("..")) &&
                        name.size() <= kLabelCharacters;
    return fits && shaped ? name : QString();
}

QString firstLabel(const QString &host)
{
    return host.section(QLatin1Char('.'), 0, 0);
}

/// Under one of the names, or one of them (RFC 5280, 4.2.1.10).
bool isPermitted(const QString &name, X509 *authority)
{
    using Constraints = std::unique_ptr<NAME_CONSTRAINTS, OpenSslDelete<NAME_CONSTRAINTS_free>>;
    const Constraints constraints(static_cast<NAME_CONSTRAINTS *>(
        X509_get_ext_d2i(authority, NID_name_constraints, nullptr, nullptr)));
    if (!constraints)
        return true;
    const auto *trees = constraints->permittedSubtrees;
    for (int i = 0; trees && i < sk_GENERAL_SUBTREE_num(trees); ++i) {
        const GENERAL_NAME *base = sk_GENERAL_SUBTREE_value(trees, i)->base;
        if (base->type != GEN_DNS)
            continue;
        const QString suffix = QString::fromLatin1(
            reinterpret_cast<const char *>(ASN1_STRING_get0_data(base->d.dNSName)),
            ASN1_STRING_length(base->d.dNSName));
        if (name == suffix || name.endsWith(QLatin1Char('.') + suffix))
            return true;
    }
    return false;
}

bool isAddress(const QString &name)
{
    return !QHostAddress(name).isNull();
}

Error failed()
{
    return {ErrorKind::Unavailable,
            QStringLiteral("OpenSSL could not make a certificate: %1.").arg(takeOpenSslReason())};
}

KeyPtr newKey()
{
    return KeyPtr(EVP_EC_gen("P-256"));
}

/// A certificate under construction: every step after one that failed does nothing.
class Draft
{
public:
    Draft() : m_certificate(X509_new())
    {
        unsigned char serial[kSerialBytes];
        m_ok = m_certificate && RAND_bytes(serial, kSerialBytes) == 1 &&
               X509_set_version(m_certificate.get(), X509_VERSION_3) == 1;
        if (!m_ok)
            return;
        serial[0] = static_cast<unsigned char>((serial[0] & 0x3f) | 0x40); // positive, not short
        BIGNUM *number = BN_bin2bn(serial, kSerialBytes, nullptr);
        m_ok = number && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(m_certificate.get()));
        BN_free(number);
    }

    void setLife(const QDateTime &from, const QDateTime &until)
    {
        m_ok = m_ok &&
               ASN1_TIME_set(X509_getm_notBefore(m_certificate.get()),
                             static_cast<time_t>(from.toSecsSinceEpoch())) &&
               ASN1_TIME_set(X509_getm_notAfter(m_certificate.get()),
                             static_cast<time_t>(until.toSecsSinceEpoch()));
    }

    void setSubject(const QString &commonName)
    {
        X509_NAME *subject = m_ok ? X509_get_subject_name(m_certificate.get()) : nullptr;
        const auto add = [this, subject](const char *field, const QByteArray &utf8) {
            m_ok = m_ok && X509_NAME_add_entry_by_txt(
                               subject, field, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(utf8.constData()),
                               int(utf8.size()), -1, 0) == 1;
        };
        add("O", "Pushdeck");
        add("CN", commonName.left(kCommonNameCharacters).toUtf8());
    }

    void setKey(EVP_PKEY *key) { m_ok = m_ok && X509_set_pubkey(m_certificate.get(), key) == 1; }

    void setIssuer(X509 *issuer)
    {
        m_ok =
            m_ok && X509_set_issuer_name(m_certificate.get(), X509_get_subject_name(issuer)) == 1;
        m_issuer = issuer;
    }
    void setIssuedByItself() { setIssuer(m_certificate.get()); }

    /// In the words of OpenSSL's x509v3_config.
    void add(int extension, const QByteArray &value)
    {
        if (!m_ok)
            return;
        X509V3_CTX context;
        X509V3_set_ctx(&context, m_issuer, m_certificate.get(), nullptr, nullptr, 0);
        X509_EXTENSION *made = X509V3_EXT_conf_nid(nullptr, &context, extension, value.constData());
        m_ok = made && X509_add_ext(m_certificate.get(), made, -1) == 1;
        X509_EXTENSION_free(made);
    }

    Result<Credentials> signedWith(EVP_PKEY *key, EVP_PKEY *own)
    {
        const BioPtr certificate(BIO_new(BIO_s_mem()));
        const BioPtr secret(BIO_new(BIO_s_secmem()));
        m_ok =
            m_ok && X509_sign(m_certificate.get(), key, EVP_sha256()) > 0 &&
            PEM_write_bio_X509(certificate.get(), m_certificate.get()) == 1 &&
            PEM_write_bio_PrivateKey(secret.get(), own, nullptr, nullptr, 0, nullptr, nullptr) == 1;
        if (!m_ok)
            return failed();
        return Credentials{bytesOf(certificate.get()), bytesOf(secret.get())};
    }

private:
    CertificatePtr m_certificate;
    X509 *m_issuer = nullptr;
    bool m_ok = false;
};

} // namespace

QStringList certifiedNames(const Credentials &authority, const ServerNames &names)
{
    const CertificatePtr issuer = readCertificate(authority.certificate);
    if (!issuer)
        return {};
    QStringList all{QStringLiteral("localhost")};
    if (const QString host = hostName(names.host); !host.isEmpty())
        all << host << firstLabel(host) + QLatin1String(".local");
    all.removeIf([&issuer](const QString &name) { return !isPermitted(name, issuer.get()); });
    all << QStringLiteral("127.0.0.1") << QStringLiteral("::1");
    for (const QString &address : names.addresses) {
        if (const QHostAddress ip(address); !ip.isNull())
            all << ip.toString();
    }
    all.removeDuplicates();
    return all;
}

Result<Credentials> makeAuthority(const QString &host, const QDateTime &now)
{
    const KeyPtr key = newKey();
    if (!key)
        return failed();
    Draft draft;
    draft.setLife(now.addSecs(-kBackdatedSeconds), now.addYears(kAuthorityYears));
    draft.setSubject(QStringLiteral("Pushdeck CA on %1, %2")
                         .arg(firstLabel(host), now.toString(Qt::ISODate).left(10)));
    draft.setKey(key.get());
    draft.setIssuedByItself();
    draft.add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    draft.add(NID_key_usage, "critical,keyCertSign,cRLSign");
    draft.add(NID_subject_key_identifier, "hash");
    QByteArrayList permitted;
    for (const char *name : kLocalNames)
        permitted << QByteArray("permitted;DNS:") + name;
    if (const QString own = hostName(host); !own.isEmpty())
        permitted << "permitted;DNS:" + own.toLatin1();
    draft.add(NID_name_constraints, "critical," + permitted.join(','));
    return draft.signedWith(key.get(), key.get());
}

Result<Credentials> makeServerCertificate(const Credentials &authority, const ServerNames &names,
                                          const QDateTime &now)
{
    KeyFault fault = KeyFault::None;
    const KeyPtr signer = readKey(authority.key, fault);
    const CertificatePtr issuer = readCertificate(authority.certificate);
    const KeyPtr key = newKey();
    if (!signer || !issuer || !key)
        return failed();
    QByteArrayList alternatives;
    const QStringList certified = certifiedNames(authority, names);
    for (const QString &name : certified)
        alternatives << (isAddress(name) ? "IP:" : "DNS:") + name.toLatin1();
    const QDateTime from = now.addSecs(-kBackdatedSeconds);
    Draft draft;
    draft.setLife(from,
                  std::min(from.addDays(kServerDays), timeOf(X509_get0_notAfter(issuer.get()))));
    draft.setSubject(QStringLiteral("Pushdeck on %1").arg(firstLabel(names.host)));
    draft.setKey(key.get());
    draft.setIssuer(issuer.get());
    draft.add(NID_basic_constraints, "critical,CA:FALSE");
    draft.add(NID_key_usage, "critical,digitalSignature");
    draft.add(NID_ext_key_usage, "serverAuth");
    draft.add(NID_subject_key_identifier, "hash");
    draft.add(NID_authority_key_identifier, "keyid:always");
    draft.add(NID_subject_alt_name, alternatives.join(','));
    return draft.signedWith(signer.get(), key.get());
}

} // namespace pushdeck
