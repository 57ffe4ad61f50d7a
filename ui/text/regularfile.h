// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QFile;

namespace pushdeck {

/// Opens a file that the operator named, to read it. Returns why that is not possible, in the
/// language of the moment, or nothing where it is open. What is no file (a pipe, a device, a
/// folder) is refused unopened: opening a pipe waits for its writer, and the window would wait with
/// it.
[[nodiscard]] QString openRegularFile(QFile &file);

} // namespace pushdeck
