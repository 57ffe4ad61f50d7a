// SPDX-License-Identifier: GPL-3.0-or-later
#include "procstat.h"

#include "failure.h"
#include "processtree.h"

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace pushdeck::bench {

namespace {

std::string contentOf(const std::filesystem::path &path)
{
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace

Failure systemFailure(const std::string &what)
{
    const int error = errno;
    return Failure(what + ": " + std::strerror(error));
}

ProcStat::ProcStat(int pid, Watch watch) : m_pid(pid), m_watch(watch)
{
    if (!known())
        return;
    if (!isAlive())
        throw Failure("there is no process " + std::to_string(pid));
    m_fine = fineCpuNs(m_threads) > 0;
}

std::vector<int> ProcStat::watched() const
{
    return m_watch == Watch::ProcessTree ? processTree(m_pid) : std::vector<int>{m_pid};
}

std::int64_t ProcStat::cpuNs()
{
    if (!known())
        return 0;
    if (m_fine) {
        int threads = 0;
        const std::int64_t fine = fineCpuNs(threads);
        if (threads >= m_threads) {
            m_threads = threads;
            return fine;
        }
        throw Failure("a thread of the server ended while it was measured");
    }
    return coarseCpuNs();
}

std::int64_t ProcStat::fineCpuNs(int &threads) const
{
    std::int64_t sum = 0;
    threads = 0;
    for (const int pid : watched()) {
        std::error_code error;
        for (const auto &task : std::filesystem::directory_iterator(procPath(pid, "task"), error)) {
            std::int64_t onCpuNs = 0;
            std::istringstream(contentOf(task.path() / "schedstat")) >> onCpuNs;
            sum += onCpuNs;
            ++threads;
        }
    }
    return sum;
}

std::int64_t ProcStat::coarseCpuNs() const
{
    std::int64_t ticks = 0;
    for (const int pid : watched()) {
        // The name in parentheses may hold anything; fields are counted behind it (proc(5)).
        const std::string stat = contentOf(procPath(pid, "stat"));
        const std::size_t name = stat.rfind(')');
        if (name == std::string::npos)
            throw Failure("the server's process is gone");
        std::istringstream fields(stat.substr(name + 2));
        std::string skipped;
        for (int field = 3; field < 14; ++field)
            fields >> skipped;
        std::int64_t user = 0;
        std::int64_t system = 0;
        fields >> user >> system;
        ticks += user + system;
    }
    return ticks * (1'000'000'000 / sysconf(_SC_CLK_TCK));
}

std::int64_t ProcStat::residentBytes() const
{
    if (!known())
        return 0;
    std::int64_t pages = 0;
    for (const int pid : watched()) {
        std::int64_t size = 0;
        std::int64_t resident = 0;
        std::istringstream(contentOf(procPath(pid, "statm"))) >> size >> resident;
        pages += resident;
    }
    return pages * sysconf(_SC_PAGESIZE);
}

bool ProcStat::isAlive() const
{
    const std::string stat = contentOf(procPath(m_pid, "stat"));
    const std::size_t name = stat.rfind(')');
    return name != std::string::npos && stat.size() > name + 2 && stat[name + 2] != 'Z';
}

std::int64_t ownCpuNs()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

std::int64_t nowNs()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

void pinTo(int pid, int cpu)
{
    if (cpu < 0)
        return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<std::size_t>(cpu), &set);
    std::error_code error;
    const std::string tasks = pid == 0 ? "/proc/self/task" : procPath(pid, "task");
    for (const auto &task : std::filesystem::directory_iterator(tasks, error)) {
        const int thread = std::stoi(task.path().filename().string());
        if (sched_setaffinity(thread, sizeof(set), &set) != 0)
            throw systemFailure("cannot keep process " + std::to_string(pid) + " on CPU " +
                                std::to_string(cpu));
    }
}

} // namespace pushdeck::bench
