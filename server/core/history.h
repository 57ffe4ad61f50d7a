// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cursor.h"
#include "core/gap.h"
#include "core/historykeeper.h"
#include "core/message.h"
#include "core/past.h"
#include "core/topic.h"

#include <QByteArrayList>
#include <QHash>
#include <QVarLengthArray>

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <optional>
#include <vector>

namespace pushdeck {

/// What the history may hold. Where a bound is reached the oldest message goes; a subscriber whose
/// cursor lies before it is told a gap.
struct HistoryLimits
{
    std::size_t messagesPerTopic = 1000;             ///< messages; 0 remembers nothing
    std::size_t bytesPerTopic = 16ull * 1024 * 1024; ///< payloads and bookkeeping; at least one
                                                     ///< message stays
    std::size_t messages = 200'000;                  ///< in all topics
    std::size_t bytes = 64ull * 1024 * 1024;         ///< in all topics, as bytesPerTopic
    std::size_t topics = 10'000;                     ///< topics with remembered messages
};

/// What a subscription reads from: topics by name or pattern, and shelves it reads beside them.
struct HistoryScope
{
    /// A stretch of a topic that reaches the reader another way: neither read nor missed here.
    struct Elsewhere
    {
        TopicPattern topic;
        std::uint64_t after = 0;   ///< sequences above this
        std::uint64_t through = 0; ///< up to this
        std::uint64_t told = 0;    ///< what was gone when this was the newest was told there
    };

    std::vector<TopicPattern> topics;
    QByteArrayList shelves; ///< names that do not begin with '/'
    std::vector<Elsewhere> elsewhere;

    [[nodiscard]] bool covers(QByteArrayView name) const;
};

/// The remembered messages, by topic, bounded. A message is kept under its topic's name, or on a
/// shelf: a name without leading '/' that no topic can have. Knows no subscribers and no sockets.
/// Used on the server's thread only.
class History final
{
public:
    /// How far a reader has come: both are sequences.
    struct Position
    {
        std::uint64_t read = 0; ///< everything in scope up to here was read
        std::uint64_t told = 0; ///< what was gone when this was the newest was told, or not missed
    };

    /// Where a cursor starts, and the gap it leaves: to be told before anything else.
    struct Start
    {
        Position position;
        std::optional<Gap> gap;
    };

    /// A stretch of messages after a position.
    struct Page
    {
        std::optional<Gap> gap;           ///< tell this before the messages
        std::vector<MessagePtr> messages; ///< in order
        bool complete = true;             ///< false: more is remembered after the last of them
    };

    /// As many lost messages of a topic can be counted, or as many as it may remember where that
    /// is more.
    static constexpr std::size_t kCountedLosses = 100;

    explicit History(HistoryLimits limits = {}) : m_limits(limits) {}

    /// Tells `keeper` from now on; null ends that. It must live as long as it is set.
    void setKeeper(HistoryKeeper *keeper) { m_keeper = keeper; }

    /// Takes over what earlier runs remembered, as far as the limits allow. Only while empty.
    void restore(const Past &past);

    /// Remembers a message under `name`; its sequence must be above all before it.
    void add(const QByteArray &name, MessagePtr message);

    /// Where a cursor starts in a scope. `newest` is the sequence of the newest message published,
    /// `nowMs` the time ages count back from (UTC).
    [[nodiscard]] Start start(const Cursor &cursor, const HistoryScope &scope,
                              const QByteArray &epoch, std::uint64_t newest,
                              std::int64_t nowMs) const;

    /// At most `mostMessages` after a position. A gap says that messages went since it was told
    /// last.
    [[nodiscard]] Page page(Position position, const HistoryScope &scope, const QByteArray &epoch,
                            std::size_t mostMessages) const;

    /// A remembered message, and the name it is kept under.
    struct Kept
    {
        QByteArray name;
        MessagePtr message;
    };
    [[nodiscard]] std::optional<Kept> find(std::uint64_t sequence) const;

