// SPDX-License-Identifier: GPL-3.0-or-later
// Measures the window under load: the program as it ships, server and window in one process, with
// pushdeck-bench as its clients in another. See kHelp.
#include "app/commandline.h"
#include "app/descriptorlimit.h"
#include "app/serverthread.h"
#include "failure.h"
#include "heartbeat.h"
#include "load.h"
#include "operator.h"
#include "procstat.h"
#include "resources/resources.h"
#include "ui/charts/chartspanel.h"
#include "ui/i18n/language.h"
#include "ui/mainwindow.h"
#include "ui/traffic/trafficmodel.h"
#include "ui/traffic/trafficpanel.h"

#include <QAction>
#include <QApplication>
#include <QCommandLineParser>
#include <QLabel>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>
#include <algorithm>
#include <cstdio>

using namespace pushdeck;
using namespace pushdeck::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr char kHelp[] =
    "The window over the real server, loaded from outside. Clicks and keys come in while it\n"
    "follows the log. Says how long its thread stalled, how long a click took, what memory it\n"
    "took, and what the server does with the window and without. There is no result if a message\n"
    "was lost. Longest stalls are judged by the clock, so by what else the machine does, too:\n"
    "'own' is the processor time of the window's thread alone.";

// What is to be reached.
constexpr double kStallMs = 50; ///< at the high rate
constexpr double kFrameMs = 16; ///< at the low rate
constexpr double kClickMs = 100;
constexpr double kThroughput = 0.9; ///< of headless

/// Messages that fill any log.
constexpr int kFullLog = 150'000;

struct Settings
{
    int low = 1'000; ///< messages a second
    int high = 10'000;
    int lowSeconds = 20;
    int highSeconds = 60;
    int subscribers = 4;
    int rounds = 61;
    int messages = 30'000; ///< a round of the comparison
    bool charts = false;
};

double millis(std::uint64_t ns)
{
    return static_cast<double>(ns) / 1e6;
}

double megabytes(std::int64_t bytes)
{
    return static_cast<double>(bytes) / (1024 * 1024);
}

/// The program, as main() puts it together.
struct Program
{
    explicit Program(const Settings &settings)
        : server(line.server, line.eventLoop),
          store(folder.filePath(u"settings.ini"_s), QSettings::IniFormat),
          window(server, store)
    {
        const ListenRequest anyPort{u"127.0.0.1"_s, 0};
        window.setListenRequest(anyPort);
        server.start(anyPort);
        window.show();
        const bool shown = QTest::qWaitForWindowExposed(&window);
        const bool running = QTest::qWaitFor(
            [this] { return server.snapshots().latest()->state == ServerState::Running; });
        if (!shown || !running)
            throw Failure("the window did not open, or the server did not start");
        window.activateWindow();
        if (settings.charts)
            window.findChild<ChartsPanel *>()->showAction()->trigger();
        QTest::qWait(1'000);
    }

    [[nodiscard]] quint16 port() const { return server.snapshots().latest()->port; }
    [[nodiscard]] TrafficPanel &traffic() { return *window.findChild<TrafficPanel *>(); }

    const CommandLine line = CommandLine::parse({u"pushdeck"_s});
    QTemporaryDir folder;
    ServerThread server;
    QSettings store;
    MainWindow window;
};

class Bench final
{
public:
    Bench(Program &program, const Settings &settings)
        : m_program(program), m_settings(settings), m_operator(program.window), m_self(getpid())
    {
    }

    bool run()
    {
        std::printf("window %dx%d on %s, %d subscribers by WebSocket, messages of 100 bytes%s\n",
                    m_program.window.width(), m_program.window.height(),
                    qPrintable(QGuiApplication::platformName()), m_settings.subscribers,
                    m_settings.charts ? ", charts shown" : "");
        if (m_settings.lowSeconds > 0)
            loaded(m_settings.low, m_settings.lowSeconds, kFrameMs);
        if (m_settings.highSeconds > 0)
            loaded(m_settings.high, m_settings.highSeconds, kStallMs);
        if (m_settings.rounds > 0)
            compared();
        std::printf("%s\n", m_met ? "all numbers are met" : "NOT all numbers are met");
        return m_met;
    }

private:
    void judge(bool met)
    {
        std::printf(met ? "\n" : "   NOT MET\n");
        m_met = m_met && met;
    }

