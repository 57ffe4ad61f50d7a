// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tlssocket.h"

#include "net/httpconnection.h"
#include "tls/tlschannel.h"

#include <QHostAddress>
#include <QPointer>
#include <QScopedValueRollback>

#include <algorithm>

namespace pushdeck {

namespace {

/// Encrypted in one go, and so sent with one system call; no more than this is encrypted before the
/// kernel has room.
constexpr qsizetype kBatchBytes = 64 * 1024;

/// A client that makes TLS itself answer (key updates) and does not read the answers is read no
/// further beyond this.
constexpr qint64 kMostUnreadAnswersBytes = 256 * 1024;

/// Taken from the real socket in one piece.
constexpr qint64 kPieceBytes = 64 * 1024;

/// Room to join and to encrypt in, the same for all connections of a thread.
struct Scratch
{
    QByteArray plain;
    QByteArray cipher;
};

Scratch &scratch()
{
    thread_local Scratch room;
    return room;
}

} // namespace

TlsSocket::TlsSocket(std::shared_ptr<const TlsContext> context, ClientSocket *inner,
                     QObject *parent)
    : AcceptedSocket(parent),
      m_inner(inner),
      m_channel(std::make_unique<TlsChannel>(std::move(context)))
{
    inner->setParent(this);
    setLocalAddress(inner->localAddress());
    setLocalPort(inner->localPort());
    setPeerAddress(inner->peerAddress());
    setPeerPort(inner->peerPort());
    setSocketState(ConnectedState);
    QTcpSocket::setReadBufferSize(inner->readBufferSize());
    // Our own buffer is the one there is.
    QIODevice::open(QIODevice::ReadWrite | QIODevice::Unbuffered);
    connect(inner, &QTcpSocket::readyRead, this, &TlsSocket::innerReadyRead);
    connect(inner, &QTcpSocket::bytesWritten, this, &TlsSocket::innerWrote);
    connect(inner, &QTcpSocket::errorOccurred, this, &TlsSocket::innerError);
    connect(inner, &QTcpSocket::disconnected, this, &TlsSocket::innerGone);
    // Queued: whoever made it connects first.
    QMetaObject::invokeMethod(this, &TlsSocket::innerReadyRead, Qt::QueuedConnection);
}

TlsSocket::~TlsSocket()
{
    if (m_inner)
        m_inner->disconnect(this);
    setSocketState(UnconnectedState); // or ~QAbstractSocket says `disconnected`, of half an object
}

QString TlsSocket::tlsVersion() const
{
    return m_channel->version();
}

QString TlsSocket::tlsCipher() const
{
    return m_channel->cipher();
}

bool TlsSocket::isResumed() const
{
    return m_channel->isResumed();
}

std::shared_ptr<DoorState> TlsSocket::doorState() const
{
    return m_inner ? m_inner->doorState() : nullptr;
}

ClientSocket *TlsSocket::release()
{
    ClientSocket *inner = std::exchange(m_inner, nullptr);
    if (inner) {
        inner->disconnect(this);
        inner->setParent(nullptr);
        setSocketState(UnconnectedState);
    }
    return inner;
}

// ---- from the network

void TlsSocket::innerReadyRead()
{
    m_moreAsked = false;
    if (!m_inner || !decrypt() || m_reading)
        return;
    const QScopedValueRollback reading(m_reading, true);
    emit readyRead();
}

/// True where there is something new to read.
bool TlsSocket::decrypt()
{
    using State = TlsChannel::State;
    if (!m_inner->isOpen())
        return false;
    if (m_deaf) {
        (void)m_inner->readAll();
        return false;
    }
    // What was read has no place here, or a reader that always leaves some would have it grow.
    m_plain.remove(0, std::exchange(m_readAt, 0));
    const qsizetype before = m_plain.size();
    QByteArray answers;
    const bool wasEncrypted = m_encrypted;
    while (m_channel->state() <= State::Open && m_inner->bytesAvailable() > 0 &&
           m_inner->bytesToWrite() < kMostUnreadAnswersBytes) {
        // What is decrypted is never more than what was taken.
        const qint64 room = readBufferSize() > 0 ? readBufferSize() - m_plain.size() : kPieceBytes;
        if (room <= 0)
            break;
        // No more than there is: then the real socket's buffer is taken along, see consume().
        const QByteArray piece =
            m_inner->read(std::min({room, kPieceBytes, m_inner->bytesAvailable()}));
        m_channel->receive(piece, m_plain, answers);
        if (!answers.isEmpty())
            m_inner->write(answers.constData(), answers.size());
        answers.resize(0);
    }
    m_encrypted =
        m_encrypted || m_channel->state() == State::Open || m_channel->state() == State::Ended;
    if (m_channel->state() == State::Failed) {
        broken();
        return false;
    }
    if (m_encrypted && !wasEncrypted) {
        const QPointer<TlsSocket> alive(this);
        emit encrypted();
        if (!alive || !m_inner)
            return false;
        pump();
    }
    // As a FIN: what is unread can be read, and nothing more comes.
    if (m_channel->state() == State::Ended && !m_closing)
        QMetaObject::invokeMethod(this, &TlsSocket::disconnectFromHost, Qt::QueuedConnection);
    return m_plain.size() > before;
}

/// What came is no TLS, or no longer. The peer has been told why, where there is an alert for it.
void TlsSocket::broken()
{
    if (!m_inner || std::exchange(m_broken, true))
        return;
    m_inner->disconnect(this);
    if (!m_encrypted) {
        emit handshakeFailed(m_channel->failure(), m_channel->failureWords());
        return;
    }
    setSocketError(SslInvalidUserDataError);
    setErrorString(m_channel->failureWords());
    connect(m_inner, &QTcpSocket::disconnected, this, &TlsSocket::innerGone);
    const QPointer<TlsSocket> alive(this);
    emit errorOccurred(error());
    if (alive && m_inner)
        m_inner->disconnectFromHost();
}

void TlsSocket::innerError(QAbstractSocket::SocketError error)
{
    setSocketError(error);
    setErrorString(m_inner->errorString());
    emit errorOccurred(error);
}

void TlsSocket::innerGone()
{
    const QPointer<TlsSocket> alive(this);
    if (isOpen())
        innerReadyRead(); // what came last
    if (!alive || !m_inner || state() == UnconnectedState)
        return;
    if (!m_encrypted) {
        emit handshakeFailed(TlsFailure::Left, tr("the connection was closed"));
        if (!alive || !m_inner)
            return;
    }
    m_waiting.clear();
    changeState(UnconnectedState);
    if (alive)
        emit readChannelFinished();
    if (alive)
        emit disconnected();
}

void TlsSocket::changeState(QAbstractSocket::SocketState state)
{
    setSocketState(state);
    emit stateChanged(state);
}

// ---- what is read

qint64 TlsSocket::bytesAvailable() const
{
    return QIODevice::bytesAvailable() + m_plain.size() - m_readAt;
}

bool TlsSocket::canReadLine() const
{
    return QIODevice::canReadLine() || m_plain.indexOf('\n', m_readAt) >= 0;
}

qint64 TlsSocket::readData(char *data, qint64 maxSize)
{
    const auto size = std::min(qsizetype(maxSize), m_plain.size() - m_readAt);
    if (size <= 0)
        return state() == UnconnectedState ? -1 : 0;
    std::copy_n(m_plain.constData() + m_readAt, size, data);
    m_readAt += size;
    if (m_readAt == m_plain.size()) {
        m_plain = {};
        m_readAt = 0;
    }
    // What had to wait for room says nothing by itself.
    if (m_inner && m_inner->bytesAvailable() > 0 && !m_moreAsked) {
        m_moreAsked = true;
        QMetaObject::invokeMethod(this, &TlsSocket::innerReadyRead, Qt::QueuedConnection);
    }
    return size;
}

qint64 TlsSocket::readLineData(char *data, qint64 maxSize)
{
    const qsizetype end = m_plain.indexOf('\n', m_readAt);
    return readData(data, end < 0 ? maxSize : std::min(maxSize, qint64(end + 1 - m_readAt)));
}

qint64 TlsSocket::skipData(qint64 maxSize)
{
    return QIODevice::skipData(maxSize);
}

void TlsSocket::setReadBufferSize(qint64 size)
{
    QTcpSocket::setReadBufferSize(size);
    if (m_inner && m_inner->bytesAvailable() > 0 && !m_moreAsked) {
        m_moreAsked = true;
        QMetaObject::invokeMethod(this, &TlsSocket::innerReadyRead, Qt::QueuedConnection);
    }
}

qintptr TlsSocket::socketDescriptor() const
{
    return m_inner ? m_inner->socketDescriptor() : -1;
}

// ---- what is written

qint64 TlsSocket::bytesToWrite() const
{
    return m_waiting.bytes() + (m_inner ? m_inner->bytesToWrite() : 0);
}

qint64 TlsSocket::writeData(const char *data, qint64 size)
{
    if (isSilent())
        return size;
    if (!m_inner || state() != ConnectedState)
        return -1;
    const QByteArray bytes(data, size);
    send(&bytes, 1);
    return size;
}

void TlsSocket::send(const QByteArray *parts, qsizetype count)
{
    if (!m_inner || m_endSaid)
        return;
    for (qsizetype i = 0; i < count; ++i)
        m_waiting.append(parts[i]);
    pump();
}

/// Encrypts as much as can leave, and has it leave.
void TlsSocket::pump()
{
    if (!m_encrypted)
        return;
    Scratch &room = scratch();
    while (m_waiting.bytes() > 0 && m_inner->bytesToWrite() < kBatchBytes) {
        room.cipher.resize(0);
        while (m_waiting.bytes() > 0 && room.cipher.size() < kBatchBytes) {
            const QByteArrayView record = m_waiting.next(room.plain);
            if (!m_channel->send(record, room.cipher)) {
                // Queued: whoever writes is told nothing within his call.
                QMetaObject::invokeMethod(this, &TlsSocket::broken, Qt::QueuedConnection);
                return;
            }
            m_waiting.drop(record.size());
        }
        m_inner->write(room.cipher.constData(), room.cipher.size());
    }
}

void TlsSocket::innerWrote(qint64 bytes)
{
    const QPointer<TlsSocket> alive(this);
    pump();
    if (m_closing)
        sendEndWhenDone();
    if (alive)
        emit bytesWritten(bytes);
    // What was not read for its answers' sake.
    if (alive && m_inner && m_inner->bytesAvailable() > 0)
        innerReadyRead();
}

bool TlsSocket::endOutput()
{
    if (!m_inner || !m_encrypted)
        return true;
    if (m_waiting.bytes() > 0)
        return false;
    if (!std::exchange(m_endSaid, true)) {
        QByteArray words;
        m_channel->sendEnd(words);
        m_inner->write(words.constData(), words.size());
    }
    return m_inner->bytesToWrite() == 0;
}

// ---- the end

void TlsSocket::disconnectFromHost()
{
    if (!m_inner || state() == UnconnectedState || m_closing)
        return;
    m_closing = true;
    const QPointer<TlsSocket> alive(this);
    changeState(ClosingState);
    if (alive)
        sendEndWhenDone();
}

void TlsSocket::sendEndWhenDone()
{
    if (m_inner && (endOutput() || m_endSaid))
        m_inner->disconnectFromHost(); // which waits for what it has still
}

void TlsSocket::close()
{
    if (isSilent())
        return;
    // So abort() leaves it, which is not virtual; it closes the device for good, and nothing else.
    const bool aborted = writeChannelCount() == 0;
    m_plain = {};
    m_readAt = 0;
    if (!aborted) {
        m_deaf = true;
        disconnectFromHost();
        return;
    }
    QIODevice::close();
    if (m_inner)
        m_inner->abort();
}

bool TlsSocket::waitForBytesWritten(int msecs)
{
    return m_inner && m_inner->waitForBytesWritten(msecs);
}

const TlsSocket *tlsOf(const QTcpSocket &socket)
{
    if (const auto *connection = qobject_cast<const HttpConnection *>(&socket))
        return qobject_cast<const TlsSocket *>(connection->inner());
    return qobject_cast<const TlsSocket *>(&socket);
}

} // namespace pushdeck
