// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverprocess.h"

#include "failure.h"
#include "procstat.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstdio>

namespace pushdeck::bench {

ServerProcess::ServerProcess(const Options &options)
{
    start(options);
    try {
        awaitPort();
        pinTo(m_pid, options.serverCpu);
    } catch (...) {
        end();
        throw;
    }
}

ServerProcess::~ServerProcess()
{
    end();
}

void ServerProcess::start(const Options &options)
{
    if (access(options.server.c_str(), X_OK) != 0)
        throw systemFailure("cannot start " + options.server);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        throw systemFailure("pipe");
    const std::string history = std::to_string(options.history);
    const int self = getpid();
    m_pid = fork();
    if (m_pid < 0)
        throw systemFailure("fork");
    if (m_pid == 0) {
        // It shall not outlive the bench, however that ends.
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != self)
            _exit(1);
        // Pinned before it has threads, so that all of them are.
        if (options.serverCpu >= 0) {
            cpu_set_t set;
            CPU_ZERO(&set);
            CPU_SET(static_cast<std::size_t>(options.serverCpu), &set);
            sched_setaffinity(0, sizeof(set), &set);
        }
        dup2(ends[1], STDOUT_FILENO);
        execl(options.server.c_str(), options.server.c_str(), "--headless", "--port", "0", "--bind",
              "127.0.0.1", "--history", history.c_str(), static_cast<char *>(nullptr));
        _exit(127);
    }
    close(ends[1]);
    m_output = ends[0];
}

void ServerProcess::awaitPort()
{
    std::string said;
    const std::int64_t deadline = nowNs() + 10'000'000'000;
    while (said.find('\n') == std::string::npos) {
        pollfd waiting{m_output, POLLIN, 0};
        const auto leftMs = static_cast<int>((deadline - nowNs()) / 1'000'000);
        if (leftMs <= 0)
            throw Failure("the server did not listen within 10 s");
        if (poll(&waiting, 1, leftMs) <= 0)
            continue;
        char bytes[512];
        const ssize_t count = read(m_output, bytes, sizeof(bytes));
        if (count <= 0)
            throw Failure("the server ended before it listened");
        said.append(bytes, static_cast<std::size_t>(count));
    }
    const std::size_t colon = said.rfind(':');
    unsigned port = 0;
    if (!said.starts_with("listening on http://") ||
        std::sscanf(said.c_str() + colon + 1, "%u", &port) != 1 || port == 0 || port > 65535)
        throw Failure("the server said '" + said + "' and not where it listens");
    m_port = static_cast<std::uint16_t>(port);
}

bool ServerProcess::end()
{
    if (m_pid <= 0)
        return true;
    kill(m_pid, SIGTERM);
    int status = 0;
    const std::int64_t deadline = nowNs() + 5'000'000'000;
    int ended = 0;
    while ((ended = waitpid(m_pid, &status, WNOHANG)) == 0 && nowNs() < deadline)
        usleep(10'000);
    if (ended == 0) {
        kill(m_pid, SIGKILL);
        waitpid(m_pid, &status, 0);
    }
    m_pid = -1;
    close(m_output);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace pushdeck::bench
