// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubmodel.h"

#include <algorithm>

namespace pushdeck {

std::vector<std::uint64_t> ModelHistory::add(int place, std::size_t costBytes, std::int64_t timeMs)
{
    m_entries.push_back({place, costBytes, timeMs});
    const std::uint64_t sequence = newest();
    std::vector<std::uint64_t> gone;
    const auto lose = [&](std::uint64_t one) {
        m_entries[one - 1].goneAt = sequence;
        gone.push_back(one);
    };
    const auto forget = [&](std::uint64_t one) {
        m_forgotten = std::max(m_forgotten, one);
        m_forgottenAt = sequence;
    };
    const auto oldest = [&](auto &&counts) {
        for (std::uint64_t one = 1; one <= sequence; ++one) {
            if (isHere(one) && counts(at(one)))
                return one;
        }
        return std::uint64_t(0);
    };
    const auto here = [&](int where) {
        return std::count_if(m_entries.begin(), m_entries.end(), [where](const Entry &entry) {
            return entry.place == where && entry.goneAt == 0;
        });
    };

    if (m_limits.messagesPerTopic == 0) {
        lose(sequence);
        forget(sequence);
        return gone;
    }
    const auto topics = [&] {
        std::ptrdiff_t count = 0;
        for (int topic = 0; topic < kEveryone; ++topic)
            count += here(topic) > 0 ? 1 : 0;
        return static_cast<std::size_t>(count);
    };
    // One topic too many: the one with the oldest message goes, never the one that came.
    while (place < kEveryone && topics() > m_limits.topics) {
        const auto first = oldest([](const Entry &entry) { return entry.place < kEveryone; });
        const int topic = at(first).place;
        for (std::uint64_t one = 1; one <= sequence; ++one) {
            if (at(one).place == topic && isHere(one)) {
                lose(one);
                forget(one);
            }
        }
    }
    // Bytes and messages that are here, of one place or of all.
    const auto sums = [&](int where = -1) {
        std::pair<std::size_t, std::size_t> sum;
        for (const Entry &entry : m_entries) {
            if (entry.goneAt > 0 || (where >= 0 && entry.place != where))
                continue;
            sum.first += entry.costBytes;
            ++sum.second;
        }
        return sum;
    };
    for (auto sum = sums(place); sum.second > m_limits.messagesPerTopic ||
                                 (sum.first > m_limits.bytesPerTopic && sum.second > 1);
         sum = sums(place))
        lose(oldest([place](const Entry &entry) { return entry.place == place; }));
    for (auto sum = sums(); sum.first > m_limits.bytes || sum.second > m_limits.messages;
         sum = sums()) {
        const auto first = oldest([](const Entry &) { return true; });
        if (first == sequence)
            break;
        lose(first);
        if (at(first).place < kEveryone && here(at(first).place) == 0)
            forget(first);
    }
    return gone;
}

bool ModelHistory::mayBeUncounted(std::uint64_t read, std::uint64_t told, unsigned places) const
{
    if (m_forgotten > read && m_forgottenAt > told)
        return true;
    std::array<std::size_t, kPlaces> missed{};
    for (std::uint64_t one = read + 1; one <= newest(); ++one) {
        if (at(one).goneAt <= told || !(places >> at(one).place & 1))
            continue;
        if (at(one).goneAt <= m_restartedAt)
            return true;
        ++missed[static_cast<std::size_t>(at(one).place)];
    }
    const std::size_t most = std::max(m_limits.messagesPerTopic, History::kCountedLosses);
    return std::any_of(missed.begin(), missed.end(),
                       [most](std::size_t count) { return count > most; });
}

unsigned ModelSubscriber::Leg::places() const
{
    unsigned all = shelves;
    for (const int pattern : patterns)
        all |= kModelPatterns[static_cast<std::size_t>(pattern)].topics;
    return all;
}

bool ModelSubscriber::has(int pattern) const
{
    return std::any_of(m_legs.begin(), m_legs.end(), [pattern](const Leg &leg) {
        return std::find(leg.patterns.begin(), leg.patterns.end(), pattern) != leg.patterns.end();
    });
}

bool ModelSubscriber::mayAdd(int pattern) const
{
    return (kModelPatterns[static_cast<std::size_t>(pattern)].topics & m_left) == 0 ||
           std::all_of(m_legs.begin(), m_legs.end(), [](const Leg &leg) { return leg.live; });
}

/// The part that brings a message: the first that covers it and began before it.
ModelSubscriber::Leg *ModelSubscriber::claimant(std::uint64_t sequence, std::size_t firstLeg)
{
    for (std::size_t i = firstLeg; i < m_legs.size(); ++i) {
        if (m_legs[i].claims(m_history.at(sequence).place, sequence))
            return &m_legs[i];
    }
    return nullptr;
}

std::uint64_t ModelSubscriber::startOf(const Leg &leg, const Cursor &cursor,
                                       std::int64_t nowMs) const
{
    std::vector<std::uint64_t> here;
    for (std::uint64_t one = 1; one <= m_history.newest(); ++one) {
        if (m_history.isHere(one) && (leg.places() >> m_history.at(one).place & 1))
            here.push_back(one);
    }
    switch (cursor.kind) {
        case Cursor::Kind::All:
            return 0;
        case Cursor::Kind::LastN:
            return here.size() < cursor.count ? 0 : here[here.size() - cursor.count] - 1;
        case Cursor::Kind::Age:
            for (const std::uint64_t one : here) {
                if (m_history.at(one).timeMs >= nowMs - cursor.age.count())
                    return one - 1;
            }
            return m_history.newest();
        case Cursor::Kind::After:
            return cursor.id.sequence;
        case Cursor::Kind::Latest:
            break;
    }
    return m_history.newest();
}

void ModelSubscriber::subscribe(const std::vector<int> &patterns, const Cursor &cursor,
                                bool foreign, std::int64_t nowMs)
{
    Leg leg;
    for (const int pattern : patterns) {
        if (!has(pattern))
            leg.patterns.push_back(pattern);
    }
    if (m_legs.empty())
        leg.shelves = 1u << kEveryone | 1u << (kFirstClient + client);
    else if (leg.patterns.empty())
        return;
    leg.from = foreign ? 0 : startOf(leg, cursor, nowMs);
    leg.read = leg.from;
    for (std::uint64_t one = leg.from + 1; one <= m_history.newest(); ++one) {
        if (!leg.claims(m_history.at(one).place, one) || claimant(one))
            continue;
        if (m_history.isHere(one))
            leg.owed.insert(one);
        else if (cursor.kind == Cursor::Kind::After && !foreign)
            leg.lost.insert(one);
    }
    m_legs.push_back(std::move(leg));
    if (foreign) {
        const auto *item = next();
        if (!item || item->sequence != 0 || item->gap.reason != Gap::Reason::Restarted ||
            item->gap.lost)
            complain(QStringLiteral("a foreign cursor is not told"));
        ++m_checked;
    } else if (cursor.kind == Cursor::Kind::After) {
        expectLoss(m_legs.back());
    }
    m_legs.back().told = m_history.newest();
    resumed();
}

void ModelSubscriber::unsubscribe(int pattern)
{
    for (std::size_t i = 0; i < m_legs.size(); ++i) {
        Leg &leg = m_legs[i];
        const auto found = std::find(leg.patterns.begin(), leg.patterns.end(), pattern);
        if (found == leg.patterns.end())
            continue;
        if (!leg.live)
            expectLoss(leg);
        leg.patterns.erase(found);
        m_left |= kModelPatterns[static_cast<std::size_t>(pattern)].topics;
        const auto owed = std::move(leg.owed);
        leg.owed.clear();
        const bool ended = leg.places() == 0;
        for (const std::uint64_t one : owed) {
            if (Leg *other = claimant(one, i))
                other->owed.insert(one);
        }
        if (ended)
            m_legs.erase(m_legs.begin() + static_cast<std::ptrdiff_t>(i));
        break;
    }
    expectNothingMore();
}

/// The newest message of the history was published.
void ModelSubscriber::published()
{
    const std::uint64_t sequence = m_history.newest();
    Leg *leg = claimant(sequence);
    if (leg && leg->live) {
        expectMessage(sequence);
    } else if (leg) {
        if (m_history.isHere(sequence))
            leg->owed.insert(sequence);
        else
            leg->lost.insert(sequence);
    }
    expectNothingMore();
}

void ModelSubscriber::evicted(const std::vector<std::uint64_t> &sequences)
{
    for (const std::uint64_t one : sequences) {
        for (Leg &leg : m_legs) {
            if (leg.owed.erase(one) > 0)
                leg.lost.insert(one);
        }
    }
}

/// Replays went on as far as there was room.
void ModelSubscriber::resumed()
{
    for (Leg &leg : m_legs) {
        if (leg.live)
            continue;
        if (m_room == 0)
            break;
        expectLoss(leg);
        while (!leg.owed.empty() && m_room != 0) {
            const std::uint64_t one = *leg.owed.begin();
            leg.owed.erase(leg.owed.begin());
            leg.read = one;
            m_room -= m_room > 0 ? 1 : 0;
            expectMessage(one);
        }
        leg.live = leg.owed.empty();
        if (!leg.live)
            break;
    }
    expectNothingMore();
}

const RecordingSubscriber::Item *ModelSubscriber::next() const
{
    return m_checked < subscriber.items.size() ? &subscriber.items[m_checked] : nullptr;
}

void ModelSubscriber::expectLoss(Leg &leg)
{
    const auto *item = next();
    const bool uncounted = item && item->sequence == 0 && !item->gap.lost;
    const bool mayBeUncounted =
        uncounted && m_history.mayBeUncounted(leg.read, leg.told, leg.places());
    // A gap where nothing is lost is the next part's, or nobody's.
    const bool gap = item && item->sequence == 0 && (!leg.lost.empty() || mayBeUncounted);
    if (!gap) {
        // A gap that says no number may have been taken for one of a part before this.
        if (!leg.lost.empty() && m_vagueGaps-- == 0)
            complain(QStringLiteral("%1 are lost and not told").arg(leg.lost.size()));
        leg.lost.clear();
        return;
    }
    if (uncounted && !mayBeUncounted) {
        complain(QStringLiteral("a gap is not counted, and could be"));
    } else if (!uncounted && *item->gap.lost != leg.lost.size()) {
        complain(QStringLiteral("%1 are lost; the gap says %2")
                     .arg(leg.lost.size())
                     .arg(*item->gap.lost));
    }
    const std::uint64_t resumedAt = item->gap.resumedAt.sequence;
    if (item->gap.reason != Gap::Reason::Evicted)
        complain(QStringLiteral("evicted, and the gap says restarted"));
    if (!leg.owed.empty() && resumedAt >= *leg.owed.begin())
        complain(QStringLiteral("a gap resumes behind a message that follows it"));
    if (m_legs.size() == 1 && !leg.lost.empty() &&
        resumedAt < (leg.owed.empty() ? *leg.lost.rbegin()
                                      : std::min(*leg.lost.rbegin(), *leg.owed.begin() - 1)))
        complain(QStringLiteral("a gap resumes before what it tells"));
    m_vagueGaps += leg.lost.empty() ? 1 : 0;
    leg.lost.clear();
    leg.told = m_history.newest();
    ++m_checked;
}

void ModelSubscriber::expectMessage(std::uint64_t sequence)
{
    const auto *item = next();
    if (!item)
        complain(QStringLiteral("message %1 did not come").arg(sequence));
    else if (item->sequence != sequence)
        complain(QStringLiteral("message %1 should come, and %2 came")
                     .arg(sequence)
                     .arg(item->sequence));
    m_vagueGaps = 0;
    ++m_checked;
}

void ModelSubscriber::expectNothingMore()
{
    m_vagueGaps = 0;
    if (const auto *item = next())
        complain(QStringLiteral("%1 came, and nothing was due").arg(item->sequence));
    m_checked = subscriber.items.size();
    m_room = subscriber.room;
}

void ModelSubscriber::checkComplete()
{
    for (const Leg &leg : m_legs) {
        if (!leg.live || !leg.owed.empty() || !leg.lost.empty())
            complain(QStringLiteral("not everything has come in the end"));
    }
}

void ModelSubscriber::complain(const QString &what)
{
    if (m_complaint.isEmpty())
        m_complaint = QStringLiteral("client %1: %2").arg(client).arg(what);
}

} // namespace pushdeck
