// SPDX-License-Identifier: GPL-3.0-or-later
// The way in: from the client's bytes to the one clean request that Qt is shown.
#include "net/chunkeddecoder.h"
#include "net/directreceive.h"
#include "net/headreader.h"
#include "net/httpconnection.h"
#include "net/requestrepeat.h"

#include <QEvent>
#include <QScopedValueRollback>

#include <array>

namespace pushdeck {

namespace {

/// Requests of a client that does not read its responses wait at this much unsent output.
constexpr qint64 kMostUnsentBytes = 256 * 1024;

} // namespace

/// Requests that are answered at once are dealt with in a row, as long as they are all there: a
/// client may have stopped sending behind the last one.
void HttpConnection::process()
{
    if (m_processing)
        return;
    QScopedValueRollback processing(m_processing, true);
    for (;;) {
        if (m_phase == Phase::Head && m_inner->bytesToWrite() > kMostUnsentBytes)
            break;
        if (m_phase == Phase::Head && m_repeat && !m_parser && takeRepeat()) {
            if (m_phase == Phase::Head)
                continue; // answered at once
            break;
        }
        if (m_phase == Phase::Head && !readNextHead())
            break;
        if (m_phase != Phase::Body || !readBody())
            break;
        expose();
    }
    settle();
}

bool HttpConnection::readNextHead()
{
    if (m_inner->bytesAvailable() == 0)
        return false;
    if (!m_parser)
        m_parser = std::make_unique<HeadParser>(m_state->limits);
    m_head = {};
    m_isHead = false;
    const HeadParser::State state = readHead(*m_inner, *m_parser);
    if (state == HeadParser::State::NeedMore)
        return false;
    const std::unique_ptr<HeadParser> parser = std::move(m_parser);
    if (state == HeadParser::State::Bad) {
        m_isHead = parser->method() == "HEAD";
        refuse(parser->status(), parser->sentence());
        return false;
    }
    if (parser->head().isUpgradeToWebSocket() && m_host->takesUpgrades()) {
        consume(*m_inner, parser->leadingLength());
        m_host->upgradeRequested(detach(), parser->takeHead(),
                                 parser->headLength() - parser->leadingLength());
        gone();
        return false;
    }
    if (m_taker && !m_repeat)
        m_rawHead = m_inner->peek(parser->headLength());
    consume(*m_inner, parser->headLength());
    return acceptHead(parser->takeHead());
}

/// The very request as before, but for its value: true if the taker takes it.
bool HttpConnection::takeRepeat()
{
    const qsizetype size = m_inner->bytesAvailable();
    if (!m_taker || !m_repeat->canBe(size))
        return false;
    std::array<char, RequestRepeat::kMostBytes> bytes;
    if (m_inner->peek(bytes.data(), size) != size)
        return false;
    const QByteArrayView value = m_repeat->valueIn({bytes.data(), size});
    if (value.isNull())
        return false;
    consume(*m_inner, size);
    return takeRepeat({bytes.data(), size}, value);
}

bool HttpConnection::takeRepeat(QByteArrayView bytes, QByteArrayView value)
{
    m_isHead = false;
    m_deadline = Deadline::None;
    m_meter.begin({false, false, m_close});
    m_phase = Phase::Exposed;
    if (m_taker->takeRepeat(value))
        return true;
    HeadParser parser(m_state->limits);
    parser.feed(bytes);
    Q_ASSERT(parser.state() == HeadParser::State::Ok); // as it was
    acceptHead(parser.takeHead());
    return false;
}

bool HttpConnection::eventFilter(QObject *watched, QEvent *event)
{
    return event->type() == QEvent::SockAct ? receiveRepeat()
                                            : QTcpSocket::eventFilter(watched, event);
}

/// The way of the most frequent request of all, the next poll: not through Qt's buffer. True where
/// Qt has nothing left to do.
bool HttpConnection::receiveRepeat()
{
    if (m_phase != Phase::Head || !m_repeat || !m_taker || m_parser || m_processing)
        return false;
    DirectReceive receive;
    const auto bytes = receive.from(*m_inner);
    if (!bytes || bytes->isEmpty())
        return bytes.has_value();
    if (const QByteArrayView value = m_repeat->valueIn(*bytes); value.isNull()) {
        receive.giveBack(*m_inner);
    } else {
        QScopedValueRollback processing(m_processing, true);
        (void)takeRepeat(*bytes, value);
    }
    process();
    return true;
}

void HttpConnection::setTaker(RequestTaker *taker)
{
    RequestTaker *before = std::exchange(m_taker, taker);
    if (before != taker)
        m_repeat.reset();
    // Qt's server has read its request through a buffer of 16 KiB, which a held poll would keep.
    if (!before && taker && m_phase != Phase::Gone)
        giveBackBuffer(*this);
    if (before && taker && before != taker)
        before->replaced();
}

void HttpConnection::expectRepeat(const QByteArray &value, const QByteArray &carrier,
                                  const QByteArray &date)
{
    if (m_head.minorVersion >= 1 && !m_head.closes && !m_isHead && m_body.isEmpty() &&
        carrier.contains(value))
        m_repeat = RequestRepeat::of(m_rawHead, value, date);
    if (m_repeat && !m_receives)
        m_receives = DirectReceive::install(*m_inner, *this);
    m_rawHead = {};
}

/// Decides on the head alone what can be decided, before a body is waited for.
bool HttpConnection::acceptHead(RequestHead head)
{
    m_head = std::move(head);
    m_isHead = m_head.method == "HEAD";
    m_deadline = Deadline::None;
    if (m_head.contentLength.value_or(0) > quint64(m_state->limits.bodyBytes)) {
        refuse(413, QT_TR_NOOP("The request's body is larger than this server takes."));
        return false;
    }
    if (m_head.expectsContinue && m_head.hasBody() && m_inner->bytesAvailable() == 0)
        sendThrough(*m_inner, "HTTP/1.1 100 Continue\r\n\r\n");
    if (m_head.chunked)
        m_chunks = std::make_unique<ChunkedDecoder>();
    m_phase = Phase::Body;
    return true;
}

/// True once the body is complete. False as well if the request was refused.
bool HttpConnection::readBody()
{
    return m_chunks ? readChunkedBody() : readPlainBody();
}

bool HttpConnection::readPlainBody()
{
    const auto length = qint64(m_head.contentLength.value_or(0));
    const qint64 size = qMin(m_inner->bytesAvailable(), length - m_body.size());
    if (size > 0) {
        if (!mayGrowBody(size))
            return false;
        const qsizetype before = m_body.size();
        m_body.resize(before + qsizetype(size));
        m_body.resize(before + qsizetype(m_inner->read(m_body.data() + before, size)));
    }
    return m_body.size() == length;
}

bool HttpConnection::readChunkedBody()
{
    while (m_inner->bytesAvailable() > 0) {
        const QByteArray piece = m_inner->peek(qMin(m_inner->bytesAvailable(), qint64(16 * 1024)));
        const qsizetype before = m_body.size();
        m_inner->skip(m_chunks->feed(piece, m_body));
        if (m_chunks->state() == ChunkedDecoder::State::Bad) {
            refuse(400, QT_TR_NOOP("The request's chunked body is malformed."));
            return false;
        }
        if (m_chunks->announcedBytes() > quint64(m_state->limits.bodyBytes)) {
            refuse(413, QT_TR_NOOP("The request's body is larger than this server takes."));
            return false;
        }
        if (!mayGrowBody(m_body.size() - before))
            return false;
        if (m_chunks->state() == ChunkedDecoder::State::Done) {
            m_chunks.reset();
            return true;
        }
    }
    return false;
}

bool HttpConnection::mayGrowBody(qint64 bytes)
{
    if (m_state->bodiesBytes + bytes > m_state->limits.bodiesBytesTotal) {
        refuse(503,
               QT_TR_NOOP(
                   "The server is taking as many request bodies as it can hold; try again later."));
        return false;
    }
    m_state->bodiesBytes += bytes;
    m_budgetedBytes += bytes;
    return true;
}

void HttpConnection::releaseBody()
{
    m_state->bodiesBytes -= std::exchange(m_budgetedBytes, 0);
    m_headForQt = {};
    m_body = {};
    m_readAt = 0;
    m_chunks.reset();
}

void HttpConnection::expose()
{
    m_meter.begin({m_isHead, m_head.minorVersion == 0, m_close || m_head.closes});
    m_phase = Phase::Exposed;
    const bool taken = m_taker && m_body.isEmpty() && m_taker->take();
    m_rawHead = {};
    if (taken)
        return;
    m_headForQt = headForQt();
    m_readAt = 0;
    if (!m_handed) {
        m_handed = true;
        if (!m_host->requestReady(*this)) {
            m_handed = false;
            refuse(503, QT_TR_NOOP("The server is not ready yet."));
            return;
        }
    }
    emit readyRead();
}

/// No field of the client's: nothing then can be read differently there than here, and Qt, which
/// takes a head apart byte by byte, is done in a third of the time.
QByteArray HttpConnection::headForQt() const
{
    QByteArray head;
    head.reserve(m_head.method.size() + m_head.target.size() + 96);
    head += m_isHead ? QByteArray("GET") : m_head.method;
    head += ' ';
    head += m_head.target == "*" ? QByteArray("/") : m_head.target;
    head += " HTTP/1.1\r\n";
    head += kIdHeader;
    head += ": " + QByteArray::number(m_id);
    if (!m_body.isEmpty())
        head += "\r\nContent-Length: " + QByteArray::number(m_body.size());
    head += "\r\n\r\n";
    return head;
}

} // namespace pushdeck
