// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>

namespace pushdeck {

/// A bound on how much in how long: so many units a second, and so many at once. Full at first.
/// What costs more than it holds is let when it is full, and then waited for: so nothing is too big
/// for ever. Works on the steady clock, which does not jump; should time go back all the same, none
/// has passed.
class TokenBucket final
{
public:
    using Clock = std::chrono::steady_clock;

    /// Units a second, and at once; both above 0. May differ from call to call.
    struct Size
    {
        double perSecond = 1;
        double most = 1;
    };

    /// How long until so many units may be taken; zero: now.
    [[nodiscard]] std::chrono::milliseconds wait(const Size &size, Clock::time_point now,
                                                 std::int64_t units) const
    {
        const double missing = std::min(double(units), size.most) - levelAt(size, now);
        constexpr double kRounding = 1e-9;
        if (missing <= kRounding)
            return std::chrono::milliseconds(0);
        // Not for ever: what is bounded to a unit a day is asked again within the hour.
        constexpr double kMostMs = 3'600'000;
        const double ms = std::min(std::ceil(missing / size.perSecond * 1000), kMostMs);
        return std::chrono::milliseconds(std::int64_t(ms));
    }

    /// Takes them; only where there is no wait.
    void take(const Size &size, Clock::time_point now, std::int64_t units)
    {
        m_level = levelAt(size, now) - double(units);
        m_at = std::max(m_at, now);
        m_used = true;
    }

    /// As good as new.
    [[nodiscard]] bool isFull(const Size &size, Clock::time_point now) const
    {
        return levelAt(size, now) >= size.most;
    }

private:
    [[nodiscard]] double levelAt(const Size &size, Clock::time_point now) const
    {
        if (!m_used)
            return size.most;
        const double seconds = std::chrono::duration<double>(now - m_at).count();
        return std::min(size.most, m_level + std::max(seconds, 0.0) * size.perSecond);
    }

    double m_level = 0;
    Clock::time_point m_at;
    bool m_used = false;
};

} // namespace pushdeck
