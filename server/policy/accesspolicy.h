// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayList>

#include <optional>

namespace pushdeck {

/// What the operator allows. Empty tokens and an empty list of origins restrict nothing.
struct AccessRules
{
    QByteArray operatorToken;  ///< opens `/_/api` and `/_/metrics` to other machines
    QByteArray publishToken;   ///< required to publish; opens subscribing as well
    QByteArray subscribeToken; ///< required to subscribe
    QByteArrayList origins;    ///< the only web origins allowed, as browsers send them
    bool relay = true;         ///< what a client publishes reaches others
    bool tlsOnly = false;      ///< nothing is for who comes without TLS
};

/// Who asks. Everything but the first two is what the request claims.
struct Visitor
{
    bool fromThisMachine = false; ///< the peer's address is one of this machine's own
    bool encrypted = false;       ///< came by TLS
    QByteArray host;              ///< Host header
    QByteArray origin;            ///< Origin header, empty where there is none
    QByteArray fetchSite;         ///< Sec-Fetch-Site header (Fetch Metadata), may be empty
    QByteArray token;             ///< from `Authorization: Bearer` or `?token=`
};

/// Who may do what: pure decisions over values, no sockets. An empty answer means yes; an Error
/// says why not, for the person at the other end. Tokens are compared in constant time.
class AccessPolicy final
{
public:
    explicit AccessPolicy(AccessRules rules) : m_rules(std::move(rules)) {}

    /// All that a server which takes encrypted connections only has for one that is not.
    [[nodiscard]] std::optional<Error> mayComePlain(const Visitor &visitor) const;

    [[nodiscard]] std::optional<Error> maySubscribe(const Visitor &visitor) const;
    [[nodiscard]] std::optional<Error> mayPublish(const Visitor &visitor) const;

    /// `/_/api` and `/_/metrics`. A page of another site must not reach them through the operator's
    /// own browser, neither by a request of its own nor by DNS rebinding, so Origin, Sec-Fetch-Site
    /// and Host are looked at first.
    [[nodiscard]] std::optional<Error> mayOperate(const Visitor &visitor) const;

    /// Whether a page of this origin may see answers; no origin at all may.
    [[nodiscard]] bool allowsOrigin(const QByteArray &origin) const;

    /// The value of Access-Control-Allow-Origin for a request's origin; empty: send none.
    [[nodiscard]] QByteArray allowOriginHeader(const QByteArray &origin) const;

    [[nodiscard]] const AccessRules &rules() const { return m_rules; }

private:
    [[nodiscard]] std::optional<Error> refusedOrigin(const Visitor &visitor) const;

    AccessRules m_rules;
};

/// The name in a Host header is an address or a local name, so no DNS server elsewhere decides
/// where it leads: an IP literal, `localhost`, a single label, or a name under `.local`, `.lan`,
/// `.home`,
/// `.internal` or `.localhost`.
[[nodiscard]] bool isLocalHostName(const QByteArray &hostHeader);

/// Equal, in a time that depends on the lengths only.
[[nodiscard]] bool equalInConstantTime(const QByteArray &a, const QByteArray &b);

} // namespace pushdeck
