// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tls/tlscontext.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>

struct ssl_st;

namespace pushdeck {

/// Why a handshake came to nothing.
enum class TlsFailure : quint8 {
    Off,       ///< this server has no TLS
    Malformed, ///< what came is no TLS
    NoCommon,  ///< no version or cipher that both speak
    Untrusted, ///< the client does not take the certificate
    Left,      ///< the client went in the middle of it
    TimedOut,
    Other
};
inline constexpr int kTlsFailureCount = 7;

/// For metrics: "untrusted".
[[nodiscard]] const char *nameOf(TlsFailure failure);

/// The TLS of one connection, without a socket: bytes of the network in and out on one side, the
/// application's on the other. Thread: that of the connection. RFC 8446, RFC 5246.
class TlsChannel final
{
public:
    enum class State : quint8 {
        Handshaking,
        Open,
        Ended, ///< the peer said that nothing more comes (close_notify)
        Failed ///< nothing may be sent any more, but what `out` got
    };

    explicit TlsChannel(std::shared_ptr<const TlsContext> context);
    ~TlsChannel();
    TlsChannel(const TlsChannel &) = delete;
    TlsChannel &operator=(const TlsChannel &) = delete;

    /// Takes what came from the network, all of it. What it says goes behind `plain`, which grows
    /// by no more than it; what has to be sent for it goes behind `out`.
    void receive(QByteArrayView input, QByteArray &plain, QByteArray &out);

    /// Encrypts into records behind `out`. False: the connection is of no more use. Only where Open
    /// or Ended.
    [[nodiscard]] bool send(QByteArrayView plain, QByteArray &out);

    /// Says that nothing more will be sent.
    void sendEnd(QByteArray &out);

    [[nodiscard]] State state() const { return m_state; }

    /// Where Failed: of what kind, and in words.
    [[nodiscard]] TlsFailure failure() const { return m_failure; }
    [[nodiscard]] const QString &failureWords() const { return m_words; }

    /// "TLS 1.3", "TLS_AES_128_GCM_SHA256"; once Open.
    [[nodiscard]] QString version() const;
    [[nodiscard]] QString cipher() const;
    /// The client came back with a ticket of ours.
    [[nodiscard]] bool isResumed() const;

private:
    struct Wire;

    void fail();
    void read(QByteArray &plain);

    const std::shared_ptr<const TlsContext> m_context;
    ssl_st *m_ssl;
    std::unique_ptr<Wire> m_wire;
    QString m_words;
    State m_state = State::Handshaking;
    TlsFailure m_failure = TlsFailure::Other;
};

} // namespace pushdeck
