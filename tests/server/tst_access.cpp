// SPDX-License-Identifier: GPL-3.0-or-later
// Who may do what, over the wire: rules for topics, signed tokens, cookies, other sites' pages.
#include "serverfixture.h"
#include "signedtoken.h"
#include "websocketpeer.h"

#include <QtTest>

using namespace pushdeck;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class AccessTest final : public QObject
{
    Q_OBJECT

private slots:
    void rulesOverEveryTransport_data();
    void rulesOverEveryTransport();
    void noPatternGetsByARule();
    void rulesOfPublishing();
    void whoIsRefusedIsCounted();
    void rulesThatChangeEndSubscriptions();
    void changedRulesHoldUpNobody();
    void rulesThatCannotBeReadChangeNothing();
    void whatCannotBeUsedDoesNotStart();
    void carriersOfASignedToken_data();
    void carriersOfASignedToken();
    void anInvalidTokenIsToldWhy();
    void aTokenEndsWhileConnected();
    void aTokenThatCameLateHasTheLeeway();
    void aPollerIsVerifiedEachTime();
    void aNewKeyEndsWhatTheOldOneSigned();
    void theSubjectIsShown();
    void ratesGoBySubject();
    void cookiesNeedOurOwnPages();
    void noSecretIsShown();
    void otherSitesReachNothing_data();
    void otherSitesReachNothing();
    void reservedPathsAreNoTopics_data();
    void reservedPathsAreNoTopics();
};

namespace {

constexpr char kSse[] = "Accept: text/event-stream\r\n";

ServerOptions optionsWith(const QByteArray &rules, const QByteArray &jwtKey = {})
{
    ServerOptions options = testOptions();
    options.access.topicRules = rules;
    options.access.jwtKey = jwtKey;
    options.access.operatorToken = "op";
    return options;
}

WireAnswer ask(const RunningServer &server, const QByteArray &method, const QByteArray &target,
               const QByteArray &fields = {}, const QByteArray &body = {})
{
    WireClient wire(server.port());
    wire.request(method, target, fields, body);
    const auto answer = fields.contains(kSse) ? wire.head() : wire.answer(method == "HEAD");
    return answer.value_or(WireAnswer());
}

/// What the server closes with; pings may come before it.
std::optional<WireFrame> closeOf(WebSocketPeer &peer)
{
    std::optional<WireFrame> frame = peer.frame();
    while (frame && frame->opcode == WebSocketPeer::Ping)
        frame = peer.frame();
    return frame && frame->opcode == WebSocketPeer::Close ? frame : std::nullopt;
}

QByteArray bearer(const QByteArray &token)
{
    return "Authorization: Bearer " + token + "\r\n";
}

QByteArray tokenUntil(std::int64_t seconds, const QByteArray &topics = R"(["*"])")
{
    return signedToken("{\"sub\":\"ann\",\"exp\":" + QByteArray::number(qlonglong(seconds)) +
                       ",\"mercure\":{\"publish\":" + topics + ",\"subscribe\":" + topics + "}}");
}

} // namespace

void AccessTest::rulesOverEveryTransport_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("status"); // 0: let in
    const auto row = [](const char *target, const char *token, int status) {
        QTest::addRow("%s with '%s'", target, token)
            << QByteArray(target) << QByteArray(token) << status;
    };
    row("/open", "", 0);
    row("/secret", "", 401);
    row("/secret", "no", 401);
    row("/secret", "op", 0);
    row("/dead", "op", 403);
    row("/**", "", 401);
    row("/*", "", 401);
    row("/open?topic=/secret", "", 401);
    row("/open?topic=/se%63ret", "", 401);
    row("/secret/", "", 401);
    row("/%73ecret", "", 401);
    row("/secret/x", "", 0);
    row("/secre*", "", 0); // the name of a topic
}

