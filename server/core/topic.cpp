// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/topic.h"

#include "core/patternbounds.h"

#include <QCoreApplication>
#include <QUtf8StringView>

#include <optional>

namespace pushdeck {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck::Topic", text);
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// C0, DEL, and C1 (which UTF-8 writes as C2 80 to C2 9F).
bool hasControlCharacter(QByteArrayView utf8)
{
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        if (byte < 0x20 || byte == 0x7f)
            return true;
        if (byte == 0xc2 && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) < 0xa0)
            return true;
    }
    return false;
}

bool isPatternSegment(QByteArrayView segment)
{
    return segment == "*" || segment == "**";
}

/// The rules names and patterns share; the name comes back without a '/' at its end, so that it is
/// its own name: taken from a list of topics it means the same topic.
Result<QByteArray> normalized(const QByteArray &given)
{
    if (!given.startsWith('/'))
        return badRequest(tr("A topic begins with '/'."));
    qsizetype end = given.size();
    while (end > 1 && given[end - 1] == '/')
        --end;
    const QByteArray name = given.first(end);
    if (name.size() > kTopicNameBytes)
        return badRequest(tr("A topic is at most %1 bytes long; this one has %2.")
                              .arg(kTopicNameBytes)
                              .arg(name.size()));
    if (!isValidUtf8(name))
        return badRequest(tr("A topic is valid UTF-8; this one is not."));
    if (hasControlCharacter(name))
        return badRequest(tr("A topic has no control characters."));
    if (isReservedPath(name))
        return badRequest(
            tr("Paths under '/_/' and '/.well-known/', '/favicon.ico' and "
               "'/robots.txt' are reserved and cannot be topics."));
    return name;
}

QByteArrayList segmentsOf(const QByteArray &name)
{
    return name.mid(1).split('/');
}

} // namespace

bool isValidUtf8(QByteArrayView bytes)
{
    return QUtf8StringView(bytes.data(), bytes.size()).isValidUtf8();
}

bool isReservedPath(QByteArrayView path)
{
    return path == "/_" || path.startsWith("/_/") || path == "/.well-known" ||
           path.startsWith("/.well-known/") || path == "/favicon.ico" || path == "/robots.txt";
}

Result<QByteArray> percentDecoded(const QByteArray &encoded)
{
    if (!encoded.contains('%'))
        return encoded;
    QByteArray decoded;
    decoded.reserve(encoded.size());
    for (qsizetype i = 0; i < encoded.size(); ++i) {
        if (encoded[i] != '%') {
            decoded.append(encoded[i]);
            continue;
        }
        const int high = i + 2 < encoded.size() ? hexDigit(encoded[i + 1]) : -1;
        const int low = i + 2 < encoded.size() ? hexDigit(encoded[i + 2]) : -1;
        if (high < 0 || low < 0)
            return badRequest(tr("A '%' in an address is followed by two hexadecimal digits."));
        decoded.append(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return decoded;
}

Result<Topic> Topic::fromName(const QByteArray &utf8)
{
    auto name = normalized(utf8);
    if (!name)
        return name.error();
    for (const QByteArray &segment : segmentsOf(*name)) {
        if (isPatternSegment(segment))
            return badRequest(
                tr("'*' and '**' are patterns for subscribing; publish to one topic."));
    }
    return Topic(std::move(name).value());
}

Result<Topic> Topic::fromPath(const QByteArray &rawPath)
{
    const auto name = percentDecoded(rawPath);
    return name ? fromName(*name) : Result<Topic>(name.error());
}

TopicPattern::TopicPattern(QByteArray name) : m_name(std::move(name))
{
    QByteArrayList segments = segmentsOf(m_name);
    for (const QByteArray &segment : std::as_const(segments)) {
        if (isPatternSegment(segment)) {
            m_segments = std::move(segments);
            return;
        }
    }
}

Result<TopicPattern> TopicPattern::fromName(const QByteArray &utf8)
{
    auto name = normalized(utf8);
    if (!name)
        return name.error();
    TopicPattern pattern(std::move(name).value());
    if (pattern.m_segments.size() > kPatternSegments)
        return badRequest(tr("A pattern has at most %1 segments; this one has %2.")
                              .arg(kPatternSegments)
                              .arg(pattern.m_segments.size()));
    return pattern;
}

Result<TopicPattern> TopicPattern::fromPath(const QByteArray &rawPath)
{
    const auto name = percentDecoded(rawPath);
    return name ? fromName(*name) : Result<TopicPattern>(name.error());
}

bool TopicPattern::matches(QByteArrayView topicName) const
{
    if (isExact())
        return topicName == m_name;

    // Glob matching that backtracks to the last "**" only: linear in segments times segments, so a
    // pattern of many "**" costs no more than its length. Nothing is allocated: every message is
    // held against every pattern.
    const qsizetype end = topicName.size() + 1; // a position is where a segment begins
    const auto segmentEnd = [&](qsizetype begin) {
        const qsizetype slash = topicName.indexOf('/', begin);
        return slash < 0 ? topicName.size() : slash;
    };
    qsizetype t = topicName == "/" ? end : 1;
    qsizetype p = 0;
    std::optional<qsizetype> starAt;
    qsizetype resumeAt = 0;
    while (t < end) {
        const qsizetype after = segmentEnd(t);
        const QByteArrayView segment = topicName.sliced(t, after - t);
        if (p < m_segments.size() && m_segments[p] == "**") {
            starAt = p++;
            resumeAt = t;
        } else if (p < m_segments.size() && (m_segments[p] == "*" || m_segments[p] == segment)) {
            ++p;
            t = after + 1;
        } else if (starAt) {
            p = *starAt + 1;
            t = resumeAt = segmentEnd(resumeAt) + 1;
        } else {
            return false;
        }
    }
    while (p < m_segments.size() && m_segments[p] == "**")
        ++p;
    return p == m_segments.size();
}

} // namespace pushdeck
