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
    if (m_keeper) {
        if (m_forgotten.sequence > 0 && name.startsWith('/') && !m_shelves.contains(name))
            m_keeper->began(name, m_forgotten.sequence);
        m_keeper->added(name, *message);
    }
    const std::uint64_t sequence = message->sequence();
    insert(name, std::move(message), sequence);
}

void History::restore(const Past &past)
{
    Q_ASSERT(m_byAge.empty());
    m_earlier = past.earlier;
    for (const Past::Remembered &one : past.messages)
        insert(one.name, std::make_shared<const Message>(one.fields), past.sequence);
    // Whoever comes with a cursor from before is told by it; to all others it is long gone.
    for (const Past::Gone &gone : past.gone) {
        // A topic with nothing left does not exist any more; shelves are few and stay.
        if (gone.name.startsWith('/') && !m_shelves.contains(gone.name)) {
            noteForgotten(gone.sequence, past.sequence);
            continue;
        }
        Shelf &shelf = m_shelves[gone.name];
        if (shelf.uncounted.sequence < gone.sequence)
            shelf.uncounted = {gone.sequence, past.sequence};
    }
    if (past.forgotten > 0)
        noteForgotten(past.forgotten, past.sequence);
}

void History::insert(const QByteArray &name, MessagePtr message, std::uint64_t newest)
{
    const std::uint64_t sequence = message->sequence();
    if (m_limits.messagesPerTopic == 0) {
        // Nothing is remembered, yet a later cursor must learn that something was.
        noteForgotten(sequence, newest);
        if (m_keeper)
            m_keeper->forgotten(name, sequence);
        return;
    }
    if (name.startsWith('/') && !m_shelves.contains(name)) {
        while (m_topics > 0 && m_topics >= m_limits.topics)
            forgetOldestTopic(newest);
        ++m_topics;
        // The name may have been forgotten before, with messages that somebody misses.
        m_shelves[name].uncounted = m_forgotten;
    }
    const std::size_t cost = message->costBytes();
    m_bytes += cost;
    m_byAge.push_back({std::move(message), name});
    Shelf &shelf = m_shelves[name];
    shelf.places.push_back(std::prev(m_byAge.end()));
    shelf.bytes += cost;
    evictTooMuch(shelf, newest);
    evictTooMuchInAll(newest);
}

void History::setLimits(HistoryLimits limits, std::uint64_t newest)
{
    m_limits = limits;
    while (m_topics > m_limits.topics)
        forgetOldestTopic(newest);
    // A copy: a topic that has nothing left is removed.
    const QByteArrayList names = m_shelves.keys();
    for (const QByteArray &name : names) {
        Shelf &shelf = m_shelves[name];
        evictTooMuch(shelf, newest);
        if (m_limits.messagesPerTopic == 0 && !shelf.places.empty())
            evictFront(shelf, newest);
    }
    evictTooMuchInAll(newest);
}

/// Down to one message at least.
void History::evictTooMuch(Shelf &shelf, std::uint64_t newest)
{
    const std::size_t most = std::max<std::size_t>(m_limits.messagesPerTopic, 1);
    while (shelf.places.size() > 1 &&
           (shelf.places.size() > most || shelf.bytes > m_limits.bytesPerTopic))
        evictFront(shelf, newest);
}

void History::evictTooMuchInAll(std::uint64_t newest)
{
    while ((m_bytes > m_limits.bytes || m_byAge.size() > m_limits.messages) && m_byAge.size() > 1)
        evictFront(m_shelves[m_byAge.front().name], newest);
}

void History::evictFront(Shelf &shelf, std::uint64_t newest)
{
    const Place place = shelf.places.front();
    const std::uint64_t sequence = place->message->sequence();
    const QByteArray name = place->name;
    const std::size_t cost = place->message->costBytes();
    m_bytes -= cost;
    shelf.bytes -= cost;
    m_byAge.erase(place);
    shelf.places.pop_front();
    shelf.evicted.push_back({sequence, newest});
    // As long a memory of what is gone as of what is there: enough to count what a client that was
    // away for twice the history missed.
    if (shelf.evicted.size() > std::max(m_limits.messagesPerTopic, kCountedLosses)) {
        shelf.uncounted = shelf.evicted.front();
        shelf.evicted.pop_front();
    }
    // A topic with nothing left does not exist any more; shelves are few and stay.
    const bool isEmpty = shelf.places.empty() && name.startsWith('/');
    if (isEmpty) {
        noteForgotten(sequence, newest);
        remove(name);
    }
    if (!m_keeper)
        return;
    if (isEmpty)
        m_keeper->forgotten(name, sequence);
    else
        m_keeper->evicted(name, sequence);
}

void History::forgetOldestTopic(std::uint64_t newest)
{
    const auto oldest = std::find_if(m_byAge.begin(), m_byAge.end(), [](const Stored &stored) {
        return stored.name.startsWith('/');
    });
    const QByteArray name = oldest->name;
    const std::uint64_t sequence = m_shelves[name].places.back()->message->sequence();
    noteForgotten(sequence, newest);
    remove(name);
    if (m_keeper)
        m_keeper->forgotten(name, sequence);
}

