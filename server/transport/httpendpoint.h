// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/httpcompat.h"
#include "transport/httpmessage.h"
#include "transport/pollanswers.h"
#include "transport/subscriptionrequest.h"
#include "transport/transportcontext.h"

#include <QObject>

#include <functional>
#include <optional>

namespace pushdeck {

class FrontDoor;
class HttpConnection;
class SseSession;
struct ClientInfo;

/// Every HTTP request that is no upgrade comes here, clean and complete, and becomes an event
/// stream, a long-poll, a publish, or goes to the rooms above: reserved paths and pages. Server's
/// thread.
class HttpEndpoint final : public QObject
{
    Q_OBJECT

public:
    /// Answers a request, or does not take it.
    using Handler = std::function<std::optional<HttpReply>(const HttpRequest &)>;

    /// Routes the server's requests here. `door` must be bound to `server`; both outlive this.
    HttpEndpoint(TransportContext &context, QHttpServer &server, FrontDoor &door,
                 QObject *parent = nullptr);

    /// Reserved paths: what it does not take is 404.
    void setReservedHandler(Handler handler) { m_reserved = std::move(handler); }

    /// Plain GETs of topics, before they become a long-poll.
    void setPageHandler(Handler handler) { m_pages = std::move(handler); }

private:
    void handle(const QHttpServerRequest &request, HeldResponder responder);
    [[nodiscard]] std::optional<HttpReply> plainRefusal(const HttpRequest &request) const;
    void get(HttpConnection &connection, const HttpRequest &request, HeldResponder responder);
    void sendPage(HttpConnection &connection, const HttpRequest &request, HeldResponder responder,
                  HttpReply page);
    void head(HttpConnection &connection, const HttpRequest &request, HeldResponder responder);
    void presence(HttpConnection &connection, const HttpRequest &request, HeldResponder responder);
    void openStream(HttpConnection &connection, const HttpRequest &request,
                    HeldResponder responder);
    [[nodiscard]] ClientInfo describe(const SubscriptionRequest &subscription,
                                      const HttpConnection &connection,
                                      const HttpRequest &request) const;
    [[nodiscard]] SseSession *takeOver(HttpConnection &connection, const HttpRequest &request,
                                       HeldResponder responder,
                                       const SubscriptionRequest &subscription, ClientInfo info);
    void openPoll(HttpConnection &connection, const HttpRequest &request, HeldResponder responder);
    [[nodiscard]] HttpReply publish(const HttpRequest &request);
    [[nodiscard]] HttpReply preflight(const HttpRequest &request) const;
    [[nodiscard]] HttpReply headOnly(const HttpRequest &request) const;
    [[nodiscard]] Result<SubscriptionRequest> admitted(const HttpRequest &request) const;
    void reply(HeldResponder responder, const HttpRequest &request, HttpReply reply);
    void refuse(HeldResponder responder, const HttpRequest &request, const Error &error);
    void note(const HttpRequest &request, const Error &error);
    [[nodiscard]] std::vector<std::pair<QByteArray, QByteArray>> corsFields(
        const HttpRequest &request) const;
    [[nodiscard]] QByteArray corsLines(const HttpRequest &request) const;

    TransportContext &m_context;
    QHttpServer &m_server;
    FrontDoor &m_door;
    int m_sinceBinding = 0; ///< requests, of which each connection's first is one
    PollAnswers m_answers;
    Handler m_reserved;
    Handler m_pages;
};

/// True where the Accept field names this media type itself, not by a wildcard.
[[nodiscard]] bool accepts(const RequestHead &head, QByteArrayView mediaType);

} // namespace pushdeck
