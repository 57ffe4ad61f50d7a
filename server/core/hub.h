// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cursor.h"
#include "core/handover.h"
#include "core/history.h"
#include "core/message.h"
#include "core/recentencodings.h"
#include "core/result.h"
#include "core/subscriber.h"
#include "core/topic.h"

#include <QHash>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace pushdeck {

/// Bytes an event's name or a content type may have.
inline constexpr qsizetype kEventNameBytes = 256;
inline constexpr qsizetype kContentTypeBytes = 256;

/// A message that is to be published.
struct Publication
{
    QByteArray data;
    QByteArray event;       ///< empty: none; no CR, LF or NUL
    QByteArray contentType; ///< empty: from the data
    bool binary = false;    ///< from a binary WebSocket frame: leaves as one
    Publisher publisher = Publisher::Operator;
    std::uint64_t clientId = 0;
    QByteArray origin;
};

/// What may be subscribed to, in all: see Hub::refusesMore().
struct HubLimits
{
    std::size_t topics = 50'000; ///< topics with a subscriber
    std::size_t patterns = 256;  ///< different patterns: each message is held against each
};

/// What became of it.
struct Receipt
{
    MessagePtr message;
    std::uint32_t sent = 0;   ///< subscribers that got it with nothing waiting before it
    std::uint32_t queued = 0; ///< subscribers that get it behind their backlog

    [[nodiscard]] std::uint32_t delivered() const { return sent + queued; }
};

/// The fan-out: gives messages their id and order, remembers them, and hands each to its
/// subscribers. Knows no sockets. One thread; see Subscriber for the rule of re-entrancy.
class Hub final
{
public:
    using Clock = std::function<std::int64_t()>; ///< UTC, milliseconds since the epoch

    /// `epoch` is letters and digits, different in every run whose history did not survive.
    Hub(QByteArray epoch, HistoryLimits limits, Clock clock);

    void setLimits(HubLimits limits) { m_limits = limits; }

    /// Why these cannot be subscribed to as well: there are as many as there may be. Ask before
    /// subscribe(), which takes what it is given.
    [[nodiscard]] std::optional<Error> refusesMore(const std::vector<TopicPattern> &topics) const;

    /// Goes on where earlier runs ended. Only before anything is published or subscribed.
    void restore(Past past);

    /// See History::setKeeper().
    void setKeeper(HistoryKeeper *keeper) { m_history.setKeeper(keeper); }

    /// Called once per message, after the walk.
    void setObserver(std::function<void(const Receipt &)> observer)
    {
        m_observer = std::move(observer);
    }

    /// To the subscribers of a topic; remembered there.
    Result<Receipt> publish(const Topic &topic, Publication publication);

    /// To every subscriber, whatever its topics; remembered for all of them. Carries kEveryTopic.
    Result<Receipt> publishToAll(Publication publication);

    /// To one client: the subscribers that read its shelf (see clientShelf()); remembered there.
    /// The message carries `topic`.
    Result<Receipt> publishToClient(std::uint64_t clientId, const QByteArray &topic,
                                    Publication publication);

    /// Adds topics to a subscriber (its first ones subscribe it): replays from the cursor and goes
    /// live without a hole or a repeat. A topic that the subscriber has already is left as it is.
    /// Besides its topics a subscriber reads the shelf of its client and what goes to all.
    void subscribe(Subscriber &subscriber, std::uint64_t clientId, std::vector<TopicPattern> topics,
                   const Cursor &cursor);

    /// Removes one topic or pattern; false where the subscriber does not have it.
    bool unsubscribe(Subscriber &subscriber, const TopicPattern &topic);

    /// Removes the subscriber. Harmless where it has no subscription.
    void unsubscribe(Subscriber &subscriber);

    /// The subscriber takes nothing until wake(), and keeps its places: for one that comes back in
    /// a moment, again and again, cheaper than unsubscribing. Where nobody else does, it still
    /// keeps its topics among those that count for HubLimits. Harmless where it has no
    /// subscription.
    void rest(Subscriber &subscriber);

    /// Ends rest(): goes on from a cursor, as subscribe() with the first topics it had. For a
    /// subscriber whose topics all started together.
    void wake(Subscriber &subscriber, const Cursor &cursor);

