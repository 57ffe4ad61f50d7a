// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tls/certificate.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>

struct ssl_ctx_st;

namespace pushdeck {

/// Why there can be no TLS, and of what the operator gave it comes.
struct TlsProblem
{
    enum class Where { Certificate, Key, Folder };
    Where where = Where::Certificate;
    QString words; ///< one sentence
};

/// How this server speaks TLS and what it shows: its certificate with the chain, its key, TLS 1.2
/// with forward secrecy and authenticated encryption only (RFC 9325, 4.2), or TLS 1.3. Never
/// changed once made: connections share it, and one that outlives a change keeps the one it began
/// with. Any thread may hold it; connections that use it are of one thread.
class TlsContext final
{
public:
    struct Made
    {
        std::shared_ptr<const TlsContext> context; ///< null where there is a problem
        std::optional<TlsProblem> problem;
    };

    /// From PEM text: the server's certificate, followed by those between it and a root, and its
    /// key. Expired ones, keys that are others', and encrypted keys are problems.
    [[nodiscard]] static Made make(const QByteArray &certificates, const QByteArray &key,
                                   const QDateTime &now);

    /// The same from files.
    [[nodiscard]] static Made load(const QString &certificateFile, const QString &keyFile,
                                   const QDateTime &now);

    ~TlsContext();
    TlsContext(const TlsContext &) = delete;
    TlsContext &operator=(const TlsContext &) = delete;

    [[nodiscard]] const CertificateFacts &certificate() const { return m_certificate; }
    [[nodiscard]] ssl_ctx_st *handle() const { return m_handle; }

private:
    TlsContext(ssl_ctx_st *handle, CertificateFacts certificate);

    ssl_ctx_st *const m_handle;
    const CertificateFacts m_certificate;
};

} // namespace pushdeck
