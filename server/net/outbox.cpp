// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/outbox.h"

#include "net/directsend.h"
#include "net/tlssocket.h"
#include "net/turnflusher.h"

namespace pushdeck {

namespace {

/// An idle outbox gives back what a burst made it grow beyond this.
constexpr qsizetype kKeptBuffers = 16;

} // namespace

Outbox::Outbox(QTcpSocket *socket, TurnFlusher &flusher)
    : m_socket(socket), m_encrypted(qobject_cast<TlsSocket *>(socket)), m_flusher(flusher)
{
}

Outbox::~Outbox()
{
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

bool Outbox::flushNow()
{
    if (m_registered)
        m_flusher.remove(*this);
    if (m_buffers.isEmpty())
        return !m_failed;
    const bool good = flush();
    // For who keeps up there is nothing to count.
    if (!m_whole || m_toldBytes > 0)
        countPending();
    return good;
}

bool Outbox::flush()
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
        m_failed = !writeThroughSocket(at, qsizetype(offset));
    clearBuffers();
    return !m_failed;
}

bool Outbox::writeThroughSocket(qsizetype firstBuffer, qsizetype offset)
{
    for (qsizetype i = firstBuffer; i < m_buffers.size(); ++i) {
        const QByteArray &buffer = m_buffers[i];
        // The overload that takes a QByteArray shares large ones; only a begun one is copied.
        const qint64 written =
            offset == 0 ? m_socket->write(buffer)
                        : m_socket->write(buffer.constData() + offset, buffer.size() - offset);
        if (written < 0)
            return false;
        offset = 0;
    }
    return true;
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
