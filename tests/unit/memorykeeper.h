// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/historykeeper.h"
#include "core/past.h"

#include <algorithm>
#include <map>

namespace pushdeck {

/// Keeps a history for the next hub, as a file does for the next run.
class MemoryKeeper final : public HistoryKeeper
{
public:
    void added(const QByteArray &name, const Message &message) override
    {
        m_sequence = message.sequence();
        m_messages.push_back({name, message.fields()});
    }
    void began(const QByteArray &name, std::uint64_t forgottenThrough) override
    {
        m_gone[name] = forgottenThrough;
    }
    void evicted(const QByteArray &name, std::uint64_t sequence) override
    {
        std::erase_if(m_messages,
                      [sequence](const auto &one) { return one.fields.sequence == sequence; });
        m_gone[name] = sequence;
    }
    void forgotten(const QByteArray &name, std::uint64_t sequence) override
    {
        std::erase_if(m_messages, [&](const auto &one) {
            return one.name == name && one.fields.sequence <= sequence;
        });
        m_gone.erase(name);
        m_forgotten = std::max(m_forgotten, sequence);
    }

    [[nodiscard]] Past past(const QByteArray &epoch) const
    {
        Past past;
        past.epoch = epoch;
        past.sequence = m_sequence;
        past.forgotten = m_forgotten;
        past.messages = m_messages;
        for (const auto &[name, sequence] : m_gone)
            past.gone.push_back({name, sequence});
        return past;
    }

private:
    std::vector<Past::Remembered> m_messages;
    std::map<QByteArray, std::uint64_t> m_gone;
    std::uint64_t m_sequence = 0;
    std::uint64_t m_forgotten = 0;
};

} // namespace pushdeck
