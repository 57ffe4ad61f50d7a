// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/deliveryreport.h"

#include <QJsonObject>

namespace pushdeck {

/// The answer of `/_/api/messages/ID/deliveries`.
[[nodiscard]] QJsonObject deliveriesJson(const DeliveryReport &report);

} // namespace pushdeck
