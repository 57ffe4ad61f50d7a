// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/clientsocket.h"
#include "net/deadlines.h"
#include "net/requesthead.h"
#include "net/responsemeter.h"
#include "net/sendbatch.h"

#include <QTcpSocket>

#include <memory>
#include <vector>

namespace pushdeck {

class ChunkedDecoder;
class HttpConnection;
class RequestRepeat;
struct Refusal;

/// What a connection asks of the front door it came through; it outlives or ends its connections.
class HttpConnectionHost
{
public:
    /// The first complete request is there: hands the connection to whoever reads it. False if
    /// there is nobody.
    [[nodiscard]] virtual bool requestReady(HttpConnection &connection) = 0;
    /// Over: taken, closed, refused or left. Called once.
    virtual void connectionGone(HttpConnection &connection) = 0;
    /// `socket` asks for an upgrade, its head of that length still unread. Takes the socket.
    virtual void upgradeRequested(QTcpSocket *socket, const RequestHead &head,
                                  qsizetype headLength) = 0;
    /// Counts, tells, and answers a refusal. Takes the socket.
    virtual void turnAway(QTcpSocket *socket, const Refusal &refusal, bool withoutBody) = 0;
    [[nodiscard]] virtual bool takesUpgrades() const = 0;

protected:
    ~HttpConnectionHost() = default;
};

/// Whoever answers further requests of a connection in place of Qt's server.
class RequestTaker
{
public:
    /// A complete request without body is there, in HttpConnection::request(). True: it is answered
    /// with HttpConnection::respond(), now or later. False: it goes to Qt's server.
    [[nodiscard]] virtual bool take() = 0;
    /// The request of HttpConnection::expectRepeat() is there again, with this in place of the
    /// value it had; `HttpConnection::request()` is not there. As take(); after false it is parsed
    /// after all, and take() is asked.
    [[nodiscard]] virtual bool takeRepeat(QByteArrayView value) = 0;
    /// Another has taken its place.
    virtual void replaced() = 0;

protected:
    ~RequestTaker() = default;
};

/// The guard between the network and QHttpServer: a QTcpSocket to Qt, wrapped around the real one.
/// Qt finds in it exactly one clean, complete request at a time: the method (a GET for a HEAD), the
/// target, the body with its length, and one header, `kIdHeader`, by which a route finds its
/// connection: FrontDoor::connection(id). None of the client's own fields: those are in
/// `request()`. The next request is exposed when the response to this one has ended, which it knows
/// because it measures what Qt writes. It mends that response as well: HEAD without body,
/// `Connection: close`, HTTP/1.0.
///
/// A response must have a Content-Length, be chunked, or have a status without body; any other is
/// sent with `Connection: close` and ends with disconnectFromHost(). Responses larger than
/// `Limits::backlogBytes` should be streams.
///
/// `disconnected` is emitted once: the client left, a limit was broken, the response was the last,
/// or the socket was taken. A client that only stops sending (half-close) while an answered
/// request's response leaves still gets it; while a response is *held*, it counts as having left.
/// From `disconnected` on the connection does nothing, writes return -1, and Qt deletes it: drop a
/// held responder in that slot and keep no pointer.
///
/// Thread: the front door's. Made by FrontDoor only.
class HttpConnection final : public QTcpSocket, private Deadlines::Entry, private SendBatch::Sender
{
    Q_OBJECT

public:
    /// The connection's id, in the request Qt sees.
    static constexpr char kIdHeader[] = "X-Pushdeck-Connection";

    HttpConnection(quint64 id, QTcpSocket *inner, std::shared_ptr<DoorState> state,
                   HttpConnectionHost *host, QObject *parent);
    ~HttpConnection() override;

    /// Rises over the life of the front door, never reused, never 0.
    [[nodiscard]] quint64 connectionId() const { return m_id; }

    /// The exposed request's head as the client sent it. Valid until the next one is exposed; a
    /// route copies what it keeps past its response.
    [[nodiscard]] const RequestHead &request() const { return m_head; }

    /// The exposed request is a HEAD (Qt is shown a GET).
    [[nodiscard]] bool isHead() const { return m_isHead; }

    /// A request was exposed and its response has not ended.
    [[nodiscard]] bool isPending() const { return m_phase == Phase::Exposed; }

    /// Says `Connection: close` in the next response head and closes after that response.
    void closeAfterResponse() { m_close = true; }

    /// From the next request on `taker` is asked first; null: nobody. Whoever is it withdraws
    /// before it dies, and when the connection is `disconnected`.
    void setTaker(RequestTaker *taker);
    [[nodiscard]] RequestTaker *taker() const { return m_taker; }

    /// From within RequestTaker::take(): the request will come again, byte for byte the same but
    /// for `value`, which is part of `carrier`, a field's value or a parameter, and for `date`,
    /// which says nothing; empty: there is none. Such a one goes to RequestTaker::takeRepeat()
    /// unparsed, until there is another taker. Does nothing where the two cannot be told apart for
    /// certain; see RequestRepeat.
    void expectRepeat(const QByteArray &value, const QByteArray &carrier, const QByteArray &date);

