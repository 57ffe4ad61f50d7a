// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/requesthead.h"

#include <optional>
#include <vector>

namespace pushdeck {

/// A request that is not taken, and what its client is told.
struct Refusal
{
    int status = 0;
    QByteArray sentence;            ///< for a person; becomes the body
    std::vector<Field> extraFields; ///< replace the response's own of that name
};

/// What stands behind a status in its line (RFC 9110, 15).
[[nodiscard]] QByteArray reasonPhrase(int status);

/// The whole response: text/plain, readable across origins, `Connection: close`.
[[nodiscard]] QByteArray refusalResponse(const Refusal &refusal, bool withoutBody);

/// What is wrong with a request to become a WebSocket (RFC 6455, 4.2.1), where something is. As
/// strict as QWebSocketServer, which says nothing to what it does not take.
[[nodiscard]] std::optional<Refusal> checkUpgrade(const RequestHead &head);

} // namespace pushdeck
