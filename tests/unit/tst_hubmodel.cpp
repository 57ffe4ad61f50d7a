// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hub.h"

#include "hubmodel.h"
#include "memorykeeper.h"

#include <QtTest>

#include <memory>
#include <random>

using namespace pushdeck;

namespace {

#ifdef QT_NO_DEBUG
constexpr int kRuns = 10'000;
#else
constexpr int kRuns = 1'000;
#endif
constexpr int kStepsPerRun = 80;

/// A number from the environment, or what stands for it.
int fromEnvironment(const char *name, int otherwise)
{
    bool ok = false;
    const int value = qEnvironmentVariableIntValue(name, &ok);
    return ok ? value : otherwise;
}

/// One random life of a hub beside its model.
class Run final
{
public:
    Run(unsigned seed, bool talks)
        : m_random(seed), m_talks(talks), m_limits(limits()), m_hub(newHub()), m_history(m_limits)
    {
        m_hub->setKeeper(&m_keeper);
    }
    ~Run()
    {
        for (const auto &one : m_subscribers)
            m_hub->unsubscribe(one->subscriber);
    }

    /// What was wrong, or empty.
    QString go()
    {
        for (int step = 0; step < kStepsPerRun; ++step) {
            m_timeMs += pick(2000);
            doSomething();
            if (const QString what = complaint(); !what.isEmpty())
                return QStringLiteral("step %1: %2").arg(step).arg(what);
        }
        for (const auto &one : m_subscribers) {
            resume(*one, -1);
            one->checkComplete();
        }
        return complaint();
    }

private:
    /// 0 to n-1.
    int pick(int n) { return std::uniform_int_distribution<int>(0, n - 1)(m_random); }

    /// Mostly so small that something goes all the time.
    HistoryLimits limits()
    {
        HistoryLimits it;
        it.messagesPerTopic = pick(10) == 0 ? 0 : static_cast<std::size_t>(pick(6) + 1);
        if (pick(4) == 0)
            it.messagesPerTopic = 1000;
        if (pick(3) == 0)
            it.bytes = static_cast<std::size_t>(1000 + pick(6000));
        if (pick(4) == 0)
            it.bytesPerTopic = static_cast<std::size_t>(500 + pick(4000));
        if (pick(4) == 0)
            it.messages = static_cast<std::size_t>(1 + pick(12));
        if (pick(3) == 0)
            it.topics = static_cast<std::size_t>(pick(3) + 1);
        return it;
    }

    void doSomething()
    {
        const int what = pick(100);
        if (what == 0)
            restart();
        else if (what < 50 || (m_subscribers.empty() && what < 60))
            publish();
        else if (what < 65)
            newSubscriber();
        else if (m_subscribers.empty())
            return;
        else if (auto &one = *m_subscribers[static_cast<std::size_t>(
                     pick(static_cast<int>(m_subscribers.size())))];
                 what < 75)
            subscribe(one);
        else if (what < 82)
            unsubscribe(one);
        else if (what < 86)
            leave(one);
        else
            resume(one, pick(4) == 0 ? -1 : pick(5));
    }

    std::unique_ptr<Hub> newHub()
    {
        return std::make_unique<Hub>("e", m_limits, [this] { return m_timeMs; });
    }

    /// All are gone, and what was remembered is there again.
    void restart()
    {
        say("restart");
        while (!m_subscribers.empty())
            leave(*m_subscribers.back());
        m_hub = newHub();
        m_hub->setKeeper(&m_keeper);
        m_hub->restore(m_keeper.past("e"));
        m_history.restart();
    }

    void publish()
    {
        Publication publication;
        publication.data = QByteArray(pick(4) == 0 ? pick(2000) : 1, 'x');
        const int kind = pick(10);
        const int place = kind == 0   ? kEveryone
                          : kind == 1 ? kFirstClient + pick(3)
                                      : pick(kEveryone);
        say("publish", place < kEveryone ? topicOf(place) : QByteArray::number(place));
        const auto receipt =
            place < kEveryone ? m_hub->publish(*Topic::fromName(topicOf(place)), publication)
            : place == kEveryone
                ? m_hub->publishToAll(publication)
                : m_hub->publishToClient(std::uint64_t(place - kFirstClient), "/a", publication);
        const auto gone = m_history.add(place, receipt->message->costBytes(), m_timeMs);
        for (const std::uint64_t one : gone)
            say("gone", one);
        for (const auto &one : m_subscribers) {
            one->evicted(gone);
            one->published();
        }
    }

    void newSubscriber()
    {
        if (m_subscribers.size() >= 5)
            return;
        m_subscribers.push_back(std::make_unique<ModelSubscriber>(m_history, pick(3)));
        auto &one = *m_subscribers.back();
        one.setRoom(pick(2) == 0 ? -1 : pick(5));
        subscribe(one);
    }

