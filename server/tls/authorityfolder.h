// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tls/authority.h"

#include <QStringList>

namespace pushdeck {

/// What a folder with an authority holds, ready to serve.
struct PreparedAuthority
{
    QByteArray authority;   ///< the CA's certificate, PEM: what devices are given to trust
    Credentials server;     ///< the certificate is followed by the authority's
    bool isRenewed = false; ///< the server's certificate was made in this call
    QStringList notices;    ///< what the operator should know: a damaged file, a new authority
};

/// A certificate authority and its server certificate in a folder of their own (0700):
/// `authority.pem` and `server.pem`, certificate and key in one file each (0600), so that no crash
/// leaves one without the other; and `ca.crt`, the authority's certificate alone, to be handed out.
///
/// Makes what is missing. The server's certificate is made anew when it is not for all of `names`,
/// when kRenewDays or less are left of it, or when it is not the authority's. What cannot be read
/// is kept aside and made anew, and said so; what may not be read (another user's) is an error.
/// Processes that do it at the same time wait for each other. Blocks; thread: any.
[[nodiscard]] Result<PreparedAuthority> prepareAuthority(const QString &folder,
                                                         const ServerNames &names,
                                                         const QDateTime &now);

inline constexpr int kRenewDays = 30;

} // namespace pushdeck
