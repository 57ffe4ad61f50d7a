// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/trafficevent.h"
#include "ui/inspector/payloaddocument.h"

namespace pushdeck {

/// Bytes of a payload that are compared; what is beyond is said not to be.
constexpr qsizetype kMostCompared = 4 * 1024 * 1024;

/// How a message differs from the one before it, as lines to read: JSON place by place, text line
/// by line, bytes by a summary. Pure, for any thread; its work is bounded whatever was sent. Null
/// where `stop` was set meanwhile.
[[nodiscard]] SharedDocument changesBetween(const TrafficEvent &before, const TrafficEvent &after,
                                            const StopFlag &stop);

} // namespace pushdeck
