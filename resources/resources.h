// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace pushdeck {

/// Makes the embedded files readable: the test page under `:/web/`. Call it before the first read;
/// calling it again does nothing.
void initResources();

} // namespace pushdeck
