// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace pushdeck {

/// Whether a topic name falls under a subscription: `*` is one segment, `**` any number, as the
/// product's contract says. The window's own small copy of that rule, for its counts and filters.
[[nodiscard]] bool topicMatches(QStringView pattern, QStringView name);

/// Why `name` cannot be a topic one sends to; empty when it can.
[[nodiscard]] QString topicProblem(QStringView name);

} // namespace pushdeck
