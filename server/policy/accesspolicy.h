// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/topic.h"
#include "policy/jwt.h"
#include "policy/topicrules.h"

#include <QByteArray>
#include <QByteArrayList>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace pushdeck {

/// What the operator allows. Empty tokens and an empty list of origins restrict nothing.
struct AccessRules
{
    QByteArray operatorToken;  ///< opens `/_/api` and `/_/metrics` to other machines
    QByteArray publishToken;   ///< required to publish; opens subscribing as well
    QByteArray subscribeToken; ///< required to subscribe
    QByteArrayList origins;    ///< the only web origins allowed, as browsers send them
    bool relay = true;         ///< what a client publishes reaches others
    QByteArray topicRules;     ///< who may use which topics; see TopicRules
    QByteArray jwtKey;         ///< verifies signed tokens; see JwtKey::fromSetting(). With one,
                               ///< publishing and subscribing need a token
};

/// Who asks. Everything but the first two is what the request claims, until
/// AccessPolicy::identify() has looked at it.
struct Visitor
{
    bool fromThisMachine = false; ///< the peer's address is one of this machine's own
    bool encrypted = false;       ///< came by TLS
    bool changes = false;         ///< its method is neither GET nor HEAD
    QByteArray host;              ///< Host header
    QByteArray origin;            ///< Origin header, empty where there is none
    QByteArray fetchSite;         ///< Sec-Fetch-Site header (Fetch Metadata), may be empty
    QByteArray token;             ///< `Authorization: Bearer`, `?token=` or `?authorization=`
    QByteArray network;           ///< whose address it has; see networkOf() in net/addresscounts.h
    QByteArray cookieToken;       ///< cookie `mercureAuthorization`: sent by the browser unasked

    std::shared_ptr<const JwtClaims> claims; ///< of a signed token that holds
    std::optional<Error> problem;            ///< of one that does not
};

/// What a signed token calls its bearer; empty where there is none.
[[nodiscard]] inline QString subjectOf(const Visitor &visitor)
{
    return visitor.claims ? visitor.claims->subject : QString();
}

/// Whom a publisher without a connection of its own is taken for: the subject of its signed token,
/// else whoever has its address.
[[nodiscard]] inline QByteArray publisherOf(const Visitor &visitor)
{
    const QString subject = subjectOf(visitor);
    return subject.isEmpty() ? '@' + visitor.network : '=' + subject.toUtf8();
}

/// Who may do what: pure decisions over values, no sockets. An empty answer means yes; an Error
/// says why not, for the person at the other end. Tokens are compared in constant time. Server's
/// thread.
class AccessPolicy final
{
public:
    /// Restricts nothing.
    AccessPolicy() = default;

    /// Where set, nothing is for who comes without TLS.
    void setTlsOnly(bool only) { m_tlsOnly = only; }

    /// All that a server which takes encrypted connections only has for one that is not.
    [[nodiscard]] std::optional<Error> mayComePlain(const Visitor &visitor) const;

    /// Parses the rules for topics and reads the key; an error says what of it cannot be used.
    static Result<AccessPolicy> from(AccessRules rules);

    /// Verifies a signed token, once for a request or a connection. A cookie counts only where no
    /// other site can have caused the request (RFC 6750 has none; Mercure's does so as well).
    void identify(Visitor &visitor, std::int64_t nowMs) const;

    /// For each of the topics; an exact one for presence as well.
    [[nodiscard]] std::optional<Error> maySubscribe(const Visitor &visitor,
                                                    const std::vector<TopicPattern> &topics) const;
    [[nodiscard]] std::optional<Error> mayPublish(const Visitor &visitor, const Topic &topic) const;

    /// Whether one that is subscribed may stay, after rules for topics or the key changed. What
    /// only the tokens decide does not change for who is here. Identifies the visitor anew.
    [[nodiscard]] std::optional<Error> mayStay(Visitor &visitor,
                                               const std::vector<TopicPattern> &topics,
                                               std::int64_t nowMs) const;

    /// `/_/api` and `/_/metrics`. A page of another site must not reach them through the operator's
    /// own browser, neither by a request of its own nor by DNS rebinding, so Origin, Sec-Fetch-Site
    /// and Host are looked at first.
    [[nodiscard]] std::optional<Error> mayOperate(const Visitor &visitor) const;

    /// Whether a page of this origin may see answers; no origin at all may.
    [[nodiscard]] bool allowsOrigin(const QByteArray &origin) const;

    /// The value of Access-Control-Allow-Origin for a request's origin; empty: send none.
    [[nodiscard]] QByteArray allowOriginHeader(const QByteArray &origin) const;

    /// Pages of allowed origins may send a cookie along (Fetch, 3.2.3): only where they are listed,
    /// and a cookie can hold a token.
    [[nodiscard]] bool allowsCredentials() const { return m_key && !m_rules.origins.isEmpty(); }

    /// Whoever comes without a token may not do everything.
    [[nodiscard]] bool requiresToken() const
    {
        return m_key || !m_rules.publishToken.isEmpty() || !m_rules.subscribeToken.isEmpty();
    }

    [[nodiscard]] const AccessRules &rules() const { return m_rules; }
    [[nodiscard]] const TopicRules &topicRules() const { return m_topics; }
    [[nodiscard]] const std::optional<JwtKey> &key() const { return m_key; }

private:
    explicit AccessPolicy(AccessRules rules) : m_rules(std::move(rules)) {}

    [[nodiscard]] bool takesCookieOf(const Visitor &visitor) const;
    [[nodiscard]] std::optional<Error> refusedOrigin(const Visitor &visitor) const;
    [[nodiscard]] bool isOperator(const Visitor &visitor) const;
    [[nodiscard]] bool hasPublishToken(const Visitor &visitor) const;
    [[nodiscard]] bool hasSubscribeToken(const Visitor &visitor) const;
    [[nodiscard]] bool isKnown(const Visitor &visitor) const;
    [[nodiscard]] std::optional<Error> ruledOut(const Visitor &visitor, const TopicPattern &topic,
                                                bool &decided) const;

    AccessRules m_rules;
    bool m_tlsOnly = false;
    TopicRules m_topics;
    std::optional<JwtKey> m_key;
};

/// The name in a Host header is an address or a local name, so no DNS server elsewhere decides
/// where it leads: an IP literal, `localhost`, a single label, or a name under `.local`, `.lan`,
/// `.home`,
/// `.internal` or `.localhost`.
[[nodiscard]] bool isLocalHostName(const QByteArray &hostHeader);

/// Equal, in a time that depends on the lengths only.
[[nodiscard]] bool equalInConstantTime(const QByteArray &a, const QByteArray &b);

} // namespace pushdeck
