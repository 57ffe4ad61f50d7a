// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QStringList>

namespace pushdeck {

/// A certificate and its private key (EC P-256), both as PEM text.
struct Credentials
{
    QByteArray certificate;
    QByteArray key;
};

/// Whom a server's certificate is for.
struct ServerNames
{
    QString host;          ///< this machine's name, as it calls itself
    QStringList addresses; ///< IP addresses, without brackets or zone

    bool operator==(const ServerNames &) const = default;
};

/// How long what is made here is valid. Phones refuse a server's certificate of more than 398 days.
inline constexpr int kAuthorityYears = 10;
inline constexpr int kServerDays = 397;

/// A certificate authority of its own: signs servers' certificates and no other authority's
/// (pathlen 0), and no name but this machine's and those of local networks (name constraints, RFC
/// 5280, 4.2.1.10), so that its key, should it leak, opens no web site to whoever has it. Thread:
/// any.
[[nodiscard]] Result<Credentials> makeAuthority(const QString &host, const QDateTime &now);

/// A server's certificate, signed by `authority`, for `names`, localhost and the loopback
/// addresses. A host name that the authority must not sign is left out.
[[nodiscard]] Result<Credentials> makeServerCertificate(const Credentials &authority,
                                                        const ServerNames &names,
                                                        const QDateTime &now);

/// What stands in a certificate that `authority` makes for `names`: each once, in the order in
/// which CertificateFacts tells them.
[[nodiscard]] QStringList certifiedNames(const Credentials &authority, const ServerNames &names);

} // namespace pushdeck
