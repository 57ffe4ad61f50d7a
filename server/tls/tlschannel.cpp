// SPDX-License-Identifier: GPL-3.0-or-later
#include "tls/tlschannel.h"

#include "tls/openssl.h"

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace pushdeck {

/// What OpenSSL reads from and writes to: the caller's bytes, only while a call lasts.
struct TlsChannel::Wire
{
    QByteArrayView input;
    QByteArray *output = nullptr;

    static int read(BIO *bio, char *data, int size)
    {
        Wire &wire = *static_cast<Wire *>(BIO_get_data(bio));
        BIO_clear_retry_flags(bio);
        if (wire.input.isEmpty()) {
            BIO_set_retry_read(bio);
            return -1;
        }
        const qsizetype taken = std::min(qsizetype(size), wire.input.size());
        std::memcpy(data, wire.input.data(), std::size_t(taken));
        wire.input = wire.input.sliced(taken);
        return int(taken);
    }

    static int write(BIO *bio, const char *data, int size)
    {
        const Wire &wire = *static_cast<Wire *>(BIO_get_data(bio));
        BIO_clear_retry_flags(bio);
        if (wire.output)
            wire.output->append(data, size);
        return size;
    }

    static long control(BIO *, int command, long, void *) { return command == BIO_CTRL_FLUSH; }

    static int create(BIO *bio)
    {
        BIO_set_init(bio, 1);
        return 1;
    }

    static const BIO_METHOD *method()
    {
        static const BIO_METHOD *const kMethod = [] {
            BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "wire");
            BIO_meth_set_read(made, &Wire::read);
            BIO_meth_set_write(made, &Wire::write);
            BIO_meth_set_ctrl(made, &Wire::control);
            BIO_meth_set_create(made, &Wire::create);
            return made;
        }();
        return kMethod;
    }
};

namespace {

/// RFC 8446, 5.1.
constexpr std::size_t kRecordBytes = 16 * 1024;

/// The kinds of failure that differ for the operator.
TlsFailure kindOf(unsigned long code)
{
    switch (ERR_GET_REASON(code)) {
        case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
        case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
        case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
            return TlsFailure::Untrusted;
        case SSL_R_UNSUPPORTED_PROTOCOL:
        case SSL_R_VERSION_TOO_LOW:
        case SSL_R_NO_SHARED_CIPHER:
        case SSL_R_NO_SUITABLE_KEY_SHARE:
        case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
        case SSL_R_NO_SHARED_GROUPS:
            return TlsFailure::NoCommon;
        default:
            return TlsFailure::Malformed;
    }
}

} // namespace

const char *nameOf(TlsFailure failure)
{
    static constexpr const char *kNames[kTlsFailureCount] = {
        "off", "malformed", "no_common", "untrusted", "left", "timed_out", "other"};
    return kNames[static_cast<std::size_t>(failure)];
}

TlsChannel::TlsChannel(std::shared_ptr<const TlsContext> context)
    : m_context(std::move(context)),
      m_ssl(SSL_new(m_context->handle())),
      m_wire(std::make_unique<Wire>())
{
    BIO *bio = m_ssl ? BIO_new(Wire::method()) : nullptr;
    if (!bio) { // no memory
        fail();
        return;
    }
    BIO_set_data(bio, m_wire.get());
    SSL_set_bio(m_ssl, bio, bio);
    SSL_set_accept_state(m_ssl);
}

TlsChannel::~TlsChannel()
{
    SSL_free(m_ssl);
}

void TlsChannel::receive(QByteArrayView input, QByteArray &plain, QByteArray &out)
{
    if (m_state == State::Failed)
        return;
    m_wire->input = input;
    m_wire->output = &out;
    ERR_clear_error();
    if (m_state == State::Handshaking) {
        const int done = SSL_do_handshake(m_ssl);
        if (done == 1)
            m_state = State::Open;
        else if (SSL_get_error(m_ssl, done) != SSL_ERROR_WANT_READ)
            fail();
    }
    if (m_state == State::Open)
        read(plain);
    m_wire->input = {};
    m_wire->output = nullptr;
}

void TlsChannel::read(QByteArray &plain)
{
    std::array<char, kRecordBytes> piece;
    for (;;) {
        const int size = SSL_read(m_ssl, piece.data(), int(piece.size()));
        if (size > 0) {
            plain.append(piece.data(), size);
            continue;
        }
        switch (SSL_get_error(m_ssl, size)) {
            case SSL_ERROR_WANT_READ:
                return;
            case SSL_ERROR_ZERO_RETURN:
                m_state = State::Ended;
                return;
            default:
                fail();
                return;
        }
    }
}

bool TlsChannel::send(QByteArrayView plain, QByteArray &out)
{
    if (m_state != State::Open && m_state != State::Ended)
        return false;
    m_wire->output = &out;
    ERR_clear_error();
    while (!plain.isEmpty() && m_state != State::Failed) {
        const int size = int(std::min(plain.size(), qsizetype(std::numeric_limits<int>::max())));
        const int written = SSL_write(m_ssl, plain.data(), size);
        if (written > 0)
            plain = plain.sliced(written);
        else
            fail();
    }
    m_wire->output = nullptr;
    return m_state != State::Failed;
}

void TlsChannel::sendEnd(QByteArray &out)
{
    if (m_state != State::Open && m_state != State::Ended)
        return;
    m_wire->output = &out;
    (void)SSL_shutdown(m_ssl);
    ERR_clear_error();
    m_wire->output = nullptr;
}

void TlsChannel::fail()
{
    m_state = State::Failed;
    m_failure = kindOf(ERR_peek_last_error());
    m_words = takeOpenSslReason();
}

QString TlsChannel::version() const
{
    return SSL_version(m_ssl) == TLS1_3_VERSION ? QStringLiteral("TLS 1.3")
                                                : QStringLiteral("TLS 1.2");
}

QString TlsChannel::cipher() const
{
    return QString::fromLatin1(SSL_get_cipher_name(m_ssl));
}

bool TlsChannel::isResumed() const
{
    return SSL_session_reused(m_ssl) == 1;
}

} // namespace pushdeck