    [[nodiscard]] QStringList common(int messages) const
    {
        return {u"--subs"_s,      QString::number(m_settings.subscribers),
                u"--messages"_s,  QString::number(messages),
                u"--warmup"_s,    u"0"_s,
                u"--idle"_s,      u"0"_s,
                u"--bench-cpu"_s, u"-1"_s};
    }
    [[nodiscard]] QStringList toWindow() const
    {
        return {u"--url"_s, u"http://127.0.0.1:%1"_s.arg(m_program.port())};
    }

    void loaded(int rate, int seconds, double stallMs)
    {
        Heartbeat heart;
        m_operator.reset();
        const std::int64_t before = m_self.residentBytes();
        std::int64_t middle = 0;
        QTimer::singleShot(seconds * 500, &heart, [&] { middle = m_self.residentBytes(); });
        const std::uint64_t logged = m_program.server.log().newest();
        heart.reset();
        m_operator.start();
        const int messages = rate * seconds;
        const LoadResult load =
            runLoad(toWindow() + common(messages) +
                    QStringList{u"--rate"_s, QString::number(rate), u"--sleep"_s});
        m_operator.stop();
        const Heartbeat::Stalls stalls = heart.stalls();
        const Operator::Actions actions = m_operator.actions();
        checkLog(logged + static_cast<std::uint64_t>(messages));

        const auto wanted = static_cast<std::uint64_t>(messages) *
                            static_cast<std::uint64_t>(m_settings.subscribers);
        if (load.deliveries != wanted)
            throw Failure("not all deliveries were counted");
        std::printf(
            "%d messages a second for %.1f s: each delivered once and in order, latency "
            "p50 %.2f ms, p99 %.2f ms\n",
            rate, load.seconds, load.latencyP50Ms, load.latencyP99Ms);
        std::printf(
            "  stalls       longest %.1f ms (own %.1f ms), p99.9 %.1f ms, p99 %.1f ms; %llu "
            "above 16 ms, %llu above 50 ms; thread busy %.0f %%",
            millis(stalls.longest), millis(stalls.longestBusy), millis(stalls.p999),
            millis(stalls.p99), static_cast<unsigned long long>(stalls.above16ms),
            static_cast<unsigned long long>(stalls.above50ms), 100 * stalls.busyShare);
        judge(millis(stalls.longest) < stallMs);
        std::printf("  clicks       %llu, p50 %.1f ms, longest %.1f ms",
                    static_cast<unsigned long long>(actions.count), millis(actions.p50),
                    millis(actions.longest));
        judge(actions.count > 0 && millis(actions.longest) < kClickMs);
        const std::int64_t after = m_self.residentBytes();
        const TrafficLogLimits limits = m_program.server.log().limits();
        const auto *strip = m_program.window.findChild<QLabel *>(u"droppedStrip"_s);
        std::printf(
            "  memory       %.0f MB before, %.0f at half, %.0f after; log: %zu rows held, "
            "\"%s\"",
            megabytes(before), megabytes(middle), megabytes(after),
            m_program.traffic().model().held(),
            strip->isVisible() ? qPrintable(strip->text()) : "nothing dropped");
        // Since the window opened: nothing but the log grows.
        judge(after - m_atFirst <= static_cast<std::int64_t>(limits.bytes));
    }

