// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/visitor.h"

#include "net/addresscounts.h"
#include "net/tlssocket.h"

#include <QHostAddress>
#include <QTcpSocket>

namespace pushdeck {

namespace {

/// Real ones are shorter; what is longer only fills the log.
constexpr qsizetype kFieldCharacters = 256;

/// The name Mercure's clients give it.
constexpr char kTokenCookie[] = "mercureAuthorization";

QString fieldOf(const RequestHead &head, QByteArrayView name)
{
    return QString::fromUtf8(head.value(name).left(4 * kFieldCharacters)).left(kFieldCharacters);
}

QHostAddress unmapped(const QHostAddress &address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    return isIpv4 ? QHostAddress(ipv4) : address;
}

/// A proxy on this machine speaks for others, and most say so (RFC 7239, RFC 9110, 7.6.3, and what
/// was there before them).
bool isForwarded(const RequestHead &head)
{
    for (const char *name :
         {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"}) {
        if (head.has(name))
            return true;
    }
    return false;
}

} // namespace

Visitor visitorOf(const RequestHead &head, const QTcpSocket &socket)
{
    // A machine that talks to itself does so with one address at both ends, or over loopback.
    const QHostAddress peer = unmapped(socket.peerAddress());
    Visitor visitor;
    visitor.fromThisMachine =
        (peer.isLoopback() || peer == unmapped(socket.localAddress())) && !isForwarded(head);
    visitor.encrypted = tlsOf(socket) != nullptr;
    visitor.network = networkOf(peer);
    visitor.host = head.value("Host");
    visitor.origin = head.value("Origin");
    visitor.fetchSite = head.value("Sec-Fetch-Site");
    visitor.changes = head.method != "GET" && head.method != "HEAD";
    visitor.token = tokenOf(head);
    visitor.cookieToken = cookieOf(head, kTokenCookie);
    return visitor;
}

QString peerAddress(const QTcpSocket &socket)
{
    return unmapped(socket.peerAddress()).toString();
}

QString peerName(const QTcpSocket &socket)
{
    const QString address = peerAddress(socket);
    const QString port = QString::number(socket.peerPort());
    return address.contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2").arg(address, port)
                                              : QStringLiteral("%1:%2").arg(address, port);
}

std::shared_ptr<const ClientRequest> requestFacts(const RequestHead &head, const QTcpSocket &socket)
{
    auto facts = std::make_shared<ClientRequest>();
    facts->host = fieldOf(head, "Host");
    facts->origin = fieldOf(head, "Origin");
    facts->language = fieldOf(head, "Accept-Language");
    facts->protocol = QStringLiteral("HTTP/1.%1").arg(head.minorVersion);
    if (const TlsSocket *encrypted = tlsOf(socket)) {
        facts->tlsVersion = encrypted->tlsVersion();
        facts->tlsCipher = encrypted->tlsCipher();
    }
    return facts;
}

ClientInfo describeClient(const SubscriptionRequest &request, const QTcpSocket &socket,
                          const QString &userAgent, std::shared_ptr<const ClientRequest> facts,
                          std::int64_t nowMs)
{
    ClientInfo info;
    info.format =
        request.format == PayloadFormat::Json ? QStringLiteral("json") : QStringLiteral("raw");
    for (const TopicPattern &topic : request.topics)
        info.topics.append(QString::fromUtf8(topic.name()));
    info.address = peerAddress(socket);
    info.port = socket.peerPort();
    info.userAgent = userAgent.left(kFieldCharacters);
    info.request = std::move(facts);
    info.name = QString::fromUtf8(request.clientId);
    info.connectedAtMs = nowMs;
    info.lastActivityMs = nowMs;
    return info;
}

} // namespace pushdeck
