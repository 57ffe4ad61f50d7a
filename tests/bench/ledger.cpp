// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger.h"

#include "failure.h"

#include <algorithm>
#include <string>

namespace pushdeck::bench {

Ledger::Ledger(std::uint32_t run, std::size_t subscribers, std::size_t messages, std::size_t bytes)
    : m_run(run), m_bytes(bytes), m_due(subscribers, 0), m_counts(messages, 0)
{
}

void Ledger::deliver(std::size_t subscriber, std::string_view payload, std::int64_t nowNs)
{
    const auto who = [subscriber] { return "client " + std::to_string(subscriber); };
    const auto stamp = stampOf(payload);
    if (!stamp)
        throw Failure(who() + " got what nobody sent: '" + std::string(payload.substr(0, 80)) +
                      "'");
    if (stamp->run != m_run)
        return;
    const std::uint64_t due = m_due[subscriber];
    if (stamp->number != due) {
        const std::string words = who() + " got message " + std::to_string(stamp->number) +
                                  " where " + std::to_string(due) + " was due: ";
        throw Failure(
            words + (stamp->number < due ? "repeated, or out of order" : "lost, or out of order"));
    }
    if (payload.size() != m_bytes || due >= m_counts.size())
        throw Failure(who() + " got message " + std::to_string(due) + " with " +
                      std::to_string(payload.size()) + " bytes instead of " +
                      std::to_string(m_bytes));
    m_due[subscriber] = due + 1;
    ++m_deliveries;
    m_latencies->add(nowNs - stamp->sentNs);
    // Each gets them in order, so a message is complete only after the one before it.
    if (++m_counts[due] == m_due.size())
        m_complete = due + 1;
}

void Ledger::complainOfStall(std::size_t sent, double seconds) const
{
    const auto last = std::min_element(m_due.begin(), m_due.end());
    const auto behind =
        std::count_if(m_due.begin(), m_due.end(), [sent](std::uint64_t due) { return due < sent; });
    throw Failure("nothing came for " + std::to_string(static_cast<int>(seconds)) +
                  " s: " + std::to_string(sent) + " messages were sent, " + std::to_string(behind) +
                  " clients have not got all of them; client " +
                  std::to_string(last - m_due.begin()) + " waits for message " +
                  std::to_string(*last));
}

} // namespace pushdeck::bench
