// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/pages.h"

#include "core/topic.h"
#include "transport/httpendpoint.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>

namespace pushdeck {

namespace {

constexpr char kWeb[] = "/_/web/";

QByteArray mimeTypeOf(const QString &fileName)
{
    // To the database a file that ends in .ts is a video.
    if (fileName.endsWith(QLatin1String(".d.ts")))
        return "application/typescript; charset=utf-8";
    static const QMimeDatabase database;
    const QMimeType type = database.mimeTypeForFile(fileName, QMimeDatabase::MatchExtension);
    QByteArray name = type.name().toLatin1();
    // What shared-mime-info calls it, browsers refuse to run as a module.
    if (name == "application/javascript")
        name = "text/javascript";
    const bool text =
        name.startsWith("text/") || name == "application/json" || name == "image/svg+xml";
    return text ? name + "; charset=utf-8" : name;
}

std::optional<HttpReply> fileReply(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    if (file.size() > kPageBytes)
        return HttpReply::error(
            {ErrorKind::TooLarge, QCoreApplication::translate(
                                      "pushdeck::Pages", "This file is too large to be served.")});
    HttpReply reply{200, file.readAll(), mimeTypeOf(fileName), {}};
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

Pages::Pages(const QString &wwwFolder)
    : m_root(wwwFolder.isEmpty() ? QString() : QDir(wwwFolder).canonicalPath())
{
}

std::optional<HttpReply> Pages::reserved(const HttpRequest &request) const
{
    const QByteArray path = request.head.path();
    if (request.head.method != "GET" && request.head.method != "HEAD")
        return std::nullopt;
    if (path == "/robots.txt")
        return HttpReply{200, "User-agent: *\nDisallow: /\n", "text/plain; charset=utf-8", {}};
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
    if (auto own = ownFile(request))
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

std::optional<HttpReply> Pages::ownFile(const HttpRequest &request) const
{
    if (m_root.isEmpty())
        return std::nullopt;
    const auto path = percentDecoded(request.head.path());
    if (!path || path->contains('\0') || !isValidUtf8(*path))
        return std::nullopt;
    QFileInfo info(m_root + QString::fromUtf8(*path));
    if (info.isDir())
        info.setFile(info.filePath() + QStringLiteral("/index.html"));
    // Canonical: neither ".." nor a symbolic link leads out of the folder.
    const QString canonical = info.canonicalFilePath();
    if (canonical.isEmpty() || !info.isFile() || !canonical.startsWith(m_root + QLatin1Char('/')))
        return std::nullopt;
    return fileReply(canonical);
}

} // namespace pushdeck