void AccessTest::rulesOverEveryTransport()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, token);
    QFETCH(int, status);
    RunningServer server(optionsWith("/secret subscribe=operator\n/dead subscribe=nobody"));
    const QByteArray fields = token.isEmpty() ? QByteArray() : bearer(token);
    const auto expected = [status](int good) { return status == 0 ? good : status; };
    QCOMPARE(WebSocketPeer(server.port(), target, {}, fields).status(), expected(101));
    QCOMPARE(ask(server, "GET", target, fields + kSse).status, expected(200));
    const QByteArray now = target + (target.contains('?') ? '&' : '?') + "timeout=0";
    QCOMPARE(ask(server, "GET", now, fields).status, expected(204));
    QCOMPARE(ask(server, "HEAD", target, fields).status, expected(204));
    if (!target.contains('?') && !target.contains('*'))
        QCOMPARE(ask(server, "GET", "/_/presence" + target, fields).status, expected(200));
}

void AccessTest::noPatternGetsByARule()
{
    RunningServer server(optionsWith("/a/secret subscribe=operator"));
    server.publish("/a/secret", "hush");
    server.publish("/a/open", "hello");
    for (const char *pattern : {"/**", "/a/*", "/*/secret", "/**/secret", "/a/**", "/*/*/**"}) {
        QCOMPARE(ask(server, "GET", QByteArray(pattern) + "?since=all&timeout=0").status, 401);
        QCOMPARE(ask(server, "GET", QByteArray("/b?topic=") + pattern).status, 401);
    }
    QCOMPARE(ask(server, "GET", "/a/open?since=all").body, QByteArray("hello"));
    WebSocketPeer peer(server.port(), "/a/open?since=all", "pushdeck.v1");
    QCOMPARE(peer.json().value(u"data").toString(), u"hello"_s);
    for (const char *topic : {"/**", "/a/secret"}) {
        peer.sendText(QByteArray(R"({"type":"subscribe","since":"all","topic":")") + topic + "\"}");
        const QJsonObject refused = peer.json();
        QCOMPARE(refused.value(u"status").toInt(), 401);
    }
    peer.sendText(R"({"type":"presence","topic":"/a/secret"})");
    QCOMPARE(peer.json().value(u"status").toInt(), 401);
    server.publish("/a/secret", "hush again");
    peer.sendText(R"({"type":"ping","ref":"end"})");
    QCOMPARE(peer.json().value(u"ref").toString(), u"end"_s);
}

void AccessTest::rulesOfPublishing()
{
    RunningServer server(optionsWith("/in publish=anyone\n/** publish=operator"));
    QCOMPARE(ask(server, "POST", "/in", {}, "x").status, 202);
    QCOMPARE(ask(server, "POST", "/out", {}, "x").status, 401);
    QCOMPARE(ask(server, "PUT", "/out", {}, "x").status, 401);
    QCOMPARE(ask(server, "POST", "/out", bearer("op"), "x").status, 202);
    // The operator's own interface is not asked.
    QCOMPARE(ask(server, "POST", "/_/api/publish", {}, R"({"topic":"/out","data":"x"})").status,
             202);
    WebSocketPeer raw(server.port(), "/out");
    raw.sendText("x");
    const auto close = raw.closeFrame();
    QVERIFY(close);
    QCOMPARE(close->closeCode(), 1008);
    QCOMPARE(close->closeReason(), QByteArray("Publishing to '/out' needs a token."));
    WebSocketPeer peer(server.port(), "/in", "pushdeck.v1");
    peer.sendText(R"({"type":"publish","topic":"/out","data":"x"})");
    QCOMPARE(peer.json().value(u"status").toInt(), 401);
    peer.sendText(R"({"type":"publish","data":"fine"})");
    QCOMPARE(peer.json().value(u"data").toString(), u"fine"_s);
}

