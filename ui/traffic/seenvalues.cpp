// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/seenvalues.h"

#include "monitor/snapshot.h"
#include "ui/traffic/trafficmodel.h"

#include <QSet>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint64_t kLookedAt = 10'000;
constexpr qsizetype kMostOfEach = 200;
constexpr qsizetype kMostChars = 300; // of one value; a longer one is not typed again

class Distinct
{
public:
    void add(const QString &value)
    {
        if (value.isEmpty() || m_values.size() >= kMostOfEach || value.size() > kMostChars)
            return;
        const qsizetype before = m_seen.size();
        m_seen.insert(value);
        if (m_seen.size() > before)
            m_values << value;
    }
    [[nodiscard]] const QStringList &values() const { return m_values; }

private:
    QSet<QString> m_seen;
    QStringList m_values;
};

QString wordsOf(const ClientInfo &client)
{
    QStringList parts{client.name, client.address + u':' + QString::number(client.port)};
    if (client.name.isEmpty())
        parts << client.topics.value(0);
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

} // namespace

FilterSources filterSources(const TrafficModel &model, const Snapshot *snapshot)
{
    Distinct topics;
    Distinct events;
    QSet<std::uint64_t> ids;
    FilterSources sources;
    if (snapshot) {
        for (const ClientInfo &client : snapshot->clients) {
            if (sources.clients.size() >= static_cast<std::size_t>(kMostOfEach))
                break;
            ids.insert(client.id);
            sources.clients.push_back({client.id, wordsOf(client)});
        }
    }
    const std::uint64_t end = model.firstHeld() + model.held();
    const std::uint64_t from = end - std::min<std::uint64_t>(model.held(), kLookedAt);
    for (std::uint64_t number = end; number-- > from;) {
        const TrafficEvent &event = *model.find(number);
        topics.add(event.topic);
        events.add(event.event);
        if (event.clientId != 0 && sources.clients.size() < 2 * kMostOfEach &&
            !ids.contains(event.clientId)) {
            ids.insert(event.clientId);
            sources.clients.push_back({event.clientId, event.client});
        }
    }
    if (snapshot) {
        for (const TopicInfo &topic : snapshot->topics)
            topics.add(topic.name);
    }
    sources.topics = topics.values();
    sources.events = events.values();
    return sources;
}

} // namespace pushdeck
