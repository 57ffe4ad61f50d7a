// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/pages.h"

#include "api/mediatype.h"
#include "core/topic.h"
#include "transport/httpendpoint.h"

#include <QFile>

namespace pushdeck {

namespace {

constexpr char kWeb[] = "/_/web/";

/// One of the program's own files.
std::optional<HttpReply> fileReply(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    HttpReply reply{200, file.readAll(), mediaTypeOf(fileName), {}, {}};
    reply.fields.emplace_back("Cache-Control", "no-cache");
    reply.fields.emplace_back("X-Content-Type-Options", "nosniff");
    return reply;
}

/// The client library for pages that use no modules: the same text, inside a function.
std::optional<HttpReply> clientAsScript()
{
    auto reply = fileReply(QStringLiteral(":/web/client.js"));
    if (!reply)
        return std::nullopt;
    reply->body.replace("\nexport ", "\n");
    reply->body =
        "(() => {\n" + reply->body + "\nglobalThis.pushdeck = { connect, Refused };\n})();\n";
    return reply;
}

} // namespace

std::optional<HttpReply> Pages::reserved(const HttpRequest &request) const
{
    const QByteArray path = request.head.path();
    if (request.head.method != "GET" && request.head.method != "HEAD")
        return std::nullopt;
    if (path == "/robots.txt")
        return HttpReply{200, "User-agent: *\nDisallow: /\n", "text/plain; charset=utf-8", {}, {}};
    if (path == "/favicon.ico")
        return fileReply(QStringLiteral(":/web/favicon.svg"));
    if (path == "/_/client.js" || path == "/_/client.d.ts")
        return fileReply(QStringLiteral(":/web/") + QString::fromLatin1(path.mid(3)));
    if (path == "/_/client.global.js")
        return clientAsScript();
    if (!path.startsWith(kWeb))
        return std::nullopt;
    const QByteArray name = path.mid(sizeof(kWeb) - 1);
    if (name.isEmpty() || name.contains('/') || name.contains('%'))
        return std::nullopt;
    return fileReply(QStringLiteral(":/web/") + QString::fromLatin1(name));
}

std::optional<HttpReply> Pages::page(const HttpRequest &request) const
{
    if (auto own = m_files.reply(request.head))
        return own;
    if (!accepts(request.head, "text/html"))
        return std::nullopt;
    if (const auto topic = TopicPattern::fromPath(request.head.path()); !topic)
        return HttpReply::error(topic.error());
    auto reply = fileReply(QStringLiteral(":/web/topic.html"));
    if (reply)
        reply->fields.emplace_back(
            "Content-Security-Policy",
            "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; base-uri "
            "'none'; frame-ancestors 'none'");
    return reply;
}

} // namespace pushdeck
