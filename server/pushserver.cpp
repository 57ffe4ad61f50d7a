// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/pushserver.h"

#include "api/staticfiles.h"
#include "net/frontdoor.h"
#include "server/encryption.h"
#include "server/listening.h"
#include "server/serverparts.h"
#include "store/historyfile.h"
#include "transport/deliverysurvey.h"
#include "transport/farewell.h"
#include "transport/httpendpoint.h"
#include "transport/session.h"
#include "transport/websocketendpoint.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QRandomGenerator>

#include <algorithm>
#include <chrono>

namespace pushdeck {

namespace {

using namespace std::chrono_literals;

/// What is due among heartbeats, pings, deadlines of long-polls and snapshots is looked at this
/// often.
constexpr auto kTick = 250ms;
/// While stopping the loop looks this often whether everybody has gone.
constexpr auto kStopTick = 20ms;
/// How long clients may take to answer their close when the server stops.
constexpr auto kStopDeadline = 3s;
/// A snapshot may take this share of the server's time: with very many clients it comes less often.
constexpr int kSnapshotShare = 50;

std::int64_t systemClock()
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// Somebody may set the machine's clock while the server runs.
std::int64_t steadyClock()
{
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

QByteArray randomEpoch()
{
    static constexpr char kLetters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    QByteArray epoch(8, Qt::Uninitialized);
    for (char &c : epoch)
        c = kLetters[QRandomGenerator::system()->bounded(36)];
    return epoch;
}

ServerOptions completed(ServerOptions options)
{
    if (!options.steady)
        options.steady = options.clock ? options.clock : Hub::Clock(&steadyClock);
    if (!options.clock)
        options.clock = &systemClock;
    if (options.epoch.isEmpty())
        options.epoch = randomEpoch();
    return options;
}

} // namespace

PushServer::PushServer(ServerOptions options, QObject *parent)
    : ServerControl(parent),
      m_options(completed(std::move(options))),
      m_log(m_options.trafficLog),
      m_mailbox(this),
      m_ticker(this)
{
    qRegisterMetaType<ListenFailure>();
    qRegisterMetaType<SendOutcome>();
    qRegisterMetaType<DeliveryReportPtr>();
    connect(&m_ticker, &QTimer::timeout, this, &PushServer::tick);
}

PushServer::~PushServer()
{
    if (m_parts)
        m_parts->hub.setObserver({});
}

// ---- commands: from any thread, carried out on this object's own, in order

void PushServer::start(const ListenRequest &request)
{
    m_mailbox.run([this, request] { startNow(request); });
}

void PushServer::stop()
{
    m_mailbox.run([this] { stopNow(); });
}

void PushServer::send(const SendRequest &request)
{
    m_mailbox.run([this, request] { sendNow(request); });
}

void PushServer::closeClient(std::uint64_t clientId, std::uint16_t code, const QString &reason)
{
    // A code that must not stand in a close frame would break the protocol for the client.
    const std::uint16_t sendable =
        isSendableCloseCode(code) ? code : wordsFor(EndReason::OperatorClosed).closeCode;
    m_mailbox.run([this, clientId, sendable, reason] {
        if (m_parts)
            endClient(m_parts->context, clientId, EndReason::OperatorClosed, sendable, reason);
    });
}

void PushServer::configure(const ServerSettings &settings)
{
    m_mailbox.run([this, settings] { configureNow(settings); });
}

void PushServer::configureNow(const ServerSettings &settings)
{
    ServerOptions wanted = m_options;
    applySettings(settings, wanted);
    auto policy = AccessPolicy::from(wanted.access);
    if (!policy) {
        // What holds is better than what cannot be read: nobody gets in by a slip of the pen.
        if (m_parts)
            m_parts->recorder.notice(tr("Access stays as it was. %1").arg(policy.error().words));
        wanted.access = m_options.access;
    }
    const bool topicsChange = wanted.access.topicRules != m_options.access.topicRules ||
                              wanted.access.jwtKey != m_options.access.jwtKey ||
                              wanted.access.jwtKey.startsWith('@');
    // The file is open, and what it held is in the hub, for as long as there is one.
    if (m_parts)
        wanted.historyFile = m_options.historyFile;
    m_options.access = wanted.access;
    m_options.encryption = wanted.encryption;
    m_options.rate = wanted.rate;
    m_options.history = wanted.history;
    m_options.trafficLog = wanted.trafficLog;
    m_log.setLimits(wanted.trafficLog);
    // The rest is looked at all the time by what serves now.
    m_fromStart = std::move(wanted);
    if (!m_parts)
        return;
    m_parts->rates.setRate(m_options.rate);
    if (policy) {
        m_parts->policy = std::move(policy).value();
        if (topicsChange)
            m_parts->accessWatch.reviewAll();
    }
    m_parts->hub.setHistoryLimits(m_options.history);
    // What cannot be used is told by the snapshot, and changes nothing.
    if (m_listening && m_encryption->settings() != m_options.encryption)
        (void)m_encryption->start(m_options.encryption);
    encryptionChanged();
}

void PushServer::reloadCertificates()
{
    m_mailbox.run([this] {
        if (m_listening)
            (void)m_encryption->reload();
    });
}

void PushServer::encryptionChanged()
{
    m_parts->policy.setTlsOnly(m_encryption->info()->only);
    if (m_listening) {
        m_listening->door->setTls(m_encryption->context());
        m_listening->addresses = addressesFor(m_listening->boundTo, m_listening->door->serverPort(),
                                              m_encryption->info()->on);
    }
    putSnapshot();
}

void PushServer::askDeliveries(const QString &messageId)
{
    m_mailbox.run([this, messageId] {
        auto report = std::make_shared<DeliveryReport>();
        // Before the first start there is no message to ask for.
        if (m_parts)
            *report = surveyDeliveries(m_parts->context, messageId.toLatin1(), kDeliveriesListed);
        report->messageId = messageId;
        emit deliveriesTold(report);
    });
}

// ---- lifecycle

void PushServer::startNow(const ListenRequest &request)
{
    if (m_state == ServerState::Stopping) {
        m_startAfterStop = request;
        return;
    }
    if (m_state != ServerState::Stopped)
        return;
    if (m_fromStart)
        m_options = *std::exchange(m_fromStart, {});
    auto policy = AccessPolicy::from(m_options.access);
    if (!policy) {
        emit startFailed({request, false, 0, policy.error().words});
        return;
    }
    // Made here and not in the constructor: the parts belong to the thread this object lives on.
    if (!m_parts)
        m_parts = std::make_unique<ServerParts>(m_options, std::move(policy).value(), m_log);
    else
        m_parts->policy = std::move(policy).value();
    m_parts->rates.setRate(m_options.rate);
    m_parts->obey(m_options.limits);
    if (!m_encryption) {
        m_encryption = std::make_unique<Encryption>();
        const auto tell = [this](const QString &words) {
            qWarning("pushdeck: %s", qUtf8Printable(words));
            m_parts->recorder.notice(words);
        };
        connect(m_encryption.get(), &Encryption::noticed, this, tell);
        connect(m_encryption.get(), &Encryption::failed, this, [this, tell](const QString &words) {
            if (m_listening) // else start() fails with it
                tell(words);
        });
        connect(m_encryption.get(), &Encryption::changed, this, &PushServer::encryptionChanged);
    }

    if (const auto error = openHistoryFile()) {
        m_parts->recorder.notice(error->words);
        putSnapshot();
        emit startFailed({request, false, 0, error->words});
        return;
    }
    auto door = std::make_unique<FrontDoor>(m_options.limits);
    if (const auto error = door->open(request.address, request.port)) {
        ListenFailure failure{request, error->portBusy, 0, error->words};
        if (error->portBusy)
            failure.suggestedPort = freePortNear(request);
        m_parts->recorder.notice(error->words);
        putSnapshot();
        emit startFailed(failure);
        return;
    }
    if (const auto problem = m_encryption->start(m_options.encryption)) {
        m_encryption->stop();
        emit startFailed({request, false, 0, problemWords(*problem, m_options.encryption)});
        return;
    }
    const std::uint16_t port = door->serverPort();
    m_listening = std::make_unique<Listening>(
        *m_parts, m_options.wwwFolder, [this] { return look(); },
        [this] { return m_encryption->info(); }, std::move(door));
    if (!m_listening->bound) {
        m_listening.reset();
        m_encryption->stop();
        emit startFailed({request, false, 0, tr("Qt's HTTP server did not take the port.")});
        return;
    }
    m_listening->startedAtMs = m_options.clock();
    m_listening->boundTo = request.address;
    m_state = ServerState::Running;
    m_ticker.start(kTick);
    m_parts->recorder.notice(tr("Listening on port %1").arg(port));
    if (const QString words = exposureOf(m_options.wwwFolder, QDir::homePath()); !words.isEmpty()) {
        qWarning("pushdeck: %s", qUtf8Printable(words));
        m_parts->recorder.notice(words);
    }
    encryptionChanged();
    emit started(port);
}

/// Once: the file stays open, and this program's, while the server is stopped.
std::optional<Error> PushServer::openHistoryFile()
{
    if (m_options.historyFile.isEmpty() || m_parts->historyFile)
        return std::nullopt;
    auto opened = HistoryFile::open(m_options.historyFile, m_options.epoch);
    if (!opened)
        return opened.error();
    auto file = std::move(opened).value();
    const auto tell = [this](const QString &words) {
        qWarning("pushdeck: %s", qUtf8Printable(words));
        m_parts->recorder.notice(words);
    };
    if (!file->setAside().isEmpty())
        tell(tr("The history file was damaged. It was kept as %1, and a new one begun.")
                 .arg(file->setAside()));
    file->onFailure([this, tell](const QString &words) {
        m_parts->historyProblem =
            tr("The history file cannot be written (%1). From now on what is remembered ends with "
               "this run.")
                .arg(words);
        tell(m_parts->historyProblem);
    });
    m_parts->hub.setKeeper(file.get());
    m_parts->hub.restore(file->takePast());
    m_parts->historyFile = std::move(file);
    return std::nullopt;
}

void PushServer::stopNow()
{
    m_startAfterStop.reset();
    if (m_state == ServerState::Stopping)
        return;
    if (m_state == ServerState::Stopped) {
        emit stopped();
        return;
    }
    m_state = ServerState::Stopping;
    // Long-polls get their answer before the door ends their connections.
    endAllClients(m_parts->context, EndReason::ServerStopping);
    m_parts->flusher.flushAll();
    m_listening->door->closeAll();
    m_stopDeadline = QDeadlineTimer(kStopDeadline);
    m_ticker.start(kStopTick);
    putSnapshot();
}

void PushServer::finishStop()
{
    m_ticker.stop();
    m_encryption->stop();
    m_parts->connectionsBefore += m_listening->door->acceptedTotal();
    m_listening.reset();
    m_state = ServerState::Stopped;
    m_parts->recorder.notice(tr("Stopped"));
    putSnapshot();
    emit stopped();
    if (const auto request = std::exchange(m_startAfterStop, {}))
        startNow(*request);
}

std::uint16_t PushServer::freePortNear(const ListenRequest &request) const
{
    constexpr int kTries = 20;
    for (int port = request.port + 1; port <= std::min(request.port + kTries, 65535); ++port) {
        FrontDoor probe(m_options.limits);
        if (!probe.open(request.address, static_cast<quint16>(port)))
            return static_cast<std::uint16_t>(port);
    }
    return 0;
}

void PushServer::tick()
{
    const std::int64_t nowMs = m_options.steady();
    if (m_state == ServerState::Stopping) {
        // Handshakes that were under way have become clients meanwhile.
        endAllClients(m_parts->context, EndReason::ServerStopping);
        if (!m_listening->hasSessions() || m_stopDeadline.hasExpired())
            finishStop();
        return;
    }
    m_parts->sessionTimes.advance(timeOf(nowMs));
    if (nowMs >= m_nextAwayMs) {
        m_nextAwayMs = nowMs + std::chrono::milliseconds(kLookForGonePollers).count();
        endAwayPollers(m_parts->context, nowMs);
    }
    m_parts->accessWatch.endExpired();
    if (m_nextSnapshot.hasExpired() && m_box.wanted())
        putSnapshot();
}

// ---- sending

void PushServer::sendNow(const SendRequest &request)
{
    SendOutcome outcome{request.ref, false, {}, {}, 0, 0};
    if (m_state != ServerState::Running) {
        outcome.words = tr("The server is not running.");
        emit sent(outcome);
        return;
    }
    const Publication publication{
        request.data, request.event.toUtf8(), request.contentType.toUtf8(),
        false,        Publisher::Operator,    0,
        "operator"};
    const auto note = [&outcome](const Result<Receipt> &receipt) {
        outcome.ok = receipt.ok();
        if (!receipt) {
            outcome.words = receipt.error().words;
            return;
        }
        outcome.messageId = QString::fromLatin1(receipt->message->fields().id);
        outcome.delivered += receipt->sent;
        outcome.queued += receipt->queued;
    };
    Hub &hub = m_parts->hub;
    switch (request.target.kind) {
        case SendTarget::Kind::All:
            note(hub.publishToAll(publication));
            break;
        case SendTarget::Kind::Topic: {
            const auto topic = Topic::fromName(request.target.topic.toUtf8());
            note(topic ? hub.publish(*topic, publication) : Result<Receipt>(topic.error()));
            break;
        }
        case SendTarget::Kind::Clients:
            outcome.words = tr("None of the chosen clients is connected any more.");
            for (const std::uint64_t id : request.target.clients) {
                const Client *client = m_parts->clients.find(id);
                if (client)
                    note(hub.publishToClient(id, firstTopicOf(*client), publication));
            }
            break;
    }
    if (outcome.ok)
        outcome.words.clear();
    emit sent(outcome);
}

// ---- what is seen

Snapshot PushServer::look() const
{
    Snapshot snapshot;
    snapshot.revision = m_revision;
    snapshot.timeMs = m_options.clock();
    snapshot.state = m_state;
    snapshot.tokenRequired = m_parts->policy.requiresToken();
    snapshot.historyFile = m_parts->historyFile != nullptr;
    snapshot.historyProblem = m_parts->historyProblem;
    snapshot.encryption = m_encryption->info();
    snapshot.tls = snapshot.encryption->on;
    snapshot.totals = m_parts->recorder.totals();
    snapshot.totals.connections = m_parts->connectionsBefore;
    if (m_listening) {
        snapshot.port = m_listening->door->serverPort();
        snapshot.startedAtMs = m_listening->startedAtMs;
        snapshot.addresses = m_listening->addresses;
        snapshot.totals.connections += m_listening->door->acceptedTotal();
        snapshot.openConnections = static_cast<std::uint32_t>(m_listening->door->openConnections());
    }
    snapshot.clients = m_parts->clients.snapshot();
    for (const Hub::TopicView &view : m_parts->hub.topics())
        snapshot.topics.push_back({QString::fromUtf8(view.name), view.subscribers, view.remembered,
                                   view.published, QString::fromLatin1(view.lastId)});
    return snapshot;
}

void PushServer::putSnapshot()
{
    QElapsedTimer timer;
    timer.start();
    ++m_revision;
    m_box.put(std::make_shared<const Snapshot>(look()));
    m_nextSnapshot = QDeadlineTimer(kSnapshotShare * timer.elapsed());
}

} // namespace pushdeck
