// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/encryption.h"

#include "net/localaddresses.h"
#include "tls/authorityfolder.h"

#include <QDir>
#include <QFileInfo>
#include <QSysInfo>

#include <chrono>

namespace pushdeck {

namespace {

using namespace std::chrono_literals;
using Source = ServerSettings::Encryption::Source;

/// Files that changed are read when they were the same twice, so that a certificate is not read
/// with the key of the one before.
constexpr auto kFilesTick = 2s;
/// A laptop that changes networks gets a certificate for its new address within this.
constexpr auto kAddressesTick = 10s;

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

QStringList usableAddresses()
{
    QStringList addresses;
    for (const LocalAddress &local : localAddresses()) {
        if (!local.loopback)
            addresses << local.address.toString();
    }
    addresses.sort(); // an order that does not depend on which network leads out
    return addresses;
}

EncryptionInfo::Certificate certificateInfo(const CertificateFacts &facts)
{
    return {facts.subject, facts.names, facts.from.toMSecsSinceEpoch(),
            facts.until.toMSecsSinceEpoch(), fingerprintText(facts.sha256)};
}

} // namespace

QString problemWords(const TlsProblem &problem, const ServerSettings::Encryption &settings)
{
    switch (problem.where) {
        case TlsProblem::Where::Certificate:
        case TlsProblem::Where::Key: {
            const QString &file = problem.where == TlsProblem::Where::Key
                                      ? settings.keyFile
                                      : settings.certificateFile;
            return Encryption::tr("TLS: %1: %2").arg(QDir::toNativeSeparators(file), problem.words);
        }
        case TlsProblem::Where::Folder:
            break;
    }
    return Encryption::tr("TLS: %1").arg(problem.words);
}

Encryption::Encryption(QObject *parent)
    : QObject(parent), m_info(std::make_shared<const EncryptionInfo>()), m_timer(this)
{
    connect(&m_timer, &QTimer::timeout, this, &Encryption::look);
}

std::optional<TlsProblem> Encryption::start(const Settings &settings)
{
    // Another kind of certificate: the one before must not be shown in its place.
    if (settings.source != m_settings.source) {
        m_context.reset();
        m_authorityPem.clear();
    }
    m_settings = settings;
    m_timer.stop();
    if (settings.source == Source::Files)
        m_timer.start(kFilesTick);
    else if (settings.source == Source::Made)
        m_timer.start(kAddressesTick);
    return reload();
}

std::optional<TlsProblem> Encryption::reload()
{
    std::optional<TlsProblem> problem;
    switch (m_settings.source) {
        case Source::Off:
            break;
        case Source::Files:
            problem = load();
            break;
        case Source::Made:
            problem = make();
            break;
    }
    tell(problem);
    return problem;
}

std::optional<TlsProblem> Encryption::load()
{
    m_read = m_seen = filesNow();
    TlsContext::Made loaded =
        TlsContext::load(m_settings.certificateFile, m_settings.keyFile, now());
    if (!loaded.problem)
        take(std::move(loaded.context));
    return std::move(loaded.problem);
}

std::optional<TlsProblem> Encryption::make()
{
    m_addresses = usableAddresses();
    const auto prepared =
        prepareAuthority(m_settings.folder, {QSysInfo::machineHostName(), m_addresses}, now());
    if (!prepared)
        return TlsProblem{TlsProblem::Where::Folder, prepared.error().words};
    TlsContext::Made made =
        TlsContext::make(prepared->server.certificate, prepared->server.key, now());
    if (made.problem) {
        made.problem->where = TlsProblem::Where::Folder;
        return std::move(made.problem);
    }
    m_authorityPem = prepared->authority;
    take(std::move(made.context));
    for (const QString &words : prepared->notices)
        emit noticed(words);
    return std::nullopt;
}

void Encryption::take(std::shared_ptr<const TlsContext> context)
{
    const bool isOther =
        m_context && m_context->certificate().sha256 != context->certificate().sha256;
    m_context = std::move(context);
    if (isOther)
        emit noticed(tr("New connections get a new certificate, valid until %1.")
                         .arg(m_context->certificate().until.toString(Qt::ISODate).left(10)));
}

void Encryption::tell(const std::optional<TlsProblem> &problem)
{
    auto info = std::make_shared<EncryptionInfo>();
    info->on = m_context != nullptr;
    info->only = info->on && m_settings.only;
    if (problem) {
        info->problem = problemWords(*problem, m_settings);
        emit failed(info->problem);
    }
    if (m_context)
        info->server = certificateInfo(m_context->certificate());
    if (const auto authority = certificateFacts(m_authorityPem)) {
        info->authority = certificateInfo(*authority);
        info->authorityPem = m_authorityPem;
    }
    m_info = std::move(info);
    emit changed();
}

void Encryption::look()
{
    if (m_settings.source == Source::Files)
        lookAtFiles();
    else if (m_settings.source == Source::Made)
        lookAtAuthority();
}

void Encryption::lookAtFiles()
{
    const FileStates states = filesNow();
    const bool quiet = states == std::exchange(m_seen, states);
    if (quiet && states != m_read)
        (void)reload();
}

void Encryption::lookAtAuthority()
{
    const bool moved = usableAddresses() != m_addresses;
    const bool ends = m_context && m_context->certificate().until <= now().addDays(kRenewDays);
    if (moved || ends)
        (void)reload();
}

Encryption::FileStates Encryption::filesNow() const
{
    const auto stateOf = [](const QString &path) {
        const QFileInfo file(path);
        return file.exists() ? FileState{file.lastModified(), file.size()} : FileState{};
    };
    return {stateOf(m_settings.certificateFile), stateOf(m_settings.keyFile)};
}

} // namespace pushdeck
