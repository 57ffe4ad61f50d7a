// SPDX-License-Identifier: GPL-3.0-or-later
#include "failure.h"
#include "measurement.h"
#include "options.h"
#include "procstat.h"
#include "serverprocess.h"

#include <sys/resource.h>
#include <unistd.h>
#include <cstdio>
#include <exception>
#include <memory>

using namespace pushdeck::bench;

namespace {

/// A client is a descriptor here, and one in the server.
void raiseDescriptorLimit(std::size_t needed)
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max < needed + 64)
        throw Failure("this system allows " + std::to_string(limit.rlim_max) +
                      " open files a process; " + std::to_string(needed) + " clients need more");
}

int run(Options options)
{
    raiseDescriptorLimit(options.subscribers);
    std::unique_ptr<ServerProcess> server;
    if (options.port == 0) {
        server = std::make_unique<ServerProcess>(options);
        options.port = server->port();
        options.pid = server->pid();
    } else if (options.pid != 0) {
        pinTo(options.pid, options.serverCpu);
    }
    pinTo(0, options.benchCpu < sysconf(_SC_NPROCESSORS_ONLN) ? options.benchCpu : -1);

    const Report report = measure(options);
    if (server && !server->end())
        throw Failure("the server did not end well");
    const std::string text = options.json ? asJson(options, report) : asText(options, report);
    std::fputs(text.c_str(), stdout);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const auto parsed = parseOptions(argc, argv);
    if (const auto *help = std::get_if<HelpText>(&parsed)) {
        std::fputs(help->text.c_str(), stdout);
        return 0;
    }
    if (const auto *wrong = std::get_if<WrongUse>(&parsed)) {
        std::fprintf(stderr, "pushdeck-bench: %s\n", wrong->words.c_str());
        return 2;
    }
    try {
        return run(std::get<Options>(parsed));
    } catch (const std::exception &failure) {
        std::fprintf(stderr, "pushdeck-bench: no result: %s\n", failure.what());
        return 1;
    }
}
