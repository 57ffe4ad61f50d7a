// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <optional>

namespace pushdeck {

namespace {

constexpr char kEveryoneShelf[] = "**";

/// Messages read from the history at a time: a replay looks at its backlog between them.
constexpr std::size_t kPageMessages = 64;

constexpr std::uint64_t kNoEnd = std::numeric_limits<std::uint64_t>::max();

QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck::Hub", text);
}

std::optional<Error> refusal(const Publication &publication)
{
    const QByteArray &event = publication.event;
    if (event.contains('\r') || event.contains('\n') || event.contains('\0'))
        return badRequest(tr("An event name has no line breaks and no NUL."));
    if (event.size() > kEventNameBytes)
        return badRequest(tr("An event name is at most %1 bytes long.").arg(kEventNameBytes));
    if (!isValidUtf8(event))
        return badRequest(tr("An event name is valid UTF-8; this one is not."));

    const QByteArray &type = publication.contentType;
    const bool printable = std::all_of(type.begin(), type.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7f;
    });
    if (!printable || type.size() > kContentTypeBytes)
        return badRequest(
            tr("A content type is at most %1 printable ASCII characters.").arg(kContentTypeBytes));
    return std::nullopt;
}

QByteArray contentTypeOf(const Publication &publication, bool utf8)
{
    // What curl and HTML forms send when nobody chose a type says nothing about the data.
    const bool chosen = !publication.contentType.isEmpty() &&
                        !publication.contentType.startsWith("application/x-www-form-urlencoded");
    if (chosen)
        return publication.contentType;
    return utf8 && !publication.binary ? QByteArrayLiteral("text/plain; charset=utf-8")
                                       : QByteArrayLiteral("application/octet-stream");
}

/// The order among subscribers means nothing, so removing one need not move the rest.
void removeFrom(std::vector<Subscriber *> &list, Subscriber &subscriber)
{
    const auto found = std::find(list.begin(), list.end(), &subscriber);
    if (found != list.end()) {
        *found = list.back();
        list.pop_back();
    }
}

} // namespace

QByteArray clientShelf(std::uint64_t clientId)
{
    return '@' + QByteArray::number(static_cast<qulonglong>(clientId));
}

QByteArrayList clientShelves(std::uint64_t clientId)
{
    return {kEveryoneShelf, clientShelf(clientId)};
}

Hub::Hub(QByteArray epoch, HistoryLimits limits, Clock clock)
    : m_epoch(std::move(epoch)), m_clock(std::move(clock)), m_history(limits)
{
}

void Hub::restore(Past past)
{
    Q_ASSERT(m_sequence == 0 && m_tables.isEmpty());
    m_epoch = past.epoch;
    m_sequence = past.sequence;
    for (Past::Remembered &one : past.messages) {
        one.fields.id = MessageId{m_epoch, one.fields.sequence}.toByteArray();
        if (one.name.startsWith('/'))
            m_tables[one.name].lastId = one.fields.id;
    }
    m_history.restore(past);
}

Result<Receipt> Hub::publish(const Topic &topic, Publication publication)
{
    return publishUnder(topic.name(), topic.name(), std::move(publication));
}

Result<Receipt> Hub::publishToAll(Publication publication)
{
    return publishUnder(kEveryoneShelf, kEveryTopic, std::move(publication));
}

Result<Receipt> Hub::publishToClient(std::uint64_t clientId, const QByteArray &topic,
                                     Publication publication)
{
    return publishUnder(clientShelf(clientId), topic, std::move(publication));
}

