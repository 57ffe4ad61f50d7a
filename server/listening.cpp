// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listening.h"

#include "net/localaddresses.h"
#include "transport/httpcompat.h"
#include "transport/session.h"
#include "transport/visitor.h"

namespace pushdeck {

namespace {

/// The door knows neither tokens nor topics: who is turned away there is one too many, or broken.
RefusalCause causeAtTheDoor(int status)
{
    switch (status) {
        case 429:
            return RefusalCause::Address;
        case 503:
            return RefusalCause::Full;
        default:
            return RefusalCause::Other;
    }
}

} // namespace

Listening::Listening(ServerParts &parts, const QString &wwwFolder, Look look,
                     LookAtEncryption lookAtEncryption, std::unique_ptr<FrontDoor> openDoor)
    : api(parts.context, std::move(look)),
      pages(wwwFolder),
      authorityPages(std::move(lookAtEncryption)),
      door(openDoor.release()),
      http(std::make_unique<QHttpServer>()),
      bound(bindTo(*http, door)),
      webSockets(std::make_unique<WebSocketEndpoint>(parts.context)),
      endpoint(std::make_unique<HttpEndpoint>(parts.context, *http, *door))
{
    door->setUpgradeHandler(
        [this](QTcpSocket *socket, const RequestHead &head) { webSockets->accept(socket, head); });
    QObject::connect(door, &FrontDoor::refused, endpoint.get(),
                     [&parts](const QString &peer, int status, const QString &sentence) {
                         parts.recorder.refused(peer, {}, status, sentence, causeAtTheDoor(status));
                     });
    QObject::connect(door, &FrontDoor::handshook, endpoint.get(),
                     [&parts](bool resumed) { parts.recorder.handshook(resumed); });
    QObject::connect(door, &FrontDoor::handshakeRefused, endpoint.get(),
                     [&parts](const QString &peer, TlsFailure failure, const QString &words) {
                         parts.recorder.handshakeRefused(peer, failure, words);
                     });
    endpoint->setReservedHandler([this](const HttpRequest &request) {
        auto reply = api.handle(request);
        if (!reply)
            reply = authorityPages.handle(request);
        return reply ? reply : pages.reserved(request);
    });
    endpoint->setPageHandler([this](const HttpRequest &request) { return pages.page(request); });
}

bool Listening::hasSessions() const
{
    return !endpoint->findChildren<Session *>(Qt::FindDirectChildrenOnly).isEmpty() ||
           !webSockets->findChildren<Session *>(Qt::FindDirectChildrenOnly).isEmpty();
}

std::vector<ServerAddress> addressesFor(const QString &boundTo, std::uint16_t port, bool tls)
{
    const QString scheme = tls ? QStringLiteral("https") : QStringLiteral("http");
    const QHostAddress bound(boundTo);
    const bool any = boundTo.isEmpty() || bound == QHostAddress::Any ||
                     bound == QHostAddress::AnyIPv4 || bound == QHostAddress::AnyIPv6;
    std::vector<ServerAddress> addresses;
    for (const LocalAddress &local : localAddresses()) {
        if (!any && local.address != bound)
            continue;
        if (bound == QHostAddress::AnyIPv4 &&
            local.address.protocol() != QAbstractSocket::IPv4Protocol)
            continue;
        addresses.push_back(
            {QStringLiteral("%1://%2:%3").arg(scheme, urlHost(local.address)).arg(port),
             local.interface, local.loopback, local.defaultRoute, local.isVirtual});
    }
    return addresses;
}

} // namespace pushdeck
