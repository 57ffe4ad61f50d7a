// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pushdeck {

/// Raises the soft limit of open descriptors to the hard one: a connection is a descriptor, and the
/// usual soft limit of 1024 is far below what the server holds. Harmless where it fails.
void raiseDescriptorLimit();

} // namespace pushdeck
