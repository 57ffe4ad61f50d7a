// SPDX-License-Identifier: GPL-3.0-or-later
#include "processtree.h"

#include <cstddef>
#include <filesystem>
#include <fstream>

namespace pushdeck::bench {

std::string procPath(int pid, const char *file)
{
    return "/proc/" + std::to_string(pid) + "/" + file;
}

std::vector<int> processTree(int pid)
{
    std::vector<int> found{pid};
    for (std::size_t next = 0; next < found.size(); ++next) {
        // Children are listed with the thread that started them (proc(5)).
        std::error_code error;
        const std::filesystem::directory_iterator tasks(procPath(found[next], "task"), error);
        for (const auto &task : tasks) {
            std::ifstream children(task.path() / "children");
            for (int child = 0; children >> child;)
                found.push_back(child);
        }
    }
    return found;
}

} // namespace pushdeck::bench
