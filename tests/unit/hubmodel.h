// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cursor.h"
#include "core/history.h"

#include "recordingsubscriber.h"

#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

namespace pushdeck {

/// Where a message of the model is kept: one of four topics, the shelf of all, three clients'.
inline constexpr std::array<const char *, 4> kModelTopics{"/a", "/b", "/a/1", "/a/2"};
inline constexpr int kEveryone = 4;
inline constexpr int kFirstClient = 5; ///< of client 0
inline constexpr int kPlaces = 8;

/// What a subscription of the model may name, and the topics it stands for, as bits.
struct ModelPattern
{
    const char *name;
    unsigned topics;
};
inline constexpr std::array<ModelPattern, 8> kModelPatterns{{{"/a", 1},
                                                             {"/b", 2},
                                                             {"/a/1", 4},
                                                             {"/a/2", 8},
                                                             {"/*", 3},
                                                             {"/a/*", 12},
                                                             {"/a/**", 13},
                                                             {"/**", 15}}};

/// The history as a plain list: what was published, and when each message went.
class ModelHistory
{
public:
    struct Entry
    {
        int place;
        std::size_t costBytes;
        std::int64_t timeMs;
        std::uint64_t goneAt = 0; ///< newest message when this one went; 0: it is here
    };

    explicit ModelHistory(HistoryLimits limits) : m_limits(limits) {}

    /// Publishes the next message; returns the sequences that went to make room.
    std::vector<std::uint64_t> add(int place, std::size_t costBytes, std::int64_t timeMs);

    /// The history goes on in another run: what went before cannot be counted any more.
    void restart()
    {
        m_restartedAt = newest();
        m_forgottenAt = newest();
    }

    [[nodiscard]] std::uint64_t newest() const { return m_entries.size(); }
    [[nodiscard]] const Entry &at(std::uint64_t sequence) const { return m_entries[sequence - 1]; }
    [[nodiscard]] bool isHere(std::uint64_t sequence) const { return at(sequence).goneAt == 0; }

    /// True where a gap after a position need not be counted: a topic was forgotten whole, more
    /// went from one place than is remembered, or it went in an earlier run.
    [[nodiscard]] bool mayBeUncounted(std::uint64_t read, std::uint64_t told,
                                      unsigned places) const;

private:
    HistoryLimits m_limits;
    std::vector<Entry> m_entries;
    std::uint64_t m_forgotten = 0;   ///< highest sequence of a topic that was forgotten whole
    std::uint64_t m_forgottenAt = 0; ///< newest message when one was forgotten last
    std::uint64_t m_restartedAt = 0; ///< newest message when the run began
};

/// A subscriber and what it must be given: its parts one after the other, each message of a part
/// in order, a gap before them where something went.
class ModelSubscriber
{
public:
    ModelSubscriber(const ModelHistory &history, int clientNumber)
        : client(clientNumber), m_history(history)
    {
    }

    /// A part is added. `foreign`: the cursor is no id of this run.
    void subscribe(const std::vector<int> &patterns, const Cursor &cursor, bool foreign,
                   std::int64_t nowMs);
    void unsubscribe(int pattern);
    void published();
    void evicted(const std::vector<std::uint64_t> &sequences);
    void resumed();

    [[nodiscard]] bool has(int pattern) const;

    /// False where the pattern has topics that were left, and another part still catches up: what
    /// that one counts as had is then asked for again, and either answer is right.
    [[nodiscard]] bool mayAdd(int pattern) const;

    /// Everything that was due has come.
    void checkComplete();

    /// The first thing that was wrong, or empty.
    [[nodiscard]] const QString &complaint() const { return m_complaint; }

    /// From here on a replay may take so many messages; negative: any number.
    void setRoom(int messages) { subscriber.room = m_room = messages; }

    RecordingSubscriber subscriber; ///< the hub's
    const int client;

private:
    struct Leg
    {
        std::vector<int> patterns;
        unsigned shelves = 0; ///< places beside the topics
        std::uint64_t from = 0;
        std::uint64_t read = 0;
        std::uint64_t told = 0;
        bool live = false;
        std::set<std::uint64_t> owed; ///< here, to be delivered
        std::set<std::uint64_t> lost; ///< gone, to be told

        [[nodiscard]] unsigned places() const;
        [[nodiscard]] bool claims(int place, std::uint64_t sequence) const
        {
            return sequence > from && (places() >> place & 1);
        }
    };

    [[nodiscard]] std::uint64_t startOf(const Leg &leg, const Cursor &cursor,
                                        std::int64_t nowMs) const;
    [[nodiscard]] Leg *claimant(std::uint64_t sequence, std::size_t firstLeg = 0);
    void expectLoss(Leg &leg);
    void expectMessage(std::uint64_t sequence);
    void expectNothingMore();
    [[nodiscard]] const RecordingSubscriber::Item *next() const;
    void complain(const QString &what);

    const ModelHistory &m_history;
    std::vector<Leg> m_legs;
    unsigned m_left = 0;       ///< topics that were unsubscribed, as bits
    std::size_t m_checked = 0; ///< items of the subscriber that were looked at
    int m_room = -1;           ///< messages the subscriber still takes; negative: any number
    int m_vagueGaps = 0;       ///< gaps in a row that nothing explained, and that say no number
    QString m_complaint;
};

} // namespace pushdeck
