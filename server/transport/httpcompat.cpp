// SPDX-License-Identifier: GPL-3.0-or-later
#include "transport/httpcompat.h"

#include <QHttpServerResponse>
#include <QTcpServer>
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
#include <QHttpHeaders>
#endif

namespace pushdeck {

void sendReply(QHttpServerResponder &responder, const HttpReply &reply)
{
    const auto status = static_cast<QHttpServerResponder::StatusCode>(reply.status);
    QHttpServerResponse response(reply.contentType, reply.body, status);
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QHttpHeaders headers = response.headers();
    for (const auto &[name, value] : reply.fields)
        headers.append(name, value);
    response.setHeaders(std::move(headers));
    responder.sendResponse(response);
#else
    for (const auto &[name, value] : reply.fields)
        response.addHeader(name, value);
    response.write(std::move(responder));
#endif
}

void routeEverything(QHttpServer &server, QObject *context,
                     std::function<void(const QHttpServerRequest &, HeldResponder)> handle)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    server.setMissingHandler(
        context, [handle = std::move(handle)](const QHttpServerRequest &request,
                                              QHttpServerResponder &responder) {
            handle(request, std::make_unique<QHttpServerResponder>(std::move(responder)));
        });
#else
    Q_UNUSED(context);
    server.setMissingHandler([handle = std::move(handle)](const QHttpServerRequest &request,
                                                          QHttpServerResponder &&responder) {
        handle(request, std::make_unique<QHttpServerResponder>(std::move(responder)));
    });
#endif
}

bool bindTo(QHttpServer &server, QTcpServer *listening)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    return server.bind(listening);
#else
    server.bind(listening);
    return true;
#endif
}

void bindAnew(QHttpServer &server, QTcpServer *listening)
{
    if (!listening->isListening()) // cannot be bound, and nothing comes any more
        return;
    QObject::disconnect(listening, nullptr, &server, nullptr);
    (void)bindTo(server, listening);
}

QByteArray fieldOf(const QHttpServerRequest &request, const QByteArray &name)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    return request.headers().value(name).toByteArray();
#else
    return request.value(name);
#endif
}

} // namespace pushdeck
