// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/draft.h"

#include "ui/i18n/serverwords.h"
#include "ui/text/json.h"
#include "ui/text/topics.h"
#include "ui/text/visible.h"

#include <QCoreApplication>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::Composer)
};

bool isSubscribed(const ClientInfo &client, const QString &topic)
{
    return std::any_of(client.topics.begin(), client.topics.end(),
                       [&topic](const QString &pattern) { return topicMatches(pattern, topic); });
}

} // namespace

std::uint32_t countRecipients(const SendTarget &target, const Snapshot &snapshot)
{
    const auto &clients = snapshot.clients;
    switch (target.kind) {
        case SendTarget::Kind::All:
            return static_cast<std::uint32_t>(clients.size());
        case SendTarget::Kind::Topic: {
            const auto known = std::find_if(
                snapshot.topics.begin(), snapshot.topics.end(),
                [&target](const TopicInfo &topic) { return topic.name == target.topic; });
            if (known != snapshot.topics.end())
                return known->subscribers;
            return static_cast<std::uint32_t>(
                std::count_if(clients.begin(), clients.end(), [&target](const ClientInfo &client) {
                    return isSubscribed(client, target.topic);
                }));
        }
        case SendTarget::Kind::Clients:
            break;
    }
    return static_cast<std::uint32_t>(
        std::count_if(target.clients.begin(), target.clients.end(), [&clients](std::uint64_t id) {
            const auto it = std::lower_bound(
                clients.begin(), clients.end(), id,
                [](const ClientInfo &client, std::uint64_t wanted) { return client.id < wanted; });
            return it != clients.end() && it->id == id;
        }));
}

QString outcomeWords(const SendOutcome &outcome, SendTarget::Kind kind)
{
    if (!outcome.ok)
        return outcome.words.isEmpty() ? Words::tr("Not sent")
                                       : visibleText(serverWords(outcome.words), 200);
    if (outcome.delivered == 0 && outcome.queued == 0) {
        return kind == SendTarget::Kind::Topic
                   ? Words::tr("Remembered; nobody is subscribed right now")
                   : Words::tr("Nobody was there to get it");
    }
    return outcome.queued > 0
               ? Words::tr("%1 delivered, %2 queued").arg(outcome.delivered).arg(outcome.queued)
               : Words::tr("%1 delivered").arg(outcome.delivered);
}

QString contentTypeFor(DraftType type, const QByteArray &data)
{
    const bool json = type == DraftType::Json ||
                      (type == DraftType::Auto && looksLikeJson(data) && !checkJson(data));
    return json ? u"application/json"_s : u"text/plain; charset=utf-8"_s;
}

void SentTexts::add(const QString &text)
{
    if (!text.isEmpty() && (m_texts.empty() || m_texts.back() != text)) {
        m_texts.push_back(text);
        if (m_texts.size() > kMost)
            m_texts.pop_front();
    }
    m_at = m_texts.size();
}

std::optional<QString> SentTexts::older(const QString &current)
{
    if (m_at == 0 || m_texts.empty())
        return std::nullopt;
    if (!isWalking())
        m_writing = current;
    return m_texts[--m_at];
}

std::optional<QString> SentTexts::newer()
{
    if (!isWalking())
        return std::nullopt;
    ++m_at;
    return isWalking() ? m_texts[m_at] : m_writing;
}

QStringList SentTexts::texts() const
{
    return QStringList(m_texts.begin(), m_texts.end());
}

} // namespace pushdeck
