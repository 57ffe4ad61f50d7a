// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/accesspolicy.h"

#include <QCoreApplication>
#include <QHostAddress>

namespace pushdeck {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck::AccessPolicy", text);
}

QByteArray withoutPort(const QByteArray &host)
{
    if (host.startsWith('[')) {
        const qsizetype end = host.indexOf(']');
        return end > 0 ? host.mid(1, end - 1) : QByteArray();
    }
    const qsizetype colon = host.indexOf(':');
    return colon >= 0 ? host.first(colon) : host;
}

} // namespace

bool equalInConstantTime(const QByteArray &a, const QByteArray &b)
{
    unsigned difference = a.size() == b.size() ? 0 : 1;
    for (qsizetype i = 0; i < a.size(); ++i) {
        const char other = b.isEmpty() ? '\0' : b[i % b.size()];
        difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(other);
    }
    return difference == 0;
}

bool isLocalHostName(const QByteArray &hostHeader)
{
    const QByteArray name = withoutPort(hostHeader).toLower();
    if (name.isEmpty())
        return false;
    if (!QHostAddress(QString::fromLatin1(name)).isNull())
        return true;
    if (!name.contains('.'))
        return true;
    for (const char *suffix : {".local", ".lan", ".home", ".internal", ".localhost"}) {
        if (name.endsWith(suffix))
            return true;
    }
    return false;
}

bool AccessPolicy::allowsOrigin(const QByteArray &origin) const
{
    return origin.isEmpty() || m_rules.origins.isEmpty() || m_rules.origins.contains(origin);
}

QByteArray AccessPolicy::allowOriginHeader(const QByteArray &origin) const
{
    if (m_rules.origins.isEmpty())
        return "*";
    return !origin.isEmpty() && allowsOrigin(origin) ? origin : QByteArray();
}

std::optional<Error> AccessPolicy::refusedOrigin(const Visitor &visitor) const
{
    if (allowsOrigin(visitor.origin))
        return std::nullopt;
    return Error{ErrorKind::Forbidden, tr("Pages of this origin are not allowed here.")};
}

std::optional<Error> AccessPolicy::mayComePlain(const Visitor &visitor) const
{
    if (visitor.encrypted || !m_rules.tlsOnly)
        return std::nullopt;
    return Error{ErrorKind::Forbidden,
                 tr("This server takes encrypted connections only: use https:// or wss://.")};
}

std::optional<Error> AccessPolicy::maySubscribe(const Visitor &visitor) const
{
    if (auto refused = mayComePlain(visitor))
        return refused;
    if (auto refused = refusedOrigin(visitor))
        return refused;
    // Who may publish may subscribe: a WebSocket does both with the one token it can carry.
    const bool mayPublishToo =
        !m_rules.publishToken.isEmpty() && equalInConstantTime(m_rules.publishToken, visitor.token);
    if (!m_rules.subscribeToken.isEmpty() && !mayPublishToo &&
        !equalInConstantTime(m_rules.subscribeToken, visitor.token))
        return Error{ErrorKind::Unauthorized,
                     tr("Subscribing needs a token: 'Authorization: Bearer …' or '?token=…'.")};
    return std::nullopt;
}

std::optional<Error> AccessPolicy::mayPublish(const Visitor &visitor) const
{
    if (auto refused = mayComePlain(visitor))
        return refused;
    if (auto refused = refusedOrigin(visitor))
        return refused;
    if (!m_rules.publishToken.isEmpty() &&
        !equalInConstantTime(m_rules.publishToken, visitor.token))
        return Error{ErrorKind::Unauthorized,
                     tr("Publishing needs a token: 'Authorization: Bearer …' or '?token=…'.")};
    return std::nullopt;
}

std::optional<Error> AccessPolicy::mayOperate(const Visitor &visitor) const
{
    if (auto refused = mayComePlain(visitor))
        return refused;
    const QByteArray &site = visitor.fetchSite;
    const bool foreignPage = site == "cross-site" || site == "same-site";
    const bool foreignOrigin = !visitor.origin.isEmpty() &&
                               visitor.origin != "http://" + visitor.host &&
                               visitor.origin != "https://" + visitor.host;
    if (foreignPage || foreignOrigin)
        return Error{ErrorKind::Forbidden,
                     tr("The operator's interface does not answer pages of other sites.")};
    const bool hasToken = !m_rules.operatorToken.isEmpty() &&
                          equalInConstantTime(m_rules.operatorToken, visitor.token);
    if (!hasToken && !isLocalHostName(visitor.host))
        return Error{ErrorKind::Forbidden,
                     tr("The operator's interface answers under an IP address or a local name "
                        "only.")};
    if (!hasToken && !visitor.fromThisMachine)
        return Error{ErrorKind::Unauthorized,
                     tr("From another machine the operator's interface needs the operator's token: "
                        "'Authorization: Bearer …'.")};
    return std::nullopt;
}

} // namespace pushdeck
