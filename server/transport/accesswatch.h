// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/transportcontext.h"

#include <QTimer>

#include <chrono>
#include <cstdint>

namespace pushdeck {

struct Client;

/// Ends clients that may not stay. However many there are, it works for at most kAccessSlice, and
/// the judgement of one client, in a turn of the event loop. Server's thread; the context outlives
/// it.
class AccessWatch final
{
public:
    static constexpr std::chrono::milliseconds kAccessSlice{4};

    explicit AccessWatch(TransportContext &context);

    /// Ends clients whose signed token is over: at its `exp`, or, where it was within the leeway
    /// when they came, at the end of that. Called about four times a second.
    void endExpired();

    /// The rules for topics or the key for signed tokens have changed: ends whoever is here and
    /// would not be let in any more. Whoever stays is known by what the token says now. Begins
    /// anew where it had not come to its end.
    void reviewAll();

private:
    void review();
    void judge(Client &client);

    TransportContext &m_context;
    QTimer m_moreExpired;
    QTimer m_moreReview;
    std::uint64_t m_reviewed = 0;     ///< the last client looked at
    std::uint64_t m_lastToReview = 0; ///< who came later was judged at the door
};

} // namespace pushdeck
