// Gives a target every file of the folders named: what fuzzing has found before, without a fuzzer.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "target.h"

#include <unistd.h>
#include <algorithm>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

std::string g_current;

/// Only what is allowed in a signal handler (POSIX, signal-safety).
void onDeath(int number)
{
    for (const char *text : {"while replaying ", g_current.c_str(), "\n"}) {
        const ssize_t written = ::write(STDERR_FILENO, text, std::strlen(text));
        (void)written;
    }
    std::signal(number, SIG_DFL);
    std::raise(number);
}

std::vector<std::uint8_t> contentsOf(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

} // namespace

int main(int argc, char **argv)
{
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < argc; ++i) {
        for (const auto &entry : std::filesystem::directory_iterator(argv[i])) {
            if (entry.is_regular_file())
                files.push_back(entry.path());
        }
    }
    if (files.empty()) {
        std::fputs("no inputs to replay\n", stderr);
        return 2;
    }
    std::sort(files.begin(), files.end());
    for (const int number : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL})
        std::signal(number, &onDeath);
    for (const auto &path : files) {
        g_current = path.string();
        const std::vector<std::uint8_t> input = contentsOf(path);
        LLVMFuzzerTestOneInput(input.data(), input.size());
    }
    std::printf("%zu inputs, every property holds\n", files.size());
    return 0;
}
