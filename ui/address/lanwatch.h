// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"

#include <cstdint>

namespace pushdeck {

/// Whether it is time to ask if a firewall keeps everybody out: the server has been running for a
/// while, others could reach it, and nobody but this machine came. Pure; told the time.
class LanWatch final
{
public:
    /// How long after the start nobody need have come.
    static constexpr std::int64_t kWaitMs = 20'000;

    enum class Advice {
        Nothing, ///< as it was
        Hint,    ///< tell now; told once in a run of the server
        Withdraw ///< somebody came, or the server stopped: the hint is pointless now
    };

    [[nodiscard]] Advice look(const Snapshot &snapshot, std::int64_t nowMs);

private:
    enum class Stage { Stopped, Waiting, Told, Done };

    Stage m_stage = Stage::Stopped;
    std::int64_t m_startedAtMs = 0;
};

/// Whether this client came over the network: its address is none of this machine's.
[[nodiscard]] bool isFromElsewhere(const ClientInfo &client, const Snapshot &snapshot);

} // namespace pushdeck
