// SPDX-License-Identifier: GPL-3.0-or-later
#include "measurement.h"

#include "failure.h"
#include "ledger.h"
#include "loop.h"
#include "procstat.h"
#include "publisher.h"
#include "subscribers.h"

#include <unistd.h>
#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace pushdeck::bench {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kStallNs = 30 * kSecond;

class Measurement final
{
public:
    explicit Measurement(const Options &options)
        : m_options(options),
          m_server(options.pid, Watch::ProcessTree),
          m_run(std::random_device{}()),
          m_ledger(m_run, options.subscribers, options.warmUp + options.messages, options.bytes),
          m_payloads(options.bytes)
    {
        m_report.serverKnown = m_server.known();
        m_report.fineClock = m_server.isFine();
    }

    Report go()
    {
        connectAll();
        watchIdle();
        publishAll();
        return m_report;
    }

private:
    void connectAll()
    {
        settle();
        m_report.residentBefore = m_server.residentBytes();
        const std::int64_t cpu = m_server.cpuNs();
        const std::int64_t begin = nowNs();
        std::int64_t progress = begin;
        std::size_t ready = 0;
        std::vector<Subscriber *> waiting;
        while (ready < m_options.subscribers) {
            while (m_subscribers.size() < m_options.subscribers &&
                   waiting.size() < m_options.connecting) {
                m_subscribers.push_back(
                    makeSubscriber(m_loop, m_subscribers.size(), m_options, m_ledger));
                m_subscribers.back()->open(m_options.host, m_options.port);
                waiting.push_back(m_subscribers.back().get());
            }
            m_loop.turn(1000);
            const auto before = waiting.size();
            std::erase_if(waiting, [](const Subscriber *one) { return one->isReady(); });
            const std::size_t now = before - waiting.size();
            ready += now;
            if (now > 0)
                progress = nowNs();
            else if (nowNs() - progress > kStallNs)
                throw Failure("only " + std::to_string(ready) + " of " +
                              std::to_string(m_options.subscribers) +
                              " clients are connected, and no more came for 30 s");
        }
        m_report.connectNs = nowNs() - begin;
        settle();
        m_report.connectCpuNs = m_server.cpuNs() - cpu;
        m_report.residentConnected = m_server.residentBytes();
    }

    void watchIdle()
    {
        const std::int64_t cpu = m_server.cpuNs();
        const std::int64_t begin = nowNs();
        const auto end = begin + static_cast<std::int64_t>(m_options.idleSeconds * kSecond);
        for (std::int64_t now = begin; now < end; now = nowNs())
            m_loop.turn(static_cast<int>((end - now) / 1'000'000) + 1);
        m_report.idleNs = nowNs() - begin;
        m_report.idleCpuNs = m_server.cpuNs() - cpu;
    }

    void publishAll()
    {
        m_publisher = makePublisher(m_loop, m_options);
        m_publisher->start();
        const std::int64_t opened = nowNs();
        while (!m_publisher->isReady()) {
            m_loop.turn(100);
            if (nowNs() - opened > kStallNs)
                throw Failure("the publisher was not answered for 30 s");
        }
        publish(m_options.warmUp);
        settle();

        m_ledger.beginMeasuring();
        const std::uint64_t deliveries = m_ledger.deliveries();
        const std::int64_t cpu = m_server.cpuNs();
        const std::int64_t ownCpu = ownCpuNs();
        const std::int64_t begin = nowNs();
        publish(m_options.warmUp + m_options.messages);
        m_report.publishNs = nowNs() - begin;
        m_report.publishCpuNs = m_server.cpuNs() - cpu;
        m_report.benchCpuNs = ownCpuNs() - ownCpu;
        m_report.deliveries = m_ledger.deliveries() - deliveries;
        const Histogram &latencies = m_ledger.latencies();
        m_report.latencyP50Ns = static_cast<std::int64_t>(latencies.percentile(50));
        m_report.latencyP99Ns = static_cast<std::int64_t>(latencies.percentile(99));
        m_report.latencyMaxNs = static_cast<std::int64_t>(latencies.largest());

        settle(); // a message too many would come now
        m_report.residentAfter = m_server.residentBytes();
    }

    /// Sends until `total` were sent, and returns when everybody has them.
    void publish(std::size_t total)
    {
        const std::int64_t begin = nowNs();
        const std::size_t first = m_sent;
        std::int64_t progress = begin;
        std::uint64_t deliveries = m_ledger.deliveries();
        std::size_t sent = m_sent;
        while (m_ledger.complete() < total) {
            int waitMs = 1000;
            while (m_sent < total && m_publisher->isFree()) {
                const std::int64_t now = nowNs();
                if (m_options.rate > 0) {
                    const double turn = static_cast<double>(m_sent - first) / m_options.rate;
                    const std::int64_t due = begin + static_cast<std::int64_t>(turn * kSecond);
                    if (now < due) {
                        // The last millisecond is spent looking, not sleeping: it has its own CPU.
                        waitMs =
                            static_cast<int>(std::min<std::int64_t>(1000, (due - now) / 1'000'000));
                        waitMs += m_options.sleeps ? 1 : 0;
                        break;
                    }
                } else if (m_sent - m_ledger.complete() >= m_options.window) {
                    break;
                }
                m_publisher->publish(m_payloads.make({m_run, m_sent, now}));
                ++m_sent;
            }
            m_loop.turn(waitMs);
            if (m_ledger.deliveries() != deliveries || m_sent != sent) {
                progress = nowNs();
                deliveries = m_ledger.deliveries();
                sent = m_sent;
            } else if (nowNs() - progress > kStallNs) {
                m_ledger.complainOfStall(m_sent, 30);
            }
        }
    }

    /// Waits until the server rests, for 3 s at most.
    void settle()
    {
        const std::int64_t end = nowNs() + 3 * kSecond;
        for (std::int64_t now = nowNs(); now < end; now = nowNs()) {
            const std::int64_t cpu = m_server.cpuNs();
            for (const std::int64_t until = now + kSecond / 10; now < until; now = nowNs())
                m_loop.turn(static_cast<int>((until - now) / 1'000'000) + 1);
            if (m_server.cpuNs() - cpu < kSecond / 1000)
                return;
        }
    }

    const Options &m_options;
    ProcStat m_server;
    const std::uint32_t m_run;
    Ledger m_ledger;
    PayloadMaker m_payloads;
    Loop m_loop;
    std::vector<std::unique_ptr<Subscriber>> m_subscribers;
    std::unique_ptr<Publisher> m_publisher;
    std::size_t m_sent = 0;
    Report m_report;
};

} // namespace

Report measure(const Options &options)
{
    return Measurement(options).go();
}

} // namespace pushdeck::bench
