// SPDX-License-Identifier: GPL-3.0-or-later
// What the files of this room share of OpenSSL. Included by .cpp files only.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>

namespace pushdeck {

template <auto free>
struct OpenSslDelete
{
    template <typename T>
    void operator()(T *what) const
    {
        free(what);
    }
};
using BioPtr = std::unique_ptr<BIO, OpenSslDelete<BIO_free_all>>;
using CertificatePtr = std::unique_ptr<X509, OpenSslDelete<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, OpenSslDelete<EVP_PKEY_free>>;
using SslContextPtr = std::unique_ptr<SSL_CTX, OpenSslDelete<SSL_CTX_free>>;

/// Reads from `bytes`, which must stay.
[[nodiscard]] BioPtr bioOver(const QByteArray &bytes);
[[nodiscard]] QByteArray bytesOf(BIO *bio);

/// What OpenSSL says of the last failure on this thread, "ee key too small"; and forgets it.
[[nodiscard]] QString takeOpenSslReason();

[[nodiscard]] QDateTime timeOf(const ASN1_TIME *time);

/// The first certificate; null where there is none.
[[nodiscard]] CertificatePtr readCertificate(const QByteArray &pem);

enum class KeyFault { None, NoKey, Encrypted };
/// The first private key. An encrypted one is not asked for its password.
[[nodiscard]] KeyPtr readKey(const QByteArray &pem, KeyFault &fault);

} // namespace pushdeck
