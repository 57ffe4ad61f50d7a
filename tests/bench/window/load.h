// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>

#include <cstdint>

namespace pushdeck::bench {

/// What `pushdeck-bench` found.
struct LoadResult
{
    std::uint64_t deliveries = 0;
    double seconds = 0;
    double deliveriesPerSecond = 0;
    double latencyP50Ms = 0;
    double latencyP99Ms = 0;
    double cpuPerDelivery = 0; ///< µs of the process that was given by --pid
};

/// The program without a window, on a free port of this machine, for as long as this object lives.
class HeadlessServer final
{
public:
    HeadlessServer();
    ~HeadlessServer();
    HeadlessServer(const HeadlessServer &) = delete;
    HeadlessServer &operator=(const HeadlessServer &) = delete;

    [[nodiscard]] QString url() const { return m_url; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }

private:
    QProcess m_process;
    QString m_url;
};

/// Processor time of this process' thread of that name so far, in ns; 0 where it cannot be read.
[[nodiscard]] std::int64_t threadCpuNs(const QByteArray &name);

/// Runs the load generator beside this program with `arguments`, and waits for it while this
/// thread's event loop goes on. Throws Failure where it gave no result: then a message was lost,
/// came twice or out of order.
[[nodiscard]] LoadResult runLoad(const QStringList &arguments);

} // namespace pushdeck::bench