void History::noteForgotten(std::uint64_t sequence, std::uint64_t newest)
{
    m_forgotten = {std::max(m_forgotten.sequence, sequence), newest};
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

bool History::Reading::skips(std::uint64_t sequence) const
{
    return std::any_of(elsewhere.begin(), elsewhere.end(),
                       [sequence](const HistoryScope::Elsewhere *stretch) {
                           return sequence > stretch->after && sequence <= stretch->through;
                       });
}

bool History::Reading::skips(const Gone &gone) const
{
    return skips(gone.sequence) ||
           std::any_of(elsewhere.begin(), elsewhere.end(),
                       [&gone](const HistoryScope::Elsewhere *stretch) {
                           return gone.sequence > stretch->after && gone.when <= stretch->told;
                       });
}

bool History::Reading::skipsAllThrough(const Gone &gone, std::uint64_t read) const
{
    return std::any_of(elsewhere.begin(), elsewhere.end(),
                       [&](const HistoryScope::Elsewhere *stretch) {
                           return stretch->after <= read &&
                                  (gone.sequence <= stretch->through || gone.when <= stretch->told);
                       });
}

History::Readings History::readings(const HistoryScope &scope) const
{
    Readings found;
    const auto add = [&](QHash<QByteArray, Shelf>::const_iterator it) {
        if (it == m_shelves.constEnd())
            return;
        Reading &reading = found.emplace_back(Reading{&*it, {}});
        for (const HistoryScope::Elsewhere &stretch : scope.elsewhere) {
            if (stretch.topic.matches(it.key()))
                reading.elsewhere.push_back(&stretch);
        }
    };
    const bool patterns = std::any_of(scope.topics.begin(), scope.topics.end(),
                                      [](const TopicPattern &topic) { return !topic.isExact(); });
    if (patterns) {
        for (auto it = m_shelves.constBegin(); it != m_shelves.constEnd(); ++it) {
            if (scope.covers(it.key()))
                add(it);
        }
        return found;
    }
    for (const QByteArray &name : scope.shelves)
        add(m_shelves.constFind(name));
    for (auto topic = scope.topics.begin(); topic != scope.topics.end(); ++topic) {
        const auto isAsThis = [topic](const TopicPattern &one) { return one == *topic; };
        if (std::none_of(scope.topics.begin(), topic, isAsThis))
            add(m_shelves.constFind(topic->name())); // no shelf's name: those begin otherwise
    }
    return found;
}

std::deque<History::Place>::const_iterator History::firstAfter(const Shelf &shelf,
                                                               std::uint64_t sequence)
{
    return std::upper_bound(
        shelf.places.begin(), shelf.places.end(), sequence,
        [](std::uint64_t value, const Place &place) { return value < place->message->sequence(); });
}

MessageId History::resumePoint(std::uint64_t read, std::uint64_t through, const Readings &readings,
                               const QByteArray &epoch) const
{
    // With several topics, one may still hold messages older than what another lost. They follow
    // the gap, so a client that leaves right after it must come back before them.
    std::uint64_t point = through;
    for (const Reading &reading : readings) {
        const auto first = firstAfter(*reading.shelf, read);
        if (first != reading.shelf->places.end())
            point = std::min(point, (*first)->message->sequence() - 1);
    }
    return {epoch, point};
}

std::optional<Gap> History::gapAfter(Position position, const Readings &readings,
                                     const HistoryScope &scope, const QByteArray &epoch) const
{
    std::uint64_t lost = 0;
    std::uint64_t through = 0;
    bool counted = true;
    for (const Reading &reading : readings) {
        const Shelf &shelf = *reading.shelf;
        if (shelf.uncounted.isMissedAt(position) &&
            !reading.skipsAllThrough(shelf.uncounted, position.read)) {
            through = std::max(through, shelf.uncounted.sequence);
            counted = false;
        }
        auto gone = std::partition_point(
            shelf.evicted.begin(), shelf.evicted.end(),
            [&position](const Gone &one) { return !one.isMissedAt(position); });
        for (; gone != shelf.evicted.end(); ++gone) {
            if (reading.skips(*gone))
                continue;
            through = std::max(through, gone->sequence);
            ++lost;
        }
    }
    if (m_forgotten.isMissedAt(position)) {
        // A topic was forgotten whole after the cursor. It may have been one of these.
        const bool allAreHere =
            m_limits.messagesPerTopic > 0 &&
            std::all_of(scope.topics.begin(), scope.topics.end(), [this](const auto &topic) {
                return topic.isExact() && m_shelves.contains(topic.name());
            });
        if (!allAreHere) {
            through = std::max(through, m_forgotten.sequence);
            counted = false;
        }
    }
    if (through == 0)
        return std::nullopt;
    return Gap{Gap::Reason::Evicted, counted ? std::optional(lost) : std::nullopt,
               resumePoint(position.read, through, readings, epoch)};
}

History::Start History::start(const Cursor &cursor, const HistoryScope &scope,
                              const QByteArray &epoch, std::uint64_t newest,
                              std::int64_t nowMs) const
{
    const Readings inScope = readings(scope);
    // Whatever is gone by now is either told in this gap or was not asked for.
    const auto from = [newest](std::uint64_t read) { return Position{read, newest}; };
    switch (cursor.kind) {
        case Cursor::Kind::Latest:
            return {from(newest), {}};
        case Cursor::Kind::All:
            return {from(0), {}};
        case Cursor::Kind::LastN: {
            Q_ASSERT(cursor.count > 0);
            std::vector<std::uint64_t> sequences;
            for (const Reading &reading : inScope) {
                const Shelf *shelf = reading.shelf;
                const std::size_t most = std::min<std::size_t>(cursor.count, shelf->places.size());
                for (auto it = shelf->places.end() - std::ptrdiff_t(most);
                     it != shelf->places.end(); ++it)
                    sequences.push_back((*it)->message->sequence());
            }
            // Fewer than asked for: then every shelf gave all it has.
            if (sequences.size() < cursor.count)
                return {from(0), {}};
            const auto nth = sequences.end() - std::ptrdiff_t(cursor.count);
            std::nth_element(sequences.begin(), nth, sequences.end());
            return {from(*nth - 1), {}};
        }
        case Cursor::Kind::Age: {
            const std::int64_t oldestMs = nowMs - cursor.age.count();
            std::uint64_t first = newest + 1;
            for (const Reading &reading : inScope) {
                const Shelf *shelf = reading.shelf;
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
    return startAfter(cursor.id, inScope, scope, epoch, newest);
}

History::Start History::startAfter(const MessageId &id, const Readings &readings,
                                   const HistoryScope &scope, const QByteArray &epoch,
                                   std::uint64_t newest) const
{
    if (id.epoch == epoch && id.sequence <= newest)
        return {{id.sequence, newest}, gapAfter({id.sequence, 0}, readings, scope, epoch)};

    // An id of another run, or one this run never gave: what came after it cannot be counted. Of an
    // earlier run that is remembered, what came before it need not come again.
    std::uint64_t read = 0;
    for (const Past::EarlierEpoch &earlier : m_earlier) {
        if (earlier.epoch == id.epoch)
            read = std::min(id.sequence, earlier.last);
    }
    std::uint64_t through = std::max(read, m_forgotten.sequence);
    for (const Reading &reading : readings) {
        through = std::max(through, reading.shelf->uncounted.sequence);
        if (!reading.shelf->evicted.empty())
            through = std::max(through, reading.shelf->evicted.back().sequence);
    }
    return {{read, newest},
            Gap{Gap::Reason::Restarted, std::nullopt, resumePoint(read, through, readings, epoch)}};
}

History::Page History::page(Position position, const HistoryScope &scope, const QByteArray &epoch,
                            std::size_t mostMessages) const
{
    const Readings inScope = readings(scope);
    Page page;
    page.gap = gapAfter(position, inScope, scope, epoch);
    std::size_t unread = 0;
    for (const Reading &reading : inScope) {
        const auto &places = reading.shelf->places;
        auto place = firstAfter(*reading.shelf, position.read);
        std::size_t taken = 0;
        for (; place != places.end(); ++place) {
            if (reading.skips((*place)->message->sequence()))
                continue; // nor is it left over
            if (taken == mostMessages)
                break;
            page.messages.push_back((*place)->message);
            ++taken;
        }
        unread += static_cast<std::size_t>(places.end() - place);
    }
    std::sort(page.messages.begin(), page.messages.end(), bySequence);
    if (page.messages.size() > mostMessages) {
        unread += page.messages.size() - mostMessages;
        page.messages.resize(mostMessages);
    }
    page.complete = unread == 0;
    return page;
}

std::optional<History::Kept> History::find(std::uint64_t sequence) const
{
    if (sequence == 0)
        return std::nullopt;
    for (auto it = m_shelves.constBegin(); it != m_shelves.constEnd(); ++it) {
        const auto place = firstAfter(*it, sequence - 1);
        if (place != it->places.end() && (*place)->message->sequence() == sequence)
            return Kept{it.key(), (*place)->message};
    }
    return std::nullopt;
}

void History::forEachAfter(std::uint64_t sequence, const HistoryScope &scope,
                           const std::function<bool(const Message &)> &visit) const
{
    for (const Reading &reading : readings(scope)) {
        for (auto place = firstAfter(*reading.shelf, sequence);
             place != reading.shelf->places.end(); ++place) {
            if (!visit(*(*place)->message))
                return;
        }
    }
}

std::size_t History::messages(const QByteArray &name) const
{
    const auto it = m_shelves.constFind(name);
    return it == m_shelves.constEnd() ? 0 : it->places.size();
}

} // namespace pushdeck
