// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/outbox.h"

#include "net/clientsocket.h"
#include "net/directsend.h"
#include "net/tlssocket.h"
#include "net/turnflusher.h"

#include <limits>

namespace pushdeck {

namespace {

/// An idle outbox gives back what a burst made it grow beyond this.
constexpr qsizetype kKeptBuffers = 16;

/// What the socket may hold before the rest waits here.
constexpr qint64 kAheadBytes = 64 * 1024;

} // namespace

Outbox::Outbox(QTcpSocket *socket, TurnFlusher &flusher)
    : m_plain(dynamic_cast<ClientSocket *>(socket)),
      m_flusher(flusher),
      m_socket(socket),
      m_encrypted(qobject_cast<TlsSocket *>(socket))
{
    if (m_plain)
        m_plain->setObserver(&m_plain);
    m_drained = QObject::connect(socket, &QTcpSocket::bytesWritten, socket, [this] {
        if (!m_buffers.isEmpty())
            sendNow();
        else if (m_toldBytes > 0)
            countPending();
    });
}

Outbox::~Outbox()
{
    QObject::disconnect(m_drained);
    if (m_plain)
        m_plain->setObserver(nullptr);
    writeOff();
    m_flusher.forget(*this);
}

bool Outbox::isConnected() const
{
    return (m_plain && m_plain->isClear()) ||
           (m_socket && m_socket->state() == QAbstractSocket::ConnectedState);
}

qint64 Outbox::queuedInSocket() const
{
    if (m_plain && m_plain->isClear())
        return 0;
    return m_socket ? m_socket->bytesToWrite() : 0;
}

/// Where what is sent overtakes nothing; -1 where nothing may be sent past the socket.
qintptr Outbox::directDescriptor() const
{
    if (m_plain)
        return m_plain->isClear() ? m_plain->descriptor() : -1;
    if (m_encrypted || !m_socket || m_socket->state() != QAbstractSocket::ConnectedState ||
        !maySendDirectly(*m_socket))
        return -1;
    return m_socket->socketDescriptor();
}

bool Outbox::append(const QByteArray &shared)
{
    if (m_failed || !isConnected())
        return false;
    if (shared.isEmpty())
        return true;
    m_buffers.append(shared);
    m_ownBytes += shared.size();
    if (!m_registered)
        m_flusher.add(*this);
    return true;
}

qint64 Outbox::pendingBytes() const
{
    return m_ownBytes + queuedInSocket();
}

qint64 Outbox::countPending()
{
    const qint64 bytes = pendingBytes();
    if (!m_writtenOff) {
        m_flusher.m_backlogBytes += bytes - m_toldBytes;
        m_toldBytes = bytes;
    }
    return bytes;
}

void Outbox::writeOff()
{
    m_flusher.m_backlogBytes -= std::exchange(m_toldBytes, 0);
    m_writtenOff = true;
}

qint64 Outbox::costBytes() const
{
    return pendingBytes() + m_buffers.size() * qint64(sizeof(QByteArray));
}

bool Outbox::sendNow()
{
    return send(kAheadBytes);
}

bool Outbox::flushNow()
{
    return send(std::numeric_limits<qint64>::max());
}

bool Outbox::send(qint64 mostAhead)
{
    m_flusher.forget(*this);
    if (m_buffers.isEmpty())
        return !m_failed;
    const bool good = handOn(mostAhead);
    count();
    return good;
}

void Outbox::count()
{
    // For who keeps up there is nothing to count.
    if (!m_whole || m_toldBytes > 0)
        countPending();
}

/// True: sent() follows. False: it must send by itself.
bool Outbox::joinBatch(SendBatch &batch)
{
    const qintptr descriptor = m_buffers.isEmpty() ? -1 : directDescriptor();
    m_batched =
        descriptor >= 0 && batch.add(*this, descriptor, m_buffers.constData(), m_buffers.size());
    return m_batched;
}

void Outbox::sent(const DirectSend &sent, QByteArrayView)
{
    m_batched = false;
    settle(sent, kAheadBytes);
    count();
    m_flusher.note(*this);
}

bool Outbox::handOn(qint64 mostAhead)
{
    if (!isConnected()) {
        m_failed = true;
        clearBuffers();
        return false;
    }
    if (m_encrypted) {
        m_encrypted->send(m_buffers.constData(), m_buffers.size());
        m_whole = m_encrypted->bytesToWrite() == 0;
        clearBuffers();
        return true;
    }
    DirectSend sent;
    if (const qintptr descriptor = directDescriptor(); descriptor >= 0)
        sent = sendDirectly(descriptor, m_buffers.constData(), m_buffers.size());
    return settle(sent, mostAhead);
}

/// Of the buffers the kernel took that much; what follows goes to the socket, or stays.
bool Outbox::settle(const DirectSend &sent, qint64 mostAhead)
{
    m_failed = sent.failed;
    if (sent.sentBytes == m_ownBytes && !m_failed) {
        m_whole = true;
        clearBuffers();
        return true;
    }
    qsizetype at = 0;
    qint64 offset = sent.sentBytes;
    while (at < m_buffers.size() && offset >= m_buffers[at].size())
        offset -= m_buffers[at++].size();
    m_whole = at == m_buffers.size();
    if (!m_failed && !m_whole)
        at = writeThroughSocket(at, qsizetype(offset), mostAhead);
    if (m_failed)
        clearBuffers();
    else
        dropBuffers(at);
    return !m_failed;
}

/// The first buffer that stays. One that has begun to leave goes whole: what others write to the
/// socket must stand between buffers.
qsizetype Outbox::writeThroughSocket(qsizetype firstBuffer, qsizetype offset, qint64 mostAhead)
{
    qsizetype at = firstBuffer;
    for (; at < m_buffers.size() && (offset > 0 || m_socket->bytesToWrite() < mostAhead); ++at) {
        const QByteArray &buffer = m_buffers[at];
        // The overload that takes a QByteArray shares large ones; only a begun one is copied.
        const qint64 written =
            offset == 0 ? m_socket->write(buffer)
                        : m_socket->write(buffer.constData() + offset, buffer.size() - offset);
        if (written < 0) {
            m_failed = true;
            break;
        }
        offset = 0;
    }
    return at;
}

void Outbox::dropBuffers(qsizetype count)
{
    if (count >= m_buffers.size()) {
        clearBuffers();
        return;
    }
    for (qsizetype i = 0; i < count; ++i)
        m_ownBytes -= m_buffers[i].size();
    m_buffers.remove(0, count);
}

void Outbox::discard()
{
    m_flusher.forget(*this);
    clearBuffers();
}

void Outbox::clearBuffers()
{
    m_buffers.clear();
    if (m_buffers.capacity() > kKeptBuffers)
        m_buffers.squeeze();
    m_ownBytes = 0;
}

} // namespace pushdeck
