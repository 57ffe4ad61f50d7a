// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"

#include <initializer_list>
#include <vector>

namespace pushdeck {

using Sequences = std::vector<int>;

inline const QByteArray kEpoch("e");

inline HistoryScope scope(std::initializer_list<const char *> names)
{
    HistoryScope it;
    for (const char *name : names) {
        if (*name == '/')
            it.topics.push_back(*TopicPattern::fromName(name));
        else
            it.shelves.append(name);
    }
    return it;
}

inline Cursor after(std::uint64_t sequence, const QByteArray &epoch = kEpoch)
{
    return Cursor::after({epoch, sequence});
}

/// Messages with rising sequences; a message is published each second.
class Log
{
public:
    explicit Log(HistoryLimits limits = {}) : history(limits) {}

    void add(const QByteArray &name, int times = 1, qsizetype dataBytes = 1)
    {
        for (int i = 0; i < times; ++i) {
            Message::Fields fields;
            fields.sequence = ++newest;
            fields.topic = name;
            fields.data = QByteArray(dataBytes, 'x');
            fields.timeMs = static_cast<std::int64_t>(newest) * 1000;
            history.add(name, std::make_shared<const Message>(std::move(fields)));
        }
    }

    [[nodiscard]] History::Start start(const Cursor &cursor, const HistoryScope &in) const
    {
        return history.start(cursor, in, kEpoch, newest, static_cast<std::int64_t>(newest) * 1000);
    }

    [[nodiscard]] History::Page page(History::Position from, const HistoryScope &in,
                                     std::size_t most = 1000) const
    {
        return history.page(from, in, kEpoch, most);
    }

    /// The sequences a cursor replays.
    [[nodiscard]] Sequences replay(const Cursor &cursor, const HistoryScope &in) const
    {
        Sequences sequences;
        for (const MessagePtr &message : page(start(cursor, in).position, in).messages)
            sequences.push_back(static_cast<int>(message->sequence()));
        return sequences;
    }

    History history;
    std::uint64_t newest = 0;
};

} // namespace pushdeck