void AccessTest::whoIsRefusedIsCounted()
{
    ServerOptions options = optionsWith("/secret subscribe=operator\n/dead publish=nobody");
    options.access.origins = {"https://app.example"};
    RunningServer server(std::move(options));
    ask(server, "GET", "/secret");
    ask(server, "POST", "/dead", {}, "x");
    ask(server, "GET", "/open", "Origin: https://evil.example\r\n");
    ask(server, "GET", "/open?since=nonsense");
    QVERIFY(server.awaitSnapshot([](const Snapshot &s) {
        const RefusalTotals &by = s.totals.refusals;
        return s.totals.refused == 4 && by.token == 1 && by.rule == 1 && by.origin == 1 &&
               by.other == 1;
    }));
}

void AccessTest::rulesThatChangeEndSubscriptions()
{
    RunningServer server;
    WebSocketPeer secret(server.port(), "/secret");
    WebSocketPeer all(server.port(), "/**");
    WebSocketPeer open(server.port(), "/open");
    WebSocketPeer desk(server.port(), "/secret?token=op");
    WireClient stream(server.port());
    stream.request("GET", "/secret", kSse);
    QVERIFY(stream.head());
    WireClient presence(server.port());
    presence.request("GET", "/_/presence/secret", kSse);
    QVERIFY(presence.head());
    WireClient poll(server.port());
    poll.request("GET", "/secret");
    QVERIFY(server.awaitClients(7));

    ServerSettings settings;
    settings.access.operatorToken = "op";
    settings.access.topicRules = "/secret subscribe=operator";
    server.control().configure(settings);
    for (WebSocketPeer *peer : {&secret, &all}) {
        const auto close = peer->closeFrame();
        QVERIFY(close);
        QCOMPARE(close->closeCode(), 1008);
        QVERIFY2(close->closeReason().contains("needs a token"), close->closeReason().constData());
    }
    QVERIFY(stream.awaitText(": closing 1008: Subscribing to '/secret' needs a token."));
    QVERIFY(presence.awaitText(": closing 1008"));
    QCOMPARE(poll.answer()->status, 403);
    QVERIFY(server.awaitClients(2));
    server.publish("/open", "still");
    server.publish("/secret", "hush");
    QCOMPARE(open.text(), QByteArray("still"));
    QCOMPARE(desk.text(), QByteArray("hush"));
    // And back.
    server.control().configure({});
    QCOMPARE(WebSocketPeer(server.port(), "/secret").status(), 101);
}

void AccessTest::changedRulesHoldUpNobody()
{
    constexpr int kPeers = 60;
    // As much to judge as a client may bring: patterns that all rules are held against to the end.
    const QByteArray pattern = "/**" + QByteArray("/a").repeated(int(kPatternSegments) - 2);
    QByteArray target = pattern;
    for (char last = 'a'; last < 'p'; ++last)
        target += QByteArray("&topic=") + pattern + "/" + last;
    target.replace(target.indexOf('&'), 1, "?");
    RunningServer server;
    std::vector<std::unique_ptr<WebSocketPeer>> peers;
    for (int i = 0; i < kPeers; ++i)
        peers.push_back(std::make_unique<WebSocketPeer>(server.port(), target));
    QVERIFY(server.awaitClients(kPeers));

    ServerSettings settings;
    for (std::size_t i = 0; i + 1 < kTopicRules; ++i)
        settings.access.topicRules +=
            "/**/a/*/a/x" + QByteArray::number(qulonglong(i)) + " subscribe=token\n";
    settings.access.topicRules += "/**/o subscribe=nobody"; // the last that each reads
    server.control().configure(settings);
    // What else there is to do has its turn between.
    qsizetype gone = 0;
    qsizetype mostAtOnce = 0;
    QTimer turn;
    connect(&turn, &QTimer::timeout, this, [&] {
        const qsizetype now = qsizetype(server.rows(TrafficKind::Disconnected).size());
        mostAtOnce = qMax(mostAtOnce, now - gone);
        gone = now;
    });
    turn.start(0);
    QTRY_COMPARE_WITH_TIMEOUT(gone, kPeers, 20'000);
    QVERIFY2(mostAtOnce <= kPeers / 2, QByteArray::number(mostAtOnce).constData());
}

void AccessTest::rulesThatCannotBeReadChangeNothing()
{
    RunningServer server(optionsWith("/secret subscribe=operator"));
    ServerSettings settings;
    settings.access.topicRules = "/secret subscribe=everyone";
    server.control().configure(settings);
    QCOMPARE(ask(server, "GET", "/secret?timeout=0").status, 401);
    bool told = false;
    for (const TrafficEvent &row : server.rows(TrafficKind::Notice))
        told = told || row.text.contains(u"Line 1");
    QVERIFY(told);
    settings.access.topicRules = "/secret subscribe=anyone";
    server.control().configure(settings);
    QCOMPARE(ask(server, "GET", "/secret?timeout=0").status, 204);
}

void AccessTest::whatCannotBeUsedDoesNotStart()
{
    PushServer server(optionsWith({}, "@/nowhere/key.pem"));
    QSignalSpy failed(&server, &PushServer::startFailed);
    server.start({u"127.0.0.1"_s, 0});
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed.first().first().value<ListenFailure>().words.contains(u"/nowhere/key.pem"));
}

