// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/useragent.h"

#include "ui/text/visible.h"

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Sign
{
    const char16_t *token;
    const char16_t *name;
};

// The first hit wins: every browser names its ancestors too, so the youngest stand first.
constexpr Sign kBrowsers[] = {
    {u"Edg/", u"Edge"},
    {u"EdgA/", u"Edge"},
    {u"EdgiOS/", u"Edge"},
    {u"OPR/", u"Opera"},
    {u"SamsungBrowser/", u"Samsung Internet"},
    {u"Vivaldi/", u"Vivaldi"},
    {u"YaBrowser/", u"Yandex"},
    {u"MicroMessenger/", u"WeChat"},
    {u"FxiOS/", u"Firefox"},
    {u"Firefox/", u"Firefox"},
    {u"CriOS/", u"Chrome"},
    {u"HeadlessChrome/", u"Headless Chrome"},
    {u"Electron/", u"Electron"},
    {u"Chromium/", u"Chromium"},
    {u"Chrome/", u"Chrome"},
    {u"Safari/", u"Safari"},
};

constexpr Sign kSystems[] = {
    {u"iPhone", u"iPhone"},   {u"iPad", u"iPad"},       {u"Android", u"Android"},
    {u"Windows", u"Windows"}, {u"CrOS", u"ChromeOS"},   {u"Macintosh", u"Mac"},
    {u"Linux", u"Linux"},     {u"FreeBSD", u"FreeBSD"},
};

template <std::size_t N>
QString firstHit(QStringView text, const Sign (&signs)[N])
{
    for (const Sign &sign : signs) {
        if (text.contains(QStringView(sign.token)))
            return QString::fromUtf16(sign.name);
    }
    return {};
}

// "curl/7.88.1" → "curl 7.88"; "node" → "node".
QString firstProduct(QStringView text)
{
    qsizetype end = 0;
    while (end < text.size() && !text[end].isSpace() && text[end] != u'(')
        ++end;
    const QStringView product = text.first(end);
    const qsizetype slash = product.indexOf(u'/');
    if (slash <= 0)
        return visibleText(product, 24);
    QString version = product.sliced(slash + 1).toString();
    const qsizetype minor = version.indexOf(u'.');
    const qsizetype patch = minor < 0 ? -1 : version.indexOf(u'.', minor + 1);
    if (patch > 0)
        version.truncate(patch);
    return visibleText(QString(product.first(slash).toString() + u' ' + version), 24);
}

} // namespace

QString shortUserAgent(QStringView userAgent)
{
    const QStringView text =
        userAgent.trimmed().first(std::min<qsizetype>(userAgent.trimmed().size(), 512));
    if (text.isEmpty())
        return {};
    if (!text.startsWith(u"Mozilla/"))
        return firstProduct(text);
    const QString browser = firstHit(text, kBrowsers);
    const QString system = firstHit(text, kSystems);
    if (browser.isEmpty() && system.isEmpty())
        return firstProduct(text);
    if (browser.isEmpty() || system.isEmpty())
        return browser + system;
    return browser + u" · "_s + system;
}

} // namespace pushdeck
