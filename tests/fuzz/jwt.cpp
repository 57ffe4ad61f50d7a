// A signed token, from the network. The input's first line is a header, its last a topic or pattern
// asked for, and what stands between are the claims. They are signed in here, so that what lies
// behind the signature is reached; and the whole input is a token, too.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/jwt.h"
#include "plaintopics.h"
#include "signedtoken.h"
#include "target.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace pushdeck;
using fuzz::require;

namespace {

constexpr std::int64_t kNowMs = 1'700'000'000'000;

JwtKey keyOf(const char *text)
{
    return JwtKey::fromText(text).value();
}

const JwtKey &secret()
{
    static const JwtKey key = keyOf(kTestSecret);
    return key;
}

bool isTaken(const QByteArray &token, const JwtKey &key, std::int64_t nowMs = kNowMs)
{
    const auto claims = verifiedClaims(token, key, nowMs);
    require(
        claims || (claims.error().kind == ErrorKind::InvalidToken &&
                   claims.error().cause == RefusalCause::Token && !claims.error().words.isEmpty()),
        "a refusal says why");
    return claims.ok();
}

/// What is taken was signed with our secret, and says so in the one way there is.
void checkOrigin(const QByteArray &token)
{
    const QByteArrayList parts = token.split('.');
    require(parts.size() == 3, "a token has three parts");
    const QByteArray text = parts[0] + '.' + parts[1];
    require(parts[2] == base64Url(QMessageAuthenticationCode::hash(text, kTestSecret,
                                                                   QCryptographicHash::Sha256)),
            "what is taken is signed with the secret");
    const QByteArray head = QByteArray::fromBase64(parts[0], QByteArray::Base64UrlEncoding);
    require(base64Url(head) == parts[0], "a part has one spelling");
    const QJsonObject header = QJsonDocument::fromJson(head).object();
    require(header.value(u"alg").toString() == QLatin1String("HS256"),
            "the key says which algorithm");
    require(!header.contains(u"crit"), "what is critical is not known here");
}

/// The public keys' owners have signed nothing.
void checkConfusion(const QByteArray &header, const QByteArray &claims, const QByteArray &token)
{
    static const JwtKey rsa = keyOf(kRsa);
    static const JwtKey p256 = keyOf(kP256);
    require(!isTaken(token, rsa) && !isTaken(token, p256), "no key takes what is for another");
    // Signed with what everybody knows (RFC 8725, 2.1).
    for (const char *known : {kRsa, kP256}) {
        const QByteArray forged = signedToken(claims, header, known);
        require(!isTaken(forged, rsa) && !isTaken(forged, p256) && !isTaken(forged, secret()),
                "a public key is no secret");
    }
}

/// What is near a token that is taken is not.
void checkNeighbours(const QByteArray &token)
{
    const qsizetype dot = token.lastIndexOf('.');
    const QByteArray text = token.first(dot + 1);
    require(!isTaken(text, secret()), "a token is signed");
    require(!isTaken(token + '=', secret()) && !isTaken(token + '.', secret()) &&
                !isTaken(' ' + token, secret()) && !isTaken(token.chopped(1), secret()),
            "a token has one spelling");
    const QByteArray none = base64Url(R"({"alg":"none"})") + text.mid(text.indexOf('.'));
    require(!isTaken(none, secret()) && !isTaken(none + token.mid(dot + 1), secret()),
            "no algorithm is none");
    // One bit, which follows from the token, so that a finding can be had again.
    QByteArray signature =
        QByteArray::fromBase64(token.mid(dot + 1), QByteArray::Base64UrlEncoding);
    const auto bit = static_cast<unsigned char>(signature[0]);
    const qsizetype at = bit % signature.size();
    signature[at] = static_cast<char>(signature[at] ^ (1 << (bit % 8)));
    require(!isTaken(text + base64Url(signature), secret()), "a signature is right or it is not");
}

/// The claims' own text lets do this with a topic.
bool grants(const QJsonObject &claims, const char *what, const QByteArray &topic)
{
    const QJsonArray selectors =
        claims.value(u"mercure").toObject().value(QLatin1String(what)).toArray();
    return std::any_of(selectors.begin(), selectors.end(), [&topic](const QJsonValue &selector) {
        const QByteArray text = selector.toString().toUtf8();
        if (text == "*")
            return true;
        const auto pattern = TopicPattern::fromName(text);
        require(pattern.ok(), "a selector is a topic or a pattern");
        return !fuzz::isShort(text) ||
               fuzz::matchesPlainly(fuzz::segments(pattern->name()), fuzz::segments(topic));
    });
}

void checkGrants(const JwtClaims &claims, const QJsonObject &object, const QByteArray &asked)
{
    const auto pattern = TopicPattern::fromName(asked);
    if (!pattern)
        return;
    const bool subscribes = claims.maySubscribe(*pattern);
    for (const QByteArray &topic : fuzz::topicsOf(pattern->name())) {
        if (!fuzz::isShort(topic))
            continue;
        require(!claims.mayPublish(topic) || grants(object, "publish", topic),
                "nobody publishes where the claims do not say so");
        require(!subscribes || grants(object, "subscribe", topic),
                "nobody reads what the claims do not say");
        if (const auto name = TopicPattern::fromName(topic))
            require(!subscribes || claims.maySubscribe(*name),
                    "who may read a pattern may read its topics");
    }
}

void checkTimes(const QByteArray &token, const JwtClaims &claims)
{
    if (!claims.expiresMs)
        return;
    const std::int64_t ends = *claims.expiresMs + kJwtLeeway.count();
    require(ends > kNowMs, "what has expired is not taken");
    require(isTaken(token, secret(), ends - 1) && !isTaken(token, secret(), ends),
            "a token ends when it says");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = fuzz::bytesOf(data, size);
    require(looksLikeJwt(text) || !isTaken(text, secret()), "a token looks like one");
    if (isTaken(text, secret()))
        checkOrigin(text);

    const qsizetype first = text.indexOf('\n');
    const qsizetype last = text.lastIndexOf('\n');
    if (first < 0)
        return 0;
    const QByteArray header = text.first(first);
    const QByteArray payload = last > first ? text.mid(first + 1, last - first - 1) : QByteArray();
    const QByteArray token = signedToken(payload, header);
    checkConfusion(header, payload, token);
    const auto claims = verifiedClaims(token, secret(), kNowMs);
    require(claims.ok() == isTaken(token, secret()), "a verdict is a verdict");
    if (!claims)
        return 0;
    checkOrigin(token);
    checkNeighbours(token);
    checkTimes(token, *claims);
    require(claims->subject.size() <= kJwtSubjectCharacters, "a subject is bounded");
    checkGrants(*claims, QJsonDocument::fromJson(payload).object(), text.mid(last + 1));
    return 0;
}