Result<Receipt> Hub::publishUnder(const QByteArray &name, const QByteArray &topic,
                                  Publication publication)
{
    Q_ASSERT(!m_walking);
    if (auto error = refusal(publication))
        return *std::move(error);

    const bool utf8 = isValidUtf8(publication.data);
    Message::Fields fields;
    fields.sequence = ++m_sequence;
    fields.id = newest().toByteArray();
    fields.topic = topic;
    fields.contentType = contentTypeOf(publication, utf8);
    fields.event = std::move(publication.event);
    fields.data = std::move(publication.data);
    fields.utf8 = utf8;
    fields.binary = publication.binary || !utf8;
    fields.timeMs = m_clock();
    fields.publisher = publication.publisher;
    fields.clientId = publication.clientId;
    fields.origin = std::move(publication.origin);

    Receipt receipt{std::make_shared<const Message>(std::move(fields))};
    const Message &message = *receipt.message;
    m_history.add(name, receipt.message);

    if (!m_tables.contains(name))
        sweepTables();
    Table &table = m_tables[name];
    ++table.published;
    table.lastId = message->id;

    m_walking = true;
    for (Subscriber *subscriber : table.subscribers)
        handOver(subscriber, message, receipt);
    if (name.startsWith('/')) {
        for (const auto &[patternName, entry] : m_patterns) {
            if (!entry.pattern.matches(name))
                continue;
            for (Subscriber *subscriber : entry.subscribers)
                handOver(subscriber, message, receipt);
        }
    }
    m_walking = false;
    message.dropEncodings();

    if (m_observer)
        m_observer(receipt);
    return receipt;
}

void Hub::handOver(Subscriber *subscriber, const Message &message, Receipt &receipt)
{
    // One subscription may cover a topic twice, by name and by pattern.
    if (subscriber->m_resting || subscriber->m_lastSequence == message.sequence())
        return;
    subscriber->m_lastSequence = message.sequence();
    switch (subscriber->deliver(message)) {
        case Subscriber::Delivery::Sent:
            ++receipt.sent;
            break;
        case Subscriber::Delivery::Queued:
            ++receipt.queued;
            break;
        case Subscriber::Delivery::Refused:
            break;
    }
}

void Hub::subscribe(Subscriber &subscriber, std::uint64_t clientId,
                    std::vector<TopicPattern> topics, const Cursor &cursor)
{
    Q_ASSERT(!m_walking);
    Subscriber::Leg leg;
    for (TopicPattern &topic : topics) {
        const auto has = [&topic](const Subscriber::Leg &other) {
            const auto &had = other.scope.topics;
            return std::find(had.begin(), had.end(), topic) != had.end();
        };
        const auto &now = leg.scope.topics;
        if (std::any_of(subscriber.m_legs.begin(), subscriber.m_legs.end(), has) ||
            std::find(now.begin(), now.end(), topic) != now.end())
            continue;
        leg.scope.topics.push_back(std::move(topic));
    }
    if (subscriber.m_legs.empty())
        leg.scope.shelves = clientShelves(clientId);
    else if (leg.scope.topics.empty())
        return;

    for (const Subscriber::Leg &earlier : subscriber.m_legs) {
        for (const TopicPattern &topic : earlier.scope.topics)
            leg.scope.elsewhere.push_back({topic, earlier.from, kNoEnd, 0});
    }

    const History::Start start = m_history.start(cursor, leg.scope, m_epoch, m_sequence, m_clock());
    leg.position = start.position;
    leg.from = start.position.read;
    subscriber.m_legs.push_back(std::move(leg));
    if (start.gap)
        subscriber.tellGap(*start.gap);
    resume(subscriber);
}

void Hub::resume(Subscriber &subscriber)
{
    Q_ASSERT(!m_walking);
    for (Subscriber::Leg &leg : subscriber.m_legs) {
        if (!leg.live)
            catchUp(subscriber, leg);
        if (!leg.live)
            return;
    }
    subscriber.m_resting = false;
}

void Hub::rest(Subscriber &subscriber)
{
    Q_ASSERT(!m_walking);
    subscriber.m_resting = true;
}

void Hub::wake(Subscriber &subscriber, const Cursor &cursor)
{
    Q_ASSERT(!m_walking && subscriber.m_resting && subscriber.m_legs.size() == 1);
    Subscriber::Leg &leg = subscriber.m_legs.front();
    if (leg.joined && cursor.kind == Cursor::Kind::After && cursor.id == newest()) {
        leg.position = {m_sequence, m_sequence}; // nothing came meanwhile: nothing to look for
        leg.from = m_sequence;
        leg.live = true;
    } else {
        const History::Start start =
            m_history.start(cursor, leg.scope, m_epoch, m_sequence, m_clock());
        leg.position = start.position;
        leg.from = start.position.read;
        leg.live = false;
        if (start.gap)
            subscriber.tellGap(*start.gap);
    }
    resume(subscriber);
}

