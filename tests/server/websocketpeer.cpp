// SPDX-License-Identifier: GPL-3.0-or-later
#include "websocketpeer.h"

#include <QJsonDocument>
#include <QtEndian>
#include <QtTest>

namespace pushdeck {

namespace {

constexpr std::uint32_t kMask = 0x12fe34dc;
constexpr int kNoCloseCode = 1005; // RFC 6455, 7.4.1

} // namespace

int WireFrame::closeCode() const
{
    return payload.size() < 2 ? kNoCloseCode : qFromBigEndian<quint16>(payload.constData());
}

WebSocketPeer::WebSocketPeer(quint16 port, const QByteArray &target, const QByteArray &protocol,
                             const QByteArray &fields)
    : m_wire(port)
{
    QByteArray lines =
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
        fields;
    if (!protocol.isEmpty())
        lines += "Sec-WebSocket-Protocol: " + protocol + "\r\n";
    m_wire.request("GET", target, lines);
    m_answer = m_wire.head();
    if (!m_answer)
        QTest::qFail("No answer to the upgrade.", __FILE__, __LINE__);
}

void WebSocketPeer::send(int opcode, const QByteArray &payload, bool final)
{
    sendRaw(static_cast<std::uint8_t>((final ? 0x80 : 0) | opcode), payload, kMask);
}

void WebSocketPeer::sendRaw(std::uint8_t firstByte, const QByteArray &payload, std::uint32_t mask)
{
    QByteArray bytes(1, static_cast<char>(firstByte));
    const int maskBit = mask ? 0x80 : 0;
    char size[8];
    if (payload.size() < 126) {
        bytes.append(static_cast<char>(maskBit | payload.size()));
    } else if (payload.size() <= 0xffff) {
        bytes.append(static_cast<char>(maskBit | 126));
        qToBigEndian(static_cast<quint16>(payload.size()), size);
        bytes.append(size, 2);
    } else {
        bytes.append(static_cast<char>(maskBit | 127));
        qToBigEndian(static_cast<quint64>(payload.size()), size);
        bytes.append(size, 8);
    }
    QByteArray masked = payload;
    if (mask) {
        char key[4];
        qToBigEndian(mask, key);
        bytes.append(key, 4);
        for (qsizetype i = 0; i < masked.size(); ++i)
            masked[i] = static_cast<char>(masked[i] ^ key[i % 4]);
    }
    m_wire.send(bytes + masked);
}

void WebSocketPeer::sendJson(const QJsonObject &object)
{
    sendText(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void WebSocketPeer::sendClose(int code, const QByteArray &reason)
{
    char bytes[2];
    qToBigEndian(static_cast<quint16>(code), bytes);
    send(Close, QByteArray(bytes, 2) + reason);
}

std::optional<WireFrame> WebSocketPeer::frame()
{
    const QByteArray start = m_wire.takeBytes(2);
    if (start.size() < 2)
        return std::nullopt;
    WireFrame frame;
    frame.final = (start[0] & 0x80) != 0;
    frame.opcode = start[0] & 0x0f;
    qsizetype size = start[1] & 0x7f; // a server does not mask
    if (size == 126)
        size = qFromBigEndian<quint16>(m_wire.takeBytes(2).constData());
    else if (size == 127)
        size = static_cast<qsizetype>(qFromBigEndian<quint64>(m_wire.takeBytes(8).constData()));
    frame.payload = m_wire.takeBytes(size);
    if (frame.payload.size() != size)
        return std::nullopt;
    return frame;
}

QByteArray WebSocketPeer::text()
{
    const auto next = frame();
    if (!next || next->opcode != Text)
        return {};
    return next->payload;
}

QJsonObject WebSocketPeer::json()
{
    return QJsonDocument::fromJson(text()).object();
}

std::optional<WireFrame> WebSocketPeer::closeFrame()
{
    auto next = frame();
    return next && next->opcode == Close ? next : std::nullopt;
}

} // namespace pushdeck
