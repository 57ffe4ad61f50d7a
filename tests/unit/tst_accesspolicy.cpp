// SPDX-License-Identifier: GPL-3.0-or-later
// Who may do what, by tokens, signed tokens, rules for topics, and cookies.
#include "net/addresscounts.h"
#include "policy/accesspolicy.h"
#include "signedtoken.h"

#include <QTest>

using namespace pushdeck;

class tst_AccessPolicy : public QObject
{
    Q_OBJECT

private slots:
    void tokensAndRules_data();
    void tokensAndRules();
    void aSignedTokenGrantsItsTopicsOnly();
    void aBrokenSignedTokenIsTold();
    void cookies_data();
    void cookies();
    void whoStays();
    void whatCannotBeUsedIsRefused();
    void networks_data();
    void networks();
    void addressesAreCounted();
};

namespace {

constexpr std::int64_t kNowMs = 1'700'000'000'000;

AccessPolicy policyOf(AccessRules rules)
{
    return AccessPolicy::from(std::move(rules)).value();
}

std::vector<TopicPattern> topics(const char *name)
{
    return {TopicPattern::fromName(name).value()};
}

Topic topic(const char *name)
{
    return Topic::fromName(name).value();
}

Visitor with(const AccessPolicy &policy, const QByteArray &token)
{
    Visitor visitor;
    visitor.token = token;
    policy.identify(visitor, kNowMs);
    return visitor;
}

/// 0 where it is let.
int statusOf(const std::optional<Error> &error)
{
    if (!error)
        return 0;
    switch (error->kind) {
        case ErrorKind::Unauthorized:
            return 401;
        case ErrorKind::InvalidToken:
            return 4010;
        case ErrorKind::Forbidden:
            return 403;
        default:
            return -1;
    }
}

} // namespace

void tst_AccessPolicy::tokensAndRules_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("topicName");
    QTest::addColumn<int>("subscribing");
    QTest::addColumn<int>("publishing");
    const auto row = [](const char *token, const char *name, int subscribing, int publishing) {
        QTest::addRow("'%s' at %s", token, name)
            << QByteArray(token) << QByteArray(name) << subscribing << publishing;
    };
    // /open: anyone; /staff: token; /desk: operator; /dead: nobody; /else: as the tokens say.
    for (const char *token : {"", "wrong", "subscribe", "publish", "operator"})
        row(token, "/open", 0, 0);
    row("", "/staff", 401, 401);
    row("wrong", "/staff", 401, 401);
    row("subscribe", "/staff", 0, 403);
    row("publish", "/staff", 0, 0);
    row("operator", "/staff", 0, 0);
    row("", "/desk", 401, 401);
    row("subscribe", "/desk", 403, 403);
    row("publish", "/desk", 403, 403);
    row("operator", "/desk", 0, 0);
    for (const char *token : {"", "wrong", "subscribe", "publish", "operator"})
        row(token, "/dead", 403, 403);
    row("", "/else", 401, 401);
    row("wrong", "/else", 401, 401);
    row("subscribe", "/else", 0, 401);
    row("publish", "/else", 0, 0);
    row("operator", "/else", 0, 0);
}

void tst_AccessPolicy::tokensAndRules()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, topicName);
    const AccessPolicy policy = policyOf({"operator",
                                          "publish",
                                          "subscribe",
                                          {},
                                          true,
                                          "/open publish=anyone subscribe=anyone\n"
                                          "/staff publish=token subscribe=token\n"
                                          "/desk publish=operator subscribe=operator\n"
                                          "/dead publish=nobody subscribe=nobody\n",
                                          {}});
    const Visitor visitor = with(policy, token);
    QTEST(statusOf(policy.maySubscribe(visitor, topics(topicName.constData()))), "subscribing");
    QTEST(statusOf(policy.mayPublish(visitor, topic(topicName.constData()))), "publishing");
    // Nobody at all reads what /** includes.
    QVERIFY(policy.maySubscribe(visitor, topics("/**")));
}

