// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/hub.h"

#include "recordingsubscriber.h"

#include <initializer_list>
#include <vector>

namespace pushdeck {

using Sequences = std::vector<int>;

inline const QByteArray kEpoch("e");
inline const Cursor kAll{Cursor::Kind::All, 0, {}, {}};

inline std::vector<TopicPattern> patterns(std::initializer_list<const char *> names)
{
    std::vector<TopicPattern> result;
    for (const char *name : names)
        result.push_back(*TopicPattern::fromName(name));
    return result;
}

/// A hub with a clock that stands still until it is moved.
class Bench
{
public:
    explicit Bench(HistoryLimits limits = {}) : hub(kEpoch, limits, [this] { return timeMs; }) {}

    Receipt publish(const char *topic, const QByteArray &data = "x")
    {
        Publication publication;
        publication.data = data;
        return *hub.publish(*Topic::fromName(topic), std::move(publication));
    }
    void publishMany(const char *topic, int times)
    {
        for (int i = 0; i < times; ++i)
            publish(topic);
    }

    /// A page of history is 64 messages; more than one makes a replay look up.
    static constexpr int kPages = 200;

    std::int64_t timeMs = 1000;
    Hub hub;
};

/// Unsubscribed at its end, as the hub demands.
class Subscribed final
{
public:
    Subscribed(Hub &hub, std::initializer_list<const char *> topics, const Cursor &cursor = {},
               std::uint64_t clientId = 1, int room = -1)
        : m_hub(hub)
    {
        it.room = room;
        m_hub.subscribe(it, clientId, patterns(topics), cursor);
    }
    ~Subscribed() { m_hub.unsubscribe(it); }
    Subscribed(const Subscribed &) = delete;
    Subscribed &operator=(const Subscribed &) = delete;

    RecordingSubscriber *operator->() { return &it; }

    RecordingSubscriber it;

private:
    Hub &m_hub;
};

inline Sequences range(int first, int last)
{
    Sequences result;
    for (int i = first; i <= last; ++i)
        result.push_back(i);
    return result;
}

} // namespace pushdeck
