// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/websocketconnection.h"

#include "net/clientsocket.h"
#include "net/headreader.h"
#include "net/lingeringclose.h"

#include <array>

namespace pushdeck {

namespace {

constexpr quint16 kNormal = 1000;
constexpr quint16 kNoCode = 1005;
constexpr quint16 kTooSlow = 1008;
constexpr quint16 kTryLater = 1013;

/// What one connection may take of a turn of the event loop: a frame may be a message to thousands.
constexpr int kFramesPerTurn = 32;
constexpr qint64 kBytesPerTurn = 256 * 1024;

/// Input waits in the kernel beyond this, and slows down the peer.
constexpr qint64 kReadBufferBytes = 64 * 1024;

/// Beyond this much unsent, pongs wait.
constexpr qint64 kMostUnsentBytes = 64 * 1024;

std::shared_ptr<DoorState> stateOf(QTcpSocket *socket)
{
    const auto *counted = dynamic_cast<ClientSocket *>(socket);
    return counted ? counted->doorState() : std::make_shared<DoorState>(Limits());
}

} // namespace

WebSocketConnection::WebSocketConnection(QTcpSocket *socket, QObject *parent)
    : QObject(parent),
      m_socket(socket),
      m_state(stateOf(socket)),
      m_reader(m_state->limits.frameBytes)
{
    socket->setParent(this);
    socket->setReadBufferSize(kReadBufferBytes);
    connect(socket, &QTcpSocket::readyRead, this, &WebSocketConnection::read);
    connect(socket, &QTcpSocket::bytesWritten, this, &WebSocketConnection::answerLatePing);
    connect(socket, &QTcpSocket::disconnected, this, [this] {
        m_phase = Phase::Ended;
        Deadlines::disarm(*this);
        emit disconnected();
    });
    giveBackBuffer(*socket);
    if (socket->bytesAvailable() > 0)
        readLater(); // sent beside the handshake
}

WebSocketConnection::~WebSocketConnection()
{
    m_state->bodiesBytes -= m_heldBytes;
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
}

void WebSocketConnection::ping()
{
    if (m_phase != Phase::Open || !m_socket)
        return;
    m_pinged.start();
    m_socket->write(controlFrame(FrameOpcode::Ping, {}));
}

void WebSocketConnection::close(quint16 code, const QByteArray &reason)
{
    if (m_phase != Phase::Open || !m_socket)
        return;
    m_phase = Phase::Closing;
    m_ending = {code, reason, false};
    m_socket->write(controlFrame(FrameOpcode::Close, closePayload(code, reason)));
}

void WebSocketConnection::abort()
{
    if (m_socket)
        m_socket->abort();
}

// ---- the way in

void WebSocketConnection::read()
{
    if (m_readOnPosted)
        return; // in its turn
    std::array<char, 16 * 1024> piece;
    qint64 bytesLeft = kBytesPerTurn;
    int framesLeft = kFramesPerTurn;
    while (m_phase != Phase::Ended && bytesLeft > 0 && framesLeft > 0) {
        const qint64 size = m_socket->peek(piece.data(), qint64(piece.size()));
        if (size <= 0)
            break;
        QByteArrayView bytes(piece.data(), size);
        while (m_phase != Phase::Ended && framesLeft > 0) {
            const FrameReader::Event event = m_reader.next(bytes);
            if (event == FrameReader::Event::NeedMore)
                break;
            --framesLeft;
            // Consumed before it is told, since whoever hears of it may close.
            if (!take(event))
                return;
        }
        if (m_phase == Phase::Ended)
            return;
        consume(*m_socket, size - bytes.size());
        bytesLeft -= size;
    }
    countHeld();
    if (m_phase != Phase::Ended && m_socket->bytesAvailable() > 0) {
        readLater();
    }
}

/// Queued: the others' turn comes first.
void WebSocketConnection::readLater()
{
    m_readOnPosted = true;
    QMetaObject::invokeMethod(this, &WebSocketConnection::readOn, Qt::QueuedConnection);
}

void WebSocketConnection::readOn()
{
    m_readOnPosted = false;
    if (m_phase != Phase::Ended && m_socket)
        read();
}

/// False once nothing more may be read.
bool WebSocketConnection::take(FrameReader::Event event)
{
    using Event = FrameReader::Event;
    const bool open = m_phase == Phase::Open;
    if (!m_reader.isUnderWay())
        Deadlines::disarm(*this); // the next message has its own time
    switch (event) {
        case Event::NeedMore:
            break;
        case Event::Text:
            if (open)
                emit textReceived(m_reader.takePayload());
            break;
        case Event::Binary:
            if (open)
                emit binaryReceived(m_reader.takePayload());
            break;
        case Event::Ping:
            if (open)
                answerPing(m_reader.takePayload());
            break;
        case Event::Pong:
            (void)m_reader.takePayload();
            if (open)
                emit pongReceived(double(m_pinged.isValid() ? m_pinged.elapsed() : 0));
            break;
        case Event::Close: {
            const quint16 code = m_reader.closeCode();
            const QByteArray reason = m_reader.takePayload();
            if (open)
                finish(code == kNoCode ? kNormal : code, reason, true,
                       code == kNoCode ? QByteArray() : closePayload(code, reason));
            else
                linger();
            return false;
        }
        case Event::Bad:
            if (open)
                fail(m_reader.closeCode(), {});
            else
                linger();
            return false;
    }
    return m_phase != Phase::Ended && m_socket;
}

void WebSocketConnection::answerPing(const QByteArray &payload)
{
    if (m_socket->bytesToWrite() > kMostUnsentBytes)
        m_latePing = payload.isNull() ? QByteArray("") : payload;
    else
        m_socket->write(controlFrame(FrameOpcode::Pong, payload));
}

void WebSocketConnection::answerLatePing()
{
    if (m_phase != Phase::Open || m_latePing.isNull() ||
        m_socket->bytesToWrite() > kMostUnsentBytes)
        return;
    m_socket->write(controlFrame(FrameOpcode::Pong, std::exchange(m_latePing, {})));
}

/// What is held of a message under way, and how long it may be.
void WebSocketConnection::countHeld()
{
    const qsizetype held = m_phase == Phase::Open ? m_reader.heldBytes() : 0;
    m_state->bodiesBytes += held - std::exchange(m_heldBytes, held);
    if (m_phase != Phase::Open)
        return;
    if (!m_reader.isUnderWay())
        Deadlines::disarm(*this);
    else if (!Deadlines::isArmed(*this))
        m_state->deadlines.arm(*this, m_state->limits.frameDeadline);
    if (held > 0 && m_state->bodiesBytes > m_state->limits.bodiesBytesTotal)
        fail(kTryLater, "The server is taking as many messages as it can hold; try again later.");
}

void WebSocketConnection::expired()
{
    if (m_phase == Phase::Open)
        fail(kTooSlow, "The message took too long to arrive.");
}

// ---- the end

void WebSocketConnection::fail(quint16 code, const QByteArray &reason)
{
    finish(code, reason, false, closePayload(code, reason));
}

void WebSocketConnection::finish(quint16 code, const QByteArray &reason, bool byPeer,
                                 const QByteArray &payload)
{
    m_ending = {code, reason, byPeer};
    m_phase = Phase::Closing;
    emit closing();
    if (m_socket)
        m_socket->write(controlFrame(FrameOpcode::Close, payload));
    linger();
}

/// Our close frame has left: the server closes first (7.1.1), and no reset may overtake the frame.
void WebSocketConnection::linger()
{
    m_phase = Phase::Ended;
    Deadlines::disarm(*this);
    countHeld();
    if (!m_socket)
        return;
    QTcpSocket *socket = m_socket;
    socket->setParent(m_state->door);
    LingeringClose::start(socket, {});
    // It has cut all connections: this one is heard when it is done with the socket.
    connect(socket, &QObject::destroyed, this, &WebSocketConnection::disconnected);
}

} // namespace pushdeck
