// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"
#include "monitor/writetimes.h"

#include <QString>
#include <QStringList>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace pushdeck {

/// One stay of a client, from its connect to its disconnect.
struct ClientVisit
{
    std::uint64_t clientId = 0;
    Transport transport = Transport::None;
    std::int64_t fromMs = 0;  ///< UTC
    std::int64_t untilMs = 0; ///< UTC
    QString resumedAt;        ///< the message id it came back with; empty: it asked for none
    std::uint64_t missed = 0; ///< messages that it was told are lost
    bool missedMore = false;  ///< and an unknown number beside them
};
using ClientVisits = std::vector<ClientVisit>;

/// What a client's request said of itself beside its user agent: plain text from the network, each
/// cut to 256 characters, empty where it said nothing.
struct ClientRequest
{
    QString host;     ///< under which name it reached the server
    QString origin;   ///< of the page that connects, for browsers
    QString language; ///< `Accept-Language`
    QString protocol; ///< "HTTP/1.1"
};

/// One client as the window sees it. Everything a client sent (`userAgent`, `topics`, `name`) is
/// plain text from the network and must never be shown as markup.
struct ClientInfo
{
    std::uint64_t id = 0; ///< rises over the life of the process, never reused
    Transport transport = Transport::None;
    QString subprotocol; ///< of a WebSocket, may be empty
    QString format;      ///< "raw" or "json"
    QStringList topics;  ///< as subscribed, patterns included
    QString address;     ///< without port
    std::uint16_t port = 0;
    QString userAgent;
    QString name;     ///< `?client_id=` where the client gave one
    QString subject;  ///< `sub` of its signed token, verified; empty where it has none
    QString identity; ///< who it is, the same when it comes back; see IdentityBook
    std::shared_ptr<const ClientRequest> request; ///< of its connect; null: not known
    std::int64_t connectedAtMs = 0;               ///< UTC
    std::int64_t lastActivityMs = 0;              ///< UTC, last message either way, poll or pong
    std::uint64_t messagesIn = 0;                 ///< from the client
    std::uint64_t messagesOut = 0;                ///< to the client
    std::uint64_t bytesIn = 0;                    ///< payload bytes from the client
    std::uint64_t bytesOut = 0;                   ///< bytes handed to the socket, framing included
    std::uint64_t backlogBytes = 0;               ///< waiting in the program for this client
    std::optional<std::uint64_t>
        kernelBacklogBytes;                      ///< unacknowledged in the kernel, where it tells
    std::optional<double> rttMs;                 ///< measured; absent where nothing measures it
    std::uint32_t reconnects = 0;                ///< how often it came back
    std::shared_ptr<const ClientVisits> earlier; ///< its last stays, oldest first; null: none
    QString resumedAt;        ///< the message id it came back with; empty: it asked for none
    std::uint64_t missed = 0; ///< messages that it was told are lost, in this stay
    bool missedMore = false;  ///< and an unknown number beside them
    bool waiting = false;     ///< long-poll: a request is held right now
    bool slow = false;        ///< backlog above half of what is allowed

    /// It was told that it missed something, in this stay.
    [[nodiscard]] bool toldGap() const { return missed > 0 || missedMore; }
};

struct TopicInfo
{
    QString name;
    std::uint32_t subscribers = 0; ///< exact and by pattern
    std::uint32_t remembered = 0;  ///< messages in its history
    std::uint64_t published = 0;   ///< since the topic exists
    QString lastId;                ///< newest message, may be empty
};

/// A URL under which browsers reach the server.
struct ServerAddress
{
    QString url;       ///< "http://192.168.1.14:8080", no trailing slash
    QString interface; ///< "wlan0"; "this machine" for loopback
    bool loopback = false;
    bool defaultRoute = false; ///< sorts first
    bool isVirtual = false;    ///< bridge, container or VPN adapter: sorts last
};

enum class ServerState : std::uint8_t { Stopped, Starting, Running, Stopping };

/// What was turned away, by what turned it away. Beside it whatever was malformed.
struct RefusalTotals
{
    std::uint64_t full = 0;    ///< the server has as much as it may have
    std::uint64_t address = 0; ///< connections of one address
    std::uint64_t token = 0;   ///< missing, wrong or over
    std::uint64_t origin = 0;  ///< a web page that may not
    std::uint64_t rule = 0;    ///< a topic's rule, or what a signed token grants
    std::uint64_t relay = 0;   ///< relaying is off
    std::uint64_t rate = 0;    ///< messages too fast
    std::uint64_t topics = 0;  ///< too many topics, of one client or in all
    std::uint64_t other = 0;   ///< malformed, too large, not there
};

/// The same as a list, each cause by a short name: "rate".
struct RefusalCount
{
    const char *cause;
    std::uint64_t total;
};
[[nodiscard]] inline std::array<RefusalCount, 9> countsOf(const RefusalTotals &totals)
{
    return {{{"full", totals.full},
             {"address", totals.address},
             {"token", totals.token},
             {"origin", totals.origin},
             {"rule", totals.rule},
             {"relay", totals.relay},
             {"rate", totals.rate},
             {"topics", totals.topics},
             {"other", totals.other}}};
}

/// Totals since the process started; rates are the reader's own difference of two snapshots.
struct ServerTotals
{
    std::uint64_t published = 0;    ///< messages accepted
    std::uint64_t fromOperator = 0; ///< those of them that are the operator's own
    std::uint64_t deliveries = 0;   ///< one message to one client
    std::uint64_t bytesIn = 0;      ///< payload bytes published
    std::uint64_t bytesOut = 0;     ///< bytes handed to sockets
    std::uint64_t connections = 0;  ///< TCP connections ever accepted
    std::uint64_t refused = 0;      ///< connections and requests turned away
    RefusalTotals refusals;         ///< the same, by cause
    std::uint64_t closedSlow = 0;   ///< clients closed for their backlog
    std::uint64_t writesQueued = 0; ///< writes that the kernel did not take whole: not in `writes`
    WriteTimes writes;              ///< see there what is timed
};

/// The server at one moment: a value, never changed once published.
struct Snapshot
{
    std::uint64_t revision = 0; ///< rises with every snapshot
    std::int64_t timeMs = 0;    ///< UTC, when it was taken
    ServerState state = ServerState::Stopped;
    std::uint16_t port = 0;
    bool tls = false;
    bool tokenRequired = false; ///< to publish or to subscribe
    std::int64_t startedAtMs = 0;
    std::vector<ServerAddress> addresses; ///< most useful first
    ServerTotals totals;
    std::uint32_t openConnections = 0; ///< sockets, whether a client or not yet
    bool historyFile = false;          ///< there is a file for the history
    QString historyProblem;          ///< why it is not written any more, for a person; empty: it is
    std::vector<ClientInfo> clients; ///< by rising id
    std::vector<TopicInfo> topics;   ///< by name
};

/// The latest snapshot, between the server's thread, which puts, and the window, which takes. The
/// second locked object that crosses threads; both calls are safe from any thread.
class SnapshotBox final
{
public:
    void put(std::shared_ptr<const Snapshot> snapshot);

    /// True where latest() was called since the last put(): nobody looks, nothing need be made.
    [[nodiscard]] bool wanted() const { return m_wanted.load(std::memory_order_relaxed); }

    /// Never null; before the first `put` an empty, stopped server.
    [[nodiscard]] std::shared_ptr<const Snapshot> latest() const;

private:
    mutable std::atomic<bool> m_wanted = true;
    mutable std::mutex m_mutex;
    std::shared_ptr<const Snapshot> m_latest = std::make_shared<const Snapshot>();
};

} // namespace pushdeck
