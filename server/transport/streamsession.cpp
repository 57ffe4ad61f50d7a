// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/streamsession.h"

#include "net/limits.h"
#include "net/socketinfo.h"
#include "transport/farewell.h"
#include "transport/trafficrecorder.h"

#include <algorithm>

namespace pushdeck {

StreamSession::StreamSession(TransportContext &context, Client &client, QTcpSocket *socket,
                             WireFormat format, QObject *parent)
    : Session(context, client, parent),
      m_socket(socket),
      m_outbox(socket, context.flusher),
      m_format(format)
{
    connect(socket, &QTcpSocket::bytesWritten, this, [this] {
        if (isOpen() && Hub::isCatchingUp(*this))
            resumeReplay();
    });
}

StreamSession::~StreamSession()
{
    context().presence.unwatch(*this);
}

void StreamSession::begin(const SubscriptionRequest &request)
{
    noteCursor(request.cursor);
    context().hub.subscribe(*this, clientId(), request.topics, request.cursor);
    resumeReplay();
}

Subscriber::Delivery StreamSession::deliver(const Message &message)
{
    const Delivery delivery = offer(message.encoded(m_format));
    if (delivery != Delivery::Refused)
        ++client().info.messagesOut;
    else if (m_tooSlow && m_refusedFrom == 0)
        m_refusedFrom = message.sequence();
    return delivery;
}

Subscriber::Delivery StreamSession::offer(const QByteArray &bytes)
{
    if (!isOpen() || m_tooSlow)
        return Delivery::Refused;
    const auto overLimit = [&] {
        return m_outbox.costBytes() + bytes.size() > context().limits.backlogBytes;
    };
    // What only waits for the end of a busy turn is no backlog: it leaves now.
    if (overLimit())
        m_outbox.sendNow();
    const bool behind = m_outbox.isBehind();
    if (behind && overLimit()) {
        m_tooSlow = true;
        // Queued: closing changes the tables that are being walked.
        QMetaObject::invokeMethod(
            this, [this] { endTooSlow(EndReason::SlowClient); }, Qt::QueuedConnection);
        return Delivery::Refused;
    }
    if (!m_outbox.append(bytes))
        return Delivery::Refused;
    client().info.bytesOut += static_cast<std::uint64_t>(bytes.size());
    context().recorder.countBytesOut(static_cast<std::uint64_t>(bytes.size()));
    return behind ? Delivery::Queued : Delivery::Sent;
}

void StreamSession::endTooSlow(EndReason reason)
{
    if (!isOpen())
        return;
    m_tooSlow = true;
    m_unsentBytes = backlog()->total();
    m_outbox.discard();
    end(reason);
    // What the socket still has goes with it, in bounded time.
    m_outbox.writeOff();
}

void StreamSession::tellGap(const Gap &gap)
{
    const QByteArray bytes = encode(gap, m_format);
    if (!bytes.isEmpty())
        append(bytes);
    noteGap(gap);
    context().recorder.gap(client().info, gap, !bytes.isEmpty());
}

std::size_t StreamSession::wants() const
{
    const bool takes = isOpen() && !m_tooSlow && m_outbox.pendingBytes() < kReplayBacklogBytes;
    return takes ? kAnyNumber : 0;
}

void StreamSession::append(const QByteArray &bytes)
{
    if (!isOpen() || !m_outbox.append(bytes))
        return;
    client().info.bytesOut += static_cast<std::uint64_t>(bytes.size());
    context().recorder.countBytesOut(static_cast<std::uint64_t>(bytes.size()));
}

void StreamSession::resumeReplay()
{
    if (m_resuming || !isOpen() || !Hub::isCatchingUp(*this))
        return;
    m_resuming = true;
    // One page a turn, so that a long replay holds up nobody else. Where the kernel took all of it
    // no bytesWritten will come, so the next page is asked for here.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_resuming = false;
            if (!isOpen())
                return;
            m_outbox.sendNow();
            context().hub.resume(*this);
            if (m_outbox.pendingBytes() < kReplayBacklogBytes || !m_outbox.isBehind())
                resumeReplay();
        },
        Qt::QueuedConnection);
}

void StreamSession::describe(ClientInfo &info) const
{
    const auto pending = static_cast<std::uint64_t>(m_outbox.pendingBytes());
    info.backlogBytes += pending;
    info.slow = 2 * pending > static_cast<std::uint64_t>(context().limits.backlogBytes);
    const qintptr descriptor = m_socket->socketDescriptor();
    info.kernelBacklogBytes = kernelBacklogBytes(descriptor);
    if (!info.rttMs)
        info.rttMs = rttMs(descriptor);
}

std::optional<Backlog> StreamSession::backlog() const
{
    return Backlog{m_format, static_cast<std::uint64_t>(m_outbox.pendingBytes()),
                   kernelBacklogBytes(m_socket->socketDescriptor())};
}

std::uint64_t StreamSession::unsentAt(EndReason reason, qsizetype farewellBytes) const
{
    const Backlog waits = *backlog();
    // Of a connection that we close in peace the kernel still sends all it has.
    const bool isPeace = reason == EndReason::OperatorClosed || reason == EndReason::ServerStopping;
    const std::uint64_t bytes = isPeace ? waits.programBytes : waits.total();
    const auto farewell = static_cast<std::uint64_t>(farewellBytes);
    return std::max(m_unsentBytes, bytes > farewell ? bytes - farewell : 0);
}

bool StreamSession::signOff(EndReason reason, int code, const QString &words,
                            qsizetype farewellBytes)
{
    if (!isOpen())
        return false;
    const ClientInfo info = client().info;
    Leaving leaving{context().hub.handed(*this), m_format, unsentAt(reason, farewellBytes),
                    m_refusedFrom};
    leave();
    context().presence.unwatch(*this);
    departed(context(), info, reason, code, words, std::move(leaving));
    return true;
}

} // namespace pushdeck
