// SPDX-License-Identifier: GPL-3.0-or-later
#include "tls/authorityfolder.h"

#include "tls/certificate.h"
#include "tls/openssl.h"
#include "tls/ownfiles.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>

namespace pushdeck {

namespace {

constexpr int kLockWaitMs = 5000;

QString fileIn(const QString &folder, const char *name)
{
    return folder + QLatin1Char('/') + QLatin1String(name);
}

/// Both of them, and each other's.
bool belongTogether(const Credentials &credentials)
{
    KeyFault fault = KeyFault::None;
    const CertificatePtr certificate = readCertificate(credentials.certificate);
    const KeyPtr key = readKey(credentials.key, fault);
    const bool match = certificate && key && X509_check_private_key(certificate.get(), key.get());
    (void)takeOpenSslReason();
    return match;
}

bool isSignedBy(const Credentials &server, const Credentials &authority)
{
    const CertificatePtr certificate = readCertificate(server.certificate);
    const CertificatePtr issuer = readCertificate(authority.certificate);
    const bool is = certificate && issuer &&
                    X509_verify(certificate.get(), X509_get0_pubkey(issuer.get())) == 1;
    (void)takeOpenSslReason();
    return is;
}

class Folder
{
public:
    Folder(QString path, QDateTime now) : m_path(std::move(path)), m_now(std::move(now)) {}

    Result<Credentials> authority(const ServerNames &names)
    {
        const QString path = fileIn(m_path, "authority.pem");
        auto stored = read(path);
        if (!stored)
            return stored.error();
        if (!stored->certificate.isEmpty()) {
            const auto facts = certificateFacts(stored->certificate);
            if (facts->until > m_now && facts->isCa)
                return stored;
            const QString aside = keepAside(path);
            m_notices << QStringLiteral(
                             "The certificate authority has expired. It was kept as %1, and a new "
                             "one made: devices have to be told to trust it.")
                             .arg(QDir::toNativeSeparators(aside));
        }
        return store(path, makeAuthority(names.host, m_now));
    }

    Result<Credentials> server(const Credentials &authority, const ServerNames &names)
    {
        const QString path = fileIn(m_path, "server.pem");
        auto stored = read(path);
        if (!stored)
            return stored.error();
        const auto facts = certificateFacts(stored->certificate);
        if (facts && facts->from <= m_now && facts->until > m_now.addDays(kRenewDays) &&
            isSignedBy(*stored, authority) && facts->names == certifiedNames(authority, names))
            return stored;
        m_isRenewed = true;
        return store(path, makeServerCertificate(authority, names, m_now));
    }

    [[nodiscard]] bool isRenewed() const { return m_isRenewed; }
    [[nodiscard]] const QStringList &notices() const { return m_notices; }

private:
    /// Empty where there is none, or none any more.
    Result<Credentials> read(const QString &path)
    {
        if (!QFileInfo::exists(path))
            return Credentials{};
        const auto bytes = readSmallFile(path);
        if (!bytes)
            return Error{
                bytes.error().kind,
                QStringLiteral("%1: %2").arg(QDir::toNativeSeparators(path), bytes.error().words)};
        const Credentials credentials{*bytes, *bytes};
        if (belongTogether(credentials))
            return credentials;
        const QString aside = keepAside(path);
        if (aside.isEmpty())
            return Error{ErrorKind::Unavailable,
                         QStringLiteral("%1 is damaged and cannot be kept aside.")
                             .arg(QDir::toNativeSeparators(path))};
        m_notices << QStringLiteral("%1 was damaged. It was kept as %2, and a new one made.")
                         .arg(QDir::toNativeSeparators(path), QDir::toNativeSeparators(aside));
        return Credentials{};
    }

    static Result<Credentials> store(const QString &path, Result<Credentials> made)
    {
        if (!made)
            return made;
        if (const auto failed = writePrivateFile(path, made->certificate + made->key))
            return *failed;
        return made;
    }

    const QString m_path;
    const QDateTime m_now;
    QStringList m_notices;
    bool m_isRenewed = false;
};

/// Without a key that stands behind it.
QByteArray certificateOnly(const QByteArray &pem)
{
    static constexpr QByteArrayView kEnd("-----END CERTIFICATE-----\n");
    const qsizetype end = pem.indexOf(kEnd);
    return end < 0 ? QByteArray() : pem.first(end + kEnd.size());
}

} // namespace

Result<PreparedAuthority> prepareAuthority(const QString &folder, const ServerNames &names,
                                           const QDateTime &now)
{
    if (const auto failed = makePrivateFolder(folder))
        return *failed;
    QLockFile lock(fileIn(folder, "lock"));
    if (!lock.tryLock(kLockWaitMs))
        return Error{
            ErrorKind::Unavailable,
            QStringLiteral("Nothing can be written in %1.").arg(QDir::toNativeSeparators(folder))};
    Folder files(folder, now);
    const auto authority = files.authority(names);
    if (!authority)
        return authority.error();
    const auto server = files.server(*authority, names);
    if (!server)
        return server.error();
    PreparedAuthority prepared;
    prepared.authority = certificateOnly(authority->certificate);
    prepared.server = {certificateOnly(server->certificate) + prepared.authority, server->key};
    prepared.isRenewed = files.isRenewed();
    prepared.notices = files.notices();
    // Handed to curl and the like: says nothing that the server does not say to everybody.
    const QString handedOut = fileIn(folder, "ca.crt");
    const auto there = readSmallFile(handedOut);
    if (!there || *there != prepared.authority) {
        if (const auto failed = writePrivateFile(handedOut, prepared.authority))
            return *failed;
    }
    return prepared;
}

} // namespace pushdeck
