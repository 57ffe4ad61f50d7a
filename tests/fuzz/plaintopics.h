// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <vector>

namespace pushdeck::fuzz {

/// The definition of a pattern, without a thought for its cost: `**` tries every number of
/// segments.
inline bool matchesPlainly(const QByteArrayList &pattern, const QByteArrayList &topic,
                           qsizetype p = 0, qsizetype t = 0)
{
    if (p == pattern.size())
        return t == topic.size();
    if (pattern[p] == "**") {
        for (qsizetype skip = t; skip <= topic.size(); ++skip) {
            if (matchesPlainly(pattern, topic, p + 1, skip))
                return true;
        }
        return false;
    }
    return t < topic.size() && (pattern[p] == "*" || pattern[p] == topic[t]) &&
           matchesPlainly(pattern, topic, p + 1, t + 1);
}

inline QByteArrayList segments(const QByteArray &name)
{
    return name == "/" ? QByteArrayList() : name.mid(1).split('/');
}

/// Segments with which the definition takes too long.
inline constexpr qsizetype kMostPlainSegments = 12;

inline bool isShort(const QByteArray &name)
{
    return segments(name).size() <= kMostPlainSegments;
}

/// Some of the topics that a pattern stands for, of which a topic itself is the only one.
inline std::vector<QByteArray> topicsOf(const QByteArray &pattern)
{
    std::vector<QByteArray> topics;
    for (const char *many : {"", "/zz", "/a", "/zz/a/b"}) {
        for (const char *one : {"/zz", "/a"}) {
            QByteArray topic;
            for (const QByteArray &segment : segments(pattern)) {
                if (segment == "**")
                    topic += many;
                else if (segment == "*")
                    topic += one;
                else
                    topic += '/' + segment;
            }
            // No topic's name has a '/' at its end, but the root's, which has no segment.
            if (topic.isEmpty())
                topics.push_back("/");
            else if (!topic.endsWith('/'))
                topics.push_back(topic);
        }
    }
    return topics;
}

} // namespace pushdeck::fuzz