void Hub::catchUp(Subscriber &subscriber, Subscriber::Leg &leg)
{
    while (const std::size_t most = std::min(subscriber.wants(), kPageMessages)) {
        const History::Page page = m_history.page(leg.position, leg.scope, m_epoch, most);
        tellLoss(subscriber, leg, page);
        for (const MessagePtr &message : page.messages) {
            if (subscriber.wants() == 0)
                return;
            leg.position.read = message->sequence();
            subscriber.deliver(*message);
            m_recent.keep(message);
        }
        if (page.complete) {
            goLive(subscriber, leg);
            return;
        }
    }
}

void Hub::tellLoss(Subscriber &subscriber, Subscriber::Leg &leg, const History::Page &page)
{
    if (!page.gap)
        return;
    subscriber.tellGap(*page.gap);
    leg.position.told = m_sequence;
}

bool Hub::isCatchingUp(const Subscriber &subscriber)
{
    return std::any_of(subscriber.m_legs.begin(), subscriber.m_legs.end(),
                       [](const Subscriber::Leg &leg) { return !leg.live; });
}

void Hub::goLive(Subscriber &subscriber, Subscriber::Leg &leg)
{
    leg.live = true;
    leg.scope.elsewhere = {};
    if (std::exchange(leg.joined, true))
        return;
    for (const QByteArray &shelf : std::as_const(leg.scope.shelves))
        join(subscriber, shelf);
    for (const TopicPattern &topic : leg.scope.topics) {
        if (topic.isExact())
            join(subscriber, topic.name());
        else
            m_patterns.try_emplace(topic.name(), PatternTable{topic, {}})
                .first->second.subscribers.push_back(&subscriber);
    }
}

void Hub::join(Subscriber &subscriber, const QByteArray &name)
{
    std::vector<Subscriber *> &subscribers = m_tables[name].subscribers;
    m_subscribed += subscribers.empty() && name.startsWith('/') ? 1 : 0;
    subscribers.push_back(&subscriber);
}

void Hub::leave(Subscriber &subscriber, const QByteArray &name)
{
    const auto it = m_tables.find(name);
    if (it == m_tables.end())
        return;
    const bool hadAny = !it->subscribers.empty();
    removeFrom(it->subscribers, subscriber);
    m_subscribed -= hadAny && it->subscribers.empty() && name.startsWith('/') ? 1 : 0;
    if (it->subscribers.empty() && m_history.messages(name) == 0)
        m_tables.erase(it);
}

void Hub::leavePattern(Subscriber &subscriber, const TopicPattern &pattern)
{
    const auto it = m_patterns.find(pattern.name());
    if (it == m_patterns.end())
        return;
    removeFrom(it->second.subscribers, subscriber);
    if (it->second.subscribers.empty())
        m_patterns.erase(it);
}

bool Hub::unsubscribe(Subscriber &subscriber, const TopicPattern &topic)
{
    Q_ASSERT(!m_walking);
    for (auto it = subscriber.m_legs.begin(); it != subscriber.m_legs.end(); ++it) {
        Subscriber::Leg &leg = *it;
        auto &topics = leg.scope.topics;
        const auto found = std::find(topics.begin(), topics.end(), topic);
        if (found == topics.end())
            continue;
        // What this one would have told is told now: nobody else knows of it.
        if (!leg.live)
            tellLoss(subscriber, leg, m_history.page(leg.position, leg.scope, m_epoch, 0));
        topics.erase(found);
        // From here on other legs bring what they had left to this one.
        for (Subscriber::Leg &other : subscriber.m_legs) {
            for (HistoryScope::Elsewhere &stretch : other.scope.elsewhere) {
                if (stretch.topic != topic || stretch.through != kNoEnd)
                    continue;
                stretch.through = leg.live ? m_sequence : leg.position.read;
                stretch.told = m_sequence;
            }
        }
        if (leg.joined && topic.isExact())
            leave(subscriber, topic.name());
        else if (leg.joined)
            leavePattern(subscriber, topic);
        if (topics.empty() && leg.scope.shelves.isEmpty())
            subscriber.m_legs.erase(it);
        return true;
    }
    return false;
}

