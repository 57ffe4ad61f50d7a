// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpconnection.h"

#include "net/headreader.h"
#include "net/lingeringclose.h"
#include "net/refusal.h"
#include "net/requestrepeat.h"

#include <QHostAddress>

namespace pushdeck {

HttpConnection::HttpConnection(quint64 id, QTcpSocket *inner, std::shared_ptr<DoorState> state,
                               HttpConnectionHost *host, QObject *parent)
    : QTcpSocket(parent), m_inner(inner), m_state(std::move(state)), m_host(host), m_id(id)
{
    inner->setParent(this);
    setLocalAddress(inner->localAddress());
    setLocalPort(inner->localPort());
    setPeerAddress(peerAddressOf(*inner));
    setPeerPort(inner->peerPort());
    setSocketState(ConnectedState);
    QIODevice::open(QIODevice::ReadWrite);
    connect(inner, &QTcpSocket::readyRead, this, &HttpConnection::innerReadyRead);
    connect(inner, &QTcpSocket::bytesWritten, this, &HttpConnection::innerWrote);
    connect(inner, &QTcpSocket::errorOccurred, this, &HttpConnection::innerError);
    connect(inner, &QTcpSocket::disconnected, this, &HttpConnection::innerGone);
}

HttpConnection::~HttpConnection()
{
    leaveBatch();
    if (m_phase != Phase::Gone) { // whoever owns us goes: nobody is left to be told
        m_phase = Phase::Gone;
        m_inner->disconnect(this);
        releaseBody();
        m_host->connectionGone(*this);
    }
    setSocketState(UnconnectedState); // or ~QAbstractSocket says `disconnected`, of half an object
    if (m_goneUnsaid)
        emit disconnected();
}

void HttpConnection::begin(RequestHead head)
{
    if (acceptHead(std::move(head)))
        process();
}

// ---- what the client does

void HttpConnection::innerReadyRead()
{
    if (m_phase != Phase::Exposed)
        process();
    else if (m_inner->bytesAvailable() > m_state->limits.unreadWhilePendingBytes)
        m_inner->abort();
}

void HttpConnection::innerWrote(qint64 bytes)
{
    if (m_handed && m_phase == Phase::Exposed)
        emit bytesWritten(bytes);
    if (m_phase != Phase::Gone)
        process();
}

void HttpConnection::innerError(QAbstractSocket::SocketError error)
{
    setSocketError(error);
    setErrorString(m_inner->errorString());
    if (m_handed && !m_writing)
        emit errorOccurred(error);
}

void HttpConnection::innerGone()
{
    if (QTcpSocket *inner = detach())
        inner->deleteLater();
    gone();
}

void HttpConnection::expired()
{
    m_deadline = Deadline::None;
    switch (m_phase) {
        case Phase::Head:
            if (m_inner->bytesToWrite() > 0)
                m_inner->abort();
            else if (m_parser && m_parser->begun())
                refuse(408, QT_TR_NOOP("The request's head took too long to arrive."));
            else
                finish();
            break;
        case Phase::Body:
            refuse(408, QT_TR_NOOP("The request's body took too long to arrive."));
            break;
        case Phase::Exposed:
            if (!m_meter.begun() && m_out.isEmpty())
                refuse(503, QT_TR_NOOP("The server did not answer in time."));
            else
                m_inner->abort();
            break;
        case Phase::Closing:
            finish();
            break;
        case Phase::Gone:
            break;
    }
}

// ---- what Qt sees

qint64 HttpConnection::bytesAvailable() const
{
    return QIODevice::bytesAvailable() + m_headForQt.size() + m_body.size() - m_readAt;
}

qint64 HttpConnection::bytesToWrite() const
{
    return m_out.size() + (m_inner ? m_inner->bytesToWrite() : 0);
}

qintptr HttpConnection::socketDescriptor() const
{
    return m_inner ? m_inner->socketDescriptor() : -1;
}

qint64 HttpConnection::readData(char *data, qint64 maxSize)
{
    if (m_phase == Phase::Gone)
        return -1;
    if (m_phase != Phase::Exposed)
        return 0;
    qint64 copied = 0;
    const auto copyFrom = [&](const QByteArray &from, qsizetype at) {
        const qint64 size = qMin(maxSize - copied, qint64(from.size() - at));
        if (size > 0) {
            std::copy_n(from.constData() + at, size, data + copied);
            copied += size;
            m_readAt += qsizetype(size);
        }
    };
    if (m_readAt < m_headForQt.size())
        copyFrom(m_headForQt, m_readAt);
    if (m_readAt >= m_headForQt.size())
        copyFrom(m_body, m_readAt - m_headForQt.size());
    if (m_readAt == m_headForQt.size() + m_body.size())
        releaseBody(); // Qt has its own copy
    return copied;
}

qint64 HttpConnection::skipData(qint64 maxSize)
{
    return QIODevice::skipData(maxSize);
}

qint64 HttpConnection::writeData(const char *data, qint64 size)
{
    if (m_phase == Phase::Gone || m_phase == Phase::Closing)
        return -1;
    if (size <= 0)
        return 0;
    m_writing = true;
    if (m_phase == Phase::Exposed)
        takeResponse(QByteArrayView(data, size));
    else
        responseBroken();
    m_writing = false;
    return m_phase == Phase::Gone ? -1 : size;
}

/// A route may close through QHttpServer's socket, and QHttpServer does so itself. Queued, since it
/// may be called from within anything.
void HttpConnection::disconnectFromHost()
{
    if (m_phase == Phase::Gone || m_phase == Phase::Closing)
        return;
    sendOut();
    m_phase = Phase::Closing;
    releaseBody();
    setSocketState(ClosingState);
    postLater();
}

/// Keeps the open mode, which a responder asserts on.
void HttpConnection::close()
{
    disconnectFromHost();
}

bool HttpConnection::waitForBytesWritten(int msecs)
{
    sendOut();
    return m_inner && m_inner->waitForBytesWritten(msecs);
}

QTcpSocket *HttpConnection::takeSocket()
{
    QTcpSocket *inner = detach();
    if (inner) {
        inner->setParent(nullptr);
        (void)inner->readAll();
    }
    gone();
    return inner;
}

// ---- turns

/// Queued, so that nothing happens inside a responder's write(): neither the next request, nor a
/// `disconnected` that makes its owner delete it. Not needed while process() waits below us.
void HttpConnection::postLater()
{
    if (m_processing || m_laterPosted)
        return;
    m_laterPosted = true;
    QMetaObject::invokeMethod(this, &HttpConnection::later, Qt::QueuedConnection);
}

void HttpConnection::later()
{
    m_laterPosted = false;
    if (m_goneUnsaid) {
        m_goneUnsaid = false;
        emit disconnected();
    } else if (m_phase != Phase::Gone) {
        if (m_phase == Phase::Exposed && m_meter.begun())
            m_deadline = Deadline::None; // the handler is at work: begin its time anew
        process();
    }
}

void HttpConnection::settle()
{
    sendOut();
    switch (m_phase) {
        case Phase::Gone:
            return;
        case Phase::Closing:
            finish();
            return;
        case Phase::Head:
            if (!m_parser || !m_parser->begun()) { // between requests: hold nothing
                m_parser.reset();
                m_head = {};
                m_headForQt = {};
            }
            break;
        case Phase::Body:
        case Phase::Exposed:
            break;
    }
    // While an answer leaves, a FIN must stay unnoticed, or Qt closes the descriptor under it.
    // Said again each time, since Qt looks again by itself whenever its buffer was read empty.
    const bool hold = m_inner->bytesToWrite() > 0;
    if (hold || m_readingHeld)
        setReading(*m_inner, !hold);
    m_readingHeld = hold;
    armDeadline();
}

void HttpConnection::armDeadline()
{
    const Limits &limits = m_state->limits;
    Deadline kind = Deadline::Handler;
    std::chrono::milliseconds in = limits.handlerDeadline;
    if (m_phase == Phase::Body) {
        kind = Deadline::Body;
        in = limits.bodyDeadline;
    } else if (m_phase == Phase::Head && m_inner->bytesToWrite() > 0) {
        kind = Deadline::Stall;
        in = limits.writeStall;
    } else if (m_phase == Phase::Head && m_parser && m_parser->begun()) {
        kind = Deadline::Head;
        in = limits.headDeadline;
    } else if (m_phase == Phase::Head) {
        kind = Deadline::Idle;
        in = limits.keepAliveIdle;
    }
    if (kind == m_deadline && kind != Deadline::Stall)
        return; // it runs already
    m_deadline = kind;
    m_state->deadlines.arm(*this, in);
}

// ---- the end

void HttpConnection::refuse(int status, const QByteArray &sentence)
{
    if (QTcpSocket *inner = detach())
        m_host->turnAway(inner, {status, sentence, {}}, m_isHead);
    gone();
}

void HttpConnection::finish()
{
    if (QTcpSocket *inner = detach())
        LingeringClose::start(inner, {});
    gone();
}

void HttpConnection::shutDown()
{
    if (m_phase == Phase::Exposed && m_inner)
        m_inner->abort(); // which ends in gone()
    else if (m_phase != Phase::Gone)
        finish();
}

QTcpSocket *HttpConnection::detach()
{
    leaveBatch();
    QTcpSocket *inner = std::exchange(m_inner, nullptr);
    if (inner) {
        inner->disconnect(this);
        inner->setParent(m_state->door);
        if (std::exchange(m_readingHeld, false))
            setReading(*inner, true);
    }
    return inner;
}

void HttpConnection::gone()
{
    if (m_phase == Phase::Gone)
        return;
    m_phase = Phase::Gone;
    Deadlines::disarm(*this);
    releaseBody();
    m_out.clear();
    setSocketState(UnconnectedState);
    m_host->connectionGone(*this);
    if (!m_handed) {
        deleteLater();
    } else if (m_writing) {
        m_goneUnsaid = true;
        m_laterPosted = true;
        QMetaObject::invokeMethod(this, &HttpConnection::later, Qt::QueuedConnection);
    } else {
        emit disconnected();
    }
}

} // namespace pushdeck