void AccessTest::carriersOfASignedToken_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<bool>("counts");
    const QByteArray token = tokenUntil(4'000'000'000);
    QTest::newRow("none") << QByteArray() << QByteArray() << false;
    QTest::newRow("header") << bearer(token) << QByteArray() << true;
    QTest::newRow("header, lower case") << "authorization: bearer " + token + "\r\n"
                                        << QByteArray() << true;
    QTest::newRow("?token=") << QByteArray() << "?token=" + token << true;
    QTest::newRow("?authorization=") << QByteArray() << "?authorization=" + token << true;
    QTest::newRow("cookie") << "Cookie: a=b; mercureAuthorization=" + token + "; c=d\r\n"
                            << QByteArray() << true;
    QTest::newRow("another cookie") << "Cookie: authorization=" + token + "\r\n"
                                    << QByteArray() << false;
    QTest::newRow("another name's end") << "Cookie: xmercureAuthorization=" + token + "\r\n"
                                        << QByteArray() << false;
    QTest::newRow("basic") << "Authorization: Basic " + token + "\r\n" << QByteArray() << false;
}

void AccessTest::carriersOfASignedToken()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, query);
    QFETCH(bool, counts);
    RunningServer server(optionsWith({}, kTestSecret));
    QCOMPARE(WebSocketPeer(server.port(), "/a" + query, {}, fields).status(), counts ? 101 : 401);
    QCOMPARE(ask(server, "GET", "/a" + query, fields + kSse).status, counts ? 200 : 401);
    const QByteArray join = query.isEmpty() ? "?" : "&";
    QCOMPARE(ask(server, "GET", "/a" + query + join + "timeout=0", fields).status,
             counts ? 204 : 401);
    // A cookie does not publish for whoever does not say where the request comes from.
    const bool cookie = fields.startsWith("Cookie");
    QCOMPARE(ask(server, "POST", "/a" + query, fields, "x").status, counts && !cookie ? 202 : 401);
}

