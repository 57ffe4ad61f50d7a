// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/clients/clientgroups.h"
#include "ui/clients/clientrow.h"

#include <QString>

#include <cstdint>

namespace pushdeck {

/// What the columns of the client table say (ClientModel::Column), and how they are ordered.

[[nodiscard]] QString clientText(const ClientRow &row, int column, std::int64_t nowMs);
[[nodiscard]] QString groupText(const ClientGroup &group, int column);

/// Everything about a client, in lines.
[[nodiscard]] QString clientToolTip(const ClientRow &row, std::int64_t nowMs);

/// Below, at or above zero, as `a` comes before `b`.
[[nodiscard]] int compareClients(int column, const ClientRow &a, const ClientRow &b);

/// Numbers stand at the right.
[[nodiscard]] bool isNumberColumn(int column);

[[nodiscard]] QString columnTitle(int column);
[[nodiscard]] QString columnToolTip(int column);

} // namespace pushdeck
