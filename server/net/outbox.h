// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/sendbatch.h"

#include <QByteArray>
#include <QPointer>
#include <QTcpSocket>
#include <QVarLengthArray>

#include <cstdint>

namespace pushdeck {

class ClientSocket;
class TlsSocket;
class TurnFlusher;

/// The bytes waiting for one client. What is appended during one turn of the event loop leaves at
/// its end together, straight from the shared buffers, or joined once for all who get the same
/// small ones; see SendBatch. Of what the kernel does not take a little goes to the QTcpSocket,
/// which sends it when it can and copies it; the rest stays here, shared with everybody it waits
/// for, until that has drained. So a thousand clients that do not read cost little more than the
/// messages themselves, once.
///
/// Appends may come from anywhere on the socket's thread, also while the flusher works: nothing is
/// lost or overtakes. Nothing is emitted from here, and the socket is never closed from here: a
/// dead peer is reported by the socket's own `disconnected`.
///
/// Beside a WebSocketConnection: both write to the same socket, so each append must be whole
/// frames. A frame that it writes itself (ping, pong, close) leaves *before* what was appended in
/// the same turn; call `flushNow()` before its `close()`, and append nothing after it.
///
/// Lifetime: the socket may die first (appends then fail), the flusher must not.
class Outbox final : private SendBatch::Sender
{
public:
    explicit Outbox(QTcpSocket *socket, TurnFlusher &flusher);
    ~Outbox();
    Outbox(const Outbox &) = delete;
    Outbox &operator=(const Outbox &) = delete;

    /// Shares the bytes. False, and nothing kept, once the connection is known to be dead or after
    /// `failed()`.
    bool append(const QByteArray &shared);

    /// Bytes in the program for this client: ours and the socket's. (What the kernel holds:
    /// kernelBacklogBytes() in socketinfo.h.)
    [[nodiscard]] qint64 pendingBytes() const;

    /// The same, and tells the flusher's total.
    qint64 countPending();

    /// What still waits is in no total any more: the connection is ending.
    void writeOff();

    /// Bytes that count towards a limit: the same, and what it takes to keep track of them.
    [[nodiscard]] qint64 costBytes() const;

    /// Hands on now what can leave without being copied in heaps, as the end of the turn does.
    /// False if the connection failed.
    bool sendNow();

    /// Hands everything to the kernel or the socket now: something else may follow on the socket,
    /// and stands behind all that was appended. False if the connection failed.
    bool flushNow();

    /// Something waits in the socket: what is appended stands behind it.
    [[nodiscard]] bool isBehind() const { return queuedInSocket() > 0; }

    /// Drops what was appended and not handed on yet.
    void discard();

    /// A send failed for good. Stays so.
    [[nodiscard]] bool failed() const { return m_failed; }

private:
    friend class TurnFlusher;

    [[nodiscard]] bool isConnected() const;
    [[nodiscard]] qint64 queuedInSocket() const;
    [[nodiscard]] qintptr directDescriptor() const;
    bool send(qint64 mostAhead);
    bool handOn(qint64 mostAhead);
    bool joinBatch(SendBatch &batch);
    void sent(const DirectSend &sent, QByteArrayView bytes) override;
    bool settle(const DirectSend &sent, qint64 mostAhead);
    void count();
    qsizetype writeThroughSocket(qsizetype firstBuffer, qsizetype offset, qint64 mostAhead);
    void dropBuffers(qsizetype count);
    void clearBuffers();

    // What a delivery touches stands together.
    ClientSocket *m_plain = nullptr; ///< the same, where it is one: knows at once what may be sent
    qint64 m_ownBytes = 0;
    qint64 m_toldBytes = 0; ///< of this outbox in the flusher's total
    TurnFlusher &m_flusher;
    std::uint32_t m_place = 0; ///< in the flusher's list, while m_registered
    bool m_registered = false;
    bool m_batched = false; ///< sent() follows
    bool m_failed = false;
    bool m_writtenOff = false;
    bool m_whole = false; ///< the kernel took all of the last flush
    QVarLengthArray<QByteArray, 2> m_buffers;

    QPointer<QTcpSocket> m_socket;
    TlsSocket *const m_encrypted; ///< the same, where it is one: what goes past it is not encrypted
    QMetaObject::Connection m_drained;
};

} // namespace pushdeck
