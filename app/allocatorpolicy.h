// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pushdeck {

/// Sets the C library's allocator up for very many connections. Call once, before threads start.
void setAllocatorPolicy();

} // namespace pushdeck
