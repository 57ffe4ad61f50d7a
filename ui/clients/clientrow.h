// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"

#include <QString>

namespace pushdeck {

/// One client as the table shows it: what the server said last, and what became of it.
struct ClientRow
{
    ClientInfo info;
    QString given;    ///< the operator's name for it, as he wrote it
    QStringList tags; ///< the operator's
    QString label;    ///< given name, `?client_id=`, short user agent or "#7"; visible form
    QString agent;    ///< short user agent, visible form, may be empty
    QString topics;   ///< joined, visible form
    bool gone = false;
    std::int64_t goneAtMs = 0;
    int closeCode = 0; ///< 0 while unknown
    QString closeWords;
};

enum class ClientState { Active, Waiting, Idle, Slow, Gone };

/// Active: connected. Waiting: a long-poll request is held. Idle: a long-poll client between two
/// requests. Slow: backlog above half of what is allowed.
[[nodiscard]] ClientState stateOf(const ClientRow &row);

/// "connected", "waiting", "idle 4 s", "backlog 37 KB", "closed 1006".
[[nodiscard]] QString stateWords(const ClientRow &row, std::int64_t nowMs);

/// Fills the derived strings from `info` and what the operator noted.
void describe(ClientRow &row);

} // namespace pushdeck
