// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTcpSocket>

#include <optional>

namespace pushdeck {

/// One HTTP response as it came over the wire.
struct WireAnswer
{
    int status = 0;
    QByteArray head; ///< status line and fields
    QByteArray body; ///< chunks joined
    bool chunked = false;

    [[nodiscard]] QByteArray field(const QByteArray &name) const;
    [[nodiscard]] bool has(const QByteArray &name) const;
};

/// A client that sends exactly the bytes it is told to, and reads only when it is asked to where it
/// was made slow. What it awaits it awaits for five seconds; a failed wait says what was there.
class WireClient final
{
public:
    explicit WireClient(quint16 port);
    ~WireClient();

    void send(const QByteArray &bytes);
    /// "METHOD TARGET HTTP/1.1", Host, the fields (whole lines, with CRLF), and a body's length.
    void request(const QByteArray &method, const QByteArray &target, const QByteArray &fields = {},
                 const QByteArray &body = {});

    /// Whether the text comes. What stands up to its end is removed.
    bool awaitText(const QByteArray &text);
    /// Removes and returns what stands before the text, which is removed as well; null where it
    /// does not come.
    QByteArray takeUntil(const QByteArray &text);
    /// At least so many bytes, removed and returned; null where they do not come.
    QByteArray takeBytes(qsizetype count);
    /// The next response, removed. Nothing: the server closed, or was silent.
    std::optional<WireAnswer> answer(bool toHead = false);
    /// Only the head of the next response, removed: what follows is a stream.
    std::optional<WireAnswer> head();
    bool awaitClose();

    /// Everything there is, left where it is.
    [[nodiscard]] const QByteArray &received();
    [[nodiscard]] bool isOpen() const;

    /// From now on at most so many bytes are taken from the kernel until resumeReading(): the
    /// server sees a client that does not read.
    void stopReading();
    void resumeReading();

    void close();
    void shutDownWriting();
    /// Closes with a reset instead of a FIN.
    void reset();

    [[nodiscard]] QTcpSocket &socket() { return m_socket; }

private:
    void take();

    QTcpSocket m_socket;
    QByteArray m_input;
};

} // namespace pushdeck
