// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <cstdint>
#include <memory>

namespace pushdeck {

/// What signed tokens are verified with. The key's kind alone fixes the algorithm, so that no token
/// can choose a weaker one (RFC 8725, 3.1): a secret is HS256, an RSA key RS256, a P-256 key ES256.
/// An immutable value, cheap to copy.
class JwtKey final
{
public:
    enum class Algorithm : std::uint8_t { Hs256, Rs256, Es256 };

    /// Bytes a secret has at least (RFC 7518, 3.2), bits an RSA key has at least (3.3), and bytes
    /// any of them has at most.
    static constexpr qsizetype kSecretBytes = 32;
    static constexpr int kRsaBits = 2048;
    static constexpr qsizetype kMostBytes = 16 * 1024;

    /// A secret, or a public key in PEM (RFC 7468, 13). Surrounding white space is not part of it.
    static Result<JwtKey> fromText(const QByteArray &text);

    /// The same, or `@` and the name of a file that holds it, which is read now.
    static Result<JwtKey> fromSetting(const QByteArray &setting);

    [[nodiscard]] Algorithm algorithm() const { return m_algorithm; }
    /// As a token's header names it: "HS256".
    [[nodiscard]] const char *name() const;

    /// Whether this is the signature of these bytes. In a time that does not tell how far off a
    /// wrong one is.
    [[nodiscard]] bool verifies(QByteArrayView signedBytes, QByteArrayView signature) const;

private:
    struct PublicKey; // of OpenSSL's

    JwtKey() = default;

    Algorithm m_algorithm = Algorithm::Hs256;
    QByteArray m_secret;
    std::shared_ptr<const PublicKey> m_public;
};

} // namespace pushdeck