    /// A whole response to the exposed request, without `Connection` and `Date` and with a
    /// Content-Length where its status has one, in two parts: the first ends with a line of the
    /// head, the second begins with one and may be shared. Whoever answers this way writes nothing
    /// through Qt's responder. Does nothing where no request is pending. It may leave with `batch`,
    /// which must be sent before the event loop goes on.
    void respond(const QByteArray &begin, const QByteArray &rest, SendBatch *batch = nullptr);

    /// For a stream: hands out the real socket, without parent, without half-read state, and with a
    /// read buffer bounded to `kReadBufferBytes`: its owner has to read and throw away what comes,
    /// or it will not see the client leave. Nothing of the response may have been written through
    /// this object. Input that came after the request is discarded. Emits `disconnected` here.
    /// Legal inside a route's handler. nullptr if the client has left already.
    [[nodiscard]] QTcpSocket *takeSocket();

    /// Ends the connection from outside: an answer under way may leave, a held one is dropped.
    void shutDown();

    /// The real socket; null once it is gone.
    [[nodiscard]] const QTcpSocket *inner() const { return m_inner; }

    static constexpr qint64 kReadBufferBytes = 64 * 1024;

    // What Qt sees. Overrides only.
    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] qint64 bytesToWrite() const override;
    [[nodiscard]] qintptr socketDescriptor() const override;
    [[nodiscard]] bool isSequential() const override { return true; }
    void disconnectFromHost() override;
    void close() override;
    bool waitForReadyRead(int) override { return false; }
    bool waitForBytesWritten(int msecs) override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 skipData(qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    friend class FrontDoor;

    enum class Phase : quint8 {
        Head,    ///< between requests, or in a head
        Body,    ///< head taken, body not complete
        Exposed, ///< Qt has the request; its response has not ended
        Closing, ///< the last response has ended; the rest happens in settle()
        Gone
    };

    /// What the armed deadline is for, so that it is not moved on by mere activity.
    enum class Deadline : quint8 { None, Idle, Head, Body, Handler, Stall };

    /// Response bytes are collected up to this before the response's end.
    static constexpr qsizetype kSendAtBytes = 64 * 1024;

    // Way in (httprequests.cpp).
    void begin(RequestHead head);
    void process();
    bool readNextHead();
    bool takeRepeat();
    bool takeRepeat(QByteArrayView bytes, QByteArrayView value);
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool receiveRepeat();
    bool acceptHead(RequestHead head);
    bool readBody();
    bool readPlainBody();
    bool readChunkedBody();
    bool mayGrowBody(qint64 bytes);
    void releaseBody();
    void expose();
    [[nodiscard]] QByteArray headForQt() const;

    // Way out (httpresponses.cpp).
    void takeResponse(QByteArrayView bytes);
    void responseDone();
    void responseBroken();
    void sendOut();
    [[nodiscard]] bool joinBatch(SendBatch &batch, const QByteArray *parts, qsizetype count);
    void sent(const DirectSend &sent, QByteArrayView bytes) override;
    void leaveBatch();

    void innerReadyRead();
    void innerWrote(qint64 bytes);
    void innerError(QAbstractSocket::SocketError error);
    void innerGone();
    void expired() override;
    void postLater();
    void later();
    void settle();
    void armDeadline();
    void refuse(int status, const QByteArray &sentence);
    void finish();
    [[nodiscard]] QTcpSocket *detach();
    void gone();

    QTcpSocket *m_inner;
    std::shared_ptr<DoorState> m_state;
    HttpConnectionHost *m_host;
    RequestTaker *m_taker = nullptr;
    const quint64 m_id;

    RequestHead m_head;
    std::unique_ptr<HeadParser> m_parser; ///< only while a head is incomplete
    QByteArray m_rawHead;                 ///< inside take(): the head as it came
    std::unique_ptr<RequestRepeat> m_repeat;
    std::unique_ptr<ChunkedDecoder> m_chunks;
    QByteArray m_headForQt;
    QByteArray m_body;
    qsizetype m_readAt = 0;     ///< into m_headForQt, then m_body
    qint64 m_budgetedBytes = 0; ///< this body's part of DoorState::bodiesBytes
    QByteArray m_out;           ///< measured response bytes not handed on yet
    ResponseMeter m_meter;
    SendBatch *m_batch = nullptr; ///< a response waits in it

    Phase m_phase = Phase::Head;
    Deadline m_deadline = Deadline::None;
    bool m_isHead = false;
    bool m_close = false;
    bool m_handed = false; ///< QHttpServer has it and deletes it
    bool m_processing = false;
    bool m_receives = false;    ///< eventFilter() sees when there is something to read
    bool m_readingHeld = false; ///< input is not looked at while output leaves
    bool m_writing = false;     ///< inside writeData(): emit nothing
    bool m_laterPosted = false;
    bool m_goneUnsaid = false; ///< `disconnected` is owed by later()
};

} // namespace pushdeck