void AccessTest::anInvalidTokenIsToldWhy()
{
    RunningServer server(optionsWith({}, kTestSecret));
    const std::int64_t now = server.nowMs() / 1000;
    const WireAnswer expired = ask(server, "GET", "/a", bearer(tokenUntil(now - 60)));
    QCOMPARE(expired.status, 401);
    QCOMPARE(
        expired.field("WWW-Authenticate"),
        QByteArray("Bearer error=\"invalid_token\", error_description=\"The token has expired.\""));
    QCOMPARE(expired.body, QByteArray("The token has expired.\n"));
    WebSocketPeer socket(server.port(), "/a?token=" + tokenUntil(now - 60));
    QCOMPARE(socket.status(), 401);
    QVERIFY(socket.answer().field("WWW-Authenticate").contains("invalid_token"));
    // Without one there is nothing wrong with it (RFC 6750, 3.1).
    QCOMPARE(ask(server, "POST", "/a", {}, "x").field("WWW-Authenticate"), QByteArray("Bearer"));
    // Nothing of the token comes back in the field.
    const QByteArray odd = signedToken(R"({"mercure":{"publish":["/{\"\\é"]}})");
    const QByteArray told = ask(server, "POST", "/a", bearer(odd), "x").field("WWW-Authenticate");
    QVERIFY2(told.count('"') == 4 && !told.contains('\\'), told.constData());
    // Good for other topics.
    const WireAnswer elsewhere =
        ask(server, "POST", "/b", bearer(tokenUntil(now + 60, R"(["/a"])")), "x");
    QCOMPARE(elsewhere.status, 403);
    QCOMPARE(elsewhere.body, QByteArray("The token does not let publish to '/b'.\n"));
}

void AccessTest::aTokenEndsWhileConnected()
{
    RunningServer server(optionsWith({}, kTestSecret));
    const QByteArray token = tokenUntil(server.nowMs() / 1000 + 100);
    WebSocketPeer socket(server.port(), "/a?token=" + token);
    WebSocketPeer endless(server.port(),
                          "/a?token=" + signedToken(R"({"mercure":{"subscribe":["*"]}})"));
    WireClient stream(server.port());
    stream.request("GET", "/a?token=" + token, kSse);
    QVERIFY(stream.head());
    WireClient poll(server.port());
    poll.request("GET", "/a?timeout=120&token=" + token);
    QVERIFY(server.awaitClients(4));
    server.advance(99s);
    QVERIFY(server.awaitClients(4));
    server.advance(1s);
    const auto close = closeOf(socket);
    QVERIFY(close);
    QCOMPARE(close->closeCode(), 1008);
    QCOMPARE(close->closeReason(), QByteArray("the token has expired"));
    QVERIFY(stream.awaitText(": closing 1008: the token has expired"));
    QCOMPARE(poll.answer()->status, 401);
    QVERIFY(server.awaitClients(1));
}

void AccessTest::aTokenThatCameLateHasTheLeeway()
{
    RunningServer server(optionsWith({}, kTestSecret));
    const QByteArray token = tokenUntil(server.nowMs() / 1000 - 30);
    WebSocketPeer socket(server.port(), "/a?token=" + token);
    QCOMPARE(socket.status(), 101);
    QVERIFY(server.awaitClients(1));
    server.advance(29s);
    QVERIFY(server.awaitClients(1));
    server.advance(1s);
    QVERIFY(closeOf(socket));
    QCOMPARE(WebSocketPeer(server.port(), "/a?token=" + token).status(), 401);
}

void AccessTest::aPollerIsVerifiedEachTime()
{
    RunningServer server(optionsWith({}, kTestSecret));
    const QByteArray target = "/a?timeout=0&token=" + tokenUntil(server.nowMs() / 1000 + 10);
    WireClient wire(server.port());
    for (int i = 0; i < 3; ++i) {
        wire.request("GET", target);
        QCOMPARE(wire.answer()->status, 204);
    }
    server.advance(71s);
    wire.request("GET", target);
    QCOMPARE(wire.answer()->status, 401);
}

