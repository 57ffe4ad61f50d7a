// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "options.h"

#include <string>
#include <string_view>

namespace pushdeck::bench {

/// A message as pushpin is published to: one item, in the format of the transport, on the channel
/// that is named as the topic, without its slash. Nothing is escaped: payloads hold no quotes.
/// https://pushpin.org/docs/protocols/grip/
[[nodiscard]] inline std::string gripItems(Transport transport, std::string_view topic,
                                           std::string_view payload)
{
    const bool isWebSocket = transport == Transport::WebSocket;
    std::string json = R"({"items":[{"channel":")";
    json.append(topic.substr(1)).append(R"(","formats":{")");
    json.append(isWebSocket ? R"(ws-message":{"content":")" : R"(http-stream":{"content":"data: )");
    json.append(payload).append(isWebSocket ? "\"}}}]}" : R"(\n\n"}}}]})");
    return json;
}

} // namespace pushdeck::bench
