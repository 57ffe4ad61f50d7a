// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pushdeck::bench {

/// What a message of the bench carries, as fixed-width text: which run it is of, its number, and
/// when it was sent (CLOCK_MONOTONIC, ns); then padding.
struct Stamp
{
    std::uint32_t run = 0;
    std::uint64_t number = 0;
    std::int64_t sentNs = 0;
};

inline constexpr std::size_t kRunDigits = 10;
inline constexpr std::size_t kNumberDigits = 10;
inline constexpr std::size_t kTimeDigits = 19;
inline constexpr std::size_t kStampBytes = kRunDigits + 1 + kNumberDigits + 1 + kTimeDigits + 1;

/// Makes the payloads of a run, one at a time in the same memory.
class PayloadMaker final
{
public:
    /// At least kStampBytes.
    explicit PayloadMaker(std::size_t bytes) : m_bytes(bytes, '.') {}

    /// Valid until the next call.
    std::string_view make(const Stamp &stamp)
    {
        char *at = m_bytes.data();
        at = put(at, stamp.run, kRunDigits);
        at = put(at, stamp.number, kNumberDigits);
        put(at, static_cast<std::uint64_t>(stamp.sentNs), kTimeDigits);
        return m_bytes;
    }

private:
    static char *put(char *at, std::uint64_t value, std::size_t digits)
    {
        for (std::size_t i = digits; i-- > 0; value /= 10)
            at[i] = static_cast<char>('0' + value % 10);
        at[digits] = ' ';
        return at + digits + 1;
    }

    std::string m_bytes;
};

/// Nothing where the payload is not one of a bench.
[[nodiscard]] inline std::optional<Stamp> stampOf(std::string_view payload)
{
    if (payload.size() < kStampBytes)
        return std::nullopt;
    const char *at = payload.data();
    const auto take = [&at](auto &value, std::size_t digits) {
        const auto [end, error] = std::from_chars(at, at + digits, value);
        const bool whole = error == std::errc() && end == at + digits && *end == ' ';
        at += digits + 1;
        return whole;
    };
    Stamp stamp;
    if (!take(stamp.run, kRunDigits) || !take(stamp.number, kNumberDigits) ||
        !take(stamp.sentNs, kTimeDigits))
        return std::nullopt;
    return stamp;
}

} // namespace pushdeck::bench