    /// Goes on with a replay that Subscriber::wants() had stopped. Harmless where none was.
    void resume(Subscriber &subscriber);

    /// True while part of a subscription still catches up from the history.
    [[nodiscard]] static bool isCatchingUp(const Subscriber &subscriber);

    /// Drops what was remembered for a client that will not come back.
    void forgetClient(std::uint64_t clientId);

    /// What a subscription of these topics would be replayed, at most `most` messages.
    struct Reading
    {
        std::optional<Gap> gap;
        std::vector<MessagePtr> messages;
        MessageId cursor; ///< everything up to here was read
    };
    [[nodiscard]] Reading read(std::vector<TopicPattern> topics, const Cursor &cursor,
                               std::size_t most) const;

    /// A remembered message by its id.
    [[nodiscard]] std::optional<History::Kept> find(const MessageId &id) const;

    /// What a subscriber's subscription has to do with a message kept under `name`.
    [[nodiscard]] static Handover handover(const Subscriber &subscriber, const QByteArray &name,
                                           std::uint64_t sequence);

    /// What a subscriber was handed until now; nothing where it has no subscription.
    [[nodiscard]] std::vector<Handed> handed(const Subscriber &subscriber) const;

    /// The sequence after which a subscriber's first topics started.
    [[nodiscard]] static std::uint64_t startOf(const Subscriber &subscriber);

    /// The position of the newest message: a cursor after it gets what is published from now on.
    [[nodiscard]] MessageId newest() const { return {m_epoch, m_sequence}; }

    /// The topics that exist: with a subscriber or a remembered message. By name.
    struct TopicView
    {
        QByteArray name;
        std::uint32_t subscribers = 0;
        std::uint32_t remembered = 0;
        std::uint64_t published = 0;
        QByteArray lastId;
    };
    [[nodiscard]] std::vector<TopicView> topics();

    /// Topics, and patterns, that somebody is subscribed to.
    [[nodiscard]] std::size_t topicsSubscribed() const { return m_subscribed; }
    [[nodiscard]] std::size_t patternsSubscribed() const { return m_patterns.size(); }

    [[nodiscard]] const History &history() const { return m_history; }
    void setHistoryLimits(HistoryLimits limits) { m_history.setLimits(limits, m_sequence); }

    static constexpr char kEveryTopic[] = "/**";

private:
    /// Who is live on a name: a topic, or a shelf of the history.
    struct Table
    {
        std::vector<Subscriber *> subscribers;
        std::uint64_t published = 0;
        QByteArray lastId;
    };
    struct PatternTable
    {
        TopicPattern pattern;
        std::vector<Subscriber *> subscribers;
    };

    Result<Receipt> publishUnder(const QByteArray &name, const QByteArray &topic,
                                 Publication publication);
    void handOver(Subscriber *subscriber, const Message &message, Receipt &receipt);
    void catchUp(Subscriber &subscriber, Subscriber::Leg &leg);
    void tellLoss(Subscriber &subscriber, Subscriber::Leg &leg, const History::Page &page);
    void goLive(Subscriber &subscriber, Subscriber::Leg &leg);
    void join(Subscriber &subscriber, const QByteArray &name);
    void leave(Subscriber &subscriber, const QByteArray &name);
    void leavePattern(Subscriber &subscriber, const TopicPattern &pattern);
    void sweepTables();
    [[nodiscard]] static std::uint32_t awake(const std::vector<Subscriber *> &subscribers);

    QByteArray m_epoch;
    const Clock m_clock;
    std::function<void(const Receipt &)> m_observer;
    History m_history;
    RecentEncodings m_recent; ///< of what is caught up with
    QHash<QByteArray, Table> m_tables;
    std::map<QByteArray, PatternTable> m_patterns; ///< by the pattern's name
    HubLimits m_limits;
    std::size_t m_subscribed = 0; ///< of m_tables, topics with a subscriber
    qsizetype m_sweepAt = 0;      ///< tables there are when empty ones are looked for next
    std::uint64_t m_sequence = 0;
    bool m_walking = false;
};

/// The history's shelf for messages to one client.
[[nodiscard]] QByteArray clientShelf(std::uint64_t clientId);

/// What a client reads beside its topics: its own shelf, and what goes to all.
[[nodiscard]] QByteArrayList clientShelves(std::uint64_t clientId);

} // namespace pushdeck
