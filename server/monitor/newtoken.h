// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace pushdeck {

/// A token for the operator to hand out: 32 letters and digits from the system's random numbers
/// (190 bits), fit for a header and a URL as they are. Any thread.
[[nodiscard]] QString newToken();

} // namespace pushdeck
