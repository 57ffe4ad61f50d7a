// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/topicoverlap.h"

#include <vector>

namespace pushdeck {

namespace {

constexpr char kOne[] = "*";
constexpr char kAny[] = "**";

QByteArrayList segmentsOf(const TopicPattern &pattern)
{
    return pattern.name() == "/" ? QByteArrayList() : pattern.name().mid(1).split('/');
}

/// A pattern as the states between its segments. `**` is no segment here: in a run of wildcards, in
/// whatever order they stand, it lets every state stay where it is ("at least so many").
struct States
{
    explicit States(const TopicPattern &pattern)
    {
        std::size_t runBegins = 0;
        bool open = false;
        const auto endRun = [&] {
            stays.resize(segments.size() + 1, false);
            for (std::size_t i = runBegins; open && i <= segments.size(); ++i)
                stays[i] = true;
            open = false;
        };
        for (const QByteArray &segment : segmentsOf(pattern)) {
            if (segment == kAny) {
                open = true;
                continue;
            }
            if (segment != kOne)
                endRun();
            segments.push_back(segment);
            if (segment != kOne)
                runBegins = segments.size();
        }
        endRun();
    }

    std::vector<QByteArray> segments;
    std::vector<bool> stays; ///< by state: one more than segments
};

} // namespace

bool overlaps(const TopicPattern &a, const TopicPattern &b)
{
    if (a.isExact())
        return b.matches(a.name());
    if (b.isExact())
        return a.matches(b.name());
    const QByteArrayList first = segmentsOf(a);
    const QByteArrayList second = segmentsOf(b);
    // meets[j]: what is left of `first` from i and of `second` from j have a topic in common.
    std::vector<bool> meets(std::size_t(second.size()) + 1);
    for (qsizetype i = first.size(); i >= 0; --i) {
        bool below = false; // of row i + 1, one further than j
        for (qsizetype j = second.size(); j >= 0; --j) {
            const auto at = std::size_t(j);
            const bool atEnds = i == first.size() && j == second.size();
            const bool firstIsAny = i < first.size() && first[i] == kAny;
            const bool secondIsAny = j < second.size() && second[j] == kAny;
            const bool down = i < first.size() && meets[at];
            const bool right = j < second.size() && meets[at + 1];
            bool result = atEnds;
            if (firstIsAny || secondIsAny)
                result = down || right;
            else if (i < first.size() && j < second.size())
                result = below && (first[i] == kOne || second[j] == kOne || first[i] == second[j]);
            below = meets[at];
            meets[at] = result;
        }
    }
    return meets[0];
}

bool covers(const TopicPattern &wide, const TopicPattern &narrow)
{
    if (narrow.isExact())
        return wide.matches(narrow.name());
    if (wide.isExact())
        return false; // a pattern matches more than one topic
    // `narrow` is read as one word. A `*` in it is a segment that nobody has thought of: whatever
    // takes that takes every other. A `**` is any number of those, so only a state that stays takes
    // it.
    const States states(wide);
    const std::size_t count = states.segments.size();
    std::vector<bool> now(count + 1);
    now[0] = true;
    for (const QByteArray &segment : segmentsOf(narrow)) {
        std::vector<bool> next(count + 1);
        for (std::size_t i = 0; i <= count; ++i) {
            if (!now[i])
                continue;
            if (states.stays[i])
                next[i] = true;
            if (segment == kAny || i == count)
                continue;
            const QByteArray &own = states.segments[i];
            if (own == kOne || (segment != kOne && own == segment))
                next[i + 1] = true;
        }
        now = std::move(next);
    }
    return now[count];
}

} // namespace pushdeck
