// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/clientsocket.h"
#include "net/plainqueue.h"

#include <QTcpSocket>

#include <memory>

namespace pushdeck {

class TlsChannel;
class TlsContext;
enum class TlsFailure : quint8;

/// An accepted connection under TLS: a QTcpSocket to whoever reads and writes it, wrapped around
/// the real one. Not a QSslSocket, because that makes an SSL context for every connection: it takes
/// 68 kB where this takes 7, no session ever resumes, and what a slow client does not read is kept
/// encrypted, for each client its own.
///
/// Here what is written in one go leaves in one go, joined into records of up to 16 KiB, and what
/// the kernel does not take waits as it was given, shared with all others it is for, and is
/// encrypted when it can leave. An idle connection holds no buffers. bytesToWrite() counts all that
/// is in the program; as with ClientSocket, `bytesWritten` tells only of what had to wait.
///
/// Thread: the front door's. Made by the front door; whoever owns it then destroys it.
class TlsSocket final : public AcceptedSocket
{
    Q_OBJECT

public:
    /// Owns `inner`, of which not a byte was read, and begins to shake hands.
    TlsSocket(std::shared_ptr<const TlsContext> context, ClientSocket *inner,
              QObject *parent = nullptr);
    ~TlsSocket() override;

    [[nodiscard]] bool isEncrypted() const { return m_encrypted; }
    /// "TLS 1.3" and the cipher's name, once encrypted.
    [[nodiscard]] QString tlsVersion() const;
    [[nodiscard]] QString tlsCipher() const;
    [[nodiscard]] bool isResumed() const;
    /// Null once it is released.
    [[nodiscard]] std::shared_ptr<DoorState> doorState() const;

    /// Encrypts and sends all of it together. Shares the parts, should they have to wait.
    void send(const QByteArray *parts, qsizetype count);

    /// Says that nothing more will be sent (close_notify, RFC 8446, 6.1) behind what waits. False:
    /// something waits still; `bytesWritten` tells when to ask again.
    [[nodiscard]] bool endOutput();

    /// Hands out the real socket, without parent, and is over itself.
    [[nodiscard]] ClientSocket *release();

    // What users of a QTcpSocket see. Overrides only.
    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] qint64 bytesToWrite() const override;
    [[nodiscard]] bool canReadLine() const override;
    [[nodiscard]] qintptr socketDescriptor() const override;
    [[nodiscard]] bool isSequential() const override { return true; }
    void setReadBufferSize(qint64 size) override;
    void disconnectFromHost() override;
    /// As of any QTcpSocket; from abort() at once and without a word.
    void close() override;
    bool waitForReadyRead(int) override { return false; }
    bool waitForBytesWritten(int msecs) override;

signals:
    /// The handshake is done.
    void encrypted();
    /// The handshake has come to nothing; the peer was told. Nothing else follows: release() it.
    void handshakeFailed(pushdeck::TlsFailure failure, const QString &words);

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 readLineData(char *data, qint64 maxSize) override;
    qint64 skipData(qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    void innerReadyRead();
    void innerWrote(qint64 bytes);
    void innerError(QAbstractSocket::SocketError error);
    void innerGone();
    bool decrypt();
    void broken();
    void pump();
    void sendEndWhenDone();
    void changeState(QAbstractSocket::SocketState state);

    ClientSocket *m_inner;
    std::unique_ptr<TlsChannel> m_channel;
    QByteArray m_plain; ///< decrypted, not read yet from m_readAt on
    qsizetype m_readAt = 0;
    PlainQueue m_waiting;
    bool m_encrypted = false;
    bool m_endSaid = false;
    bool m_reading = false; ///< within `readyRead`
    bool m_closing = false; ///< to be disconnected once all has left
    bool m_deaf = false;    ///< closed: what comes is thrown away
    bool m_broken = false;
    bool m_moreAsked = false;
};

/// The TLS of a connection, which may stand behind an HttpConnection; null: it has none.
[[nodiscard]] const TlsSocket *tlsOf(const QTcpSocket &socket);

} // namespace pushdeck