void tst_AccessPolicy::aSignedTokenGrantsItsTopicsOnly()
{
    const AccessPolicy policy =
        policyOf({"operator",
                  {},
                  {},
                  {},
                  true,
                  "/free subscribe=anyone\n/dead subscribe=nobody publish=nobody",
                  kTestSecret});
    const Visitor ann =
        with(policy,
             signedToken(R"({"sub":"ann","mercure":{"subscribe":["/a/**"],"publish":["/a/in"]}})"));
    QVERIFY(ann.claims);
    QCOMPARE(subjectOf(ann), QStringLiteral("ann"));
    QCOMPARE(statusOf(policy.maySubscribe(ann, topics("/a/b/*"))), 0);
    QCOMPARE(statusOf(policy.maySubscribe(ann, topics("/free"))), 0);
    QCOMPARE(statusOf(policy.maySubscribe(ann, topics("/b"))), 403);
    QCOMPARE(statusOf(policy.maySubscribe(ann, topics("/**"))), 403);
    QCOMPARE(statusOf(policy.maySubscribe(ann, topics("/dead"))), 403);
    QCOMPARE(statusOf(policy.mayPublish(ann, topic("/a/in"))), 0);
    QCOMPARE(statusOf(policy.mayPublish(ann, topic("/a/out"))), 403);
    QCOMPARE(statusOf(policy.mayPublish(ann, topic("/dead"))), 403);
    // A token for everything is still no match for a rule.
    const Visitor all =
        with(policy, signedToken(R"({"mercure":{"subscribe":["*"],"publish":["*"]}})"));
    QCOMPARE(statusOf(policy.maySubscribe(all, topics("/b"))), 0);
    QCOMPARE(statusOf(policy.maySubscribe(all, topics("/**"))), 403);
    QCOMPARE(statusOf(policy.mayPublish(all, topic("/dead"))), 403);
    // Each of several topics.
    auto both = topics("/a/b");
    both.push_back(topics("/b").front());
    QCOMPARE(statusOf(policy.maySubscribe(ann, both)), 403);
    QCOMPARE(statusOf(policy.maySubscribe(with(policy, {}), topics("/a"))), 401);
    QCOMPARE(statusOf(policy.mayPublish(with(policy, {}), topic("/a"))), 401);
    QCOMPARE(statusOf(policy.mayPublish(with(policy, "operator"), topic("/a"))), 0);
}

void tst_AccessPolicy::aBrokenSignedTokenIsTold()
{
    const AccessPolicy policy =
        policyOf({{}, "p.u.b", {}, {}, true, "/open subscribe=anyone publish=anyone", kTestSecret});
    const Visitor expired = with(policy, signedToken(R"({"exp":1})"));
    QVERIFY(!expired.claims);
    // Also where no token would be needed: it means something else than it says.
    QCOMPARE(statusOf(policy.maySubscribe(expired, topics("/open"))), 4010);
    QCOMPARE(statusOf(policy.mayPublish(expired, topic("/open"))), 4010);
    // What only looks like one.
    QCOMPARE(statusOf(policy.mayPublish(with(policy, "p.u.b"), topic("/x"))), 0);
    QCOMPARE(statusOf(policy.maySubscribe(with(policy, "not-signed"), topics("/x"))), 401);
    // Without a key nobody looks at it.
    const AccessPolicy plain = policyOf({});
    QCOMPARE(statusOf(plain.maySubscribe(with(plain, "a.b.c"), topics("/x"))), 0);
}

void tst_AccessPolicy::cookies_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArray>("site");
    QTest::addColumn<bool>("changes");
    QTest::addColumn<bool>("counts");
    const auto row = [](const char *name, const char *origin, const char *site, bool changes,
                        bool counts) {
        QTest::newRow(name) << QByteArray(origin) << QByteArray(site) << changes << counts;
    };
    row("same origin", "http://deck:8080", "same-origin", false, true);
    row("same origin, publishing", "http://deck:8080", "same-origin", true, true);
    row("allowed origin", "https://app.example", "cross-site", false, true);
    row("allowed origin, publishing", "https://app.example", "cross-site", true, true);
    row("EventSource of our own page", "", "same-origin", false, true);
    row("curl", "", "", false, true);
    row("typed in the address bar", "", "none", false, true);
    row("an image of another site", "", "cross-site", false, false);
    row("an image of a neighbour", "", "same-site", false, false);
    row("another site", "http://evil.example", "cross-site", false, false);
    row("another site publishes", "http://evil.example", "cross-site", true, false);
    row("another port", "http://deck:9090", "same-site", true, false);
    row("null", "null", "cross-site", true, false);
    row("publishing from nowhere", "", "", true, false);
    row("a form of nobody", "", "none", true, false);
}

void tst_AccessPolicy::cookies()
{
    QFETCH(QByteArray, origin);
    QFETCH(QByteArray, site);
    QFETCH(bool, changes);
    const AccessPolicy policy =
        policyOf({{}, {}, {}, {"https://app.example"}, true, {}, kTestSecret});
    Visitor visitor;
    visitor.host = "deck:8080";
    visitor.origin = origin;
    visitor.fetchSite = site;
    visitor.changes = changes;
    visitor.cookieToken = signedToken(R"({"mercure":{"publish":["*"]}})");
    policy.identify(visitor, kNowMs);
    QTEST(visitor.claims != nullptr, "counts");

    // A header goes before it, right or wrong.
    visitor.token = "wrong";
    policy.identify(visitor, kNowMs);
    QVERIFY(!visitor.claims);
    // And it is never one of the operator's tokens.
    const AccessPolicy plain = policyOf({"op", "pub", "sub", {}, true, {}, {}});
    visitor.token.clear();
    visitor.cookieToken = "op";
    plain.identify(visitor, kNowMs);
    QVERIFY(visitor.token.isEmpty());
}

void tst_AccessPolicy::whoStays()
{
    const AccessPolicy before = policyOf({{}, {}, {}, {}, true, {}, kTestSecret});
    Visitor ann = with(before, signedToken(R"({"mercure":{"subscribe":["/a"]}})"));
    const Visitor nobody = with(policyOf({}), {});
    const auto stays = [](const AccessRules &rules, Visitor visitor, const char *name) {
        return statusOf(policyOf(rules).mayStay(visitor, topics(name), kNowMs));
    };
    QCOMPARE(stays({{}, {}, {}, {}, true, {}, kTestSecret}, ann, "/a"), 0);
    QCOMPARE(stays({{}, {}, {}, {}, true, "/a subscribe=operator", kTestSecret}, ann, "/a"), 403);
    QCOMPARE(stays({{}, {}, {}, {}, true, {}, "another-secret-of-many-bytes-123456789"}, ann, "/a"),
             4010);
    QCOMPARE(stays({}, ann, "/a"), 4010);
    QCOMPARE(statusOf(before.mayStay(ann, topics("/a"), kNowMs)), 0);
    // A token that is asked for only now is not asked of who is here; a rule is.
    QCOMPARE(stays({{}, {}, "subscribe", {}, true, {}, {}}, nobody, "/a"), 0);
    QCOMPARE(stays({{}, {}, {}, {}, true, {}, kTestSecret}, nobody, "/a"), 0);
    QCOMPARE(stays({{}, {}, {}, {}, true, "/a subscribe=token", {}}, nobody, "/a"), 401);
    QCOMPARE(stays({{}, {}, {}, {}, true, "/a subscribe=token", {}}, nobody, "/**"), 401);
    QCOMPARE(stays({{}, {}, {}, {}, true, "/a subscribe=token", {}}, nobody, "/b"), 0);
}

void tst_AccessPolicy::whatCannotBeUsedIsRefused()
{
    const auto rules = AccessPolicy::from({{}, {}, {}, {}, true, "/a publish=some", {}});
    QVERIFY(!rules);
    QVERIFY(rules.error().words.contains(QLatin1String("Line 1")));
    QVERIFY(!AccessPolicy::from({{}, {}, {}, {}, true, {}, "short"}));
}

void tst_AccessPolicy::networks_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<bool>("same");
    QTest::newRow("IPv4") << "192.0.2.1"
                          << "192.0.2.1" << true;
    QTest::newRow("IPv4, neighbours") << "192.0.2.1"
                                      << "192.0.2.2" << false;
    QTest::newRow("mapped") << "::ffff:192.0.2.1"
                            << "192.0.2.1" << true;
    QTest::newRow("one /64") << "2001:db8:1:2::1"
                             << "2001:db8:1:2:ffff::9" << true;
    QTest::newRow("two /64") << "2001:db8:1:2::1"
                             << "2001:db8:1:3::1" << false;
    QTest::newRow("link-local") << "fe80::1%2"
                                << "fe80::2%2" << true;
    QTest::newRow("loopbacks") << "127.0.0.1"
                               << "::1" << false;
    QTest::newRow("loopback is no network") << "::1"
                                            << "::2" << false;
}

void tst_AccessPolicy::networks()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QTEST(networkOf(QHostAddress(a)) == networkOf(QHostAddress(b)), "same");
}

void tst_AccessPolicy::addressesAreCounted()
{
    AddressCounts counts;
    QVERIFY(counts.add("a", 2));
    QVERIFY(counts.add("a", 2));
    QVERIFY(!counts.add("a", 2));
    QVERIFY(counts.add("b", 2));
    counts.remove("a");
    QVERIFY(counts.add("a", 2));
    for (const char *one : {"a", "a", "b"})
        counts.remove(one);
    QCOMPARE(counts.addresses(), qsizetype(0));
    counts.remove("never");
    QCOMPARE(counts.count("never"), 0);
}

QTEST_APPLESS_MAIN(tst_AccessPolicy)
#include "tst_accesspolicy.moc"
