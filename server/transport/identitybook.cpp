// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/identitybook.h"

#include <QCryptographicHash>

#include <algorithm>

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

IdentityBook::Place IdentityBook::find(const ClientInfo &info, const QByteArray &key)
{
    const bool isNamed = !info.name.isEmpty();
    const auto [first, last] = m_byKey.equal_range(key);
    for (auto it = first; it != last; ++it) {
        if (isNamed || (*it)->present == 0)
            return *it;
    }
    return m_byAge.end();
}

std::uint32_t IdentityBook::freeOrdinal(const QByteArray &key) const
{
    // The one that was inserted last is found first, and has the highest.
    const auto newest = m_byKey.constFind(key);
    return newest == m_byKey.constEnd() ? 0 : (*newest)->ordinal + 1;
}

void IdentityBook::arrive(ClientInfo &info, const QByteArray &key)
{
    Place identity = find(info, key);
    if (identity == m_byAge.end()) {
        identity = m_byAge.insert(m_byAge.end(), Identity{key, freeOrdinal(key), 0, 0, nullptr});
        m_byKey.insert(key, identity);
    } else if (identity->present == 0) {
        --m_away;
    }
    ++identity->present;
    info.reconnects = identity->arrivals++;
    info.earlier = identity->visits;
    info.identity = publicIdentity(key, identity->ordinal);
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
    m_byAge.splice(m_byAge.end(), m_byAge, identity);
    if (--identity->present > 0)
        return;
    ++m_away;
    if (m_away > m_mostAway)
        forgetOldest();
}

void IdentityBook::forgetOldest()
{
    const auto oldest = std::find_if(m_byAge.begin(), m_byAge.end(),
                                     [](const Identity &one) { return one.present == 0; });
    m_byKey.remove(oldest->key, oldest);
    m_byAge.erase(oldest);
    --m_away;
}

} // namespace pushdeck
