// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/accesswatch.h"

#include "policy/accesspolicy.h"
#include "transport/clientregistry.h"
#include "transport/farewell.h"

#include <QCoreApplication>

#include <chrono>
#include <vector>

namespace pushdeck {

namespace {

/// Whether this turn of the event loop has had its share.
class Slice final
{
public:
    [[nodiscard]] bool isSpent() const
    {
        return std::chrono::steady_clock::now() - m_begun >= AccessWatch::kAccessSlice;
    }

private:
    std::chrono::steady_clock::time_point m_begun = std::chrono::steady_clock::now();
};

bool isOver(const Client &client, std::int64_t nowMs)
{
    const auto &claims = client.visitor.claims;
    if (!claims || !claims->expiresMs)
        return false;
    const bool cameLate = client.info.connectedAtMs >= *claims->expiresMs;
    return nowMs >= *claims->expiresMs + (cameLate ? kJwtLeeway.count() : 0);
}

/// What a client reads. A stream of presence shows its topic under a reserved path.
std::vector<TopicPattern> topicsOf(const Client &client)
{
    constexpr char kPresence[] = "/_/presence";
    std::vector<TopicPattern> topics;
    for (const QString &topic : client.info.topics) {
        QByteArray name = topic.toUtf8();
        if (name.startsWith(kPresence))
            name.remove(0, sizeof kPresence - 1);
        if (auto pattern = TopicPattern::fromName(name))
            topics.push_back(std::move(pattern).value());
    }
    return topics;
}

} // namespace

AccessWatch::AccessWatch(TransportContext &context) : m_context(context)
{
    for (QTimer *timer : {&m_moreExpired, &m_moreReview})
        timer->setSingleShot(true);
    QObject::connect(&m_moreExpired, &QTimer::timeout, &m_moreExpired, [this] { endExpired(); });
    QObject::connect(&m_moreReview, &QTimer::timeout, &m_moreReview, [this] { review(); });
}

void AccessWatch::endExpired()
{
    if (!m_context.policy.key())
        return;
    const Slice slice;
    const std::int64_t nowMs = m_context.clock();
    std::vector<std::uint64_t> over;
    m_context.clients.forEach([&](const Client &client) {
        if (isOver(client, nowMs))
            over.push_back(client.info.id);
    });
    const EndWords &row = wordsFor(EndReason::TokenExpired);
    const QString words = QCoreApplication::translate("pushdeck::EndReason", row.words);
    for (const std::uint64_t id : over) {
        endClient(m_context, id, EndReason::TokenExpired, row.closeCode, words);
        if (slice.isSpent()) {
            m_moreExpired.start(0);
            return;
        }
    }
}

void AccessWatch::reviewAll()
{
    m_reviewed = 0;
    m_lastToReview = m_context.clients.lastId();
    review();
}

void AccessWatch::review()
{
    const Slice slice;
    while (Client *client = m_context.clients.firstAfter(m_reviewed)) {
        m_reviewed = client->info.id;
        if (m_reviewed > m_lastToReview)
            return;
        judge(*client);
        if (slice.isSpent()) {
            m_moreReview.start(0);
            return;
        }
    }
}

void AccessWatch::judge(Client &client)
{
    const auto refused =
        m_context.policy.mayStay(client.visitor, topicsOf(client), m_context.clock());
    if (refused) {
        endClient(m_context, client.info.id, EndReason::NoLongerAllowed,
                  wordsFor(EndReason::NoLongerAllowed).closeCode, refused->words);
    }
}

} // namespace pushdeck
