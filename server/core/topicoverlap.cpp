// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/topicoverlap.h"

#include "core/patternbounds.h"

namespace pushdeck {

namespace {

constexpr char kOne[] = "*";
constexpr char kAny[] = "**";

/// Calls `take(segment)` for one after the other until it says no. The root has none.
template <typename Take>
void eachSegment(QByteArrayView name, Take take)
{
    if (name == "/")
        return;
    qsizetype begin = 1;
    while (begin <= name.size()) {
        const qsizetype slash = name.indexOf('/', begin);
        const qsizetype end = slash < 0 ? name.size() : slash;
        if (!take(name.sliced(begin, end - begin)))
            return;
        begin = end + 1;
    }
}

} // namespace

PatternStates::PatternStates(TopicPattern pattern) : m_pattern(std::move(pattern))
{
    static_assert(kPatternSegments < 8 * sizeof(Set), "one state more than segments");
    if (m_pattern.isExact())
        return; // compared as it is, and may have more segments
    // `**` is no segment here: in a run of wildcards, in whatever order they stand, it lets every
    // state stay where it is ("at least so many").
    Set run = m_end;
    bool open = false;
    const auto endRun = [&] {
        if (open)
            m_stays |= run;
        open = false;
    };
    eachSegment(m_pattern.name(), [&](QByteArrayView segment) {
        if (segment == kAny) {
            open = true;
            return true;
        }
        if (segment == kOne) {
            m_ones |= m_end;
        } else {
            endRun();
            run = 0;
            m_named[segment.toByteArray()] |= m_end;
        }
        m_end <<= 1;
        run |= m_end;
        return true;
    });
    endRun();
}

PatternStates::Set PatternStates::after(QByteArrayView segment, Set now) const
{
    // Not a copy: this is asked for each segment of each topic.
    const auto named = QByteArray::fromRawData(segment.data(), segment.size());
    return (now & m_stays) | ((now & (m_ones | m_named.value(named, 0))) << 1);
}

/// `move(segment, states)` says where a segment of `name` leads from these states.
template <typename Move>
bool PatternStates::reachesEnd(QByteArrayView name, std::uint64_t &steps, Move move) const
{
    Set now = 1;
    eachSegment(name, [&](QByteArrayView segment) {
        ++steps;
        now = move(segment, now);
        // Nothing leads on from nowhere, nor away from an end that stays.
        return now != 0 && (now & m_end & m_stays) == 0;
    });
    return (now & m_end) != 0;
}

bool PatternStates::matches(QByteArrayView topicName, std::uint64_t &steps) const
{
    if (m_pattern.isExact()) {
        ++steps;
        return topicName == m_pattern.name();
    }
    return reachesEnd(topicName, steps,
                      [this](QByteArrayView segment, Set now) { return after(segment, now); });
}

bool PatternStates::overlaps(const PatternStates &other, std::uint64_t &steps) const
{
    if (other.m_pattern.isExact())
        return matches(other.m_pattern.name(), steps);
    if (m_pattern.isExact())
        return other.matches(m_pattern.name(), steps);
    return reachesEnd(
        other.m_pattern.name(), steps, [this](QByteArrayView segment, Set now) -> Set {
            const Set all = m_end | (m_end - 1);
            if (segment == kAny)
                return all & ~((now & (~now + 1)) - 1); // from the first of them, any further one
            if (segment == kOne)
                return (now & m_stays) | ((now << 1) & all);
            return after(segment, now);
        });
}

bool PatternStates::covers(const PatternStates &narrow, std::uint64_t &steps) const
{
    if (narrow.m_pattern.isExact())
        return matches(narrow.m_pattern.name(), steps);
    if (m_pattern.isExact())
        return false; // a pattern matches more than one topic
    // `narrow` is read as one word. A `*` in it is a segment that nobody has thought of: whatever
    // takes that takes every other. A `**` is any number of those, so only a state that stays takes
    // it.
    return reachesEnd(narrow.m_pattern.name(), steps,
                      [this](QByteArrayView segment, Set now) -> Set {
                          if (segment == kAny)
                              return now & m_stays;
                          if (segment == kOne)
                              return (now & m_stays) | ((now & m_ones) << 1);
                          return after(segment, now);
                      });
}

bool overlaps(const TopicPattern &a, const TopicPattern &b)
{
    std::uint64_t steps = 0;
    return PatternStates(a).overlaps(PatternStates(b), steps);
}

bool covers(const TopicPattern &wide, const TopicPattern &narrow)
{
    std::uint64_t steps = 0;
    return PatternStates(wide).covers(PatternStates(narrow), steps);
}

} // namespace pushdeck
