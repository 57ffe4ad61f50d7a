// Names of topics and patterns, from paths and from JSON. The input's first line is a name or path,
// the second a pattern to hold it against.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/topic.h"
#include "plaintopics.h"
#include "target.h"

using namespace pushdeck;
using fuzz::require;

namespace {

void checkName(const QByteArray &name)
{
    require(name.startsWith('/'), "a topic begins with a slash");
    require(name.size() <= kTopicNameBytes, "a topic is at most 256 bytes long");
    require(name == "/" || !name.endsWith('/'), "a topic does not end with a slash");
    require(isValidUtf8(name), "a topic is UTF-8");
    require(!isReservedPath(name), "no topic is a reserved path");
    const QString text = QString::fromUtf8(name);
    for (const QChar c : text)
        require(c.category() != QChar::Other_Control, "a topic has no control characters");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = fuzz::bytesOf(data, size);
    const qsizetype end = text.indexOf('\n');
    const QByteArray first = end < 0 ? text : text.first(end);
    const QByteArray second = end < 0 ? QByteArray() : text.mid(end + 1);

    (void)Topic::fromPath(first);
    const auto topic = Topic::fromName(first);
    if (!topic) {
        require(!topic.error().words.isEmpty(), "a refusal says why");
        return 0;
    }
    checkName(topic->name());
    const auto again = Topic::fromName(topic->name());
    require(again && *again == *topic, "a topic's name is that topic's name");
    const auto path = Topic::fromPath(topic->name().toPercentEncoding("/"));
    require(path && *path == *topic, "a topic's name, percent-encoded, is its path");
    const auto self = TopicPattern::fromName(topic->name());
    require(self && self->isExact() && self->matches(topic->name()), "a topic matches itself");

    const auto pattern = TopicPattern::fromName(second);
    if (!pattern)
        return 0;
    checkName(pattern->name());
    const auto patternAgain = TopicPattern::fromName(pattern->name());
    require(patternAgain && *patternAgain == *pattern, "a pattern's name is that pattern's name");
    if (fuzz::isShort(pattern->name()) && fuzz::isShort(topic->name()))
        require(
            pattern->matches(topic->name()) == fuzz::matchesPlainly(fuzz::segments(pattern->name()),
                                                                    fuzz::segments(topic->name())),
            "a pattern matches what its definition says");
    return 0;
}
