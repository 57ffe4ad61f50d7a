// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/transportcontext.h"

namespace pushdeck {

/// Brings all backlogs together under `Limits::backlogBytesTotal`: counts them anew, and where they
/// are over it closes those with the biggest as too slow, until they are not. Not while the hub
/// walks its tables.
void relieveBacklog(TransportContext &context);

} // namespace pushdeck
