// SPDX-License-Identifier: GPL-3.0-or-later
// The way out: from what Qt's server or a session answers to the client.
#include "net/datefield.h"
#include "net/httpconnection.h"
#include "net/requestrepeat.h"

#include <utility>

namespace pushdeck {

void HttpConnection::takeResponse(QByteArrayView bytes)
{
    if (m_close)
        m_meter.setClose();
    switch (m_meter.feed(bytes, m_out)) {
        case ResponseMeter::State::Head:
            break;
        case ResponseMeter::State::Body:
            if (m_out.size() >= kSendAtBytes)
                sendOut();
            else if (!m_out.isEmpty())
                postLater();
            break;
        case ResponseMeter::State::Done:
            sendOut();
            responseDone();
            postLater();
            break;
        case ResponseMeter::State::Broken:
            responseBroken();
            break;
    }
}

void HttpConnection::responseDone()
{
    releaseBody();
    m_deadline = Deadline::None;
    m_phase = m_meter.closes() ? Phase::Closing : Phase::Head;
}

void HttpConnection::respond(const QByteArray &begin, const QByteArray &rest, SendBatch *batch)
{
    if (m_phase != Phase::Exposed || !m_inner)
        return;
    m_writing = true;
    if (m_meter.changesNothing()) {
        const QByteArray parts[] = {begin, dateField(), rest};
        if (!batch || !joinBatch(*batch, parts, std::size(parts)))
            sendThrough(*m_inner, parts, std::size(parts));
        if (m_phase == Phase::Exposed)
            responseDone();
    } else {
        takeResponse(begin);
        if (m_phase == Phase::Exposed)
            takeResponse(rest);
    }
    m_writing = false;
    // Nothing came after the request, so nothing can happen in here but a new deadline.
    if (m_phase == Phase::Head && !m_processing && m_inner->bytesAvailable() == 0)
        settle();
    else
        postLater();
}

bool HttpConnection::joinBatch(SendBatch &batch, const QByteArray *parts, qsizetype count)
{
    if (batch.isFull() || !m_receives) // which only a ClientSocket does
        return false;
    const auto &socket = static_cast<const ClientSocket &>(*m_inner);
    if (!socket.isClear() || !batch.add(*this, socket.descriptor(), parts, count))
        return false;
    m_batch = &batch;
    return true;
}

void HttpConnection::sent(const DirectSend &sent, QByteArrayView bytes)
{
    m_batch = nullptr;
    if (sent.sentBytes == bytes.size() || !m_inner)
        return;
    // What failed fails again in there, and is told as Qt tells it.
    m_writing = true;
    m_inner->write(bytes.data() + sent.sentBytes, bytes.size() - sent.sentBytes);
    m_writing = false;
    postLater();
}

void HttpConnection::leaveBatch()
{
    if (SendBatch *batch = std::exchange(m_batch, nullptr))
        batch->forget(*this);
}

/// The routes wrote what is no response, or more of one than there is: whatever the client made of
/// the next one would be wrong.
void HttpConnection::responseBroken()
{
    qWarning("Pushdeck: a route wrote no proper response to %s; the connection is closed.",
             m_head.target.constData());
    sendOut();
    m_phase = Phase::Closing;
    releaseBody();
    postLater();
}

void HttpConnection::sendOut()
{
    if (m_out.isEmpty() || !m_inner)
        return;
    const QByteArray out = std::exchange(m_out, {});
    sendThrough(*m_inner, out);
}

} // namespace pushdeck
