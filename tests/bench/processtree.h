// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace pushdeck::bench {

/// `/proc/PID/FILE`.
[[nodiscard]] std::string procPath(int pid, const char *file);

/// The process and all it started, by itself or through others, as far as they still run. What
/// becomes an orphan is no longer found. Needs a kernel with CONFIG_PROC_CHILDREN; without, it is
/// alone.
[[nodiscard]] std::vector<int> processTree(int pid);

} // namespace pushdeck::bench
