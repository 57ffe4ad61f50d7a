// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace pushdeck::bench {

/// The first string that a key has in JSON as a server writes it: no spaces, and no escapes in the
/// values that matter here. Nothing where there is none; `after` is then npos, else behind it.
[[nodiscard]] inline std::string_view jsonString(std::string_view json, std::string_view key,
                                                 std::size_t from, std::size_t &after)
{
    constexpr std::string_view kNothing;
    for (std::size_t at = json.find(key, from); at != std::string_view::npos;
         at = json.find(key, at + 1)) {
        const std::size_t value = at + key.size() + 3;
        if (at == 0 || json[at - 1] != '"' || json.substr(at + key.size(), 3) != "\":\"")
            continue;
        const std::size_t end = json.find('"', value);
        if (end == std::string_view::npos)
            break;
        after = end + 1;
        return json.substr(value, end - value);
    }
    after = std::string_view::npos;
    return kNothing;
}

/// Calls `onData(data)` for each message of `{"messages":[…],"cursor":ID}` and returns the cursor,
/// empty where there is none.
template <typename OnData>
std::string_view readPollBody(std::string_view json, OnData &&onData)
{
    std::size_t at = 0;
    for (;;) {
        std::size_t after = 0;
        const std::string_view data = jsonString(json, "data", at, after);
        if (after == std::string_view::npos)
            break;
        onData(data);
        at = after;
    }
    std::size_t after = 0;
    return jsonString(json, "cursor", at, after);
}

} // namespace pushdeck::bench
