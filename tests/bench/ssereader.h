// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>
#include <string>
#include <string_view>

namespace pushdeck::bench {

/// Reads an event stream (HTML, 9.2.6) cut anywhere.
class SseReader final
{
public:
    /// Calls `onEvent(name, data)` for each event that has data; `id()` is its id then.
    template <typename OnEvent>
    void feed(std::string_view bytes, OnEvent &&onEvent)
    {
        while (!bytes.empty()) {
            if (m_skipLineFeed) {
                m_skipLineFeed = false;
                if (bytes.front() == '\n') {
                    bytes.remove_prefix(1);
                    continue;
                }
            }
            const std::size_t end = lineEnd(bytes);
            if (end == bytes.size()) {
                m_rest.append(bytes);
                return;
            }
            m_skipLineFeed = bytes[end] == '\r';
            if (m_rest.empty()) {
                line(bytes.substr(0, end), onEvent);
            } else {
                m_rest.append(bytes.substr(0, end));
                line(m_rest, onEvent);
                m_rest.clear();
            }
            bytes.remove_prefix(end + 1);
        }
    }

    [[nodiscard]] const std::string &id() const { return m_id; }

private:
    static std::size_t lineEnd(std::string_view bytes)
    {
        const void *lineFeed = std::memchr(bytes.data(), '\n', bytes.size());
        const std::size_t end =
            lineFeed ? static_cast<std::size_t>(static_cast<const char *>(lineFeed) - bytes.data())
                     : bytes.size();
        const void *carriageReturn = std::memchr(bytes.data(), '\r', end);
        return carriageReturn ? static_cast<std::size_t>(static_cast<const char *>(carriageReturn) -
                                                         bytes.data())
                              : end;
    }

    template <typename OnEvent>
    void line(std::string_view text, OnEvent &&onEvent)
    {
        if (text.empty()) {
            if (!m_data.empty()) {
                onEvent(std::string_view(m_event),
                        std::string_view(m_data).substr(0, m_data.size() - 1));
            }
            m_data.clear();
            m_event.clear();
            return;
        }
        const std::size_t colon = text.find(':');
        const std::string_view field = text.substr(0, colon);
        std::string_view value =
            colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
        if (value.starts_with(' '))
            value.remove_prefix(1);
        if (field == "data")
            m_data.append(value).push_back('\n');
        else if (field == "event")
            m_event.assign(value);
        else if (field == "id")
            m_id.assign(value);
    }

    std::string m_rest; ///< the beginning of a line
    std::string m_data; ///< with a line feed behind each line
    std::string m_event;
    std::string m_id;
    bool m_skipLineFeed = false;
};

} // namespace pushdeck::bench
