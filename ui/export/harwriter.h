// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/export/trafficwriter.h"

#include <QHash>

#include <vector>

namespace pushdeck {

/// HTTP Archive 1.2, as the network panel of a browser reads it.
///
/// - One entry per client connection. A WebSocket has Chrome's `_webSocketMessages`: `send` is what
///   the client sent, `receive` what was published to its topic while it was there, opcode 1 for
///   text and 2 for bytes (in base64). SSE and long-poll have the same as their response's text.
///   The log keeps one row a publish and not one a delivery, and of a client's topics the first:
///   what a client received is told by its topic, not by its socket, and the entry's comment says
///   so.
/// - One POST per message from an HTTP publisher or the operator, one entry per refusal.
/// - Gaps stand in their connection as `_gaps`; notices have no place and are counted in the log's
///   comment.
///
/// What all connections received together is bounded, or 5,000 clients times 100,000 messages would
/// fill the disk: beyond the bounds it is counted in the entry's comment.
class HarWriter final : public TrafficWriter
{
public:
    static constexpr std::size_t kMostReceived = 200'000;
    static constexpr qsizetype kMostReceivedBytes = 128 * 1024 * 1024;

    HarWriter(const std::vector<TrafficEvent> &events, const QString &baseUrl);

    bool writeNext(QByteArray &out) override;
    [[nodiscard]] std::size_t done() const override;

private:
    struct Connection
    {
        std::uint64_t id = 0;
        Transport transport = Transport::None;
        std::size_t first = 0; // positions of its first and last event
        std::size_t last = 0;
        QString client;
        QString topic; // as it subscribed; known only where its connect is in the log
        QString words;
        bool connectKnown = false;
        bool closed = false;
        int closeCode = 0;
        QString closeWords;
        QStringList gaps;
    };
    struct Entry
    {
        std::size_t position = 0; // of the event that it starts with
        int connection = -1;      // or an event alone
    };
    enum class Stage { Head, Entries, Messages, Done };

    void index();
    const std::vector<char> &matchesOf(const QString &pattern);
    void openConnection(QByteArray &out, const Connection &connection);
    bool writeMessage(QByteArray &out);
    void closeConnection(QByteArray &out, const Connection &connection);
    void appendFrame(QByteArray &out, const TrafficEvent &event, bool sent);
    void appendStreamed(QByteArray &out, const TrafficEvent &event, Transport transport);
    void appendExchange(QByteArray &out, const TrafficEvent &event) const;
    void appendEntryStart(QByteArray &out, const TrafficEvent &first,
                          std::int64_t durationMs) const;
    [[nodiscard]] QString url(const QString &topic) const;

    const QString m_base;
    Stage m_stage = Stage::Head;
    std::vector<Connection> m_connections;
    std::vector<Entry> m_entries;
    QHash<QString, int> m_topicIds;
    std::vector<int> m_topicOf; // by position; -1 where nobody can have received it
    QHash<QString, std::vector<char>> m_matches;
    std::size_t m_notices = 0;

    std::size_t m_nextEntry = 0;
    // Inside the messages of one connection.
    std::size_t m_at = 0;
    bool m_firstMessage = true;
    std::size_t m_leftOut = 0;
    const std::vector<char> *m_match = nullptr;
    std::size_t m_received = 0;
    qsizetype m_receivedBytes = 0;
};

} // namespace pushdeck
