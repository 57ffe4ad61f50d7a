// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/topic.h"

namespace pushdeck {

/// What two patterns have in common, decided over all topics there could be, not over those there
/// are. Both take the time of their segments multiplied.

/// There is a topic that both match.
[[nodiscard]] bool overlaps(const TopicPattern &a, const TopicPattern &b);

/// Every topic that `narrow` matches is one that `wide` matches.
[[nodiscard]] bool covers(const TopicPattern &wide, const TopicPattern &narrow);

} // namespace pushdeck
