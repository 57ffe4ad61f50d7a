// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace pushdeck::bench {

/// The status line and fields of a response.
class HttpHead final
{
public:
    /// `text` ends with an empty line. Status 0 where it is no response head.
    explicit HttpHead(std::string_view text);

    [[nodiscard]] int status() const { return m_status; }

    /// A field's value without the spaces around it, or nothing; names in any case.
    [[nodiscard]] std::string_view field(std::string_view name) const;

private:
    std::string_view m_text;
    int m_status = 0;
};

/// Reads responses (RFC 9112) one after the other from a stream cut anywhere, and decodes their
/// transfer coding.
class HttpReader final
{
public:
    /// Calls `onHead(head)`, `onBody(piece)` any number of times, `onEnd()`. Stops behind a head
    /// with status 101: what follows is no HTTP. Returns how many bytes were used; less than there
    /// are only after a 101, or when broken().
    template <typename OnHead, typename OnBody, typename OnEnd>
    std::size_t feed(std::string_view bytes, OnHead &&onHead, OnBody &&onBody, OnEnd &&onEnd)
    {
        const std::size_t all = bytes.size();
        while (m_state != State::Upgraded && m_state != State::Broken) {
            if (m_state == State::Head) {
                if (!takeHead(bytes))
                    break;
                const HttpHead head(m_line);
                begin(head);
                if (m_state != State::Broken)
                    onHead(head);
                m_line.clear();
                if (m_state == State::End)
                    end(onEnd);
            } else if (m_state == State::Counted || m_state == State::ChunkData) {
                const std::string_view piece = bytes.substr(
                    0, static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), m_left)));
                if (piece.empty())
                    break;
                onBody(piece);
                bytes.remove_prefix(piece.size());
                m_left -= piece.size();
                if (m_left == 0 && m_state == State::Counted)
                    end(onEnd);
                else if (m_left == 0)
                    m_state = State::ChunkEnd;
            } else {
                if (!takeLine(bytes))
                    break;
                line();
                if (m_state == State::End)
                    end(onEnd);
            }
        }
        return all - bytes.size();
    }

    [[nodiscard]] bool broken() const { return m_state == State::Broken; }
    [[nodiscard]] bool upgraded() const { return m_state == State::Upgraded; }

private:
    enum class State : std::uint8_t {
        Head,
        Counted,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailer,
        End,
        Upgraded,
        Broken
    };

    template <typename OnEnd>
    void end(OnEnd &&onEnd)
    {
        m_state = State::Head;
        onEnd();
    }

    bool takeHead(std::string_view &bytes);
    bool takeLine(std::string_view &bytes);
    void begin(const HttpHead &head);
    void line();

    static constexpr std::size_t kMostHeadBytes = 64 * 1024;

    std::string m_line; ///< the head or line so far
    std::uint64_t m_left = 0;
    State m_state = State::Head;
};

} // namespace pushdeck::bench
