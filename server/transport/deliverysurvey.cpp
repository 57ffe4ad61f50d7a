// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/deliverysurvey.h"

#include "transport/clientregistry.h"
#include "transport/deliveryjudgement.h"
#include "transport/recentlygone.h"
#include "transport/session.h"

#include <QMultiHash>

#include <algorithm>

namespace pushdeck {

namespace {

/// One report in the making.
class Survey final
{
public:
    Survey(const TransportContext &context, const History::Kept &kept)
        : m_context(context),
          m_name(kept.name),
          m_sequence(kept.message->sequence()),
          m_publishedMs(kept.message->fields().timeMs)
    {
    }

    std::vector<ClientDelivery> take()
    {
        m_context.clients.forEach([this](const Client &client) { here(client); });
        // Whoever went last first: a client's latest stay is its row.
        const auto &left = m_context.gone.clients();
        for (auto client = left.rbegin(); client != left.rend(); ++client)
            gone(*client);
        return std::move(m_rows);
    }

private:
    void here(const Client &client)
    {
        const ClientInfo &info = client.info;
        const auto judgement =
            info.transport == Transport::LongPoll ? poller(client) : stream(client);
        if (!judgement)
            return;
        m_byIdentity.insert(info.identity, m_rows.size());
        add(info.id, info.transport, *judgement, info.name,
            addressWithPort(info.address, info.port), false);
    }

    [[nodiscard]] std::optional<Judgement> stream(const Client &client)
    {
        std::optional<Judgement> best;
        for (const Session *session : client.sessions) {
            const Handover handover = Hub::handover(*session, m_name, m_sequence);
            Waiting waiting;
            if (const auto backlog = session->backlog();
                handover == Handover::HandedOver && backlog && backlog->total() > 0)
                waiting = waitingOf(after(client, *session, *backlog), backlog->programBytes,
                                    backlog->kernelBytes);
            best = judgeStream(handover, waiting, client.info.connectedAtMs, m_publishedMs);
        }
        return best;
    }

    [[nodiscard]] std::optional<Judgement> poller(const Client &client) const
    {
        return judgePoller(scopeOf(client).covers(m_name), client.polls, m_sequence,
                           client.info.connectedAtMs, m_publishedMs);
    }

    /// Bytes that followed the message. Most clients that lag read the same topics in the same
    /// form, so what is summed for one is kept for the next.
    std::uint64_t after(const Client &client, const Session &session, const Backlog &backlog)
    {
        const std::uint64_t enough = backlog.total();
        std::vector<Handed> stretches = m_context.hub.handed(session);
        if (stretches.size() != 1 || Hub::isCatchingUp(session))
            return sum(stretches, backlog.format, enough);
        Handed own = std::move(stretches.front());
        const QByteArray key = QByteArray::number(static_cast<int>(backlog.format)) + '\n' +
                               client.info.topics.join(QLatin1Char('\n')).toUtf8();
        // What is the client's alone is not in what it shares.
        const QByteArray shelf = clientShelf(client.info.id);
        own.scope.shelves.removeAll(shelf);
        Sum &shared = m_sums[key];
        if (shared.bytes >= shared.upTo && shared.upTo < enough) {
            // The start does not count: nothing after the message was before it.
            shared = {bytesAfter(m_context.hub.history(), own, m_sequence, backlog.format, enough),
                      enough};
        }
        Handed alone{{{}, {shelf}, {}}, own.from, own.through};
        return shared.bytes +
               bytesAfter(m_context.hub.history(), alone, m_sequence, backlog.format, enough);
    }

    [[nodiscard]] std::uint64_t sum(const std::vector<Handed> &stretches, WireFormat format,
                                    std::uint64_t enough) const
    {
        std::uint64_t bytes = 0;
        for (const Handed &handed : stretches)
            bytes += bytesAfter(m_context.hub.history(), handed, m_sequence, format, enough);
        return bytes;
    }

