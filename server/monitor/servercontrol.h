// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/deliveryreport.h"
#include "monitor/serversettings.h"
#include "monitor/snapshot.h"
#include "monitor/trafficlog.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <cstdint>

namespace pushdeck {

/// Where to listen.
struct ListenRequest
{
    QString address;           ///< IP address; empty: every address, IPv4 and IPv6
    std::uint16_t port = 8080; ///< 0: any free port

    bool operator==(const ListenRequest &) const = default;
};

/// Why the server does not listen.
struct ListenFailure
{
    ListenRequest request;
    bool portBusy = false; ///< somebody else has the port
    std::uint16_t suggestedPort =
        0;         ///< a port that was free a moment ago, 0 if none was looked for
    QString words; ///< one sentence for a person
};

/// Whom the operator's message is for.
struct SendTarget
{
    enum class Kind : std::uint8_t {
        All,    ///< every connected client, whatever its topics; remembered for whoever resumes
        Topic,  ///< the subscribers of `topic`; remembered in its history
        Clients ///< exactly `clients`; remembered for each until it leaves
    };
    Kind kind = Kind::All;
    QString topic;                      ///< for Topic; a name, not a pattern
    std::vector<std::uint64_t> clients; ///< for Clients
};

/// One message of the operator.
struct SendRequest
{
    std::uint64_t ref = 0; ///< comes back in the outcome; the caller's own counter
    SendTarget target;
    QByteArray data;
    QString contentType; ///< empty: text/plain where the bytes are UTF-8, else octet-stream
    QString event;       ///< event name, may be empty
};

/// What became of a SendRequest.
struct SendOutcome
{
    std::uint64_t ref = 0;
    bool ok = false;
    QString words;               ///< why not, if not ok
    QString messageId;           ///< if ok
    std::uint32_t delivered = 0; ///< handed to a socket that keeps up
    std::uint32_t queued = 0;    ///< handed to a client that still has a backlog
};

/// The server as the window may steer it. Every method may be called from any thread: it returns
/// at once and is carried out on the server's thread, in the order called. The signals are emitted
/// on the thread of this object, which is the server's own or, through ServerThread, the window's.
///
/// Lifetime: outlives every window. `log()` and `snapshots()` live as long as this object.
class ServerControl : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual void start(const ListenRequest &request) = 0;

    /// Clients get a proper close; `stopped` follows in bounded time.
    virtual void stop() = 0;

    /// `sent` follows, with the same `ref`.
    virtual void send(const SendRequest &request) = 0;

    /// Closes one client; `code` is a WebSocket close code (1000, 1001, 3000 to 4999), `reason` at
    /// most 123 bytes of UTF-8 (RFC 6455, 5.5) and cut there. Unknown ids are ignored: the client
    /// may have left in the meantime.
    virtual void closeClient(std::uint64_t clientId, std::uint16_t code, const QString &reason) = 0;

    /// What the operator sets. Access, encryption, history and log hold at once; limits and the
    /// folder from the next start(); the history file only where the server was never started.
    /// Values are taken as they are: within their bounds is the caller's affair.
    virtual void configure(const ServerSettings &settings) = 0;

    /// Reads the certificates again, as their files are now. What cannot be used changes nothing
    /// and is told by the snapshot's `encryption`. Clients that are connected stay.
    virtual void reloadCertificates() = 0;

    /// Who got one message, by its id; `deliveriesTold` follows. Worked out when asked, from what
    /// is there anyway: ask again while something is queued, and not in a loop.
    virtual void askDeliveries(const QString &messageId) = 0;

    [[nodiscard]] virtual const TrafficLog &log() const = 0;
    [[nodiscard]] virtual const SnapshotBox &snapshots() const = 0;

signals:
    void started(quint16 port);
    void startFailed(const pushdeck::ListenFailure &failure);
    void stopped();
    void sent(const pushdeck::SendOutcome &outcome);
    /// Never null.
    void deliveriesTold(const pushdeck::DeliveryReportPtr &report);
};

} // namespace pushdeck

Q_DECLARE_METATYPE(pushdeck::ListenFailure)
Q_DECLARE_METATYPE(pushdeck::SendOutcome)
