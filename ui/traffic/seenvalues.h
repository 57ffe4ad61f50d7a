// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/traffic/filtercompletion.h"

namespace pushdeck {

struct Snapshot;
class TrafficModel;

/// What the filter can be completed with: the topics, events and clients of the newest rows held,
/// the last seen first, then those of the snapshot, where there is one. Looks at a bounded number
/// of rows and gives a bounded number of each, so it may be asked at every key.
[[nodiscard]] FilterSources filterSources(const TrafficModel &model, const Snapshot *snapshot);

} // namespace pushdeck
