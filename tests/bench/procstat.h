// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace pushdeck::bench {

/// Whether what a process started is watched too: each reading looks for it anew (processtree.h),
/// and sums up.
enum class Watch : std::uint8_t { ProcessOnly, ProcessTree };

/// Watches what a process uses, through /proc. A pid of 0 watches nothing and answers 0.
class ProcStat final
{
public:
    /// Throws Failure where there is no such process to read.
    explicit ProcStat(int pid, Watch watch = Watch::ProcessOnly);

    [[nodiscard]] bool known() const { return m_pid != 0; }

    /// User and system time of all threads so far, in ns: from schedstat where the kernel has it,
    /// else from stat, which counts ticks of 10 ms. Throws Failure where a thread ended since the
    /// last reading, for its time is gone from the sum.
    [[nodiscard]] std::int64_t cpuNs();

    /// True where cpuNs() counts nanoseconds.
    [[nodiscard]] bool isFine() const { return m_fine; }

    /// Resident memory, in bytes. What processes share counts in each; the difference between two
    /// readings is right all the same.
    [[nodiscard]] std::int64_t residentBytes() const;

    /// True while the process itself runs.
    [[nodiscard]] bool isAlive() const;

private:
    [[nodiscard]] std::vector<int> watched() const;
    [[nodiscard]] std::int64_t fineCpuNs(int &threads) const;
    [[nodiscard]] std::int64_t coarseCpuNs() const;

    int m_pid;
    Watch m_watch;
    int m_threads = 0;
    bool m_fine = false;
};

/// User and system time of this process, in ns.
[[nodiscard]] std::int64_t ownCpuNs();

/// CLOCK_MONOTONIC, in ns.
[[nodiscard]] std::int64_t nowNs();

/// Keeps the threads that a process has now on one CPU; process 0 is this one, and CPU -1 does
/// nothing. Throws Failure.
void pinTo(int pid, int cpu);

} // namespace pushdeck::bench
