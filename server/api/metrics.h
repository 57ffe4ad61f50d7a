// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/snapshot.h"
#include "transport/transportcontext.h"

#include <QByteArray>

namespace pushdeck {

/// The totals and gauges in the Prometheus text format, version 0.0.4.
[[nodiscard]] QByteArray metricsText(const Snapshot &snapshot, const TransportContext &context);

} // namespace pushdeck
