// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace pushdeck::bench {

/// Why there is no result, in one sentence: ends the whole measurement, caught in main.
class Failure final : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// A failure of a system call, with errno's words.
[[nodiscard]] Failure systemFailure(const std::string &what);

} // namespace pushdeck::bench