    void subscribe(ModelSubscriber &one)
    {
        std::vector<int> indexes;
        std::vector<TopicPattern> patterns;
        for (int i = pick(3); i >= 0; --i) {
            const int index = pick(static_cast<int>(kModelPatterns.size()));
            if (!one.mayAdd(index))
                continue;
            indexes.push_back(index);
            patterns.push_back(
                *TopicPattern::fromName(kModelPatterns[static_cast<std::size_t>(index)].name));
        }
        std::sort(indexes.begin(), indexes.end());
        indexes.erase(std::unique(indexes.begin(), indexes.end()), indexes.end());
        const auto [cursor, foreign] = anyCursor();
        for (const TopicPattern &pattern : patterns)
            say("client", one.client, &one.subscriber, "subscribes", pattern.name());
        say("cursor", &one.subscriber, int(cursor.kind), cursor.id.sequence, "room",
            one.subscriber.room);
        m_hub->subscribe(one.subscriber, std::uint64_t(one.client), patterns, cursor);
        one.subscribe(indexes, cursor, foreign, m_timeMs);
    }

    std::pair<Cursor, bool> anyCursor()
    {
        const auto newest = static_cast<int>(m_history.newest());
        switch (pick(8)) {
            case 0:
                return {Cursor{}, false};
            case 1:
                return {Cursor{Cursor::Kind::All, 0, {}, {}}, false};
            case 2:
                return {Cursor{Cursor::Kind::LastN, std::uint32_t(pick(6) + 1), {}, {}}, false};
            case 3:
                return {Cursor{Cursor::Kind::Age, 0, std::chrono::seconds(pick(20)), {}}, false};
            case 4:
                if (pick(4) == 0)
                    return {Cursor::after({"before", std::uint64_t(pick(100))}), true};
                if (pick(4) == 0)
                    return {Cursor::after({"e", std::uint64_t(newest + 1 + pick(3))}), true};
                [[fallthrough]];
            default:
                return {Cursor::after({"e", std::uint64_t(pick(newest + 1))}), false};
        }
    }

    void unsubscribe(ModelSubscriber &one)
    {
        const int index = pick(static_cast<int>(kModelPatterns.size()));
        const auto pattern =
            *TopicPattern::fromName(kModelPatterns[static_cast<std::size_t>(index)].name);
        const bool had = one.has(index);
        say("client", one.client, &one.subscriber, "unsubscribes", pattern.name());
        if (m_hub->unsubscribe(one.subscriber, pattern) != had)
            m_complaint = QStringLiteral("unsubscribe: had it and not, or the other way round");
        one.unsubscribe(index);
    }

    void leave(ModelSubscriber &one)
    {
        say("client", one.client, &one.subscriber, "leaves");
        m_hub->unsubscribe(one.subscriber);
        std::erase_if(m_subscribers, [&one](const auto &other) { return other.get() == &one; });
    }

    void resume(ModelSubscriber &one, int room)
    {
        say("client", one.client, &one.subscriber, "resumes with room", room);
        one.setRoom(room);
        m_hub->resume(one.subscriber);
        one.resumed();
    }

    static QByteArray topicOf(int place) { return kModelTopics[static_cast<std::size_t>(place)]; }

    [[nodiscard]] QString complaint() const
    {
        for (const auto &one : m_subscribers) {
            if (!one->complaint().isEmpty())
                return one->complaint();
        }
        return m_complaint;
    }

    template <typename... Values>
    void say(const char *what, Values... values)
    {
        if (m_talks)
            (qInfo() << m_history.newest() << what << ... << values);
    }

    std::mt19937 m_random;
    const bool m_talks;
    std::int64_t m_timeMs = 1'000'000;
    const HistoryLimits m_limits;
    MemoryKeeper m_keeper;
    std::unique_ptr<Hub> m_hub;
    ModelHistory m_history;
    std::vector<std::unique_ptr<ModelSubscriber>> m_subscribers;
    QString m_complaint;
};

} // namespace

/// Each subscriber gets every message of its topics after its cursor, in order and at most once, or
/// is told a gap that says how many are missing. A failure names its seed; to see that life step by
/// step: PUSHDECK_MODEL_SEED=<seed> tst_hubmodel. PUSHDECK_MODEL_RUNS changes how many there are.
class HubModelTest final : public QObject
{
    Q_OBJECT

private slots:
    void randomLives();
};

void HubModelTest::randomLives()
{
    const int one = fromEnvironment("PUSHDECK_MODEL_SEED", -1);
    if (one >= 0) {
        const QString wrong = Run(static_cast<unsigned>(one), true).go();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        return;
    }
    const int runs = fromEnvironment("PUSHDECK_MODEL_RUNS", kRuns);
    for (int seed = 0; seed < runs; ++seed) {
        const QString wrong = Run(static_cast<unsigned>(seed), false).go();
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(wrong)));
    }
}

QTEST_APPLESS_MAIN(HubModelTest)
#include "tst_hubmodel.moc"
