// SPDX-License-Identifier: GPL-3.0-or-later
#include "tls/openssl.h"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace pushdeck {

BioPtr bioOver(const QByteArray &bytes)
{
    return BioPtr(BIO_new_mem_buf(bytes.constData(), int(bytes.size())));
}

QByteArray bytesOf(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return size > 0 ? QByteArray(data, size) : QByteArray();
}

QString takeOpenSslReason()
{
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    const char *reason = ERR_reason_error_string(code);
    return reason ? QString::fromLatin1(reason) : QStringLiteral("error %1").arg(code, 0, 16);
}

QDateTime timeOf(const ASN1_TIME *time)
{
    std::tm utc{};
    if (!time || ASN1_TIME_to_tm(time, &utc) != 1)
        return {};
    return QDateTime(QDate(utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday),
                     QTime(utc.tm_hour, utc.tm_min, utc.tm_sec), Qt::UTC);
}

CertificatePtr readCertificate(const QByteArray &pem)
{
    const BioPtr bio = bioOver(pem);
    CertificatePtr certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    return certificate;
}

KeyPtr readKey(const QByteArray &pem, KeyFault &fault)
{
    bool asked = false;
    const auto noPassword = [](char *, int, int, void *wasAsked) {
        *static_cast<bool *>(wasAsked) = true;
        return -1;
    };
    const BioPtr bio = bioOver(pem);
    KeyPtr key(PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassword, &asked));
    ERR_clear_error();
    fault = key ? KeyFault::None : (asked ? KeyFault::Encrypted : KeyFault::NoKey);
    return key;
}

} // namespace pushdeck
