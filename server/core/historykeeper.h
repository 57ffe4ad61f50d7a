// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"

namespace pushdeck {

/// Who is told what the history remembers and lets go, so that it outlives the server. Called on
/// the server's thread, in the order in which things happen; must not call back.
class HistoryKeeper
{
public:
    HistoryKeeper() = default;
    virtual ~HistoryKeeper() = default;
    HistoryKeeper(const HistoryKeeper &) = delete;
    HistoryKeeper &operator=(const HistoryKeeper &) = delete;

    /// A message is remembered under a name, and nobody has got it yet.
    virtual void added(const QByteArray &name, const Message &message) = 0;

    /// A name begins that may have been forgotten before, with messages up to this one; told before
    /// its first message is added.
    virtual void began(const QByteArray &name, std::uint64_t forgottenThrough) = 0;

    /// The oldest message of a name went; it was this one.
    virtual void evicted(const QByteArray &name, std::uint64_t sequence) = 0;

    /// Everything remembered under a name went; the newest of it was this one.
    virtual void forgotten(const QByteArray &name, std::uint64_t sequence) = 0;
};

} // namespace pushdeck
