// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/jwt.h"

#include "core/topicoverlap.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kQuotedCharacters = 60;

QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck::Jwt", text);
}

Error invalid(const QString &words)
{
    return {ErrorKind::InvalidToken, words, RefusalCause::Token};
}

/// RFC 7515, 2: base64url without padding. Only as an encoder writes it, so that one token has one
/// spelling.
std::optional<QByteArray> decoded(const QByteArray &part)
{
    constexpr auto kBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    const auto result =
        QByteArray::fromBase64Encoding(part, kBase64 | QByteArray::AbortOnBase64DecodingErrors);
    if (!result || result.decoded.toBase64(kBase64) != part)
        return std::nullopt;
    return result.decoded;
}

int membersOf(const QJsonValue &value)
{
    int count = 0;
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const auto &member : object)
            count += 1 + membersOf(member);
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const auto &entry : array)
            count += membersOf(entry);
    }
    return count;
}

/// As the text has them: a colon outside of strings stands before each value.
int colonsOf(const QByteArray &json)
{
    int count = 0;
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        if (json[i] == '"')
            inString = !inString;
        else if (inString && json[i] == '\\')
            ++i;
        else if (!inString && json[i] == ':')
            ++count;
    }
    return count;
}

/// An object; none where a member stands in it twice (RFC 7519, 4), since each reader takes another
/// of the two.
std::optional<QJsonObject> objectOf(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject() || membersOf(document.object()) != colonsOf(json))
        return std::nullopt;
    return document.object();
}

/// A NumericDate (RFC 7519, 2) in milliseconds. Nothing: it is not there.
Result<std::optional<std::int64_t>> dateOf(const QJsonObject &claims, const QString &name)
{
    const QJsonValue value = claims.value(name);
    if (value.isUndefined())
        return std::optional<std::int64_t>();
    // Beyond the year 9999 somebody counts in milliseconds.
    constexpr double kMostSeconds = 253'402'300'799;
    const double seconds = value.toDouble(-1);
    if (!value.isDouble() || !(seconds >= 0 && seconds <= kMostSeconds))
        return invalid(tr("The token's '%1' is no time in seconds.").arg(name));
    return std::optional(std::int64_t(std::floor(seconds * 1000)));
}

Result<TopicPattern> patternOf(const QJsonValue &selector)
{
    const QString text = selector.toString();
    const QString shown = text.left(kQuotedCharacters);
    if (!selector.isString())
        return invalid(tr("A topic of the token is no string."));
    if (text == u"*")
        return TopicPattern::fromName("/**");
    if (text.contains(u'{'))
        return invalid(tr("The token's topic '%1' is a URI template; patterns here are '*' for one "
                          "segment and '**' for any number.")
                           .arg(shown));
    auto pattern = TopicPattern::fromName(text.toUtf8());
    if (!pattern)
        return invalid(tr("The token's topic '%1' is none: %2").arg(shown, pattern.error().words));
    return pattern;
}

Result<std::vector<TopicPattern>> patternsOf(const QJsonObject &mercure, const QString &name)
{
    std::vector<TopicPattern> patterns;
    const QJsonValue value = mercure.value(name);
    if (value.isUndefined() || value.isNull())
        return patterns;
    if (!value.isArray())
        return invalid(tr("The token's 'mercure.%1' is no list.").arg(name));
    const QJsonArray selectors = value.toArray();
    if (selectors.size() > kJwtTopics)
        return invalid(
            tr("The token's 'mercure.%1' has more than %2 topics.").arg(name).arg(kJwtTopics));
    for (const auto &selector : selectors) {
        auto pattern = patternOf(selector);
        if (!pattern)
            return pattern.error();
        patterns.push_back(std::move(pattern).value());
    }
    return patterns;
}