    /// Visits what a scope has after a sequence, shelf by shelf, until `visit` returns false.
    void forEachAfter(std::uint64_t sequence, const HistoryScope &scope,
                      const std::function<bool(const Message &)> &visit) const;

    /// Drops a shelf whose reader will not come back.
    void drop(const QByteArray &shelf);

    [[nodiscard]] std::size_t messages() const { return m_byAge.size(); }
    [[nodiscard]] std::size_t messages(const QByteArray &name) const;
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    [[nodiscard]] QByteArrayList names() const { return m_shelves.keys(); }
    [[nodiscard]] HistoryLimits limits() const { return m_limits; }
    /// What is too much goes at once, as it does when a message arrives. `newest` as in start().
    void setLimits(HistoryLimits limits, std::uint64_t newest);

private:
    struct Shelf;
    struct Stored
    {
        MessagePtr message;
        QByteArray name;
    };
    using Place = std::list<Stored>::iterator;

    /// A message that is gone, and the newest message when it went: a reader that was told of
    /// every loss by then may still have had this one before it.
    struct Gone
    {
        std::uint64_t sequence = 0; ///< 0: none
        std::uint64_t when = 0;

        [[nodiscard]] bool isMissedAt(const Position &position) const
        {
            return sequence > position.read && when > position.told;
        }
    };

    struct Shelf
    {
        std::deque<Place> places; ///< by rising sequence
        std::deque<Gone> evicted; ///< the most recent that are gone, by rising sequence
        std::size_t bytes = 0;    ///< that its messages cost
        Gone uncounted;           ///< up to here more may be gone, too long ago to be in `evicted`
    };

    /// A shelf in a scope, and what of it comes elsewhere.
    struct Reading
    {
        const Shelf *shelf;
        std::vector<const HistoryScope::Elsewhere *> elsewhere;

        [[nodiscard]] bool skips(std::uint64_t sequence) const;
        [[nodiscard]] bool skips(const Gone &gone) const;
        /// All that may be missed up to there after `read` comes elsewhere, or was told there.
        [[nodiscard]] bool skipsAllThrough(const Gone &gone, std::uint64_t read) const;
    };

    /// Of a topic, beside a client's two shelves, without asking for memory: each long-poll has it
    /// twice.
    using Readings = QVarLengthArray<Reading, 4>;

    [[nodiscard]] Readings readings(const HistoryScope &scope) const;
    [[nodiscard]] std::optional<Gap> gapAfter(Position position, const Readings &readings,
                                              const HistoryScope &scope,
                                              const QByteArray &epoch) const;
    [[nodiscard]] MessageId resumePoint(std::uint64_t read, std::uint64_t through,
                                        const Readings &readings, const QByteArray &epoch) const;
    static std::deque<Place>::const_iterator firstAfter(const Shelf &shelf, std::uint64_t sequence);
    void insert(const QByteArray &name, MessagePtr message, std::uint64_t newest);
    [[nodiscard]] Start startAfter(const MessageId &id, const Readings &readings,
                                   const HistoryScope &scope, const QByteArray &epoch,
                                   std::uint64_t newest) const;
    void evictFront(Shelf &shelf, std::uint64_t newest);
    void evictTooMuch(Shelf &shelf, std::uint64_t newest);
    void evictTooMuchInAll(std::uint64_t newest);
    void forgetOldestTopic(std::uint64_t newest);
    void noteForgotten(std::uint64_t sequence, std::uint64_t newest);
    void remove(const QByteArray &name);

    HistoryLimits m_limits;
    HistoryKeeper *m_keeper = nullptr;
    std::vector<Past::EarlierEpoch> m_earlier;
    std::list<Stored> m_byAge;
    QHash<QByteArray, Shelf> m_shelves;
    std::size_t m_topics = 0; ///< of m_shelves, those that are topics
    std::size_t m_bytes = 0;
    Gone m_forgotten; ///< of topics that are gone whole: the highest sequence, the latest time
};

} // namespace pushdeck
