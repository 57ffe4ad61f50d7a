// SPDX-License-Identifier: GPL-3.0-or-later
#include "httpreader.h"

#include <strings.h>
#include <charconv>
#include <limits>

namespace pushdeck::bench {

namespace {

bool sameName(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool parse(std::string_view text, int base, std::uint64_t &value)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc() && end == text.data() + text.size();
}

} // namespace

HttpHead::HttpHead(std::string_view text) : m_text(text)
{
    std::uint64_t status = 0;
    if (text.size() >= 12 && text.starts_with("HTTP/1.") && text[8] == ' ' &&
        parse(text.substr(9, 3), 10, status))
        m_status = static_cast<int>(status);
}

std::string_view HttpHead::field(std::string_view name) const
{
    for (std::size_t at = m_text.find("\r\n"); at != std::string_view::npos;) {
        at += 2;
        const std::size_t end = m_text.find("\r\n", at);
        const std::string_view line = m_text.substr(at, end - at);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && sameName(line.substr(0, colon), name))
            return trimmed(line.substr(colon + 1));
        at = end;
    }
    return {};
}

bool HttpReader::takeHead(std::string_view &bytes)
{
    const std::size_t before = m_line.size();
    m_line.append(bytes);
    const std::size_t end = m_line.find("\r\n\r\n", before < 3 ? 0 : before - 3);
    if (end == std::string::npos) {
        bytes = {};
        if (m_line.size() > kMostHeadBytes)
            m_state = State::Broken;
        return false;
    }
    m_line.resize(end + 4);
    bytes.remove_prefix(m_line.size() - before);
    return true;
}

bool HttpReader::takeLine(std::string_view &bytes)
{
    const std::size_t end = bytes.find('\n');
    const bool whole = end != std::string_view::npos;
    const std::size_t used = whole ? end + 1 : bytes.size();
    m_line.append(bytes.substr(0, used));
    bytes.remove_prefix(used);
    if (m_line.size() > kMostHeadBytes || (whole && !m_line.ends_with("\r\n")))
        m_state = State::Broken;
    return whole && m_state != State::Broken;
}

void HttpReader::begin(const HttpHead &head)
{
    const int status = head.status();
    const std::string_view length = head.field("Content-Length");
    if (status == 0)
        m_state = State::Broken;
    else if (status == 101)
        m_state = State::Upgraded;
    else if (status < 200 || status == 204 || status == 304)
        m_state = State::End;
    else if (sameName(head.field("Transfer-Encoding"), "chunked"))
        m_state = State::ChunkSize;
    else if (length.empty()) {
        // As long as the connection: some servers stream so.
        m_left = std::numeric_limits<std::uint64_t>::max();
        m_state = State::Counted;
    } else if (!parse(length, 10, m_left))
        m_state = State::Broken;
    else
        m_state = m_left == 0 ? State::End : State::Counted;
}

/// One whole line between chunks.
void HttpReader::line()
{
    std::string_view text(m_line);
    text.remove_suffix(2);
    if (m_state == State::ChunkEnd) {
        m_state = text.empty() ? State::ChunkSize : State::Broken;
    } else if (m_state == State::Trailer) {
        m_state = text.empty() ? State::End : State::Trailer;
    } else {
        m_left = 0;
        if (!parse(trimmed(text.substr(0, text.find(';'))), 16, m_left))
            m_state = State::Broken;
        else
            m_state = m_left == 0 ? State::Trailer : State::ChunkData;
    }
    m_line.clear();
}

} // namespace pushdeck::bench