void AccessTest::aNewKeyEndsWhatTheOldOneSigned()
{
    RunningServer server(optionsWith({}, kTestSecret));
    WebSocketPeer old(server.port(), "/a?token=" + tokenUntil(4'000'000'000));
    QVERIFY(server.awaitClients(1));
    const QByteArray secret = "another-secret-of-many-bytes-123456789";
    ServerSettings settings;
    settings.access.jwtKey = secret;
    server.control().configure(settings);
    const auto close = old.closeFrame();
    QVERIFY(close);
    QCOMPARE(close->closeCode(), 1008);
    QCOMPARE(close->closeReason(), QByteArray("The token's signature is not right."));
    const QByteArray token =
        signedToken(R"({"mercure":{"subscribe":["/a"]}})", R"({"alg":"HS256"})", secret);
    WebSocketPeer fresh(server.port(), "/a?token=" + token);
    QCOMPARE(fresh.status(), 101);
    settings.access.topicRules = "/b publish=nobody"; // says nothing of it
    server.control().configure(settings);
    server.publish("/a", "still");
    QCOMPARE(fresh.text(), QByteArray("still"));
}

void AccessTest::theSubjectIsShown()
{
    RunningServer server(optionsWith({}, kTestSecret));
    WebSocketPeer socket(server.port(), "/a?token=" + tokenUntil(4'000'000'000));
    QVERIFY(server.awaitClients(1));
    QCOMPARE(server.look()->clients[0].subject, u"ann"_s);
    const WireAnswer clients = ask(server, "GET", "/_/api/clients");
    QVERIFY(clients.body.contains(R"("subject":"ann")"));
    QVERIFY(server.look()->tokenRequired);
}

void AccessTest::ratesGoBySubject()
{
    ServerOptions options = optionsWith({}, kTestSecret);
    options.rate = {1, 2, 0};
    RunningServer server(std::move(options));
    const QByteArray ann = bearer(tokenUntil(4'000'000'000));
    const QByteArray ben =
        bearer(signedToken(R"({"sub":"ben","mercure":{"publish":["*"],"subscribe":["*"]}})"));
    QCOMPARE(ask(server, "POST", "/a", ann, "x").status, 202);
    // Another way in, the same sender.
    WebSocketPeer socket(server.port(), "/a", "pushdeck.v1", ann);
    socket.sendText(R"({"type":"publish","topic":"/b","data":"x"})");
    QCOMPARE(socket.json().value(u"type").toString(), u"ack"_s);
    QCOMPARE(ask(server, "POST", "/b", ann, "x").status, 429);
    QCOMPARE(ask(server, "POST", "/b", ben, "x").status, 202);
}

void AccessTest::cookiesNeedOurOwnPages()
{
    ServerOptions options = optionsWith({}, kTestSecret);
    options.access.origins = {"https://app.example", "http://localhost"};
    RunningServer server(std::move(options));
    const QByteArray cookie = "Cookie: mercureAuthorization=" + tokenUntil(4'000'000'000) + "\r\n";
    const QByteArray app = "Origin: https://app.example\r\nSec-Fetch-Site: cross-site\r\n";
    const WireAnswer published = ask(server, "POST", "/a", cookie + app, "x");
    QCOMPARE(published.status, 202);
    QCOMPARE(published.field("Access-Control-Allow-Origin"), QByteArray("https://app.example"));
    QCOMPARE(published.field("Access-Control-Allow-Credentials"), QByteArray("true"));
    QCOMPARE(WebSocketPeer(server.port(), "/a", {}, cookie + app).status(), 101);
    const QByteArray evil = "Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n";
    QCOMPARE(ask(server, "POST", "/a", cookie + evil, "x").status, 403);
    QCOMPARE(WebSocketPeer(server.port(), "/a", {}, cookie + evil).status(), 403);
    // A form or an image of another site, which tells no origin.
    QCOMPARE(ask(server, "POST", "/a", cookie + "Sec-Fetch-Site: cross-site\r\n", "x").status, 401);
    QCOMPARE(ask(server, "GET", "/a", cookie + "Sec-Fetch-Site: cross-site\r\n").status, 401);

    // Where every origin may come, none is ours but our own.
    RunningServer open(optionsWith({}, kTestSecret));
    QCOMPARE(ask(open, "POST", "/a", cookie + app, "x").status, 401);
    const WireAnswer own =
        ask(open, "POST", "/a",
            cookie + "Origin: http://127.0.0.1:" + QByteArray::number(open.port()) + "\r\n", "x");
    QVERIFY(!own.has("Access-Control-Allow-Credentials"));
}

void AccessTest::noSecretIsShown()
{
    ServerOptions options = optionsWith("/secret subscribe=token", kTestSecret);
    options.access.publishToken = "publish-hush";
    options.access.subscribeToken = "subscribe-hush";
    options.access.operatorToken = "operator-hush";
    RunningServer server(std::move(options));
    const QByteArray jwt = tokenUntil(4'000'000'000);
    const QByteArray jwtMark = jwt.mid(jwt.size() - 20);
    const QByteArray query = "token=publish-hush";
    WebSocketPeer socket(server.port(), "/a?" + query);
    WebSocketPeer signedSocket(server.port(), "/a?authorization=" + jwt, "pushdeck.v1");
    WireClient stream(server.port());
    stream.request("GET", "/a?token=subscribe-hush", kSse);
    QVERIFY(stream.head());
    ask(server, "GET", "/a?since=all&timeout=0&" + query);
    ask(server, "POST", "/a?event=e&" + query, {}, "body");
    ask(server, "POST", "/a?token=subscribe-hush", {}, "refused");
    ask(server, "GET", "/a?token=subscribe-hush&since=nonsense");
    ask(server, "GET", "/a/hush?token=" + jwt + "x");
    ask(server, "GET", "/_/api/status?token=operator-hush", "Origin: http://evil.example\r\n");
    ask(server, "GET", "/a", "Cookie: mercureAuthorization=" + jwt + "x\r\n");
    ask(server, "GET", "/a", bearer("wrong-hush"));
    signedSocket.sendText("no json");
    QVERIFY(server.awaitRows(TrafficKind::Refused, 6));

    QByteArray shown;
    for (const TrafficRow &row : server.control().log().since(0).events)
        shown += (row->text + row->topic + row->client + row->event + row->contentType).toUtf8() +
                 row->payload + '\n';
    for (const char *target :
         {"/_/api/status", "/_/api/clients", "/_/api/topics", "/_/api/messages", "/_/metrics",
          "/_/presence/a?token=publish-hush", "/_/health"})
        shown += ask(server, "GET", target).body;
    const auto snapshot = server.look();
    for (const ClientInfo &info : snapshot->clients) {
        shown +=
            (info.topics.join(u' ') + info.userAgent + info.name + info.identity + info.subject)
                .toUtf8();
        if (info.request)
            shown += (info.request->host + info.request->origin + info.request->language).toUtf8();
    }
    QVERIFY(shown.contains("ann")); // it looked at the right things
    for (const QByteArray &secret :
         {QByteArray("publish-hush"), QByteArray("subscribe-hush"), QByteArray("operator-hush"),
          QByteArray("wrong-hush"), jwtMark, QByteArray(kTestSecret)}) {
        const qsizetype at = shown.indexOf(secret);
        QVERIFY2(at < 0, shown.mid(std::max<qsizetype>(at - 80, 0), 200).constData());
    }
}

void AccessTest::otherSitesReachNothing_data()
{
    QTest::addColumn<QByteArray>("fields"); // Host among them
    QTest::newRow("cross-site") << QByteArray("Host: localhost\r\nOrigin: http://evil.example\r\n");
    QTest::newRow("no origin, cross-site")
        << QByteArray("Host: localhost\r\nSec-Fetch-Site: cross-site\r\n");
    QTest::newRow("another port") << QByteArray(
        "Host: localhost:1\r\nOrigin: http://localhost:3000\r\n");
    QTest::newRow("null") << QByteArray("Host: localhost\r\nOrigin: null\r\n");
    QTest::newRow("DNS rebinding")
        << QByteArray("Host: evil.example\r\nOrigin: http://evil.example\r\n");
    QTest::newRow("DNS rebinding, no origin")
        << QByteArray("Host: evil.example:8080\r\nSec-Fetch-Site: same-origin\r\n");
    QTest::newRow("with the operator's token") << QByteArray(
        "Host: localhost\r\nOrigin: http://evil.example\r\nAuthorization: Bearer op\r\n");
}

void AccessTest::otherSitesReachNothing()
{
    QFETCH(QByteArray, fields);
    RunningServer server(optionsWith({}));
    WebSocketPeer client(server.port(), "/a");
    QVERIFY(server.awaitClients(1));
    server.publish("/a", "hush");
    QCOMPARE(client.text(), QByteArray("hush"));
    const QByteArray id = QByteArray::number(qulonglong(server.look()->clients[0].id));
    for (const char *method : {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"}) {
        for (const QByteArray &target :
             {QByteArray("/_/api/status"), QByteArray("/_/api/clients"), "/_/api/clients/" + id,
              "/_/api/clients/" + id + "?code=1000", QByteArray("/_/api/topics"),
              QByteArray("/_/api/messages"), QByteArray("/_/api/messages?topic=/**&since=all"),
              QByteArray("/_/api/messages/t-1/deliveries"), QByteArray("/_/api/publish"),
              QByteArray("/_/api/nothing"), QByteArray("/_/metrics"), QByteArray("/%5F/api/status"),
              QByteArray("/_/api/../api/status"), QByteArray("/_/./api/status")}) {
            WireClient wire(server.port());
            const QByteArray body = R"({"topic":"/a","data":"evil"})";
            wire.send(QByteArray(method) + ' ' + target + " HTTP/1.1\r\n" + fields +
                      "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
            const auto answer = wire.answer(qstrcmp(method, "HEAD") == 0);
            const QByteArray words = QByteArray(method) + ' ' + target;
            QVERIFY2(answer, words.constData());
            QVERIFY2(answer->status == 403 || answer->status == 404 || answer->status == 405,
                     (words + QByteArray::number(answer->status)).constData());
            if (target.startsWith("/_/api") && !target.contains(".."))
                QVERIFY2(answer->status == 403, words.constData());
            QVERIFY2(!answer->body.contains("hush"), words.constData());
            if (target.startsWith("/_/api") || target.startsWith("/_/metrics"))
                QVERIFY2(!answer->has("Access-Control-Allow-Origin"), words.constData());
        }
    }
    // Nothing was published, and nobody closed.
    server.publish("/a", "the next");
    QCOMPARE(client.text(), QByteArray("the next"));
    QCOMPARE(server.look()->totals.published, std::uint64_t(2));
}

void AccessTest::reservedPathsAreNoTopics_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char *target :
         {"/_/api/status", "/_/metrics", "/_/", "/_", "/_/anything", "/%5f/api/status",
          "/.well-known/mercure", "/a?topic=/_/api/status", "/favicon.ico", "/_/**"})
        QTest::newRow(target) << QByteArray(target);
}

void AccessTest::reservedPathsAreNoTopics()
{
    QFETCH(QByteArray, target);
    RunningServer server(optionsWith({}));
    for (const char *fields :
         {"", "Origin: http://evil.example\r\n", "Authorization: Bearer op\r\n"})
        QCOMPARE(WebSocketPeer(server.port(), target, {}, fields).status(), 400);
    WebSocketPeer peer(server.port(), "/a", "pushdeck.v1");
    const QByteArray name = target.contains("topic=") ? target.mid(target.indexOf('=') + 1)
                                                      : QByteArray(target).replace("%5f", "_");
    for (const char *type : {"subscribe", "publish", "presence"}) {
        peer.sendJson({{u"type"_s, QLatin1String(type)},
                       {u"topic"_s, QString::fromUtf8(name)},
                       {u"data"_s, u"x"_s}});
        QCOMPARE(peer.json().value(u"status").toInt(), 400);
    }
}

QTEST_GUILESS_MAIN(AccessTest)
#include "tst_access.moc"
