// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

namespace pushdeck {

inline constexpr char kTestSecret[] = "a-secret-for-tests-of-forty-bytes-1234567";

[[nodiscard]] inline QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// A token of any header and claims, signed by Qt's own HMAC.
[[nodiscard]] inline QByteArray signedToken(const QByteArray &claims,
                                            const QByteArray &header = R"({"alg":"HS256"})",
                                            const QByteArray &secret = kTestSecret)
{
    const QByteArray text = base64Url(header) + '.' + base64Url(claims);
    return text + '.' +
           base64Url(QMessageAuthenticationCode::hash(text, secret, QCryptographicHash::Sha256));
}

} // namespace pushdeck
