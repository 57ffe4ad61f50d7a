// SPDX-License-Identifier: GPL-3.0-or-later
// What two patterns have in common, against all topics there are.
#include "core/patternbounds.h"
#include "core/topicoverlap.h"

#include <QRandomGenerator>
#include <QTest>

#include <vector>

using namespace pushdeck;

class tst_TopicOverlap : public QObject
{
    Q_OBJECT

private slots:
    void pairs_data();
    void pairs();
    void agreesWithAllTopics();
    void longOnesTakeAStepASegment();
};

namespace {

TopicPattern pattern(const QByteArray &name)
{
    return TopicPattern::fromName(name).value();
}

/// Every topic of up to so many segments. "z" stands for all that no pattern here names.
std::vector<QByteArray> topicsUpTo(int segments)
{
    std::vector<QByteArray> topics{"/"};
    std::vector<QByteArray> last{""};
    for (int i = 0; i < segments; ++i) {
        std::vector<QByteArray> next;
        for (const QByteArray &begin : last) {
            for (const char *segment : {"/a", "/b", "/z"})
                next.push_back(begin + segment);
        }
        topics.insert(topics.end(), next.begin(), next.end());
        last = std::move(next);
    }
    return topics;
}

QByteArray anyPattern(QRandomGenerator &random)
{
    static constexpr const char *kSegments[] = {"/a", "/b", "/*", "/**"};
    QByteArray name;
    const int count = random.bounded(1, 6);
    for (int i = 0; i < count; ++i)
        name += kSegments[random.bounded(4)];
    return name;
}

} // namespace

void tst_TopicOverlap::pairs_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("overlap");
    QTest::addColumn<bool>("aCovers");
    QTest::addColumn<bool>("bCovers");
    const auto row = [](const char *a, const char *b, bool overlap, bool aCovers, bool bCovers) {
        QTest::addRow("%s %s", a, b)
            << QByteArray(a) << QByteArray(b) << overlap << aCovers << bCovers;
    };
    row("/a", "/a", true, true, true);
    row("/a", "/b", false, false, false);
    row("/**", "/secret", true, true, false);
    row("/**", "/", true, true, false);
    row("/*", "/", false, false, false);
    row("/*", "/a/b", false, false, false);
    row("/a/*", "/*/b", true, false, false);
    row("/a/**", "/**/b", true, false, false);
    row("/a/**", "/a", true, true, false);
    row("/a/*", "/a/**", true, false, true);
    row("/**", "/**", true, true, true);
    row("/**/**", "/**", true, true, true);
    row("/*/**", "/**/*", true, true, true);
    row("/*/**", "/**/x", true, true, false);
    row("/**/*", "/x/**", true, true, false);
    row("/*/*/**", "/**/x", true, false, false);
    row("/*/**/a", "/x/**/a", true, true, false);
    row("/**/a/**", "/x/**/a", true, true, false);
    row("/**/a/*", "/**/b/*", false, false, false);
    row("/a/*/c", "/a/b/*", true, false, false);
    row("/a*", "/ab", false, false, false); // a '*' among letters is a letter
    row("/A", "/a", false, false, false);
}

void tst_TopicOverlap::pairs()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QTEST(overlaps(pattern(a), pattern(b)), "overlap");
    QTEST(overlaps(pattern(b), pattern(a)), "overlap");
    QTEST(covers(pattern(a), pattern(b)), "aCovers");
    QTEST(covers(pattern(b), pattern(a)), "bCovers");
}

void tst_TopicOverlap::agreesWithAllTopics()
{
    // Patterns of five segments differ in topics of ten at most.
    const std::vector<QByteArray> topics = topicsUpTo(9);
    QRandomGenerator random(7);
    int overlapping = 0;
    int covered = 0;
    for (int i = 0; i < 1500; ++i) {
        const TopicPattern a = pattern(anyPattern(random));
        const TopicPattern b = pattern(anyPattern(random));
        bool both = false;
        bool all = true;
        for (const QByteArray &topic : topics) {
            const bool ofB = b.matches(topic);
            const bool ofA = ofB && a.matches(topic);
            both = both || ofA;
            all = all && (!ofB || ofA);
            if (both && !all)
                break;
        }
        const QByteArray words = a.name() + " and " + b.name();
        QVERIFY2(overlaps(a, b) == both, words.constData());
        QVERIFY2(covers(a, b) == all, words.constData());
        overlapping += both;
        covered += all;
    }
    // The patterns were such that both answers came often.
    QVERIFY(overlapping > 300 && overlapping < 1400);
    QVERIFY(covered > 100 && covered < 1000);
}

void tst_TopicOverlap::longOnesTakeAStepASegment()
{
    // What a client may ask for at worst, against a rule at worst. The topics first: in none of
    // their segments can it be told that it will come to nothing.
    const QByteArray names = QByteArray("/a").repeated(kTopicNameBytes / 2);
    const QByteArray slashes = QByteArray(kTopicNameBytes - 1, '/') + 'a';
    const QByteArray stars = QByteArray("/**/a").repeated(kPatternSegments / 2 - 1) + "/b/**";
    const QByteArray ones = "/**" + QByteArray("/*").repeated(kPatternSegments - 2) + "/b";
    const QByteArray all[] = {names, slashes, stars, ones, "/**", "/**/b", "/*/**/a"};
    std::uint64_t most = 0;
    for (const QByteArray &first : all) {
        for (const QByteArray &second : all) {
            const QByteArray words = first + ' ' + second;
            const PatternStates a(pattern(first));
            const PatternStates b(pattern(second));
            std::uint64_t steps = 0;
            (void)a.overlaps(b, steps);
            QVERIFY2(steps <= std::uint64_t(kTopicNameBytes), words.constData());
            most = qMax(most, steps);
            steps = 0;
            (void)a.covers(b, steps);
            QVERIFY2(steps <= std::uint64_t(second.count('/')), words.constData());
        }
    }
    // So the worst one was among them: slashes, and one letter.
    QCOMPARE(most, std::uint64_t(kTopicNameBytes - 1));
}

QTEST_APPLESS_MAIN(tst_TopicOverlap)
#include "tst_topicoverlap.moc"
