// SPDX-License-Identifier: GPL-3.0-or-later
// Rules for topics: as text, in order, and for patterns.
#include "policy/topicrules.h"

#include <QRandomGenerator>
#include <QTest>

#include <set>

using namespace pushdeck;

class tst_TopicRules : public QObject
{
    Q_OBJECT

private slots:
    void text();
    void refusedText_data();
    void refusedText();
    void theFirstThatSpeaksDecides();
    void publishingIsRememberedAndBounded();
    void patterns_data();
    void patterns();
    void aPatternGetsNothingThatANameWouldNot();
    void theWorstIsBounded();
};

namespace {

TopicRules rulesOf(const QByteArray &text)
{
    return TopicRules::parse(text).value();
}

TopicPattern pattern(const QByteArray &name)
{
    return TopicPattern::fromName(name).value();
}

/// With a token, but not the operator's.
bool letsToken(Who who)
{
    return who == Who::Anyone || who == Who::Token;
}

} // namespace

void tst_TopicRules::text()
{
    const TopicRules rules = rulesOf(
        "# orders\r\n"
        "\n"
        "  /orders/**   publish=token\tsubscribe=anyone \r\n"
        "/a%20b subscribe=operator\n"
        "/# publish=nobody");
    QCOMPARE(rules.rules().size(), std::size_t(3));
    QCOMPARE(rules.rules()[0].pattern.name(), "/orders/**");
    QCOMPARE(rules.rules()[0].publish, std::optional(Who::Token));
    QCOMPARE(rules.rules()[0].subscribe, std::optional(Who::Anyone));
    QCOMPARE(rules.rules()[1].pattern.name(), "/a b");
    QVERIFY(!rules.rules()[1].publish);
    QCOMPARE(rules.rules()[1].subscribe, std::optional(Who::Operator));
    QCOMPARE(rules.rules()[2].pattern.name(), "/#");
    QVERIFY(rulesOf("").isEmpty());
    QVERIFY(rulesOf("# nothing\n\n").isEmpty());
}

void tst_TopicRules::refusedText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QByteArray &text, const char *words) {
        QTest::newRow(name) << text << QString::fromLatin1(words);
    };
    row("no slash", "orders publish=token", "Line 1: A topic begins with '/'");
    row("third line", "/a publish=token\n# fine\n/b", "Line 3: After the pattern");
    row("who", "/a publish=everybody", "'publish=everybody'");
    row("nobody named", "/a publish=", "'publish='");
    row("what", "/a write=token", "'write=token' is neither");
    row("no equals", "/a publish", "'publish' is neither");
    row("twice", "/a publish=token publish=anyone", "'publish' stands there twice");
    row("upper case", "/a publish=Token", "'publish=Token'");
    row("reserved", "/_/api publish=token", "reserved");
    row("percent", "/a%zz publish=token", "hexadecimal");
    row("control", QByteArray("/a%00 publish=token"), "control");
    row("long topic", '/' + QByteArray(300, 'x') + " publish=token", "at most 256");
    row("too many", QByteArray("/a publish=token\n").repeated(201), "200 rules");
    row("too long", QByteArray(70'000, '#'), "at most 65536 bytes");
}

void tst_TopicRules::refusedText()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const auto rules = TopicRules::parse(text);
    QVERIFY(!rules);
    QVERIFY2(rules.error().words.contains(words), qPrintable(rules.error().words));
}

void tst_TopicRules::theFirstThatSpeaksDecides()
{
    const TopicRules rules = rulesOf(
        "/a/open subscribe=nobody\n"
        "/a/* publish=operator\n"
        "/a/open publish=anyone\n"
        "/** publish=token");
    QCOMPARE(rules.whoMayPublish("/a/open"), std::optional(Who::Operator));
    QCOMPARE(rules.whoMayPublish("/b"), std::optional(Who::Token));
    QCOMPARE(rules.whoMayPublish("/"), std::optional(Who::Token));
    QCOMPARE(rulesOf("/a publish=token").whoMayPublish("/b"), std::optional<Who>());
    QCOMPARE(rulesOf("/a subscribe=token").whoMayPublish("/a"), std::optional<Who>());
}

void tst_TopicRules::publishingIsRememberedAndBounded()
{
    const TopicRules rules = rulesOf("/secret/** publish=nobody");
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 10'000; ++i) {
            const QByteArray number = QByteArray::number(i);
            QCOMPARE(rules.whoMayPublish("/secret/" + number), std::optional(Who::Nobody));
            QCOMPARE(rules.whoMayPublish("/" + number), std::optional<Who>());
        }
    }
}

void tst_TopicRules::patterns_data()
{
    QTest::addColumn<QByteArray>("rules");
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<bool>("refused");
    QTest::addColumn<bool>("decided");
    const auto row = [](const char *rules, const char *asked, bool refused, bool decided) {
        QTest::addRow("%s for %s", rules, asked)
            << QByteArray(rules) << QByteArray(asked) << refused << decided;
    };
    row("/secret subscribe=operator", "/secret", true, true);
    row("/secret subscribe=operator", "/other", false, false);
    row("/secret subscribe=operator", "/**", true, true);
    row("/secret subscribe=operator", "/*", true, true);
    row("/secret subscribe=operator", "/*/x", false, false);
    row("/a/*/c subscribe=nobody", "/*/b/*", true, true);
    row("/** subscribe=token", "/a/**", false, true);
    row("/a subscribe=anyone", "/**", false, false);
    row("/a/** subscribe=anyone\n/a/secret subscribe=nobody", "/a/secret", false, true);
    row("/a/** subscribe=anyone\n/a/secret subscribe=nobody", "/a/*", false, true);
    row("/a/** subscribe=anyone\n/a/secret subscribe=nobody", "/**", true, true);
    row("/a/open subscribe=anyone\n/a/* subscribe=nobody", "/a/open", false, true);
    row("/a/open subscribe=anyone\n/a/* subscribe=nobody", "/a/*", true, true);
    row("/a publish=nobody", "/a", false, false);
}

