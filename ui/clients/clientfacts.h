// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/clients/clientrates.h"
#include "ui/clients/clientrow.h"

#include <QString>

#include <vector>

namespace pushdeck {

/// One line of what is known of a client; both in visible form. Without a value it is a heading.
struct ClientFact
{
    QString name;
    QString value;

    bool operator==(const ClientFact &) const = default;
};

/// Everything about one client that the table has no room for; what its request did not say is
/// left out.
[[nodiscard]] std::vector<ClientFact> clientFacts(const ClientRow &row, std::int64_t nowMs);

/// What several have together, and a line for each of the first `kFactsEach`.
constexpr std::size_t kFactsEach = 40;
[[nodiscard]] std::vector<ClientFact> clientsFacts(const std::vector<const ClientRow *> &rows,
                                                   const ClientRates &rates, std::int64_t nowMs);

} // namespace pushdeck
