// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/deadlines.h"
#include "net/framereader.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTcpSocket>

#include <memory>

namespace pushdeck {

struct DoorState;

/// The server's end of one WebSocket after its handshake (RFC 6455): reads frames, answers pings,
/// and closes as it should. Messages to the client do not pass through here: whoever has them
/// writes whole frames to the socket.
///
/// What a client can cost is bounded: a message under way counts among the bodies being collected
/// (`Limits::bodiesBytesTotal`) and must end within `Limits::frameDeadline`; of pings that cannot
/// be answered yet only the last is (5.5.3); and after some frames the others get their turn.
///
/// Thread: the socket's. Lifetime: owns the socket until it closes; may be deleted at any time,
/// though not in its own signals (deleteLater()), which aborts what is still open.
class WebSocketConnection final : public QObject, private Deadlines::Entry
{
    Q_OBJECT

public:
    /// `socket` is a front door's, its handshake answered.
    explicit WebSocketConnection(QTcpSocket *socket, QObject *parent = nullptr);
    ~WebSocketConnection() override;

    /// Its pong is told with the time it took.
    void ping();

    /// Sends a close frame; once the peer has answered with its own the connection ends. A peer
    /// that does not answer is the caller's to abort(). `reason` is at most 123 bytes of UTF-8.
    void close(quint16 code, const QByteArray &reason);

    /// Ends the connection at once, whatever its state.
    void abort();

    /// Why it closes, from closing() on.
    struct Ending
    {
        quint16 code = 0; ///< 1000 where the peer gave none
        QByteArray reason;
        bool byPeer = false; ///< else we closed because of what it sent, or did not
    };
    [[nodiscard]] const Ending &ending() const { return m_ending; }

signals:
    void textReceived(const QByteArray &utf8);
    void binaryReceived(const QByteArray &data);
    void pongReceived(double elapsedMs);

    /// The peer closes, or what it sends ends the connection: our close frame leaves when this
    /// returns, so what should stand before it must be written now.
    void closing();

    /// The connection is gone. The last signal.
    void disconnected();

private:
    void read();
    void readLater();
    void readOn();
    bool take(FrameReader::Event event);
    void answerPing(const QByteArray &payload);
    void answerLatePing();
    void fail(quint16 code, const QByteArray &reason);
    void finish(quint16 code, const QByteArray &reason, bool byPeer, const QByteArray &payload);
    void linger();
    void countHeld();
    void expired() override;

    enum class Phase : quint8 {
        Open,
        Closing, ///< our close frame has left, the peer's has not come
        Ended    ///< the socket is no longer ours to read
    };

    QPointer<QTcpSocket> m_socket;
    std::shared_ptr<DoorState> m_state;
    FrameReader m_reader;
    Ending m_ending;
    QByteArray m_latePing; ///< null: none
    QElapsedTimer m_pinged;
    qsizetype m_heldBytes = 0; ///< counted among the bodies
    Phase m_phase = Phase::Open;
    bool m_readOnPosted = false;
};

} // namespace pushdeck
