// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/inspector/payloaddocument.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pushdeck {

/// One step from an old sequence to a new one: a run of elements.
struct DiffRun
{
    enum class Kind : std::uint8_t { Same, Removed, Added };
    Kind kind = Kind::Same;
    std::size_t before = 0; ///< first element in the old sequence
    std::size_t after = 0;  ///< first element in the new one
    std::size_t length = 0;
};

struct SequenceDiff
{
    std::vector<DiffRun> runs; ///< in order; removed before added
    bool coarse = false; ///< too different to align: a middle part is told as removed and added
};

/// How `after` came from `before`, by the hashes of their elements (Myers, An O(ND) Difference
/// Algorithm). Common ends are cut off first; where more than `mostChanges` elements in between
/// differ it gives up on aligning them. Work and memory grow with the square of that.
[[nodiscard]] SequenceDiff diffSequences(const std::vector<std::uint64_t> &before,
                                         const std::vector<std::uint64_t> &after,
                                         std::size_t mostChanges, const StopFlag &stop);

} // namespace pushdeck
