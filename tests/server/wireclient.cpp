// SPDX-License-Identifier: GPL-3.0-or-later
#include "wireclient.h"

#include <QHostAddress>
#include <QtTest>

#include <sys/socket.h>

namespace pushdeck {

namespace {

constexpr int kPatienceMs = 5000;
/// Joins the chunks at the front of `input`; nothing while the last has not come. `used` is what
/// they take.
std::optional<QByteArray> joined(const QByteArray &input, qsizetype &used)
{
    QByteArray body;
    qsizetype at = 0;
    for (;;) {
        const qsizetype lineEnd = input.indexOf("\r\n", at);
        if (lineEnd < 0)
            return std::nullopt;
        const qsizetype size = input.mid(at, lineEnd - at).toLongLong(nullptr, 16);
        if (input.size() < lineEnd + 2 + size + 2)
            return std::nullopt;
        body += input.mid(lineEnd + 2, size);
        at = lineEnd + 2 + size + 2;
        if (size == 0) {
            used = at;
            return body;
        }
    }
}

} // namespace

QByteArray WireAnswer::field(const QByteArray &name) const
{
    const QByteArrayList lines = head.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

bool WireAnswer::has(const QByteArray &name) const
{
    return head.toLower().contains("\r\n" + name.toLower() + ':');
}

WireClient::WireClient(quint16 port)
{
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket.connectToHost(QHostAddress::LocalHost, port);
    (void)QTest::qWaitFor([this] { return isOpen(); }, kPatienceMs);
}

WireClient::~WireClient()
{
    m_socket.abort();
}

void WireClient::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
    m_socket.flush();
}

void WireClient::request(const QByteArray &method, const QByteArray &target,
                         const QByteArray &fields, const QByteArray &body)
{
    QByteArray bytes = method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields;
    if (!body.isEmpty() || method == "POST" || method == "PUT")
        bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    send(bytes + "\r\n" + body);
}

void WireClient::take()
{
    if (m_socket.readBufferSize() == 0)
        m_input += m_socket.readAll();
}

const QByteArray &WireClient::received()
{
    take();
    return m_input;
}

bool WireClient::awaitText(const QByteArray &text)
{
    return !takeUntil(text).isNull();
}

QByteArray WireClient::takeUntil(const QByteArray &text)
{
    qsizetype at = -1;
    qsizetype searched = 0;
    (void)QTest::qWaitFor(
        [&] {
            take();
            at = m_input.indexOf(text, searched);
            searched = qMax<qsizetype>(0, m_input.size() - text.size());
            return at >= 0 || !isOpen();
        },
        kPatienceMs);
    if (at < 0) {
        qWarning() << "waited in vain for" << text.left(200) << "with" << m_input.left(2000)
                   << (isOpen() ? "still open" : "closed");
        return {};
    }
    QByteArray before = m_input.first(at);
    m_input.remove(0, at + text.size());
    return before.isNull() ? QByteArray("") : before;
}

QByteArray WireClient::takeBytes(qsizetype count)
{
    const bool came = QTest::qWaitFor(
        [&] {
            take();
            return m_input.size() >= count || !isOpen();
        },
        kPatienceMs);
    if (!came || m_input.size() < count)
        return {};
    const QByteArray bytes = m_input.first(count);
    m_input.remove(0, count);
    return bytes.isNull() ? QByteArray("") : bytes;
}

std::optional<WireAnswer> WireClient::head()
{
    const QByteArray text = takeUntil("\r\n\r\n");
    if (!text.startsWith("HTTP/1.1 "))
        return std::nullopt;
    WireAnswer answer;
    answer.head = text + "\r\n";
    answer.status = text.mid(9, 3).toInt();
    answer.chunked = answer.field("Transfer-Encoding") == "chunked";
    return answer;
}

std::optional<WireAnswer> WireClient::answer(bool toHead)
{
    auto answer = head();
    if (!answer || toHead || answer->status < 200 || answer->status == 204 || answer->status == 304)
        return answer;
    if (answer->chunked) {
        qsizetype used = 0;
        std::optional<QByteArray> body;
        const bool came = QTest::qWaitFor(
            [&] {
                take();
                body = joined(m_input, used);
                return body.has_value();
            },
            kPatienceMs);
        if (!came)
            return std::nullopt;
        m_input.remove(0, used);
        answer->body = *body;
        return answer;
    }
    const qsizetype length = answer->field("Content-Length").toLongLong();
    const QByteArray body = takeBytes(length);
    if (body.isNull() && length > 0)
        return std::nullopt;
    answer->body = body;
    return answer;
}

bool WireClient::awaitClose()
{
    return QTest::qWaitFor(
        [this] {
            take();
            return m_socket.state() == QAbstractSocket::UnconnectedState;
        },
        kPatienceMs);
}

bool WireClient::isOpen() const
{
    return m_socket.state() == QAbstractSocket::ConnectedState;
}

void WireClient::stopReading()
{
    take();
    m_socket.setReadBufferSize(1);
}

void WireClient::resumeReading()
{
    m_socket.setReadBufferSize(0);
    take();
}

void WireClient::close()
{
    m_socket.disconnectFromHost();
}

void WireClient::shutDownWriting()
{
    m_socket.flush();
    ::shutdown(int(m_socket.socketDescriptor()), SHUT_WR);
}

void WireClient::reset()
{
    const linger hard{1, 0};
    ::setsockopt(int(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    m_socket.abort();
}

} // namespace pushdeck
