// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/hub.h"
#include "monitor/snapshot.h"
#include "transport/transportcontext.h"

#include <QJsonArray>
#include <QJsonObject>

namespace pushdeck {

/// What is seen, as the operator API gives it. Times are UTC milliseconds since the epoch, sizes
/// bytes; what is not measured is null.
[[nodiscard]] QJsonObject statusJson(const Snapshot &snapshot, const TransportContext &context);
[[nodiscard]] QJsonObject clientJson(const ClientInfo &info);
[[nodiscard]] QJsonObject topicJson(const Hub::TopicView &view);

/// The stays of a client before this one, oldest first.
[[nodiscard]] QJsonArray visitsJson(const ClientInfo &info);

} // namespace pushdeck