    /// Every publish is a row: none is missing in the window either.
    void checkLog(std::uint64_t least)
    {
        TrafficModel &model = m_program.traffic().model();
        const auto rests = [&model] { return model.waiting() == 0; };
        if (!QTest::qWaitFor(rests, 5'000))
            throw Failure("the window does not keep up with the log");
        const std::uint64_t newest = m_program.server.log().newest();
        if (newest < least)
            throw Failure("the log misses messages");
        if (model.firstHeld() + model.held() != newest + 1 ||
            model.dropped() + model.held() != newest)
            throw Failure("what the window holds and what it says was dropped are not all");
        if (model.dropped() > 0 &&
            !m_program.window.findChild<QLabel *>(u"droppedStrip"_s)->isVisible())
            throw Failure("rows were dropped, and the window does not say so");
    }

    /// Both servers run all the time, with full logs: what is compared is the window alone.
    void compared()
    {
        HeadlessServer other;
        const QStringList toOther = {u"--url"_s,        other.url(),
                                     u"--pid"_s,        QString::number(other.pid()),
                                     u"--server-cpu"_s, u"-1"_s};
        const QStringList flight = {u"--window"_s, u"64"_s};
        for (const QStringList &to : {toOther, toWindow()})
            (void)runLoad(common(kFullLog) + flight + to);

        // What else the machine does changes from second to second: neighbours are compared, each
        // as often before the other as after it.
        std::vector<double> shares;
        for (int round = 0; round < m_settings.rounds; ++round) {
            const QStringList load = common(m_settings.messages) + flight;
            LoadResult without;
            if (round % 2 == 0)
                without = runLoad(load + toOther);
            // No heartbeat: its thousand wakeups a second are none of the window's.
            const OwnTime own;
            const std::int64_t before = threadCpuNs("server");
            const LoadResult with = runLoad(load + toWindow());
            const double cpu = static_cast<double>(threadCpuNs("server") - before) / 1000 /
                               static_cast<double>(with.deliveries);
            const double busy = own.share();
            if (round % 2 != 0)
                without = runLoad(load + toOther);
            shares.push_back(with.deliveriesPerSecond / without.deliveriesPerSecond);
            std::printf(
                "  round %d      headless %.0f deliveries a second, %.2f us CPU each; with "
                "the window %.0f, %.2f us; its thread busy %.0f %%\n",
                round + 1, without.deliveriesPerSecond, without.cpuPerDelivery,
                with.deliveriesPerSecond, cpu, 100 * busy);
        }
        std::sort(shares.begin(), shares.end());
        const double share = shares[shares.size() / 2];
        std::printf(
            "throughput, 64 messages in flight: with the window %.0f %% of headless "
            "(median of %d rounds, %.0f to %.0f)",
            100 * share, m_settings.rounds, 100 * shares.front(), 100 * shares.back());
        judge(share >= kThroughput);
    }

    Program &m_program;
    const Settings m_settings;
    Operator m_operator;
    ProcStat m_self;
    const std::int64_t m_atFirst = m_self.residentBytes();
    bool m_met = true;
};

Settings parse(const QCoreApplication &app)
{
    Settings settings;
    QCommandLineParser parser;
    parser.setApplicationDescription(QLatin1String(kHelp));
    parser.addHelpOption();
    const auto number = [](const QString &name, const QString &words, int value) {
        return QCommandLineOption(name, words, u"N"_s, QString::number(value));
    };
    parser.addOptions({number(u"low"_s, u"messages a second at first"_s, settings.low),
                       number(u"low-seconds"_s, u"for so long; 0: not"_s, settings.lowSeconds),
                       number(u"high"_s, u"messages a second then"_s, settings.high),
                       number(u"high-seconds"_s, u"for so long; 0: not"_s, settings.highSeconds),
                       number(u"subs"_s, u"subscribers"_s, settings.subscribers),
                       number(u"rounds"_s, u"of the comparison with headless"_s, settings.rounds),
                       number(u"messages"_s, u"in each round"_s, settings.messages),
                       {u"charts"_s, u"show the charts"_s}});
    parser.process(app);
    const auto read = [&parser](const QString &name, int least, int most) {
        bool fine = false;
        const int value = parser.value(name).toInt(&fine);
        if (!fine || value < least || value > most)
            throw Failure("--" + name.toStdString() + " is a number from " + std::to_string(least) +
                          " to " + std::to_string(most));
        return value;
    };
    settings.low = read(u"low"_s, 1, 1'000'000);
    settings.high = read(u"high"_s, 1, 1'000'000);
    settings.lowSeconds = read(u"low-seconds"_s, 0, 3'600);
    settings.highSeconds = read(u"high-seconds"_s, 0, 3'600);
    settings.subscribers = read(u"subs"_s, 1, 10'000);
    settings.rounds = read(u"rounds"_s, 0, 100);
    settings.messages = read(u"messages"_s, 100, 100'000'000);
    settings.charts = parser.isSet(u"charts"_s);
    return settings;
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    initResources();
    raiseDescriptorLimit();
    QApplication application(argc, argv);
    applyLanguage(Language::English);
    try {
        const Settings settings = parse(application);
        Program program(settings);
        return Bench(program, settings).run() ? 0 : 3;
    } catch (const Failure &failure) {
        std::fprintf(stderr, "pushdeck-bench-window: no result: %s\n", failure.what());
        return 1;
    }
}
