// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/textchecks.h"

#include "ui/text/visible.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::TextChecks)
};

constexpr qsizetype kTokenCharacters = 256;
constexpr qsizetype kOrigins = 100;
constexpr qsizetype kOriginCharacters = 300;
constexpr qsizetype kQuotedCharacters = 60;

/// As a browser sends it (RFC 6454, 6.2); empty where the text is no origin.
QByteArray originOf(const QString &text)
{
    if (text.size() > kOriginCharacters)
        return {};
    if (text == u"null")
        return "null";
    const QUrl url(text, QUrl::StrictMode);
    const bool bare = (url.path().isEmpty() || url.path() == u"/") && !url.hasQuery() &&
                      !url.hasFragment() && url.userInfo().isEmpty();
    if (!url.isValid() || url.host().isEmpty() || !bare)
        return {};
    const QString scheme = url.scheme();
    QByteArray origin = scheme.toLatin1() + "://" + url.host(QUrl::FullyEncoded).toLatin1();
    if (url.host().contains(u':')) // IPv6
        origin = scheme.toLatin1() + "://[" + url.host().toLatin1() + ']';
    const int usual = scheme == u"http" ? 80 : (scheme == u"https" ? 443 : -1);
    if (url.port() != -1 && url.port() != usual)
        origin += ':' + QByteArray::number(url.port());
    return origin;
}

} // namespace

QString tokenProblem(const QString &text)
{
    if (text.size() > kTokenCharacters)
        return Words::tr("At most %1 characters.").arg(kTokenCharacters);
    const bool fits =
        std::all_of(text.begin(), text.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
    return fits ? QString() : Words::tr("Only ASCII letters, digits and signs, and no spaces.");
}

QString originsProblem(const QString &text, QByteArrayList &origins)
{
    origins.clear();
    const QStringList parts = text.simplified().split(u' ', Qt::SkipEmptyParts);
    if (parts.size() > kOrigins)
        return Words::tr("At most %1 origins.").arg(kOrigins);
    for (const QString &part : parts) {
        const QByteArray origin = originOf(part);
        if (origin.isEmpty())
            return Words::tr("“%1” is no origin. One looks like https://example.org.")
                .arg(visibleText(part, kQuotedCharacters));
        if (!origins.contains(origin))
            origins.append(origin);
    }
    return {};
}

QString addressProblem(const QString &text, const Machine &machine)
{
    const bool all = text.isEmpty() || text == u"0.0.0.0" || text == u"::";
    const bool own = std::any_of(machine.addresses.begin(), machine.addresses.end(),
                                 [&text](const auto &address) { return address.ip == text; });
    if (all || own || machine.addresses.empty())
        return {};
    return Words::tr("“%1” is not an address of this machine.")
        .arg(visibleText(text, kQuotedCharacters));
}

QString folderProblem(const QString &path)
{
    if (path.isEmpty())
        return {};
    const QFileInfo folder(path);
    if (!folder.exists())
        return Words::tr("There is no such folder.");
    if (!folder.isDir())
        return Words::tr("This is a file, not a folder.");
    return folder.isReadable() ? QString() : Words::tr("This folder cannot be read.");
}

QString newFileProblem(const QString &path)
{
    if (path.isEmpty())
        return {};
    const QFileInfo file(path);
    if (file.isDir())
        return Words::tr("This is a folder, not a file.");
    if (file.exists())
        return file.isWritable() ? QString() : Words::tr("This file cannot be written.");
    const QFileInfo folder(file.absolutePath());
    if (!folder.isDir())
        return Words::tr("Its folder does not exist.");
    return folder.isWritable() ? QString() : Words::tr("Nothing can be written in its folder.");
}

} // namespace pushdeck
