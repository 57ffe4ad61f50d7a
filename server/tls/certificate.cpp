// SPDX-License-Identifier: GPL-3.0-or-later
#include "tls/certificate.h"

#include "tls/openssl.h"

#include <QHostAddress>
#include <QtEndian>

namespace pushdeck {

namespace {

QString textOf(const ASN1_STRING *string)
{
    return QString::fromUtf8(reinterpret_cast<const char *>(ASN1_STRING_get0_data(string)),
                             ASN1_STRING_length(string));
}

QString addressOf(const ASN1_OCTET_STRING *bytes)
{
    const auto *data = ASN1_STRING_get0_data(bytes);
    const int size = ASN1_STRING_length(bytes);
    constexpr int kIpv4 = 4;
    constexpr int kIpv6 = 16;
    if (size == kIpv6)
        return QHostAddress(data).toString();
    return size == kIpv4 ? QHostAddress(qFromBigEndian<quint32>(data)).toString() : QString();
}

QStringList namesOf(X509 *certificate)
{
    using Names = std::unique_ptr<GENERAL_NAMES, OpenSslDelete<GENERAL_NAMES_free>>;
    const Names names(static_cast<GENERAL_NAMES *>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    QStringList texts;
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS)
            texts << textOf(name->d.dNSName);
        else if (name->type == GEN_IPADD)
            texts << addressOf(name->d.iPAddress);
    }
    return texts;
}

QString commonNameOf(const X509 *certificate)
{
    const X509_NAME *subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    return at < 0 ? QString() : textOf(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
}

} // namespace

std::optional<CertificateFacts> certificateFacts(const QByteArray &pem)
{
    const CertificatePtr certificate = readCertificate(pem);
    if (!certificate)
        return std::nullopt;
    CertificateFacts facts;
    facts.names = namesOf(certificate.get());
    facts.subject = commonNameOf(certificate.get());
    if (facts.subject.isEmpty())
        facts.subject = facts.names.value(0);
    facts.from = timeOf(X509_get0_notBefore(certificate.get()));
    facts.until = timeOf(X509_get0_notAfter(certificate.get()));
    facts.isCa = X509_check_ca(certificate.get()) == 1;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (X509_digest(certificate.get(), EVP_sha256(), digest, &size) == 1)
        facts.sha256 = QByteArray(reinterpret_cast<const char *>(digest), int(size));
    return facts;
}

QString fingerprintText(const QByteArray &sha256)
{
    return QString::fromLatin1(sha256.toHex(':').toUpper());
}

} // namespace pushdeck
