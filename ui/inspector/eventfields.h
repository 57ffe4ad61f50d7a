// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"

#include <QString>

#include <vector>

namespace pushdeck {

struct EventField
{
    QString name;
    QString value; ///< visible form, one line
};

/// Every field of an event that says something, in a fixed order.
[[nodiscard]] std::vector<EventField> eventFields(const TrafficEvent &event);

} // namespace pushdeck
