// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/identitybook.h"

#include <QCryptographicHash>

namespace pushdeck {

namespace {

/// Long enough that no two of the clients of one machine's life share it.
constexpr qsizetype kIdentityBytes = 12;

QString publicIdentity(const QByteArray &key, std::uint32_t ordinal)
{
    const QByteArray hash = QCryptographicHash::hash(key, QCryptographicHash::Sha256);
    const QString text = QString::fromLatin1(hash.left(kIdentityBytes).toHex());
    return ordinal == 0 ? text : text + QLatin1Char('-') + QString::number(ordinal + 1);
}

} // namespace

QByteArray identityKey(const SubscriptionRequest &request, const ClientInfo &info)
{
    if (!request.clientId.isEmpty())
        return "id\n" + request.clientId;
    // Hashed: it outlives the client, and its topics may be long and many.
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(info.address.toUtf8() + '\n' + info.userAgent.toUtf8() + '\n' +
                 info.topics.join(QLatin1Char('\n')).toUtf8());
    return hash.result();
}

/// The identity that comes back, or a new one; now among those who are here.
IdentityBook::Place IdentityBook::recognize(Group &group, bool isNamed, const QByteArray &key)
{
    if (isNamed && group.named && (*group.named)->present > 0)
        return *group.named;
    if (!group.away.empty()) {
        const Place back = group.away.back();
        group.away.pop_back();
        m_here.splice(m_here.end(), m_away, back);
        return back;
    }
    const Place fresh = m_here.emplace(m_here.end());
    fresh->key = key;
    fresh->name = publicIdentity(key, group.ordinals++);
    ++group.members;
    if (isNamed)
        group.named = fresh;
    return fresh;
}

void IdentityBook::arrive(ClientInfo &info, const QByteArray &key)
{
    const Place identity = recognize(m_groups[key], !info.name.isEmpty(), key);
    ++identity->present;
    info.reconnects = identity->arrivals++;
    info.earlier = identity->visits;
    info.identity = identity->name;
    m_byClient.insert(info.id, identity);
}

void IdentityBook::depart(const ClientInfo &info, std::int64_t nowMs)
{
    const auto it = m_byClient.constFind(info.id);
    if (it == m_byClient.constEnd())
        return;
    const Place identity = *it;
    m_byClient.erase(it);

    auto visits = std::make_shared<ClientVisits>();
    if (identity->visits) {
        const ClientVisits &before = *identity->visits;
        const std::size_t most = kVisitsRemembered - 1;
        const std::size_t skipped = before.size() > most ? before.size() - most : 0;
        visits->assign(before.begin() + std::ptrdiff_t(skipped), before.end());
    }
    visits->push_back({info.id, info.transport, info.connectedAtMs, nowMs, info.resumedAt,
                       info.missed, info.missedMore});
    identity->visits = std::move(visits);
    if (--identity->present > 0)
        return;
    m_away.splice(m_away.end(), m_here, identity);
    Group &group = m_groups[identity->key];
    identity->waiting = group.away.insert(group.away.end(), identity);
    if (m_away.size() > m_mostAway)
        forgetOldest();
}

void IdentityBook::forgetOldest()
{
    const Place oldest = m_away.begin();
    const auto group = m_groups.find(oldest->key);
    group->second.away.erase(oldest->waiting);
    if (--group->second.members == 0)
        m_groups.erase(group);
    m_away.erase(oldest);
}

} // namespace pushdeck
