// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>

namespace pushdeck {

/// Bytes of UTF-8 a topic's name may have.
inline constexpr qsizetype kTopicNameBytes = 256;

/// The name of a topic: percent-decoded UTF-8 that begins with '/', without control characters, at
/// most kTopicNameBytes long; a trailing '/' is dropped, "/" itself is the root topic. Reserved
/// paths (`/_/…`, `/.well-known/…`, `/favicon.ico`, `/robots.txt`) are never topics. Immutable
/// value.
class Topic final
{
public:
    /// From a name as it stands in JSON or on the command line: not percent-encoded.
    static Result<Topic> fromName(const QByteArray &utf8);

    /// From the path of a request target, percent-encoded (RFC 3986, 2.1), without the query.
    static Result<Topic> fromPath(const QByteArray &rawPath);

    [[nodiscard]] const QByteArray &name() const { return m_name; }

    friend bool operator==(const Topic &, const Topic &) = default;

private:
    explicit Topic(QByteArray name) : m_name(std::move(name)) {}

    QByteArray m_name;
};

/// What a subscription asks for: a topic's name, or a pattern in which a whole segment `*` stands
/// for one segment and `**` for any number of them, none included. Immutable value.
class TopicPattern final
{
public:
    static Result<TopicPattern> fromName(const QByteArray &utf8);
    static Result<TopicPattern> fromPath(const QByteArray &rawPath);

    [[nodiscard]] const QByteArray &name() const { return m_name; }
    [[nodiscard]] bool isExact() const { return m_segments.isEmpty(); }
    [[nodiscard]] bool matches(QByteArrayView topicName) const;

    friend bool operator==(const TopicPattern &a, const TopicPattern &b)
    {
        return a.m_name == b.m_name;
    }

private:
    explicit TopicPattern(QByteArray name);

    QByteArray m_name;
    QByteArrayList m_segments; ///< of a pattern; empty for an exact name
};

/// True for paths the server keeps for itself; `path` is decoded and begins with '/'.
[[nodiscard]] bool isReservedPath(QByteArrayView path);

/// Percent-decodes strictly: a '%' that two hex digits do not follow is an error.
[[nodiscard]] Result<QByteArray> percentDecoded(const QByteArray &encoded);

/// True where the bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
[[nodiscard]] bool isValidUtf8(QByteArrayView bytes);

} // namespace pushdeck
