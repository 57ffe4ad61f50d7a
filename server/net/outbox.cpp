// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/outbox.h"

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
    : m_socket(socket), m_encrypted(qobject_cast<TlsSocket *>(socket)), m_flusher(flusher)
{
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
    writeOff();
    if (m_registered)
        m_flusher.remove(*this);
}

bool Outbox::append(const QByteArray &shared)
{
    if (m_failed || !m_socket || m_socket->state() != QAbstractSocket::ConnectedState)
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
    return m_ownBytes + (m_socket ? m_socket->bytesToWrite() : 0);
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
    if (m_registered)
        m_flusher.remove(*this);
    if (m_buffers.isEmpty())
        return !m_failed;
    const bool good = handOn(mostAhead);
    // For who keeps up there is nothing to count.
    if (!m_whole || m_toldBytes > 0)
        countPending();
    return good;
}

bool Outbox::handOn(qint64 mostAhead)
{
    if (!m_socket || m_socket->state() != QAbstractSocket::ConnectedState) {
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
    qsizetype at = 0;
    qint64 offset = 0;
    if (maySendDirectly(*m_socket)) {
        const DirectSend sent =
            sendDirectly(m_socket->socketDescriptor(), m_buffers.constData(), m_buffers.size());
        m_failed = sent.failed;
        offset = sent.sentBytes;
        while (at < m_buffers.size() && offset >= m_buffers[at].size())
            offset -= m_buffers[at++].size();
    }
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
    if (m_registered)
        m_flusher.remove(*this);
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
