// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pushdeck {

/// How far a long-poll client has come, over its polls: the stretches of messages that it was
/// answered with. One poll that goes on where the last ended makes its stretch longer; one that
/// starts later (`latest`, again and again) begins another. A few stores a poll.
class PollMarks final
{
public:
    /// Stretches remembered; the oldest goes.
    static constexpr std::size_t kStretches = 16;

    /// Messages after `from`, up to `through`; both are sequences.
    struct Stretch
    {
        std::uint64_t from = 0;
        std::uint64_t through = 0;
    };

    /// A poll that wants what comes after `start`. What it had after that before, it wants again:
    /// it did not get it.
    void asked(std::uint64_t start);

    /// It was answered with all there was up to `last`.
    void answered(std::uint64_t last);

    /// By rising sequence.
    [[nodiscard]] const std::vector<Stretch> &stretches() const { return m_stretches; }

    /// Before the first stretch there were others.
    [[nodiscard]] bool hasForgotten() const { return m_forgotten; }

private:
    std::vector<Stretch> m_stretches;
    bool m_forgotten = false;
};

} // namespace pushdeck
