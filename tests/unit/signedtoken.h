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

/// The public keys of RFC 7515's examples (A.2, A.3); their signatures are all that can be had.
inline constexpr char kRsa[] = R"(-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAofgWCuLjybRlzo0tZWJj
NiuSfb4p4fAkd/wWJcyQoTbji9k0l8W26mPddxHmfHQp+Vaw+4qPCJrcS2mJPMEz
P1Pt0Bm4d4QlL+yRT+SFd2lZS+pCgNMsD1W/YpRPEwOWvG6b32690r2jZ47soMZo
9wGzjb/7OMg0LOL+bSf63kpaSHSXndS5z5rexMdbBYUsLA9e+KXBdQOS+UTo7WTB
EMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6/I5IhlJH7aGhyxX
FvUK+DWNmoudF8NAco9/h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXp
oQIDAQAB
-----END PUBLIC KEY-----
)";
inline constexpr char kP256[] = R"(-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7
6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==
-----END PUBLIC KEY-----
)";

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
