// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/authoritypages.h"
#include "api/operatorapi.h"
#include "api/pages.h"
#include "monitor/snapshot.h"
#include "net/frontdoor.h"
#include "server/serverparts.h"
#include "transport/httpendpoint.h"
#include "transport/websocketendpoint.h"

#include <QHttpServer>

#include <functional>
#include <memory>

namespace pushdeck {

/// What lives from start to stop. The order of members matters: endpoints, and with them every held
/// response, go before the QHttpServer, and the front door goes with that.
struct Listening
{
    using Look = std::function<Snapshot()>;
    using LookAtEncryption = std::function<std::shared_ptr<const EncryptionInfo>()>;

    Listening(ServerParts &parts, const QString &wwwFolder, Look look,
              LookAtEncryption lookAtEncryption, std::unique_ptr<FrontDoor> openDoor);

    [[nodiscard]] bool hasSessions() const;

    OperatorApi api;
    Pages pages;
    AuthorityPages authorityPages;
    FrontDoor *door; ///< the QHttpServer's child once it is bound
    std::unique_ptr<QHttpServer> http;
    bool bound;
    std::unique_ptr<WebSocketEndpoint> webSockets;
    std::unique_ptr<HttpEndpoint> endpoint;
    std::int64_t startedAtMs = 0;
    std::vector<ServerAddress> addresses;
    QString boundTo;
};

/// What clients may be told to connect to, most useful first.
[[nodiscard]] std::vector<ServerAddress> addressesFor(const QString &boundTo, std::uint16_t port,
                                                      bool tls);

} // namespace pushdeck
