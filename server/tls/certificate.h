// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>

namespace pushdeck {

/// What a certificate says, for people and for decisions: a value. Thread: any.
struct CertificateFacts
{
    QString subject;   ///< the common name, or the first name it is for
    QStringList names; ///< whom it is for: host names and IP addresses (RFC 5280, 4.2.1.6)
    QDateTime from;    ///< UTC
    QDateTime until;   ///< UTC
    QByteArray sha256; ///< of the certificate's DER: 32 bytes
    bool isCa = false; ///< may sign others
};

/// Of the first certificate in the PEM text; nothing where there is none.
[[nodiscard]] std::optional<CertificateFacts> certificateFacts(const QByteArray &pem);

/// As devices show it: "3A:9F:…".
[[nodiscard]] QString fingerprintText(const QByteArray &sha256);

} // namespace pushdeck
