// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"

#include <QByteArray>

#include <cstdint>
#include <vector>

namespace pushdeck {

/// What earlier runs of the server left behind: their messages, and what is known to be gone.
struct Past
{
    struct Remembered
    {
        QByteArray name;        ///< the topic or shelf it stands under
        Message::Fields fields; ///< without an id: the hub gives it
    };
    /// The newest message that is gone of a name that still has others.
    struct Gone
    {
        QByteArray name;
        std::uint64_t sequence = 0;
    };
    /// An epoch that ended without its last messages being safe.
    struct EarlierEpoch
    {
        QByteArray epoch;
        std::uint64_t last = 0; ///< of its messages, the newest that is known to have been kept
    };

    QByteArray epoch;                 ///< to go on with
    std::uint64_t sequence = 0;       ///< the newest that was given
    std::uint64_t forgotten = 0;      ///< the newest message of names that are gone whole; 0: none
    std::vector<Remembered> messages; ///< by rising sequence
    std::vector<Gone> gone;
    std::vector<EarlierEpoch> earlier; ///< oldest first
};

} // namespace pushdeck
