// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/addresscounts.h"
#include "net/deadlines.h"
#include "net/limits.h"

#include <QPointer>
#include <QTcpSocket>

#include <memory>

namespace pushdeck {

/// What the sockets of one front door share, and what must outlive the door because a taken-over
/// socket may.
struct DoorState
{
    explicit DoorState(const Limits &given);

    const Limits limits;
    Deadlines deadlines;
    int openSockets = 0;
    AddressCounts addresses;        ///< of those that are bounded
    AddressCounts addressesRefused; ///< the same, while they are being told
    qint64 bodiesBytes = 0;         ///< of request bodies being collected
    QPointer<QObject> door;         ///< adopts sockets that nobody owns while they close
};

/// An accepted connection, under TLS or not, as whoever reads and writes it sees it.
class AcceptedSocket : public QTcpSocket
{
public:
    /// While one lives, what is written goes nowhere and the socket does not close: for the end of
    /// an object of Qt's that thinks the connection its own.
    class Silence final
    {
    public:
        explicit Silence(AcceptedSocket &socket) : m_socket(socket) { socket.m_silent = true; }
        ~Silence() { m_socket.m_silent = false; }
        Silence(const Silence &) = delete;
        Silence &operator=(const Silence &) = delete;

    private:
        AcceptedSocket &m_socket;
    };

protected:
    using QTcpSocket::QTcpSocket;
    [[nodiscard]] bool isSilent() const { return m_silent; }

private:
    bool m_silent = false;
};

/// An accepted socket: a QTcpSocket that is counted until it is destroyed, whoever owns it by then,
/// and whose writes go to the kernel at once where nothing waits before them. What is Qt's own to
/// say, a WebSocket's handshake, pongs and closes, then costs no buffer (32 KiB, kept for good), no
/// write notifier and no further turn of the event loop; `bytesWritten` does not tell of it.
class ClientSocket final : public AcceptedSocket
{
public:
    explicit ClientSocket(std::shared_ptr<DoorState> state, QObject *parent = nullptr);
    ~ClientSocket() override;

    [[nodiscard]] const std::shared_ptr<DoorState> &doorState() const { return m_state; }

    /// It was counted there, and is until it is destroyed, whoever has it by then and whatever of
    /// its signals is disconnected. `counts` is one of the door's state.
    void leaveWhenGone(AddressCounts &counts, const QByteArray &network)
    {
        m_counts = &counts;
        m_network = network;
    }

    /// Connected, and nothing waits in Qt's queue: what is sent straight to descriptor() overtakes
    /// nothing. What maySendDirectly() finds out in five places of memory stands in one here, which
    /// is what a delivery to one of thousands costs.
    [[nodiscard]] bool isClear() const
    {
        Q_ASSERT(!m_clear || isDirect());
        return m_clear || (m_queued && hasDrained());
    }
    [[nodiscard]] qintptr descriptor() const { return m_descriptor; }

    /// `*observer` points to this socket, and is null from its destruction on. One at a time; null:
    /// nobody.
    void setObserver(ClientSocket **observer) { m_observer = observer; }

    bool setSocketDescriptor(qintptr descriptor, SocketState state = ConnectedState,
                             OpenMode mode = ReadWrite) override;
    void disconnectFromHost() override;
    void close() override;

protected:
    qint64 writeData(const char *data, qint64 size) override;

private:
    [[nodiscard]] bool isDirect() const;
    [[nodiscard]] bool hasDrained() const;

    std::shared_ptr<DoorState> m_state;
    ClientSocket **m_observer = nullptr;
    int m_descriptor = -1;
    mutable bool m_clear = false;
    mutable bool m_queued = false; ///< Qt was given something, and was not yet seen to have sent it
    AddressCounts *m_counts = nullptr; ///< in m_state; null: not counted
    QByteArray m_network;
};

/// What an accepted socket, under TLS or not, shares with the others of its door; null for a socket
/// that is no accepted one.
[[nodiscard]] std::shared_ptr<DoorState> doorStateOf(const QTcpSocket &socket);

/// "address:port" of a peer, IPv4 without its IPv6 mapping, IPv6 in brackets.
[[nodiscard]] QString peerNameOf(const QAbstractSocket &socket);

/// The peer's address, IPv4 without its IPv6 mapping.
[[nodiscard]] QHostAddress peerAddressOf(const QAbstractSocket &socket);

/// Stops or resumes looking at the descriptor for input. While stopped, a FIN is not noticed, so Qt
/// does not close the descriptor under a response that still leaves. (QTcpSocket has no public way
/// to do so; this finds the notifier among its children. Where there is none it does nothing.)
void setReading(QTcpSocket &socket, bool on);

/// Sends what the kernel takes now, and leaves the rest to the socket.
void sendThrough(QTcpSocket &socket, const QByteArray &bytes);
void sendThrough(QTcpSocket &socket, const QByteArray *parts, qsizetype count);

} // namespace pushdeck