    void gone(const GoneClient &client)
    {
        Handover best = Handover::Unconcerned;
        for (const Handed &handed : client.left.handed)
            best = std::max(
                best, handover(handed.scope, handed.from, handed.through, m_name, m_sequence));
        Waiting waiting;
        if (best == Handover::HandedOver && client.left.unsentBytes > 0)
            waiting =
                waitingOf(sum(client.left.handed, client.left.format, client.left.unsentBytes),
                          client.left.unsentBytes, std::nullopt);
        const auto judgement = judgeGone(client, best, waiting, m_sequence, m_publishedMs);
        if (!judgement)
            return;
        // A client is one row, however often it came: its latest stay, unless an earlier one got
        // it.
        const auto rows = m_byIdentity.values(client.identity);
        for (const std::size_t row : rows)
            tellEarlier(m_rows[row], *judgement);
        if (!rows.isEmpty())
            return;
        m_byIdentity.insert(client.identity, m_rows.size());
        add(client.id, client.transport, *judgement, client.name, client.address, true);
    }

    void tellEarlier(ClientDelivery &row, const Judgement &earlier) const
    {
        if (earlier.state == DeliveryState::Delivered && row.state == DeliveryState::Missed) {
            row.state = DeliveryState::Delivered;
            row.why = DeliveryWhy::EarlierStay;
            row.timeMs = earlier.timeMs;
        }
    }

    void add(std::uint64_t id, Transport transport, const Judgement &judgement, const QString &name,
             const QString &address, bool gone)
    {
        m_rows.push_back({id, transport, judgement.state, judgement.why, gone, name, address,
                          judgement.timeMs, judgement.waiting.programBytes,
                          judgement.waiting.kernelBytes});
    }

    struct Sum
    {
        std::uint64_t bytes = 0;
        std::uint64_t upTo = 0; ///< not summed further where it reached this
    };

    const TransportContext &m_context;
    const QByteArray m_name;
    const std::uint64_t m_sequence;
    const std::int64_t m_publishedMs;
    std::vector<ClientDelivery> m_rows;
    QMultiHash<QString, std::size_t> m_byIdentity;
    QHash<QByteArray, Sum> m_sums;
};

} // namespace

HistoryScope scopeOf(const Client &client)
{
    HistoryScope scope;
    for (const QString &name : client.info.topics) {
        if (auto topic = TopicPattern::fromName(name.toUtf8()))
            scope.topics.push_back(std::move(topic).value());
    }
    scope.shelves = clientShelves(client.info.id);
    return scope;
}

DeliveryReport surveyDeliveries(const TransportContext &context, const QByteArray &messageId,
                                std::size_t most)
{
    DeliveryReport report;
    report.messageId = QString::fromLatin1(messageId);
    report.takenMs = context.clock();
    const auto cursor = Cursor::parse(messageId);
    const MessageId newest = context.hub.newest();
    if (!cursor || cursor->kind != Cursor::Kind::After || cursor->id.epoch != newest.epoch ||
        cursor->id.sequence == 0 || cursor->id.sequence > newest.sequence)
        return report;
    const auto kept = context.hub.find(cursor->id);
    if (!kept) {
        report.memory = DeliveryReport::Memory::Evicted;
        return report;
    }
    report.memory = DeliveryReport::Memory::Remembered;
    report.topic = QString::fromUtf8(kept->message->fields().topic);
    report.publishedMs = kept->message->fields().timeMs;
    report.clients = Survey(context, *kept).take();
    for (const ClientDelivery &client : report.clients)
        ++report.counts[static_cast<std::size_t>(client.state)];
    if (report.clients.size() > most) {
        std::stable_partition(
            report.clients.begin(), report.clients.end(),
            [](const ClientDelivery &one) { return one.state != DeliveryState::Delivered; });
        report.clients.resize(most);
    }
    std::sort(
        report.clients.begin(), report.clients.end(),
        [](const ClientDelivery &a, const ClientDelivery &b) { return a.clientId < b.clientId; });
    return report;
}

} // namespace pushdeck
