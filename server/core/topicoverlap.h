// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/topic.h"

#include <QHash>

#include <cstdint>

namespace pushdeck {

/// A topic or pattern made ready to be held against many others: what two have in common, decided
/// over all topics there could be, not over those there are. A pattern is read as the states
/// between its segments, a bit each, so that one segment of the other takes one step over all of
/// them. Each question adds the steps it took, at most one a segment of a name (kTopicNameBytes at
/// most) or of a pattern (kPatternSegments at most). Immutable value.
class PatternStates final
{
public:
    explicit PatternStates(TopicPattern pattern);

    [[nodiscard]] const TopicPattern &pattern() const { return m_pattern; }

    /// As TopicPattern::matches().
    [[nodiscard]] bool matches(QByteArrayView topicName, std::uint64_t &steps) const;

    /// There is a topic that both match.
    [[nodiscard]] bool overlaps(const PatternStates &other, std::uint64_t &steps) const;

    /// Every topic that `narrow` matches is one that this matches.
    [[nodiscard]] bool covers(const PatternStates &narrow, std::uint64_t &steps) const;

private:
    using Set = std::uint64_t; ///< of states

    template <typename Move>
    [[nodiscard]] bool reachesEnd(QByteArrayView name, std::uint64_t &steps, Move move) const;
    [[nodiscard]] Set after(QByteArrayView segment, Set now) const;

    TopicPattern m_pattern;
    QHash<QByteArray, Set> m_named; ///< states that this very segment takes to the next
    Set m_ones = 0;                 ///< states that any segment takes to the next
    Set m_stays = 0;                ///< states that any segment leaves where they are
    Set m_end = 1;                  ///< where it has matched
};

/// The same for two that are not held against others.
[[nodiscard]] bool overlaps(const TopicPattern &a, const TopicPattern &b);
[[nodiscard]] bool covers(const TopicPattern &wide, const TopicPattern &narrow);

} // namespace pushdeck
