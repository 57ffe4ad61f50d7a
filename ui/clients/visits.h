// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"

#include <QStringList>

namespace pushdeck {

/// What became of a client over its stays, a line each: how it came back and what it missed, then
/// its last stays, the newest first. Empty for a client that came for the first time and missed
/// nothing.
[[nodiscard]] QStringList visitLines(const ClientInfo &info);

} // namespace pushdeck
