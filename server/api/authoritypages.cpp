// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/authoritypages.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QUuid>

#include <array>

namespace pushdeck {

namespace {

/// What profiles of Pushdeck are told apart by: any fixed value would do.
const QUuid kProfiles(0x5d0c7a5e, 0x2f0b, 0x4a61, 0x9c, 0x4b, 0x7d, 0x35, 0x6e, 0x10, 0x88, 0xe1);

QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck::AuthorityPages", text);
}

QByteArray escaped(const QString &text)
{
    return text.toHtmlEscaped().toUtf8();
}

QByteArray resource(const char *name)
{
    QFile file(QStringLiteral(":/web/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString dayOf(std::int64_t ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate).left(10);
}

/// The base64 between the lines of the PEM text, which is the certificate's DER.
QByteArray base64Of(const QByteArray &pem)
{
    QByteArray joined;
    for (const QByteArray &line : pem.split('\n')) {
        if (!line.startsWith('-'))
            joined += line.trimmed();
    }
    return joined;
}

/// Which part of the page is open: that of the visitor's own system.
QByteArray systemOf(const QByteArray &userAgent)
{
    // Android and iOS name the systems they come from as well.
    static constexpr std::array<std::array<const char *, 2>, 7> kSystems{{{"iPhone", "ios"},
                                                                          {"iPad", "ios"},
                                                                          {"Android", "android"},
                                                                          {"Firefox", "firefox"},
                                                                          {"Windows", "windows"},
                                                                          {"Mac OS X", "macos"},
                                                                          {"Linux", "linux"}}};
    for (const auto &[sign, system] : kSystems) {
        if (userAgent.contains(sign))
            return system;
    }
    return {};
}

HttpReply page(const HttpRequest &request, const EncryptionInfo &info)
{
    QByteArray html = resource("ca.html");
    html.replace("{{subject}}", escaped(info.authority->subject));
    html.replace("{{until}}", escaped(dayOf(info.authority->untilMs)));
    // Broken between bytes, however narrow the screen.
    QByteArray fingerprint = escaped(info.authority->fingerprint);
    html.replace("{{fingerprint}}", fingerprint.replace(":", ":<wbr>"));
    QByteArray names;
    for (const QString &name : info.server->names)
        names += "<li>" + escaped(name) + "</li>";
    html.replace("{{names}}", names);
    const QByteArray system = systemOf(request.head.value("User-Agent"));
    if (!system.isEmpty())
        html.replace("<details id=\"" + system + "\">", "<details id=\"" + system + "\" open>");
    HttpReply reply{200, html, "text/html; charset=utf-8", {}};
    reply.fields.emplace_back("Content-Security-Policy",
                              "default-src 'none'; style-src 'self'; img-src 'self'; base-uri "
                              "'none'; frame-ancestors 'none'");
    return reply;
}

/// Apple, Configuration Profile Reference: com.apple.security.root.
HttpReply profile(const EncryptionInfo &info)
{
    const QByteArray base64 = base64Of(info.authorityPem);
    const auto id = [&base64](const char *what) {
        return QUuid::createUuidV5(kProfiles, base64 + what).toByteArray(QUuid::WithoutBraces);
    };
    QByteArray plist = resource("ca.mobileconfig");
    plist.replace("{{subject}}", escaped(info.authority->subject));
    plist.replace("{{certificate}}", base64);
    plist.replace("{{certificate-id}}", id("certificate"));
    plist.replace("{{profile-id}}", id("profile"));
    return {200, plist, "application/x-apple-aspen-config", {}};
}

} // namespace

std::optional<HttpReply> AuthorityPages::handle(const HttpRequest &request) const
{
    const QByteArray path = request.head.path();
    if (path != "/_/ca" && path != "/_/ca.crt" && path != "/_/ca.mobileconfig")
        return std::nullopt;
    if (request.head.method != "GET" && request.head.method != "HEAD") {
        HttpReply reply = HttpReply::text(405, tr("This takes GET, HEAD."));
        reply.fields.emplace_back("Allow", "GET, HEAD");
        return reply;
    }
    const std::shared_ptr<const EncryptionInfo> info = m_look();
    if (!info->on || !info->authority || !info->server)
        return HttpReply::error(
            {ErrorKind::NotFound,
             info->on ? tr("This server's certificate is not one that Pushdeck made: ask whoever "
                           "runs it who signed it.")
                      : tr("TLS is off: there is nothing to trust.")});
    HttpReply reply = path == "/_/ca" ? page(request, *info)
                      : path == "/_/ca.crt"
                          ? HttpReply{200, info->authorityPem, "application/x-x509-ca-cert", {}}
                          : profile(*info);
    reply.fields.emplace_back("Cache-Control", "no-store");
    reply.fields.emplace_back("X-Content-Type-Options", "nosniff");
    return reply;
}

} // namespace pushdeck