void Hub::unsubscribe(Subscriber &subscriber)
{
    Q_ASSERT(!m_walking);
    for (const Subscriber::Leg &leg : subscriber.m_legs) {
        if (!leg.joined)
            continue;
        for (const QByteArray &shelf : leg.scope.shelves)
            leave(subscriber, shelf);
        for (const TopicPattern &topic : leg.scope.topics) {
            if (topic.isExact())
                leave(subscriber, topic.name());
            else
                leavePattern(subscriber, topic);
        }
    }
    subscriber.m_legs.clear();
    subscriber.m_resting = false;
}

Hub::Reading Hub::read(std::vector<TopicPattern> topics, const Cursor &cursor,
                       std::size_t most) const
{
    HistoryScope scope;
    scope.topics = std::move(topics);
    History::Start start = m_history.start(cursor, scope, m_epoch, m_sequence, m_clock());
    History::Page page = m_history.page(start.position, scope, m_epoch, most);
    Reading reading{std::move(start.gap), std::move(page.messages), newest()};
    if (!page.complete)
        reading.cursor.sequence = reading.messages.back()->sequence();
    return reading;
}

void Hub::forgetClient(std::uint64_t clientId)
{
    const QByteArray shelf = clientShelf(clientId);
    m_history.drop(shelf);
    const auto it = m_tables.constFind(shelf);
    if (it != m_tables.constEnd() && it->subscribers.empty())
        m_tables.erase(it);
}

void Hub::sweepTables()
{
    // Topics whose messages were all evicted leave their table behind. Swept when there could be as
    // many of those again as topics may be remembered, so that the cost spreads over that many
    // publishes, also where very many topics have subscribers and stay.
    const auto most = static_cast<qsizetype>(m_history.limits().topics);
    if (m_tables.size() < std::max(m_sweepAt, 2 * most))
        return;
    m_tables.removeIf([this](const auto &entry) {
        return entry.value().subscribers.empty() && m_history.messages(entry.key()) == 0;
    });
    m_sweepAt = m_tables.size() + most;
}

std::optional<Error> Hub::refusesMore(const std::vector<TopicPattern> &topics) const
{
    std::size_t newTopics = 0;
    std::size_t newPatterns = 0;
    for (const TopicPattern &topic : topics) {
        if (!topic.isExact()) {
            newPatterns += m_patterns.contains(topic.name()) ? 0 : 1;
            continue;
        }
        const auto it = m_tables.constFind(topic.name());
        newTopics += it == m_tables.constEnd() || it->subscribers.empty() ? 1 : 0;
    }
    if (newTopics > 0 && m_subscribed + newTopics > m_limits.topics)
        return Error{ErrorKind::Unavailable,
                     tr("The server has as many topics as it may have; try again later."),
                     RefusalCause::Topics};
    if (newPatterns > 0 && m_patterns.size() + newPatterns > m_limits.patterns)
        return Error{ErrorKind::Unavailable,
                     tr("The server has as many different patterns as it may have; try again "
                        "later."),
                     RefusalCause::Topics};
    return std::nullopt;
}

std::uint32_t Hub::awake(const std::vector<Subscriber *> &subscribers)
{
    return static_cast<std::uint32_t>(
        std::count_if(subscribers.begin(), subscribers.end(),
                      [](const Subscriber *subscriber) { return !subscriber->m_resting; }));
}

std::vector<Hub::TopicView> Hub::topics()
{
    std::vector<TopicView> views;
    for (auto it = m_tables.constBegin(); it != m_tables.constEnd(); ++it) {
        if (!it.key().startsWith('/'))
            continue;
        TopicView view;
        view.name = it.key();
        view.remembered = static_cast<std::uint32_t>(m_history.messages(it.key()));
        view.subscribers = awake(it->subscribers);
        for (const auto &[name, entry] : m_patterns) {
            if (entry.pattern.matches(it.key()))
                view.subscribers += awake(entry.subscribers);
        }
        if (view.subscribers == 0 && view.remembered == 0)
            continue;
        view.published = it->published;
        view.lastId = it->lastId;
        views.push_back(std::move(view));
    }
    std::sort(views.begin(), views.end(),
              [](const TopicView &a, const TopicView &b) { return a.name < b.name; });
    return views;
}

} // namespace pushdeck
