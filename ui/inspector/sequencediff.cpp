// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inspector/sequencediff.h"

#include <algorithm>
#include <optional>

namespace pushdeck {

namespace {

using Hashes = std::vector<std::uint64_t>;

class Runs
{
public:
    explicit Runs(std::vector<DiffRun> &runs) : m_runs(runs) {}

    void add(DiffRun::Kind kind, std::size_t before, std::size_t after, std::size_t length)
    {
        if (length == 0)
            return;
        if (!m_runs.empty() && m_runs.back().kind == kind)
            m_runs.back().length += length;
        else
            m_runs.push_back({kind, before, after, length});
    }

private:
    std::vector<DiffRun> &m_runs;
};

/// The middle of two sequences, without what they share at both ends.
class Myers
{
public:
    Myers(const Hashes &before, const Hashes &after, std::size_t head, std::size_t tail)
        : m_before(before),
          m_after(after),
          m_head(head),
          m_old(static_cast<std::ptrdiff_t>(before.size() - head - tail)),
          m_new(static_cast<std::ptrdiff_t>(after.size() - head - tail))
    {
    }

    /// The steps as 'r' (remove), 'a' (add), 's' (same), in order.
    std::optional<std::vector<char>> run(std::size_t most, const StopFlag &stop)
    {
        const auto limit = std::min(static_cast<std::ptrdiff_t>(most), m_old + m_new);
        std::vector<std::ptrdiff_t> furthest(static_cast<std::size_t>(2 * limit + 3), 0);
        const auto slot = [limit](std::ptrdiff_t k) {
            return static_cast<std::size_t>(k + limit + 1);
        };
        for (std::ptrdiff_t d = 0; d <= limit && !stop; ++d) {
            // Only the diagonals that this round can have changed are kept for the way back.
            m_trace.emplace_back(furthest.begin() + (limit + 1 - d - 1),
                                 furthest.begin() + (limit + 1 + d + 2));
            for (std::ptrdiff_t k = -d; k <= d; k += 2) {
                const bool down =
                    k == -d || (k != d && furthest[slot(k - 1)] < furthest[slot(k + 1)]);
                std::ptrdiff_t x = down ? furthest[slot(k + 1)] : furthest[slot(k - 1)] + 1;
                while (x < m_old && x - k < m_new && x - k >= 0 && same(x, x - k))
                    ++x;
                furthest[slot(k)] = x;
                if (x >= m_old && x - k >= m_new)
                    return wayBack(d);
            }
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] bool same(std::ptrdiff_t x, std::ptrdiff_t y) const
    {
        return m_before[m_head + static_cast<std::size_t>(x)] ==
               m_after[m_head + static_cast<std::size_t>(y)];
    }

    std::vector<char> wayBack(std::ptrdiff_t rounds) const
    {
        std::vector<char> steps;
        std::ptrdiff_t x = m_old;
        std::ptrdiff_t y = m_new;
        for (std::ptrdiff_t d = rounds; d >= 0; --d) {
            const auto &before = m_trace[static_cast<std::size_t>(d)];
            const auto at = [&](std::ptrdiff_t k) {
                return before[static_cast<std::size_t>(k + d + 1)];
            };
            const std::ptrdiff_t k = x - y;
            const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
            const std::ptrdiff_t fromK = down ? k + 1 : k - 1;
            const std::ptrdiff_t fromX = d == 0 ? 0 : at(fromK);
            const std::ptrdiff_t fromY = d == 0 ? 0 : fromX - fromK;
            while (x > fromX && y > fromY) {
                steps.push_back('s');
                --x;
                --y;
            }
            if (d > 0)
                steps.push_back(down ? 'a' : 'r');
            x = fromX;
            y = fromY;
        }
        std::reverse(steps.begin(), steps.end());
        return steps;
    }

    const Hashes &m_before;
    const Hashes &m_after;
    std::size_t m_head;
    std::ptrdiff_t m_old;
    std::ptrdiff_t m_new;
    std::vector<std::vector<std::ptrdiff_t>> m_trace;
};

} // namespace

SequenceDiff diffSequences(const Hashes &before, const Hashes &after, std::size_t mostChanges,
                           const StopFlag &stop)
{
    SequenceDiff diff;
    Runs runs(diff.runs);
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t head = 0;
    while (head < shorter && before[head] == after[head])
        ++head;
    std::size_t tail = 0;
    while (tail < shorter - head &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    runs.add(DiffRun::Kind::Same, 0, 0, head);
    std::size_t x = head;
    std::size_t y = head;
    if (const auto steps = Myers(before, after, head, tail).run(mostChanges, stop)) {
        for (std::size_t i = 0; i < steps->size();) {
            if ((*steps)[i] == 's') {
                runs.add(DiffRun::Kind::Same, x++, y++, 1);
                ++i;
                continue;
            }
            // A block of changes reads better as what went and then what came.
            std::size_t removed = 0;
            std::size_t added = 0;
            for (; i < steps->size() && (*steps)[i] != 's'; ++i)
                ++((*steps)[i] == 'r' ? removed : added);
            runs.add(DiffRun::Kind::Removed, x, y, removed);
            x += removed;
            runs.add(DiffRun::Kind::Added, x, y, added);
            y += added;
        }
    } else {
        diff.coarse = true;
        runs.add(DiffRun::Kind::Removed, x, y, before.size() - head - tail);
        x = before.size() - tail;
        runs.add(DiffRun::Kind::Added, x, y, after.size() - head - tail);
        y = after.size() - tail;
    }
    runs.add(DiffRun::Kind::Same, before.size() - tail, after.size() - tail, tail);
    return diff;
}

} // namespace pushdeck
