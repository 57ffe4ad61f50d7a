// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/history.h"

#include <algorithm>

namespace pushdeck {

namespace {

bool bySequence(const MessagePtr &a, const MessagePtr &b)
{
    return a->sequence() < b->sequence();
}

} // namespace

bool HistoryScope::covers(QByteArrayView name) const
{
    if (!name.startsWith('/'))
        return std::any_of(shelves.begin(), shelves.end(),
                           [name](const QByteArray &shelf) { return shelf == name; });
    return std::any_of(topics.begin(), topics.end(),
                       [name](const TopicPattern &topic) { return topic.matches(name); });
}

void History::add(const QByteArray &name, MessagePtr message)
{
    if (m_limits.messagesPerTopic == 0) {
        // Nothing is remembered, yet a later cursor must learn that something was.
        m_forgottenThrough = std::max(m_forgottenThrough, message->sequence());
        return;
    }
    if (name.startsWith('/') && !m_shelves.contains(name)) {
        while (m_topics > 0 && m_topics >= m_limits.topics)
            forgetOldestTopic();
        ++m_topics;
    }
    m_bytes += message->costBytes();
    m_byAge.push_back({std::move(message), name});
    Shelf &shelf = m_shelves[name];
    shelf.places.push_back(std::prev(m_byAge.end()));
    if (shelf.places.size() > m_limits.messagesPerTopic)
        evictFront(shelf);
    while (m_bytes > m_limits.bytes && m_byAge.size() > 1)
        evictFront(m_shelves[m_byAge.front().name]);
}

void History::evictFront(Shelf &shelf)
{
    const Place place = shelf.places.front();
    const std::uint64_t sequence = place->message->sequence();
    const QByteArray name = place->name;
    m_bytes -= place->message->costBytes();
    m_byAge.erase(place);
    shelf.places.pop_front();
    shelf.evictedThrough = sequence;
    shelf.evicted.push_back(sequence);
    // As long a memory of what is gone as of what is there: enough to count what a client that was
    // away for twice the history missed.
    if (shelf.evicted.size() > m_limits.messagesPerTopic) {
        shelf.evicted.pop_front();
        shelf.evictedIsWhole = false;
    }
    // A topic with nothing left does not exist any more; shelves are few and stay.
    if (shelf.places.empty() && name.startsWith('/')) {
        m_forgottenThrough = std::max(m_forgottenThrough, sequence);
        remove(name);
    }
}

void History::forgetOldestTopic()
{
    const auto oldest = std::find_if(m_byAge.begin(), m_byAge.end(), [](const Stored &stored) {
        return stored.name.startsWith('/');
    });
    const QByteArray name = oldest->name;
    m_forgottenThrough =
        std::max(m_forgottenThrough, m_shelves[name].places.back()->message->sequence());
    remove(name);
}

void History::remove(const QByteArray &name)
{
    const auto it = m_shelves.constFind(name);
    for (const Place &place : it->places) {
        m_bytes -= place->message->costBytes();
        m_byAge.erase(place);
    }
    m_shelves.erase(it);
    m_topics -= name.startsWith('/') ? 1 : 0;
}

void History::drop(const QByteArray &shelf)
{
    if (m_shelves.contains(shelf))
        remove(shelf);
}

std::vector<const History::Shelf *> History::shelvesIn(const HistoryScope &scope) const
{
    std::vector<const Shelf *> found;
    const auto addExact = [&](const QByteArray &name) {
        const auto it = m_shelves.constFind(name);
        if (it != m_shelves.constEnd())
            found.push_back(&*it);
    };
    const bool patterns = std::any_of(scope.topics.begin(), scope.topics.end(),
                                      [](const TopicPattern &topic) { return !topic.isExact(); });
    if (patterns) {
        for (auto it = m_shelves.constBegin(); it != m_shelves.constEnd(); ++it) {
            if (scope.covers(it.key()))
                found.push_back(&*it);
        }
        return found;
    }
    QByteArrayList names = scope.shelves;
    for (const TopicPattern &topic : scope.topics) {
        if (!names.contains(topic.name()))
            names.append(topic.name());
    }
    for (const QByteArray &name : std::as_const(names))
        addExact(name);
    return found;
}

std::deque<History::Place>::const_iterator History::firstAfter(const Shelf &shelf,
                                                               std::uint64_t sequence)
{
    return std::upper_bound(
        shelf.places.begin(), shelf.places.end(), sequence,
        [](std::uint64_t value, const Place &place) { return value < place->message->sequence(); });
}

MessageId History::resumePoint(std::uint64_t read, std::uint64_t through,
                               const std::vector<const Shelf *> &shelves,
                               const QByteArray &epoch) const
{
    // With several topics, one may still hold messages older than what another lost. They follow
    // the gap, so a client that leaves right after it must come back before them.
    std::uint64_t point = through;
    for (const Shelf *shelf : shelves) {
        const auto first = firstAfter(*shelf, read);
        if (first != shelf->places.end())
            point = std::min(point, (*first)->message->sequence() - 1);
    }
    return {epoch, point};
}

std::optional<Gap> History::gapAfter(Position position, const std::vector<const Shelf *> &shelves,
                                     const HistoryScope &scope, const QByteArray &epoch) const
{
    const std::uint64_t known = std::max(position.read, position.told);
    std::uint64_t lost = 0;
    std::uint64_t through = 0;
    bool counted = true;
    for (const Shelf *shelf : shelves) {
        if (shelf->evictedThrough <= known)
            continue;
        through = std::max(through, shelf->evictedThrough);
        const auto first = std::upper_bound(shelf->evicted.begin(), shelf->evicted.end(), known);
        lost += static_cast<std::uint64_t>(shelf->evicted.end() - first);
        // Where the oldest known eviction is already after the cursor there may be older ones.
        counted = counted && (shelf->evictedIsWhole || first != shelf->evicted.begin());
    }
    if (m_forgottenThrough > known) {
        // A topic was forgotten whole after the cursor. It may have been one of these.
        const bool allAreHere = std::all_of(
            scope.topics.begin(), scope.topics.end(), [this](const TopicPattern &topic) {
                return topic.isExact() && m_shelves.contains(topic.name());
            });
        if (!allAreHere) {
            through = std::max(through, m_forgottenThrough);
            counted = false;
        }
    }
    if (through == 0)
        return std::nullopt;
    return Gap{Gap::Reason::Evicted, counted ? std::optional(lost) : std::nullopt,
               resumePoint(position.read, through, shelves, epoch)};
}

History::Start History::start(const Cursor &cursor, const HistoryScope &scope,
                              const QByteArray &epoch, std::uint64_t newest,
                              std::int64_t nowMs) const
{
    const std::vector<const Shelf *> shelves = shelvesIn(scope);
    // Whatever is gone by now is either told in this gap or was not asked for.
    const auto from = [newest](std::uint64_t read) { return Position{read, newest}; };
    switch (cursor.kind) {
        case Cursor::Kind::Latest:
            return {from(newest), {}};
        case Cursor::Kind::All:
            return {from(0), {}};
        case Cursor::Kind::LastN: {
            std::vector<std::uint64_t> sequences;
            for (const Shelf *shelf : shelves) {
                const std::size_t most = std::min<std::size_t>(cursor.count, shelf->places.size());
                for (auto it = shelf->places.end() - std::ptrdiff_t(most);
                     it != shelf->places.end(); ++it)
                    sequences.push_back((*it)->message->sequence());
            }
            if (sequences.size() <= cursor.count)
                return {from(0), {}};
            const auto nth = sequences.end() - std::ptrdiff_t(cursor.count);
            std::nth_element(sequences.begin(), nth, sequences.end());
            return {from(*nth - 1), {}};
        }
        case Cursor::Kind::Age: {
            const std::int64_t oldestMs = nowMs - cursor.age.count();
            std::uint64_t first = newest + 1;
            for (const Shelf *shelf : shelves) {
                const auto it = std::find_if(shelf->places.begin(), shelf->places.end(),
                                             [oldestMs](const Place &place) {
                                                 return (*place->message)->timeMs >= oldestMs;
                                             });
                if (it != shelf->places.end())
                    first = std::min(first, (*it)->message->sequence());
            }
            return {from(first - 1), {}};
        }
        case Cursor::Kind::After:
            break;
    }
    const std::uint64_t read = cursor.id.sequence;
    if (cursor.id.epoch == epoch && read <= newest)
        return {from(read), gapAfter({read, 0}, shelves, scope, epoch)};

    // An id of another run, or one this run never gave: what came after it cannot be counted.
    std::uint64_t through = m_forgottenThrough;
    for (const Shelf *shelf : shelves)
        through = std::max(through, shelf->evictedThrough);
    return {from(0),
            Gap{Gap::Reason::Restarted, std::nullopt, resumePoint(0, through, shelves, epoch)}};
}

History::Page History::page(Position position, const HistoryScope &scope, const QByteArray &epoch,
                            std::size_t mostMessages) const
{
    const std::vector<const Shelf *> shelves = shelvesIn(scope);
    Page page;
    page.gap = gapAfter(position, shelves, scope, epoch);
    std::size_t remaining = 0;
    for (const Shelf *shelf : shelves) {
        const auto first = firstAfter(*shelf, position.read);
        const auto here = static_cast<std::size_t>(shelf->places.end() - first);
        remaining += here;
        const auto end = first + static_cast<std::ptrdiff_t>(std::min(here, mostMessages));
        for (auto it = first; it != end; ++it)
            page.messages.push_back((*it)->message);
    }
    std::sort(page.messages.begin(), page.messages.end(), bySequence);
    if (page.messages.size() > mostMessages)
        page.messages.resize(mostMessages);
    page.complete = page.messages.size() == remaining;
    return page;
}

std::size_t History::messages(const QByteArray &name) const
{
    const auto it = m_shelves.constFind(name);
    return it == m_shelves.constEnd() ? 0 : it->places.size();
}

} // namespace pushdeck
