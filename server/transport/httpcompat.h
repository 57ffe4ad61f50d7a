// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/httpmessage.h"

#include <QHttpServer>
#include <QHttpServerRequest>
#include <QHttpServerResponder>

#include <functional>
#include <memory>

class QTcpServer;

namespace pushdeck {

// Where Qt HttpServer differs between 6.4 and 6.8: here, and nowhere else.

/// A response that is not given yet. Destroy all of them before the QHttpServer, and each when its
/// connection goes.
using HeldResponder = std::unique_ptr<QHttpServerResponder>;

/// Sends the whole reply. The responder is spent.
void sendReply(QHttpServerResponder &responder, const HttpReply &reply);

/// Sends every request to `handle`: the server has no other route.
void routeEverything(QHttpServer &server, QObject *context,
                     std::function<void(const QHttpServerRequest &, HeldResponder)> handle);

/// Gives the server the connections of a QTcpServer that listens already; takes ownership of it.
[[nodiscard]] bool bindTo(QHttpServer &server, QTcpServer *listening);

/// How many connections a server may take between two calls of bindAnew().
inline constexpr int kConnectionsABinding = 32;

/// Keeps taking a connection cheap: QHttpServer asks for its sender() at each, for which QObject
/// looks through all that was ever connected to it and is still there, the newest first, and every
/// connection it has taken is that. After this the listening server is the newest again. Not within
/// a signal of `listening`.
void bindAnew(QHttpServer &server, QTcpServer *listening);

/// A field of a request, empty where there is none.
[[nodiscard]] QByteArray fieldOf(const QHttpServerRequest &request, const QByteArray &name);

} // namespace pushdeck
