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

bool isOwnOrigin(const Visitor &visitor)
{
    return visitor.origin == "http://" + visitor.host ||
           visitor.origin == "https://" + visitor.host;
}

/// For who has no token that is known, and for who has one that is not good for this.
Error refusal(bool hasToken, const QString &withoutToken, const QString &withToken)
{
    if (!hasToken)
        return {ErrorKind::Unauthorized, withoutToken, RefusalCause::Token};
    return {ErrorKind::Forbidden, withToken, RefusalCause::Rule};
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

Result<AccessPolicy> AccessPolicy::from(AccessRules rules)
{
    AccessPolicy policy(std::move(rules));
    auto topics = TopicRules::parse(policy.m_rules.topicRules);
    if (!topics)
        return badRequest(tr("The rules for topics: %1").arg(topics.error().words));
    policy.m_topics = std::move(topics).value();
    if (!policy.m_rules.jwtKey.isEmpty()) {
        auto key = JwtKey::fromSetting(policy.m_rules.jwtKey);
        if (!key)
            return key.error();
        policy.m_key = std::move(key).value();
    }
    return policy;
}

void AccessPolicy::identify(Visitor &visitor, std::int64_t nowMs) const
{
    visitor.claims.reset();
    visitor.problem.reset();
    if (!m_key)
        return;
    if (visitor.token.isEmpty() && takesCookieOf(visitor))
        visitor.token = visitor.cookieToken;
    if (!looksLikeJwt(visitor.token) || isOperator(visitor) || hasPublishToken(visitor) ||
        hasSubscribeToken(visitor))
        return;
    auto claims = verifiedClaims(visitor.token, *m_key, nowMs);
    if (claims)
        visitor.claims = std::make_shared<const JwtClaims>(std::move(claims).value());
    else
        visitor.problem = claims.error();
}

/// A browser sends it along with what any page asks for, so it counts where that page is ours or an
/// allowed one. Reading without an Origin is no page's (a page of another site that reads has one),
/// or one of ours; what changes something always has one.
bool AccessPolicy::takesCookieOf(const Visitor &visitor) const
{
    const QByteArray &site = visitor.fetchSite;
    if (!visitor.origin.isEmpty())
        return isOwnOrigin(visitor) || m_rules.origins.contains(visitor.origin);
    const bool ownSite = site == "same-origin";
    return visitor.changes ? ownSite : ownSite || site.isEmpty() || site == "none";
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
    return Error{ErrorKind::Forbidden, tr("Pages of this origin are not allowed here."),
                 RefusalCause::Origin};
}

std::optional<Error> AccessPolicy::mayComePlain(const Visitor &visitor) const
{
    if (visitor.encrypted || !m_tlsOnly)
        return std::nullopt;
    return Error{ErrorKind::Forbidden,
                 tr("This server takes encrypted connections only: use https:// or wss://."),
                 RefusalCause::Rule};
}

bool AccessPolicy::isOperator(const Visitor &visitor) const
{
    return !m_rules.operatorToken.isEmpty() &&
           equalInConstantTime(m_rules.operatorToken, visitor.token);
}

bool AccessPolicy::hasPublishToken(const Visitor &visitor) const
{
    return !m_rules.publishToken.isEmpty() &&
           equalInConstantTime(m_rules.publishToken, visitor.token);
}

bool AccessPolicy::hasSubscribeToken(const Visitor &visitor) const
{
    // Who may publish may subscribe: a WebSocket does both with the one token it can carry.
    return hasPublishToken(visitor) || (!m_rules.subscribeToken.isEmpty() &&
                                        equalInConstantTime(m_rules.subscribeToken, visitor.token));
}

bool AccessPolicy::isKnown(const Visitor &visitor) const
{
    return visitor.claims || isOperator(visitor) || hasSubscribeToken(visitor);
}

std::optional<Error> AccessPolicy::ruledOut(const Visitor &visitor, const TopicPattern &topic,
                                            bool &decided) const
{
    std::optional<bool> tokenLets; // asked once: many rules may say so
    const auto lets = [&](Who who) {
        switch (who) {
            case Who::Anyone:
                return true;
            case Who::Token:
                if (!tokenLets)
                    tokenLets = hasSubscribeToken(visitor) || isOperator(visitor) ||
                                (visitor.claims && visitor.claims->maySubscribe(topic));
                return *tokenLets;
            case Who::Operator:
                return isOperator(visitor);
            case Who::Nobody:
                break;
        }
        return false;
    };
    const TopicRules::Verdict verdict = m_topics.verdictOn(topic, lets);
    decided = verdict.decided;
    if (!verdict.refusing)
        return std::nullopt;
    // Which topics a pattern would have included is not told: their names may be a secret, too.
    const QString name = QString::fromUtf8(topic.name());
    const QString words =
        topic.isExact() ? tr("Subscribing to '%1' is not allowed.").arg(name)
                        : tr("Subscribing to '%1' is not allowed: it includes topics that may not "
                             "be read.")
                              .arg(name);
    if (*verdict.refusing->subscribe == Who::Nobody)
        return Error{ErrorKind::Forbidden, words, RefusalCause::Rule};
    return refusal(isKnown(visitor),
                   topic.isExact() ? tr("Subscribing to '%1' needs a token.").arg(name)
                                   : tr("Subscribing to '%1' needs a token: it includes topics "
                                        "that need one.")
                                         .arg(name),
                   words);
}

std::optional<Error> AccessPolicy::maySubscribe(const Visitor &visitor,
                                                const std::vector<TopicPattern> &topics) const
{
    if (auto refused = mayComePlain(visitor))
        return refused;
    if (auto refused = refusedOrigin(visitor))
        return refused;
    if (visitor.problem)
        return visitor.problem;
    const bool needsToken = m_key || !m_rules.subscribeToken.isEmpty();
    if (m_topics.isEmpty() && !needsToken)
        return std::nullopt;
    const bool hasToken = hasSubscribeToken(visitor) || isOperator(visitor);
    for (const TopicPattern &topic : topics) {
        bool decided = false;
        if (auto refused = ruledOut(visitor, topic, decided))
            return refused;
        if (decided || !needsToken || hasToken)
            continue;
        if (!visitor.claims)
            return Error{ErrorKind::Unauthorized,
                         tr("Subscribing needs a token: 'Authorization: Bearer …' or '?token=…'."),
                         RefusalCause::Token};
        if (!visitor.claims->maySubscribe(topic))
            return Error{ErrorKind::Forbidden,
                         tr("The token does not let subscribe to '%1'.")
                             .arg(QString::fromUtf8(topic.name())),
                         RefusalCause::Rule};
    }
    return std::nullopt;
}

std::optional<Error> AccessPolicy::mayStay(Visitor &visitor,
                                           const std::vector<TopicPattern> &topics,
                                           std::int64_t nowMs) const
{
    const bool hadClaims = visitor.claims != nullptr;
    identify(visitor, nowMs);
    if (visitor.problem)
        return visitor.problem;
    if (hadClaims && !visitor.claims)
        return Error{ErrorKind::InvalidToken, tr("Signed tokens are not taken any more."),
                     RefusalCause::Token};
    if (hadClaims)
        return maySubscribe(visitor, topics);
    for (const TopicPattern &topic : topics) {
        bool decided = false;
        if (auto refused = ruledOut(visitor, topic, decided))
            return refused;
    }
    return std::nullopt;
}

std::optional<Error> AccessPolicy::mayPublish(const Visitor &visitor, const Topic &topic) const
{
    if (auto refused = mayComePlain(visitor))
        return refused;
    if (auto refused = refusedOrigin(visitor))
        return refused;
    if (visitor.problem)
        return visitor.problem;
    const auto ruled = m_topics.whoMayPublish(topic.name());
    const bool needsToken = m_key || !m_rules.publishToken.isEmpty();
    switch (ruled.value_or(needsToken ? Who::Token : Who::Anyone)) {
        case Who::Anyone:
            return std::nullopt;
        case Who::Token:
            if (hasPublishToken(visitor) ||
                (visitor.claims && visitor.claims->mayPublish(topic.name())))
                return std::nullopt;
            [[fallthrough]];
        case Who::Operator:
            if (isOperator(visitor))
                return std::nullopt;
            break;
        case Who::Nobody:
            return Error{
                ErrorKind::Forbidden,
                tr("Publishing to '%1' is not allowed.").arg(QString::fromUtf8(topic.name())),
                RefusalCause::Rule};
    }
    if (!ruled && !visitor.claims)
        return Error{ErrorKind::Unauthorized,
                     tr("Publishing needs a token: 'Authorization: Bearer …' or '?token=…'."),
                     RefusalCause::Token};
    const QString name = QString::fromUtf8(topic.name());
    return refusal(isKnown(visitor), tr("Publishing to '%1' needs a token.").arg(name),
                   visitor.claims ? tr("The token does not let publish to '%1'.").arg(name)
                                  : tr("Publishing to '%1' is not allowed.").arg(name));
}

std::optional<Error> AccessPolicy::mayOperate(const Visitor &visitor) const
{
    if (auto refused = mayComePlain(visitor))
        return refused;
    const QByteArray &site = visitor.fetchSite;
    const bool foreignPage = site == "cross-site" || site == "same-site";
    const bool foreignOrigin = !visitor.origin.isEmpty() && !isOwnOrigin(visitor);
    if (foreignPage || foreignOrigin)
        return Error{ErrorKind::Forbidden,
                     tr("The operator's interface does not answer pages of other sites."),
                     RefusalCause::Origin};
    const bool hasToken = isOperator(visitor);
    if (!hasToken && !isLocalHostName(visitor.host))
        return Error{ErrorKind::Forbidden,
                     tr("The operator's interface answers under an IP address or a local name "
                        "only."),
                     RefusalCause::Origin};
    if (!hasToken && !visitor.fromThisMachine)
        return Error{ErrorKind::Unauthorized,
                     tr("From another machine the operator's interface needs the operator's token: "
                        "'Authorization: Bearer …'."),
                     RefusalCause::Token};
    return std::nullopt;
}

} // namespace pushdeck