void tst_TopicRules::patterns()
{
    QFETCH(QByteArray, rules);
    QFETCH(QByteArray, asked);
    const TopicRules parsed = rulesOf(rules);
    const auto verdict = parsed.verdictOn(pattern(asked), &letsToken);
    QTEST(verdict.refusing != nullptr, "refused");
    QTEST(verdict.decided, "decided");
}

void tst_TopicRules::aPatternGetsNothingThatANameWouldNot()
{
    static constexpr const char *kSegments[] = {"/a", "/b", "/*", "/**"};
    static constexpr const char *kWho[] = {"anyone", "token", "operator", "nobody"};
    QRandomGenerator random(11);
    const auto name = [&random](int most) {
        QByteArray text;
        for (int i = random.bounded(1, most + 1); i > 0; --i)
            text += kSegments[random.bounded(4)];
        return text;
    };
    std::vector<QByteArray> topics{"/"};
    for (std::size_t i = 0; i < topics.size() && topics.size() < 1200; ++i) {
        for (const char *segment : {"/a", "/b", "/z"})
            topics.push_back((topics[i] == "/" ? QByteArray() : topics[i]) + segment);
    }
    int refused = 0;
    int harsh = 0;
    constexpr int kTries = 2000;
    for (int i = 0; i < kTries; ++i) {
        QByteArray text;
        for (int rule = random.bounded(1, 5); rule > 0; --rule)
            text += name(3) + " subscribe=" + kWho[random.bounded(4)] + '\n';
        const TopicRules rules = rulesOf(text);
        const TopicPattern asked = pattern(name(3));
        const auto verdict = rules.verdictOn(asked, &letsToken);
        bool someRefused = false;
        bool someUndecided = false;
        for (const QByteArray &topic : topics) {
            if (!asked.matches(topic))
                continue;
            const auto alone = rules.verdictOn(pattern(topic), &letsToken);
            someRefused = someRefused || alone.refusing;
            someUndecided = someUndecided || !alone.decided;
        }
        const QByteArray words = text + "for " + asked.name();
        if (someRefused)
            QVERIFY2(verdict.refusing, words.constData());
        if (someUndecided && !verdict.refusing)
            QVERIFY2(!verdict.decided, words.constData());
        refused += verdict.refusing != nullptr;
        // Where several rules together cover what a later one refuses, the walk does not see it.
        harsh += verdict.refusing && !someRefused;
    }
    QVERIFY(refused > kTries / 4 && refused < kTries * 9 / 10);
    QVERIFY2(harsh < kTries / 20, QByteArray::number(harsh).constData());
}

void tst_TopicRules::theWorstIsBounded()
{
    // As many rules as there may be, of which none decides before its last segment is held against
    // the last one asked for, and in none of them may it be told earlier that it will not.
    const QByteArray half = QByteArray("/a").repeated(kPatternSegments / 2 - 2);
    const QByteArray shapes[] = {"/**" + half + "/x",     "/**/a/**/x", "/**/*/x",
                                 "/*" + half + "/**/a/y", "/**/x",      "/**/a/*/a/x"};
    QByteArray text;
    for (std::size_t i = 0; i < kTopicRules; ++i)
        text += shapes[i % std::size(shapes)] + QByteArray::number(qulonglong(i)) +
                " subscribe=token publish=token\n";
    const TopicRules rules = rulesOf(text);
    QCOMPARE(rules.rules().size(), kTopicRules);

    std::vector<TopicPattern> hostile;
    for (const char *begin : {"/**", "/a/**", "/*/**", "/**/a", "/**/*"}) {
        hostile.push_back(pattern(begin + QByteArray("/a").repeated(kPatternSegments - 3) + "/**"));
        hostile.push_back(
            pattern(begin + QByteArray("/**/a").repeated(kPatternSegments / 2 - 2) + "/z"));
    }
    hostile.push_back(pattern(QByteArray("/a").repeated(kTopicNameBytes / 2)));
    hostile.push_back(pattern(QByteArray(kTopicNameBytes - 1, '/') + 'a'));
    std::uint64_t most = 0;
    for (const TopicPattern &asked : hostile) {
        const auto verdict = rules.verdictOn(asked, &letsToken);
        QVERIFY2(verdict.steps <= kRuleSteps, asked.name().constData());
        most = qMax(most, verdict.steps);
    }
    // What was asked was hostile indeed.
    QVERIFY2(most > kRuleSteps / 2, QByteArray::number(qulonglong(most)).constData());
    QBENCHMARK_ONCE
    {
        for (int i = 0; i < 64; ++i)
            (void)rules.verdictOn(hostile[std::size_t(i) % hostile.size()], &letsToken);
    }
}

QTEST_APPLESS_MAIN(tst_TopicRules)
#include "tst_topicrules.moc"
