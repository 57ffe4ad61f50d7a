// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace pushdeck {

/// A User-Agent header in two words a person knows: "Safari · iPhone", "Chrome · Windows",
/// "curl 7.88". What is not recognised gives its first product token; an empty header gives an
/// empty string. A guess for a label, never for a decision.
[[nodiscard]] QString shortUserAgent(QStringView userAgent);

} // namespace pushdeck
