// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/metrics.h"

#include "api/snapshotjson.h"
#include "transport/clientregistry.h"
#include "transport/trafficrecorder.h"

#include <QCoreApplication>

namespace pushdeck {

namespace {

class Text
{
public:
    void family(const char *name, const char *type, const char *help)
    {
        m_name = name;
        m_text.append("# HELP ").append(name).append(' ').append(help);
        m_text.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    }
    void value(std::uint64_t value, const QByteArray &labels = {})
    {
        line(m_name, QByteArray::number(qulonglong(value)), labels);
    }
    /// A histogram in seconds, with edges that the counters have too: powers of four microseconds.
    void histogram(const char *name, const char *help, const WriteTimes &times)
    {
        constexpr std::uint64_t kLeastMicros = 16;
        constexpr std::uint64_t kMostMicros = 4'194'304;
        family(name, "histogram", help);
        const QByteArray bucket = m_name + "_bucket";
        for (std::uint64_t micros = kLeastMicros; micros <= kMostMicros; micros *= 4)
            line(bucket, QByteArray::number(qulonglong(times.below(micros))),
                 "le=\"" + QByteArray::number(static_cast<double>(micros) / 1e6, 'f', 6) + '"');
        const QByteArray total = QByteArray::number(qulonglong(times.total()));
        line(bucket, total, "le=\"+Inf\"");
        const double seconds = std::chrono::duration<double>(times.sum()).count();
        line(m_name + "_sum", QByteArray::number(seconds, 'f', 9));
        line(m_name + "_count", total);
    }
    void single(const char *name, const char *type, const char *help, std::uint64_t number)
    {
        family(name, type, help);
        value(number);
    }
    [[nodiscard]] QByteArray take() { return std::move(m_text); }

private:
    void line(const QByteArray &name, const QByteArray &value, const QByteArray &labels = {})
    {
        m_text.append(name);
        if (!labels.isEmpty())
            m_text.append('{').append(labels).append('}');
        m_text.append(' ').append(value).append('\n');
    }

    QByteArray m_text;
    QByteArray m_name;
};

} // namespace

QByteArray metricsText(const Snapshot &snapshot, const TransportContext &context)
{
    const ServerTotals &totals = snapshot.totals;
    const History &history = context.hub.history();
    Text text;
    text.family("pushdeck_build_info", "gauge", "The running version.");
    text.value(1, "version=\"" + QCoreApplication::applicationVersion().toUtf8() + "\"");
    text.single("pushdeck_start_time_seconds", "gauge", "When the server started, Unix time.",
                static_cast<std::uint64_t>(snapshot.startedAtMs / 1000));
    text.single("pushdeck_messages_published_total", "counter", "Messages accepted.",
                totals.published);
    text.single("pushdeck_deliveries_total", "counter", "Messages handed to clients.",
                totals.deliveries);
    text.single("pushdeck_received_bytes_total", "counter", "Payload bytes published.",
                totals.bytesIn);
    text.single("pushdeck_sent_bytes_total", "counter", "Bytes handed to sockets.",
                totals.bytesOut);
    text.single("pushdeck_connections_total", "counter", "TCP connections accepted.",
                totals.connections);
    text.single("pushdeck_refused_total", "counter", "Connections and requests turned away.",
                totals.refused);
    text.family("pushdeck_refusals_total", "counter", "The same by the status that was answered.");
    for (const auto &[status, count] : context.recorder.refusals())
        text.value(count, "status=\"" + QByteArray::number(status) + '"');

    text.family("pushdeck_refusals_by_cause_total", "counter",
                "The same, by what turned them away.");
    for (const RefusalCount &count : countsOf(totals.refusals))
        text.value(count.total, QByteArray("cause=\"") + count.cause + '"');

    text.histogram("pushdeck_write_seconds",
                   "From a turn's first fan-out until the kernel had a client's bytes of it.",
                   totals.writes);
    text.single("pushdeck_writes_queued_total", "counter",
                "Writes that the kernel did not take whole; not in the histogram.",
                totals.writesQueued);

    text.family("pushdeck_clients", "gauge", "Clients now, by transport.");
    for (const Transport transport : {Transport::WebSocket, Transport::Sse, Transport::LongPoll})
        text.value(context.clients.count(transport),
                   "transport=\"" + QByteArray(transportName(transport).data()) + "\"");
    text.family("pushdeck_clients_ended_total", "counter", "Clients that ended, by reason.");
    for (std::size_t i = 0; i < kEndReasonCount; ++i) {
        const auto reason = static_cast<EndReason>(i);
        text.value(context.recorder.ends(reason), QByteArray("reason=\"") + nameOf(reason) + '"');
    }

    text.single("pushdeck_tls_handshakes_total", "counter", "TLS handshakes done.",
                totals.tlsHandshakes);
    text.single("pushdeck_tls_resumed_total", "counter",
                "TLS handshakes that took up an earlier session.", totals.tlsResumed);
    text.family("pushdeck_tls_handshakes_failed_total", "counter",
                "TLS handshakes that came to nothing, by reason.");
    for (int i = 0; i < kTlsFailureCount; ++i) {
        const auto failure = static_cast<TlsFailure>(i);
        text.value(context.recorder.handshakesFailed(failure),
                   QByteArray("reason=\"") + nameOf(failure) + '"');
    }
    if (snapshot.encryption && snapshot.encryption->server)
        text.single("pushdeck_tls_certificate_expiry_seconds", "gauge",
                    "When the certificate that clients are shown ends, Unix time.",
                    static_cast<std::uint64_t>(snapshot.encryption->server->untilMs / 1000));

    text.single("pushdeck_open_connections", "gauge", "Sockets now.", snapshot.openConnections);
    text.single("pushdeck_topics", "gauge", "Topics that exist.", snapshot.topics.size());
    text.single("pushdeck_topics_subscribed", "gauge", "Topics with a subscriber.",
                context.hub.topicsSubscribed());
    text.single("pushdeck_patterns_subscribed", "gauge", "Different patterns subscribed to.",
                context.hub.patternsSubscribed());
    text.single("pushdeck_history_messages", "gauge", "Messages remembered.", history.messages());
    text.single("pushdeck_history_bytes", "gauge", "Bytes remembered.", history.bytes());
    text.single("pushdeck_history_file_failed", "gauge",
                "1: the history file is not written any more.",
                snapshot.historyProblem.isEmpty() ? 0 : 1);
    std::uint64_t backlog = 0;
    for (const ClientInfo &client : snapshot.clients)
        backlog += client.backlogBytes;
    text.single("pushdeck_backlog_bytes", "gauge", "Bytes waiting for clients.", backlog);
    return text.take();
}

} // namespace pushdeck