std::optional<Error> readTimes(const QJsonObject &object, std::int64_t nowMs, JwtClaims &claims)
{
    const auto expires = dateOf(object, u"exp"_s);
    const auto notBefore = dateOf(object, u"nbf"_s);
    const auto issued = dateOf(object, u"iat"_s);
    for (const auto *date : {&expires, &notBefore, &issued}) {
        if (!*date)
            return date->error();
    }
    const std::int64_t leewayMs = kJwtLeeway.count();
    if (*expires && nowMs >= **expires + leewayMs)
        return invalid(tr("The token has expired."));
    if (*notBefore && nowMs + leewayMs < **notBefore)
        return invalid(tr("The token does not hold yet."));
    if (*issued && nowMs + leewayMs < **issued)
        return invalid(tr("The token was issued in the future."));
    claims.expiresMs = *expires;
    return std::nullopt;
}

Result<JwtClaims> claimsOf(const QJsonObject &object, std::int64_t nowMs)
{
    JwtClaims claims;
    if (auto error = readTimes(object, nowMs, claims))
        return *std::move(error);
    const QJsonValue subject = object.value(u"sub"_s);
    if (!subject.isUndefined() && !subject.isString())
        return invalid(tr("The token's 'sub' is no string."));
    claims.subject = subject.toString();
    if (claims.subject.size() > kJwtSubjectCharacters)
        return invalid(
            tr("The token's 'sub' has more than %1 characters.").arg(kJwtSubjectCharacters));
    const QJsonValue mercure = object.value(u"mercure"_s);
    if (!mercure.isUndefined() && !mercure.isObject())
        return invalid(tr("The token's 'mercure' is no object."));
    auto publish = patternsOf(mercure.toObject(), u"publish"_s);
    if (!publish)
        return publish.error();
    auto subscribe = patternsOf(mercure.toObject(), u"subscribe"_s);
    if (!subscribe)
        return subscribe.error();
    claims.publish = std::move(publish).value();
    claims.subscribe = std::move(subscribe).value();
    return claims;
}

} // namespace

bool JwtClaims::maySubscribe(const TopicPattern &asked) const
{
    return std::any_of(subscribe.begin(), subscribe.end(),
                       [&asked](const TopicPattern &own) { return covers(own, asked); });
}

bool JwtClaims::mayPublish(const QByteArray &topic) const
{
    return std::any_of(publish.begin(), publish.end(),
                       [&topic](const TopicPattern &own) { return own.matches(topic); });
}

bool looksLikeJwt(const QByteArray &token)
{
    return token.count('.') == 2;
}

Result<JwtClaims> verifiedClaims(const QByteArray &token, const JwtKey &key, std::int64_t nowMs)
{
    if (token.size() > kJwtBytes)
        return invalid(tr("The token has more than %1 bytes.").arg(kJwtBytes));
    const QByteArrayList parts = token.split('.');
    if (parts.size() != 3)
        return invalid(tr("This is no signed token: it has three parts with dots between."));
    const auto header = decoded(parts[0]);
    const auto payload = decoded(parts[1]);
    const auto signature = decoded(parts[2]);
    if (!header || !payload || !signature)
        return invalid(tr("A part of the token is no base64url."));
    const auto head = objectOf(*header);
    if (!head)
        return invalid(tr("The token's header is no JSON object."));
    // RFC 8725, 3.1: the key says which, and nothing else is tried.
    if (head->value(u"alg"_s).toString() != QLatin1String(key.name()))
        return invalid(tr("The token is not signed with %1.").arg(QLatin1String(key.name())));
    if (head->contains(u"crit"_s))
        return invalid(tr("The token's header asks for what is not known here ('crit')."));
    const qsizetype signedBytes = parts[0].size() + 1 + parts[1].size();
    if (!key.verifies(QByteArrayView(token).first(signedBytes), *signature))
        return invalid(tr("The token's signature is not right."));
    // Only now: what nobody has signed is not worth reading.
    const auto object = objectOf(*payload);
    if (!object)
        return invalid(tr("The token's claims are no JSON object."));
    return claimsOf(*object, nowMs);
}

} // namespace pushdeck
