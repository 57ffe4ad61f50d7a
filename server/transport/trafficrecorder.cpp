// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/trafficrecorder.h"

#include <QCoreApplication>

#include <algorithm>

namespace pushdeck {

namespace {

QString tr(const char *text);

/// %1: what TLS says.
QString handshakeSentence(TlsFailure failure)
{
    switch (failure) {
        case TlsFailure::Off:
            return tr("A client tried https or wss, and %1.");
        case TlsFailure::Untrusted:
            return tr("TLS: the client does not trust this server's certificate (%1).");
        case TlsFailure::NoCommon:
            return tr("TLS: the client and this server have no version or cipher in common (%1).");
        case TlsFailure::Left:
            return tr("TLS: the client left during the handshake (%1).");
        case TlsFailure::TimedOut:
            return tr("TLS: the handshake was given up (%1).");
        case TlsFailure::Malformed:
        case TlsFailure::Other:
            break;
    }
    return tr("TLS: the handshake failed (%1).");
}

QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck::TrafficRecorder", text);
}

QString gapWords(const Gap &gap, bool told)
{
    const QString what = !gap.lost        ? tr("an unknown number of messages")
                         : *gap.lost == 1 ? tr("1 message")
                                          : tr("%1 messages").arg(*gap.lost);
    const bool evicted = gap.reason == Gap::Reason::Evicted;
    const QString words =
        told ? (evicted ? tr("missed %1: no longer remembered")
                        : tr("missed %1: the server was restarted"))
             : (evicted ? tr("missed %1: no longer remembered; raw frames have no room to tell it")
                        : tr("missed %1: the server was restarted; raw frames have no room to "
                             "tell it"));
    return words.arg(what);
}

QString transportWords(Transport transport)
{
    switch (transport) {
        case Transport::WebSocket:
            return QStringLiteral("WebSocket");
        case Transport::Sse:
            return QStringLiteral("SSE");
        default:
            return tr("long-poll");
    }
}

std::uint64_t &totalOf(RefusalCause cause, RefusalTotals &totals)
{
    switch (cause) {
        case RefusalCause::Full:
            return totals.full;
        case RefusalCause::Address:
            return totals.address;
        case RefusalCause::Token:
            return totals.token;
        case RefusalCause::Origin:
            return totals.origin;
        case RefusalCause::Rule:
            return totals.rule;
        case RefusalCause::Relay:
            return totals.relay;
        case RefusalCause::Rate:
            return totals.rate;
        case RefusalCause::Topics:
            return totals.topics;
        case RefusalCause::Other:
            break;
    }
    return totals.other;
}

/// "reconnect 3 after 4.1 s, over SSE instead of WebSocket"
QString returnWords(const ClientInfo &client)
{
    const ClientVisit &before = client.earlier->back();
    const double away = static_cast<double>(client.connectedAtMs - before.untilMs) / 1000;
    const QString words =
        tr("reconnect %1 after %2 s").arg(client.reconnects).arg(std::max(away, 0.0), 0, 'f', 1);
    return before.transport == client.transport ? words
                                                : tr("%1, over %2 instead of %3")
                                                      .arg(words, transportWords(client.transport),
                                                           transportWords(before.transport));
}

} // namespace

TrafficRecorder::TrafficRecorder(TrafficLog &log, Hub::Clock clock)
    : m_log(log), m_clock(std::move(clock))
{
}

TrafficEvent TrafficRecorder::event(TrafficKind kind, const ClientInfo *client)
{
    TrafficEvent event;
    event.timeMs = m_clock();
    event.kind = kind;
    if (client) {
        event.transport = client->transport;
        event.clientId = client->id;
        event.client = m_texts.endpoint(client->address, client->port);
        event.topic = client->topics.value(0);
    }
    return event;
}

void TrafficRecorder::published(const Receipt &receipt, const ClientInfo *client)
{
    const Message::Fields &message = receipt.message->fields();
    ++m_totals.published;
    if (message.publisher == Publisher::Operator)
        ++m_totals.fromOperator;
    m_totals.deliveries += receipt.delivered();
    m_totals.bytesIn += static_cast<std::uint64_t>(message.data.size());

    TrafficEvent row = event(TrafficKind::Message, client);
    row.timeMs = message.timeMs;
    row.direction = message.publisher == Publisher::Operator ? Direction::Out : Direction::In;
    row.binary = message.binary;
    row.fanOut = receipt.delivered();
    if (!client)
        row.client = m_texts.utf8(message.origin);
    row.topic = m_texts.utf8(message.topic);
    row.event = m_texts.utf8(message.event);
    row.contentType = m_texts.utf8(message.contentType);
    row.messageId = QString::fromLatin1(message.id);
    row.payload = message.data;
    m_log.append(std::move(row));
}

void TrafficRecorder::keptBack(const ClientInfo &client, const QByteArray &topic,
                               const QByteArray &payload, bool binary)
{
    TrafficEvent row = event(TrafficKind::Message, &client);
    row.direction = Direction::In;
    row.binary = binary;
    row.topic = QString::fromUtf8(topic);
    row.payload = payload;
    row.text = tr("not relayed");
    m_log.append(std::move(row));
}

void TrafficRecorder::connected(const ClientInfo &client)
{
    TrafficEvent row = event(TrafficKind::Connected, &client);
    row.text = client.earlier ? returnWords(client) + QStringLiteral(" · ") + client.userAgent
                              : client.userAgent;
    m_log.append(std::move(row));
}

void TrafficRecorder::disconnected(const ClientInfo &client, int code, const QString &words)
{
    TrafficEvent row = event(TrafficKind::Disconnected, &client);
    row.code = code;
    row.text = words;
    m_log.append(std::move(row));
}

void TrafficRecorder::gap(const ClientInfo &client, const Gap &gap, bool told)
{
    TrafficEvent row = event(TrafficKind::Gap, &client);
    row.text = gapWords(gap, told);
    m_log.append(std::move(row));
}

void TrafficRecorder::refused(const QString &who, const QString &topic, int status,
                              const QString &words, RefusalCause cause, const ClientInfo *client)
{
    ++m_totals.refused;
    ++m_refusals[status];
    ++totalOf(cause, m_totals.refusals);
    TrafficEvent row = event(TrafficKind::Refused, client);
    row.code = status;
    if (!client)
        row.client = who;
    // A refused path may be as long as a request line.
    row.topic = topic.left(kTopicNameBytes);
    row.text = words;
    m_log.append(std::move(row));
}

void TrafficRecorder::handshook(bool resumed)
{
    ++m_totals.tlsHandshakes;
    m_totals.tlsResumed += resumed ? 1 : 0;
}

void TrafficRecorder::handshakeRefused(const QString &who, TlsFailure failure, const QString &words)
{
    ++m_totals.tlsFailed;
    ++m_handshakesFailed[static_cast<std::size_t>(failure)];
    refused(who, {}, 0, handshakeSentence(failure).arg(words), RefusalCause::Other);
}

void TrafficRecorder::notice(const QString &words)
{
    TrafficEvent row = event(TrafficKind::Notice, nullptr);
    row.text = words;
    m_log.append(std::move(row));
}

} // namespace pushdeck
