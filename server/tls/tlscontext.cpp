// SPDX-License-Identifier: GPL-3.0-or-later
#include "tls/tlscontext.h"

#include "tls/openssl.h"
#include "tls/ownfiles.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <QFileInfo>
#include <QLocale>

#include <string_view>

namespace pushdeck {

namespace {

/// Of TLS 1.2; those of TLS 1.3 are all as good.
constexpr char kCiphers[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr char kGroups[] = "X25519:P-256:P-384";
/// Sessions of one run, under whatever certificate; tickets are good for nothing else.
constexpr unsigned char kSessionContext[] = "pushdeck";
/// A client that comes back uses one.
constexpr std::size_t kTickets = 1;

/// HTTP/1.1 is what there is; a client that asks for nothing we know goes on without (RFC 7301,
/// 3.2, would have it end).
int chooseProtocol(SSL *, const unsigned char **chosen, unsigned char *chosenSize,
                   const unsigned char *offered, unsigned offeredSize, void *)
{
    constexpr std::string_view kHttp("http/1.1");
    for (unsigned at = 0; at < offeredSize; at += 1u + offered[at]) {
        const unsigned size = offered[at];
        if (at + 1 + size > offeredSize)
            break;
        const std::string_view name(reinterpret_cast<const char *>(offered + at + 1), size);
        if (name == kHttp) {
            *chosen = offered + at + 1;
            *chosenSize = static_cast<unsigned char>(size);
            return SSL_TLSEXT_ERR_OK;
        }
    }
    return SSL_TLSEXT_ERR_NOACK;
}

TlsContext::Made problem(TlsProblem::Where where, const QString &words)
{
    return {nullptr, TlsProblem{where, words}};
}

QString dayOf(const QDateTime &time)
{
    return time.toString(Qt::ISODate).left(10);
}

bool configure(SSL_CTX *context)
{
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                                     SSL_OP_IGNORE_UNEXPECTED_EOF);
    // An idle connection then holds no buffers.
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    // Tickets are with the clients: nothing is kept here for those who left.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_alpn_select_cb(context, &chooseProtocol, nullptr);
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(context, kCiphers) == 1 &&
           SSL_CTX_set1_groups_list(context, kGroups) == 1 &&
           SSL_CTX_set_num_tickets(context, kTickets) == 1 &&
           SSL_CTX_set_session_id_context(context, kSessionContext, sizeof kSessionContext - 1) ==
               1;
}

/// What stands behind the first certificate.
bool addChain(SSL_CTX *context, const QByteArray &pem)
{
    const BioPtr bio = bioOver(pem);
    CertificatePtr certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    while (CertificatePtr next{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        // A root is what clients have; sent it is only longer.
        if (X509_self_signed(next.get(), 0) == 1)
            continue;
        if (SSL_CTX_add1_chain_cert(context, next.get()) != 1)
            return false;
    }
    ERR_clear_error(); // the end of the text
    return true;
}

} // namespace

TlsContext::TlsContext(ssl_ctx_st *handle, CertificateFacts certificate)
    : m_handle(handle), m_certificate(std::move(certificate))
{
}

TlsContext::~TlsContext()
{
    SSL_CTX_free(m_handle);
}

TlsContext::Made TlsContext::make(const QByteArray &certificates, const QByteArray &key,
                                  const QDateTime &now)
{
    using Where = TlsProblem::Where;
    auto facts = certificateFacts(certificates);
    if (!facts)
        return problem(Where::Certificate,
                       QStringLiteral("There is no certificate in this file (PEM is expected)."));
    if (facts->until < now)
        return problem(Where::Certificate,
                       QStringLiteral("This certificate expired on %1.").arg(dayOf(facts->until)));
    if (facts->from > now)
        return problem(
            Where::Certificate,
            QStringLiteral("This certificate is valid from %1 on.").arg(dayOf(facts->from)));
    KeyFault fault = KeyFault::None;
    const KeyPtr secret = readKey(key, fault);
    if (fault == KeyFault::Encrypted)
        return problem(Where::Key,
                       QStringLiteral("This key is encrypted. Pushdeck needs one without a "
                                      "password: openssl pkey -in KEY -out NEW"));
    if (!secret)
        return problem(Where::Key,
                       QStringLiteral("There is no private key in this file (PEM is expected)."));
    const CertificatePtr certificate = readCertificate(certificates);
    if (X509_check_private_key(certificate.get(), secret.get()) != 1) {
        ERR_clear_error();
        return problem(Where::Key, QStringLiteral("This key is not the certificate's."));
    }
    SslContextPtr context(SSL_CTX_new(TLS_server_method()));
    if (!context || !configure(context.get()) ||
        SSL_CTX_use_certificate(context.get(), certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context.get(), secret.get()) != 1 ||
        !addChain(context.get(), certificates))
        return problem(
            Where::Certificate,
            QStringLiteral("OpenSSL does not take this certificate: %1.").arg(takeOpenSslReason()));
    return {std::shared_ptr<const TlsContext>(new TlsContext(context.release(), *std::move(facts))),
            std::nullopt};
}

TlsContext::Made TlsContext::load(const QString &certificateFile, const QString &keyFile,
                                  const QDateTime &now)
{
    const auto certificates = readSmallFile(certificateFile);
    if (!certificates)
        return problem(TlsProblem::Where::Certificate, certificates.error().words);
    const auto key = readSmallFile(keyFile);
    if (!key)
        return problem(TlsProblem::Where::Key, key.error().words);
    return make(*certificates, *key, now);
}

} // namespace pushdeck
